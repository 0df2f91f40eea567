// HAKS-WL: workloads, their service accounts, and the issuers of the tokens. Pure.
import { MOST_CREDENTIALS, credentialsOf, isOwner, usersOf } from "../access/credentials";
import { ResolvedRight, WORKLOAD_PAGE, customRoleOf } from "../access/workload-grants";
import { ExceptionName } from "../spec/exceptions";
import { isKnown } from "../spec/known";
import { NAME_RULES, NameRule, isSameName } from "../spec/naming";
import { insteadOf, nearest } from "../spec/nearest";
import {
  ResolvedIdentity,
  ResolvedSpec,
  listedWorkloads,
  placedIdentities,
  workloadPath,
} from "../spec/resolved-spec";
import { CATALOGUE, builtInNamed, invalidCustomRole } from "../spec/roles";
import { ServiceAccount } from "../spec/workloads";
import { Report, Rule, hasException } from "./rule";
import { reportSystemNamespace } from "./system-namespaces";
import { FindingText, ISSUER_URL, invalidIssuer, invalidName } from "./texts";

/** The service accounts of Flux that read repositories and registries. */
const FLUX_ACCOUNTS = ["source-controller", "image-reflector-controller"];

const OWN_ISSUER = "Use the output oidc_issuer_url of the stack of this cluster.";

