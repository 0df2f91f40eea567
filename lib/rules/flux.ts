// HAKS-FLUX: Flux, its repositories and kustomizations. Pure.
import { ExceptionName } from "../spec/exceptions";
import { FluxScope } from "../spec/flux";
import { isKnown } from "../spec/known";
import { ResolvedFluxConfiguration, ResolvedSpec } from "../spec/resolved-spec";
import { Report, Rule, hasException, isWholeNumber, reportUnlessOneOf } from "./rule";
import { reportSystemNamespace } from "./system-namespaces";

const PAGE = "https://learn.microsoft.com/azure/azure-arc/kubernetes/conceptual-gitops-flux2";
const PARAMETERS = "https://learn.microsoft.com/azure/azure-arc/kubernetes/gitops-flux2-parameters";
const TUTORIAL = "https://learn.microsoft.com/azure/azure-arc/kubernetes/tutorial-use-gitops-flux2";

/** Longest interval, in seconds. */
const LONGEST = 35791394;

const REFERENCES = ["branch", "tag", "semver", "commit"] as const;

/** A URL of a repository without a password; the name before `@` is that of the user of ssh. */
const REPOSITORY = /^(https:\/\/|ssh:\/\/([\w.-]+@)?)[A-Za-z0-9.-]+(:\d+)?(\/[\w.~%+-]+)+\/?$/;

const AZURE_DEVOPS = /^https:\/\/(dev\.azure\.com|[\w-]+\.visualstudio\.com)\//;

