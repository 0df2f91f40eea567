// Cases for the rules about Flux and the membership in a fleet.
import {
  ClusterSpec,
  Egress,
  ExceptionName,
  FluxConfiguration,
  FluxKustomization,
  FluxRepository,
  FluxScope,
  FluxSpec,
  ResourceReference,
} from "../../lib";
import { SMALL } from "../scenarios";
import type { RuleCase } from "./cluster-rules";
import { SHOP, working } from "./workload-rules";

const CLIENT_ID = "55555555-5555-4555-8555-555555555559";
const DEVOPS = "https://dev.azure.com/example/platform/_git/apps";

/** A configuration that breaks no rule. */
export const APPS: FluxConfiguration = {
  name: "apps",
  namespaceName: "apps",
  repository: { url: "https://github.com/example/apps" },
  kustomizations: [{ name: "apps", path: "./apps" }],
};

/** A description with Flux. */
export const withFlux = (flux: FluxSpec, more: Partial<ClusterSpec> = {}): ClusterSpec => ({
  ...SMALL,
  flux,
  ...more,
});

const configured = (...changes: Partial<FluxConfiguration>[]) =>
  withFlux({ configurations: changes.map((change) => ({ ...APPS, ...change })) });
const from = (change: Partial<FluxRepository>) =>
  configured({ repository: { ...APPS.repository, ...change } });
const entra = (change: Partial<FluxRepository>, clientId = CLIENT_ID) =>
  withFlux({
    clientId: clientId === "" ? undefined : clientId,
    configurations: [{ ...APPS, repository: { url: DEVOPS, entraId: true, ...change } }],
  });
const applying = (...kustomizations: FluxKustomization[]) => configured({ kustomizations });
const waiting = (name: string, ...dependsOn: string[]) => ({ name, dependsOn });
const member = (change: object) => ({
  ...SMALL,
  fleetManager: {
    fleet: ResourceReference.byName({ name: "production", resourceGroup: "fleet-rg" }),
    ...change,
  },
});
const because = (name: ExceptionName) => ({
  exceptions: [{ name, reason: "It is part of this test." }],
});
const fluxWorkload = (name: string, namespaceName = "flux-system", flux?: FluxSpec) => ({
  ...working({ ...SHOP, serviceAccounts: [{ namespaceName, name }] }),
  flux,
});

const FIRST = "flux.configurations.0";
const PATH = `${FIRST}.kustomizations.0`;