/** The rules about workloads. */
export const WL_RULES: Rule[] = [
  {
    code: "HAKS-WL-001",
    title: "The service accounts of workloads must have valid names, and each must stand once.",
    source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/",
    check: ({ spec }, report) => {
      spec.workloads.forEach(({ name, serviceAccounts }, index) => {
        if (serviceAccounts.length === 0) {
          report(
            workloadPath(index, spec, "serviceAccounts"),
            `No service account uses the identity of the workload "${name}".`,
            "Name one, with its namespace.",
          );
        }
      });
      const seen = new Map<string, string>();
      for (const { path, account } of accounts(spec)) {
        reportName(report, `${path}.namespace`, account.namespaceName, NAME_RULES.namespace);
        reportName(report, `${path}.name`, account.name, NAME_RULES.serviceAccount);
        const key = `${account.namespaceName}/${account.name}`;
        const earlier = seen.get(key);
        if (earlier !== undefined) {
          report(
            path,
            `The service account "${key}" stands here twice, and its pods get tokens of one identity only.`,
            "Leave one of them out, or let one workload share the identity of the other.",
            earlier,
          );
        }
        seen.set(key, earlier ?? path);
      }
    },
  },
  {
    code: "HAKS-WL-002",
    title:
      "A workload must have an identity that no other principal has, or share that of another workload.",
    source: WORKLOAD_PAGE,
    check: ({ spec, written }, report) => {
      spec.workloads.forEach(({ name, sharesIdentityOf: other, owner, identity }, index) => {
        const path = workloadPath(index, spec);
        const given = written.workloads?.[index]?.identity?.name;
        if (other === undefined) {
          return;
        }
        if (owner !== other || name === other) {
          report(
            `${path}.sharesIdentityOf`,
            `There is no workload "${other}" with a separate identity.`,
            `Use ${insteadOf(other, ownersBut(name, spec))}.`,
          );
        } else if (given !== undefined && given !== identity.name) {
          report(
            `${path}.identity`,
            `The workload "${name}" has an identity, and shares that of "${other}".`,
            "Leave out identity or sharesIdentityOf.",
            `${path}.sharesIdentityOf`,
          );
        }
      });
      const all = placedIdentities(spec);
      all.forEach(({ path, kind, workload, identity }, index) => {
        // HAKS-NAME-002 reports two of one name.
        const earlier = all
          .slice(0, index)
          .find((one) => one.workload !== workload && mayBeOneIdentity(one.identity, identity));
        if (kind === "workload" && earlier) {
          report(
            `${path}.name`,
            `Two principals have the identity "${identity.name}", so that each has the rights of the other.`,
            earlier.kind === "workload"
              ? "Use different identities, or sharesIdentityOf."
              : "Use another identity: pods must not have the rights of the cluster.",
            `${earlier.path}.name`,
          );
        }
      });
    },
  },
  {
    code: "HAKS-WL-003",
    title: `An identity must have at most ${MOST_CREDENTIALS} federated credentials: one for each issuer and service account.`,
    source:
      "https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations",
    check: ({ spec }, report) =>
      spec.workloads.forEach((workload, index) => {
        const count = isOwner(workload) ? credentialsOf(workload, spec).length : 0;
        if (count > MOST_CREDENTIALS) {
          report(
            workloadPath(index, spec, "serviceAccounts"),
            `The identity "${workload.identity.name}" would have ${count} federated credentials, and ${MOST_CREDENTIALS} are possible.`,
            "Use fewer service accounts or issuers, or another workload for some of them.",
            "oidcIssuers",
            ...usersOf(workload, spec)
              .filter((one) => one !== workload)
              .map((one) => workloadPath(spec.workloads.indexOf(one), spec, "sharesIdentityOf")),
          );
        }
      }),
  },
  {
    code: "HAKS-WL-004",
    title: "An OIDC issuer must be that of an AKS cluster in the tenant and region of this one.",
    source: "https://learn.microsoft.com/azure/aks/use-oidc-issuer",
    check: ({ spec, others }, report) => {
      if (spec.oidcIssuers.length === 0) {
        report(
          "oidcIssuers",
          "Without an issuer, no workload gets a token.",
          "Name one, or leave oidcIssuers out.",
        );
      }
      spec.oidcIssuers.forEach(({ url }, index, all) => {
        if (url === undefined || !isKnown(url)) {
          return;
        }
        const isTwice = all.findIndex((one) => one.url === url) < index;
        const other = others.find((one) =>
          one.spec.oidcIssuers.some((issuer) => issuer.url === url),
        );
        const text =
          wrongIssuer(url, spec) ??
          (isTwice
            ? ([`The issuer "${url}" stands here twice.`, "Remove one."] as const)
            : undefined) ??
          (other && [
            `The issuer is that of the cluster "${other.spec.name}", whose pods would become the workloads of this one.`,
            OWN_ISSUER,
          ]);
        if (text) {
          report(`oidcIssuers.${index}.url`, ...text);
        }
      });
    },
  },
  {
    code: "HAKS-WL-005",
    title:
      "A right of a workload must have a known built-in role or the actions of a role, and a resource of a known type.",
    source: "https://learn.microsoft.com/azure/role-based-access-control/built-in-roles",
    check: ({ spec }, report) =>
      spec.workloads.forEach(({ rights }, index) =>
        rights.forEach((right, at) => {
          const path = workloadPath(index, spec, `rights.${at}`);
          const text = wrongRole(right);
          if (text) {
            report(`${path}.${fieldOfRole(right)}`, ...text);
          }
          if (right.resourceType === "") {
            report(
              `${path}.scope`,
              `The name "${right.scope.name}" does not tell the type of the resource.`,
              "Give resourceType, such as Microsoft.KeyVault/vaults, or the id of the resource.",
            );
          }
        }),
      ),
  },
  {
    code: "HAKS-WL-006",
    title: "A workload must not be in a namespace of Kubernetes or AKS.",
    source: "https://learn.microsoft.com/azure/aks/core-aks-concepts#namespaces",
    check: ({ spec }, report) => {
      for (const { path, account } of accounts(spec)) {
        const isFlux =
          spec.flux?.clientId !== undefined &&
          account.namespaceName === "flux-system" &&
          FLUX_ACCOUNTS.includes(account.name);
        if (!isFlux) {
          const remedy =
            "Use a namespace for the workload, in which only its team may create pods.";
          reportSystemNamespace(report, `${path}.namespace`, account.namespaceName, remedy);
        }
      }
    },
  },
  {
    code: "HAKS-WL-007",
    severity: "warning",
    title: "A workload should not use a default service account or the default namespace.",
    source: "https://kubernetes.io/docs/concepts/security/service-accounts/",
    check: ({ spec }, report) => {
      for (const { path, account } of accounts(spec)) {
        if (account.name === "default") {
          report(
            `${path}.name`,
            `Each pod of the namespace "${account.namespaceName}" that names no service account can act as the identity.`,
            "Use a service account for the workload.",
          );
        }
        if (account.namespaceName === "default") {
          report(
            `${path}.namespace`,
            'Many may create pods in the namespace "default", and each of them can act as the identity.',
            "Use a namespace for the workload.",
          );
        }
      }
    },
  },
  {
    code: "HAKS-WL-008",
    title: "A cluster with workloads must not have the exception noWorkloadIdentity.",
    source: WORKLOAD_PAGE,
    check: ({ spec }, report) => {
      if (spec.workloads.length > 0 && hasException(spec, ExceptionName.NO_WORKLOAD_IDENTITY)) {
        report(
          listedWorkloads(spec).length > 0 ? "workloads" : "gatewayForContainers",
          "With the exception noWorkloadIdentity, pods get no tokens of Entra ID.",
          "Remove the exception, or the workloads.",
          "exceptions",
        );
      }
    },
  },
];