/** The rules about Flux. */
export const FLUX_RULES: Rule[] = [
  {
    code: "HAKS-FLUX-001",
    title:
      "The repository of a Flux configuration must have an https or ssh URL without a password.",
    source: PARAMETERS,
    check: forEachConfiguration(({ repository: { url } }, path, report) => {
      if (isKnown(url) && !REPOSITORY.test(url)) {
        // Findings are in the logs of pipelines, so they do not repeat it.
        const mayHoldSecret = /^https?:\/\/[^/]*@|:[^/]*@|[?#]/.test(url);
        report(
          `${path}.repository.url`,
          mayHoldSecret
            ? "The URL contains a user or a secret, which Terraform would keep in its state."
            : `"${url}" is not the URL of a Git repository by https or ssh.`,
          mayHoldSecret
            ? "Leave it out, and name a secret of Kubernetes as secretName, or use entraId."
            : "Write https://<host>/<path>, or ssh://git@<host>/<path>.",
        );
      }
    }),
  },
  {
    code: "HAKS-FLUX-002",
    title: "A Flux configuration must follow a branch, a tag, a range of versions or a commit.",
    source: PARAMETERS,
    check: forEachConfiguration(({ repository }, path, report) => {
      const given = REFERENCES.filter((name) => repository[name] !== undefined);
      const [first, second] = given;
      if (first !== undefined && second !== undefined) {
        report(
          `${path}.repository.${second}`,
          `The repository has ${given.join(" and ")}, and Flux follows one of them.`,
          "Leave out the others.",
          `${path}.repository.${first}`,
        );
      }
      const empty = given.find((name) => repository[name] === "");
      if (empty !== undefined) {
        report(
          `${path}.repository.${empty}`,
          `The repository has an empty ${empty}, which Flux cannot follow.`,
          `Write the ${empty}, or leave it out.`,
        );
      }
      const { commit } = repository;
      if (
        commit !== undefined &&
        commit !== "" &&
        isKnown(commit) &&
        !/^[0-9a-f]{40}$/i.test(commit)
      ) {
        report(
          `${path}.repository.commit`,
          `"${commit}" is not a commit.`,
          "Write all 40 hexadecimal digits.",
        );
      }
    }),
  },
  {
    code: "HAKS-FLUX-003",
    title:
      "A Flux configuration with entraId must read a repository of Azure DevOps by https, as a managed identity.",
    source: TUTORIAL,
    check: forEachConfiguration(
      ({ repository: { url, entraId, secretName } }, path, report, { flux }) => {
        if (!entraId) {
          return;
        }
        const place = `${path}.repository.entraId`;
        if (flux?.clientId === undefined) {
          report(
            place,
            "Flux has no identity with which it could read the repository.",
            "Give the client id of a managed identity as flux.clientId.",
          );
        }
        if (isKnown(url) && !AZURE_DEVOPS.test(url)) {
          report(
            place,
            "Flux reads only repositories of Azure DevOps with Entra ID, and by https.",
            "Write https://dev.azure.com/<organization>/<project>/_git/<repository>, or leave entraId out.",
            `${path}.repository.url`,
          );
        }
        if (secretName !== undefined) {
          report(
            place,
            "The repository is read with Entra ID, and with a secret.",
            "Leave out entraId or secretName.",
            `${path}.repository.secretName`,
          );
        }
      },
    ),
  },
  {
    code: "HAKS-FLUX-004",
    title: "A Flux configuration must have kustomizations, whose order has no cycle.",
    source: PAGE,
    check: forEachConfiguration(({ name, kustomizations }, path, report) => {
      const names = kustomizations.map((one) => one.name);
      if (names.length === 0) {
        report(
          `${path}.kustomizations`,
          `The Flux configuration "${name}" applies nothing.`,
          "Name at least one path as a kustomization.",
        );
      }
      const dependencies = kustomizations.flatMap(({ name: own, dependsOn }, index) =>
        dependsOn.map((other, at) => ({
          own,
          other,
          place: `${path}.kustomizations.${index}.dependsOn.${at}`,
        })),
      );
      for (const { other, place } of dependencies.filter((one) => !names.includes(one.other))) {
        report(
          place,
          `The Flux configuration "${name}" has no kustomization "${other}".`,
          "Name another kustomization of the same configuration.",
        );
      }
      const cycle = dependencies.find(({ own, other }) => reaches(kustomizations, other, own));
      if (cycle) {
        report(
          cycle.place,
          cycle.own === cycle.other
            ? `The kustomization "${cycle.own}" waits for itself.`
            : `The kustomizations "${cycle.own}" and "${cycle.other}" wait for each other.`,
          "Remove one of the dependencies.",
        );
      }
    }),
  },
  {
    code: "HAKS-FLUX-005",
    title: `The intervals of Flux must be whole numbers of seconds from 1 to ${LONGEST}.`,
    source: PAGE,
    check: forEachConfiguration(({ repository, kustomizations }, path, report) => {
      const parts = [
        [`${path}.repository`, repository] as const,
        ...kustomizations.map((one, index) => [`${path}.kustomizations.${index}`, one] as const),
      ];
      for (const [place, part] of parts) {
        for (const [field, value] of Object.entries(part) as [string, unknown][]) {
          if (field.endsWith("Seconds") && !isWholeNumber(value as number, 1, LONGEST)) {
            report(
              `${place}.${field}`,
              `The number of seconds is ${String(value)}.`,
              `Use a whole number from 1 to ${LONGEST}, such as 600.`,
            );
          }
        }
      }
    }),
  },
  {
    code: "HAKS-FLUX-006",
    title: "The version of the Flux extension must have three numbers.",
    source: "https://learn.microsoft.com/azure/azure-arc/kubernetes/extensions-release",
    check: ({ spec: { flux } }, report) => {
      const version = flux?.version;
      if (version !== undefined && isKnown(version) && !/^\d+\.\d+\.\d+$/.test(version)) {
        report(
          "flux.version",
          `"${version}" is not a version of the extension.`,
          "Write all three numbers, such as 1.17.3, or leave it out.",
        );
      }
    },
  },
  {
    code: "HAKS-FLUX-007",
    title: "A Flux configuration must not be in a namespace of Kubernetes or AKS.",
    source: PAGE,
    check: forEachConfiguration(({ namespaceName, scope }, path, report) => {
      reportUnlessOneOf(report, `${path}.scope`, scope, FluxScope);
      if (namespaceName !== "flux-system") {
        const remedy = "Use another namespace for the configuration.";
        reportSystemNamespace(report, `${path}.namespace`, namespaceName, remedy);
      }
    }),
  },
  {
    code: "HAKS-FLUX-008",
    severity: "warning",
    title: "A Flux configuration should be limited to its namespace.",
    source: `${PAGE}#multi-tenancy`,
    check: forEachConfiguration(({ name, scope }, path, report) => {
      if (scope === FluxScope.CLUSTER) {
        report(
          `${path}.scope`,
          `Principals that may write to the repository of the Flux configuration "${name}" are administrators of Kubernetes.`,
          "Use the scope namespace for all but the configuration of the cluster itself, and protect the branch of that.",
        );
      }
    }),
  },
  {
    code: "HAKS-FLUX-009",
    severity: "warning",
    title: "Flux should be able to reach its repositories, and Azure.",
    source: TUTORIAL,
    check: ({ spec: { flux, network } }, report) => {
      if (flux && network.egress.outboundType === "none") {
        report(
          "flux",
          "Nothing leaves the cluster, and Flux needs its repositories, management.azure.com, login.microsoftonline.com, mcr.microsoft.com and <region>.dp.kubernetesconfiguration.azure.com.",
          "Make sure that the nodes reach them by private endpoints, or leave flux out.",
          "network.egress",
        );
      }
    },
  },
  {
    code: "HAKS-FLUX-010",
    title: "Flux with a managed identity must not have the exception noWorkloadIdentity.",
    source: TUTORIAL,
    check: ({ spec }, report) => {
      if (
        spec.flux?.clientId !== undefined &&
        hasException(spec, ExceptionName.NO_WORKLOAD_IDENTITY)
      ) {
        report(
          "flux.clientId",
          "With the exception noWorkloadIdentity, Flux gets no tokens of Entra ID.",
          "Remove the exception, or clientId.",
          "exceptions",
        );
      }
    },
  },
];

/** Returns a check of each configuration. */
function forEachConfiguration(
  check: (
    configuration: ResolvedFluxConfiguration,
    path: string,
    report: Report,
    spec: ResolvedSpec,
  ) => void,
): Rule["check"] {
  return ({ spec }, report) =>
    spec.flux?.configurations.forEach((one, index) =>
      check(one, `flux.configurations.${index}`, report, spec),
    );
}

/** Whether a kustomization waits for another one, also by way of others. */
function reaches(
  all: ResolvedFluxConfiguration["kustomizations"],
  from: string,
  to: string,
  seen: readonly string[] = [],
): boolean {
  if (from === to) {
    return true;
  }
  const next = all.find(({ name }) => name === from)?.dependsOn ?? [];
  return next.some((one) => !seen.includes(one) && reaches(all, one, to, [...seen, from]));
}