export const FLUX_CASES: RuleCase[] = [
  ...[
    "http://github.com/example/apps",
    "github.com/example/apps",
    "git@github.com:example/apps",
    "https://github.com",
    "https://token@github.com/example/apps",
    "https://user:secret@github.com/example/apps",
    "ssh://git:secret@github.com/example/apps",
    "https://github.com/example/apps?token=secret",
    "https://github.com/example/apps one",
    "file:///apps",
  ].map((url): RuleCase => [
    "HAKS-FLUX-001",
    from({ url }),
    `${FIRST}.repository.url`,
    from({ url: "ssh://git@git.example.com:2222/example/apps.git" }),
  ]),
  [
    "HAKS-FLUX-002",
    from({ branch: "main", tag: "v1" }),
    `${FIRST}.repository.tag`,
    from({ tag: "v1" }),
  ],
  [
    "HAKS-FLUX-002",
    from({ semver: "1.x", commit: "a".repeat(40) }),
    `${FIRST}.repository.commit`,
    from({ semver: "1.x" }),
  ],
  [
    "HAKS-FLUX-002",
    from({ commit: "abc1234" }),
    `${FIRST}.repository.commit`,
    from({ commit: "0123456789abcdef0123456789abcdef01234567" }),
  ],
  ["HAKS-FLUX-003", entra({}, ""), `${FIRST}.repository.entraId`, entra({})],
  [
    "HAKS-FLUX-003",
    entra({ url: "https://github.com/example/apps" }),
    `${FIRST}.repository.entraId`,
    entra({ url: "https://example.visualstudio.com/platform/_git/apps" }),
  ],
  [
    "HAKS-FLUX-003",
    entra({ secretName: "apps" }),
    `${FIRST}.repository.entraId`,
    from({ secretName: "apps" }),
  ],
  ["HAKS-FLUX-004", applying(), `${FIRST}.kustomizations`, applying({ name: "apps" })],
  [
    "HAKS-FLUX-004",
    applying(waiting("apps", "base")),
    `${PATH}.dependsOn.0`,
    applying(waiting("apps", "base"), { name: "base" }),
  ],
  [
    "HAKS-FLUX-004",
    applying(waiting("apps", "apps")),
    `${PATH}.dependsOn.0`,
    applying(waiting("apps")),
  ],
  [
    "HAKS-FLUX-004",
    applying(waiting("a", "b"), waiting("b", "c"), waiting("c", "a")),
    `${PATH}.dependsOn.0`,
    applying(waiting("a", "b", "c"), waiting("b", "c"), waiting("c")),
  ],
  ...[0, 1.5, -600, 35791395].flatMap((seconds): RuleCase[] => [
    [
      "HAKS-FLUX-005",
      from({ syncIntervalSeconds: seconds }),
      `${FIRST}.repository.syncIntervalSeconds`,
      from({ syncIntervalSeconds: 1 }),
    ],
    [
      "HAKS-FLUX-005",
      applying({ name: "apps", timeoutSeconds: seconds }),
      `${PATH}.timeoutSeconds`,
      applying({ name: "apps", timeoutSeconds: 35791394 }),
    ],
  ]),
  ...["1.17", "latest", "v1.17.3", "1.17.3-beta"].map((version): RuleCase => [
    "HAKS-FLUX-006",
    withFlux({ version }),
    "flux.version",
    withFlux({ version: "1.17.3" }),
  ]),
  ...["kube-system", "gatekeeper-system", "aks-istio-system", "azure-arc"].map(
    (namespaceName): RuleCase => [
      "HAKS-FLUX-007",
      configured({ namespaceName }),
      `${FIRST}.namespace`,
      configured({ namespaceName: "flux-system" }),
    ],
  ),
  [
    "HAKS-FLUX-007",
    configured({ scope: "everywhere" as FluxScope }),
    `${FIRST}.scope`,
    configured({ scope: FluxScope.NAMESPACE }),
  ],
  [
    "HAKS-FLUX-008",
    configured({ scope: FluxScope.CLUSTER }),
    `${FIRST}.scope`,
    configured({ scope: FluxScope.NAMESPACE }),
  ],
  [
    "HAKS-FLUX-009",
    withFlux(
      {},
      {
        network: {
          ...SMALL.network,
          egress: Egress.none(
            ResourceReference.byName({ name: "cacheregistry", resourceGroup: "registry-rg" }),
          ),
        },
      },
    ),
    "flux",
    withFlux({}),
  ],
  [
    "HAKS-FLUX-010",
    withFlux({ clientId: CLIENT_ID }, because(ExceptionName.NO_WORKLOAD_IDENTITY)),
    "flux.clientId",
    withFlux({}, because(ExceptionName.NO_WORKLOAD_IDENTITY)),
  ],
  [
    "HAKS-HARD-003",
    withFlux({ multiTenancy: false }),
    "flux.multiTenancy",
    withFlux({ multiTenancy: false }, because(ExceptionName.NO_FLUX_MULTI_TENANCY)),
  ],
  [
    "HAKS-HARD-004",
    withFlux({}, because(ExceptionName.NO_FLUX_MULTI_TENANCY)),
    "exceptions.0.name",
    withFlux({ multiTenancy: false }, because(ExceptionName.NO_FLUX_MULTI_TENANCY)),
  ],
  ...["Apps", "apps_one", "-apps", "a".repeat(31)].map((name): RuleCase => [
    "HAKS-NAME-001",
    configured({ name }),
    `${FIRST}.name`,
    configured({ name: "a".repeat(30) }),
  ]),
  ["HAKS-NAME-001", applying({ name: "*" }), `${PATH}.name`, applying({ name: "a" })],
  [
    "HAKS-NAME-001",
    from({ secretName: "apps secret" }),
    `${FIRST}.repository.secretName`,
    from({ secretName: "apps-secret" }),
  ],
  [
    "HAKS-NAME-003",
    withFlux({ clientId: "source-controller" }),
    "flux.clientId",
    withFlux({ clientId: CLIENT_ID }),
  ],
  ...(["branch", "tag", "semver", "commit"] as const).map((field): RuleCase => [
    "HAKS-FLUX-002",
    from({ [field]: "" }),
    `${FIRST}.repository.${field}`,
    from({ [field]: "0".repeat(40) }),
  ]),
  [
    "HAKS-NAME-002",
    configured({}, {}),
    "flux.configurations.1.name",
    configured({}, { name: "b" }),
  ],
  [
    "HAKS-NAME-002",
    applying({ name: "a" }, { name: "a" }),
    `${FIRST}.kustomizations.1.name`,
    applying({ name: "a" }, { name: "b" }),
  ],
  ...["Haks", "haks_prod", "a".repeat(51)].flatMap((name): RuleCase[] => [
    [
      "HAKS-NAME-001",
      member({ memberName: name }),
      "fleetManager.memberName",
      member({ memberName: "a".repeat(50) }),
    ],
    [
      "HAKS-NAME-001",
      member({ updateGroup: name }),
      "fleetManager.updateGroup",
      member({ updateGroup: "canary" }),
    ],
  ]),
  [
    "HAKS-WL-006",
    fluxWorkload("source-controller"),
    "workloads.0.serviceAccounts.0.namespace",
    fluxWorkload("source-controller", "flux-system", { clientId: CLIENT_ID }),
  ],
  [
    "HAKS-WL-006",
    fluxWorkload("kustomize-controller", "flux-system", { clientId: CLIENT_ID }),
    "workloads.0.serviceAccounts.0.namespace",
    fluxWorkload("image-reflector-controller", "flux-system", { clientId: CLIENT_ID }),
  ],
];