interface PlacedAccount {
  readonly path: string;
  readonly account: ServiceAccount;
}

function accounts(spec: ResolvedSpec): PlacedAccount[] {
  return spec.workloads.flatMap(({ serviceAccounts }, index) =>
    serviceAccounts.map((account, at) => ({
      path: workloadPath(index, spec, `serviceAccounts.${at}`),
      account,
    })),
  );
}

function reportName(report: Report, path: string, value: string, rule: NameRule): void {
  if (!rule.pattern.test(value)) {
    const [message, remedy] = invalidName(value, rule);
    const isSubject = /^system:/i.test(value);
    report(path, message, isSubject ? "Give the name alone, without a prefix." : remedy);
  }
}

function ownersBut(name: string, { workloads }: ResolvedSpec): string[] {
  return workloads
    .filter((one) => one.name !== name && one.sharesIdentityOf === undefined)
    .map((one) => one.name);
}

/** Whether two identities are one, or would be taken for one because they have one name. */
function mayBeOneIdentity(a: ResolvedIdentity, b: ResolvedIdentity): boolean {
  const idsOf = ({ ids }: ResolvedIdentity) =>
    ids ? [ids.id, ids.principalId, ids.clientId].filter(isKnown) : [];
  return (
    isSameName(a.name, b.name) ||
    idsOf(a).some((id) => idsOf(b).some((other) => isSameName(id, other)))
  );
}

function wrongIssuer(url: string, { location, tenantId }: ResolvedSpec): FindingText | undefined {
  const [, region, tenant] = ISSUER_URL.exec(url) ?? [];
  if (region === undefined || tenant === undefined) {
    return invalidIssuer(url);
  }
  if (region !== location) {
    return [
      `The issuer "${url}" is that of a cluster in ${region}, and this one is in ${location}.`,
      OWN_ISSUER,
    ];
  }
  return tenantId !== undefined && isKnown(tenantId) && !isSameName(tenant, tenantId)
    ? [
        `The issuer "${url}" is that of a cluster in the tenant ${tenant}, and this one is in ${tenantId}.`,
        OWN_ISSUER,
      ]
    : undefined;
}

function fieldOfRole({ role, actions, dataActions }: ResolvedRight): string {
  const isOfActions = role === undefined || builtInNamed(role) !== undefined;
  const given = Object.entries({ actions, dataActions }).find(([, list]) => list.length > 0);
  return isOfActions && given ? given[0] : "role";
}

function wrongRole(right: ResolvedRight): FindingText | undefined {
  const { role, roleGuid, actions, dataActions } = right;
  const hasActions = actions.length + dataActions.length > 0;
  if (role === undefined) {
    return hasActions
      ? invalidCustomRole(customRoleOf(right))
      : [
          "The right has neither a role nor actions.",
          "Give the name of a built-in role, or the actions of a custom one.",
        ];
  }
  if (roleGuid !== undefined) {
    return undefined;
  }
  if (!builtInNamed(role)) {
    const meant = nearest(
      role,
      CATALOGUE.map(({ name }) => name),
    );
    return [
      `The built-in role "${role}" is not one that the library knows.`,
      `${meant === undefined ? "Give" : `Use ${meant}, or give`} roleGuid, and the actions and data actions of the role.`,
    ];
  }
  return hasActions
    ? [
        `The library knows the actions of the built-in role "${role}".`,
        "Leave them out, or leave out role for a custom role.",
      ]
    : undefined;
}
