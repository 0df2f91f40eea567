// Cases for the rules about workloads: hostile entries among them.
import {
  ClusterSpec,
  ExceptionName,
  GrantPrincipal,
  GrantingTeam,
  OidcIssuer,
  ResourceReference,
  ServiceAccount,
  WorkloadRight,
  WorkloadSpec,
} from "../../lib";
import { SMALL, idOf } from "../scenarios";
import type { RuleCase } from "./cluster-rules";
import { RECORDS, granting } from "./extension-rules";

const TENANT = "66666666-6666-4666-8666-666666666666";

/** The URL of an OIDC issuer in the region and tenant of the descriptions here. */
export const issuerUrl = (cluster: number, region = "westeurope", tenant = TENANT) =>
  `https://${region}.oic.prod-aks.azure.com/${tenant}/00000000-0000-4000-8000-00000000000${cluster}/`;

/** A right on a vault. */
export const SECRETS: WorkloadRight = {
  role: "Key Vault Secrets User",
  resourceType: "Microsoft.KeyVault/vaults",
  scope: ResourceReference.byName({ name: "shop-kv", resourceGroup: "shop-rg" }),
  why: "The shop reads its password.",
};

/** A workload with one service account, and nothing else. */
export const SHOP: WorkloadSpec = {
  name: "shop",
  serviceAccounts: [{ namespaceName: "web", name: "shop" }],
};

/** A description with workloads. */
export function working(...workloads: WorkloadSpec[]): ClusterSpec {
  return { ...SMALL, tenantId: TENANT, workloads };
}

const account = (change: Partial<ServiceAccount>) =>
  working({ ...SHOP, serviceAccounts: [{ ...SHOP.serviceAccounts[0]!, ...change }] });
const accounts = (count: number): ServiceAccount[] =>
  Array.from({ length: count }, (_, index) => ({ namespaceName: "web", name: `shop-${index}` }));
const issued = (...oidcIssuers: OidcIssuer[]): ClusterSpec => ({ ...working(SHOP), oidcIssuers });
const right = (change: Partial<WorkloadRight>) =>
  working({ ...SHOP, rights: [{ ...SECRETS, ...change }] });
const other = (name: string, more: Partial<WorkloadSpec> = {}): WorkloadSpec => ({
  name,
  serviceAccounts: [{ namespaceName: "web", name }],
  ...more,
});
const custom = (change: Partial<WorkloadRight>) => right({ role: undefined, ...change });
const sharing = (url: string): ClusterSpec => ({
  ...issued({ name: "cluster", url: issuerUrl(1) }),
  permissions: {
    sharedWith: [{ ...issued({ name: "cluster", url }), name: "other", workloads: [] }],
  },
});

const without = (name: ExceptionName, ...workloads: WorkloadSpec[]): ClusterSpec => ({
  ...working(...workloads),
  exceptions: [{ name, reason: "Another product gives pods their tokens." }],
});

const ACCOUNT = "workloads.0.serviceAccounts.0";
const RIGHT = "workloads.0.rights.0";

const IDENTITIES = "Microsoft.ManagedIdentity/userAssignedIdentities";
const onIdentity = (name: string, change: Partial<WorkloadRight>) =>
  right({
    resourceType: undefined,
    scope: ResourceReference.byId(
      `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/identity-rg/providers/${IDENTITIES}/${name}`,
    ),
    ...change,
  });

export const WORKLOAD_CASES: RuleCase[] = [
  ...["*", "shop*", "Shop", "shop one", "-shop", "shop-", "a..b", "a".repeat(254)].map(
    (name): RuleCase => [
      "HAKS-WL-001",
      account({ name }),
      `${ACCOUNT}.name`,
      account({ name: "a.b" }),
    ],
  ),
  ...["*", "web web", "Web", "web.shop", "a".repeat(64)].map((namespaceName): RuleCase => [
    "HAKS-WL-001",
    account({ namespaceName }),
    `${ACCOUNT}.namespace`,
    account({ namespaceName: "a".repeat(63) }),
  ]),
  [
    "HAKS-WL-001",
    account({ name: "system:serviceaccount:web:shop" }),
    `${ACCOUNT}.name`,
    account({ name: "system" }),
  ],
  [
    "HAKS-WL-001",
    working({ ...SHOP, serviceAccounts: [] }),
    "workloads.0.serviceAccounts",
    working(SHOP),
  ],
  [
    "HAKS-WL-001",
    working(SHOP, { ...SHOP, name: "other" }),
    "workloads.1.serviceAccounts.0",
    working(SHOP, other("other")),
  ],
  [
    "HAKS-WL-002",
    working(SHOP, other("other", { sharesIdentityOf: "sho" })),
    "workloads.1.sharesIdentityOf",
    working(SHOP, other("other", { sharesIdentityOf: "shop" })),
  ],
  // Neither itself nor a chain.
  [
    "HAKS-WL-002",
    working({ ...SHOP, sharesIdentityOf: "shop" }),
    "workloads.0.sharesIdentityOf",
    working(SHOP),
  ],
  [
    "HAKS-WL-002",
    working(
      SHOP,
      other("other", { sharesIdentityOf: "shop" }),
      other("third", { sharesIdentityOf: "other" }),
    ),
    "workloads.2.sharesIdentityOf",
    working(
      SHOP,
      other("other", { sharesIdentityOf: "shop" }),
      other("third", { sharesIdentityOf: "shop" }),
    ),
  ],
  [
    "HAKS-WL-002",
    working(SHOP, other("other", { sharesIdentityOf: "shop", identity: { name: "other-mi" } })),
    "workloads.1.identity",
    working(SHOP, other("other", { identity: { name: "other-mi" } })),
  ],
  [
    "HAKS-WL-002",
    working(SHOP, other("other", { identity: { name: "SMALL-shop-mi" } })),
    "workloads.1.identity.name",
    working(SHOP, other("other")),
  ],
  // The identity of the nodes, in any place.
  [
    "HAKS-WL-002",
    working({ ...SHOP, identity: { name: "small-kubelet-mi", resourceGroup: "other-rg" } }),
    "workloads.0.identity.name",
    working({ ...SHOP, identity: { name: "small-shop-mi", resourceGroup: "other-rg" } }),
  ],
  [
    "HAKS-WL-003",
    working({ ...SHOP, serviceAccounts: accounts(21) }),
    "workloads.0.serviceAccounts",
    working({ ...SHOP, serviceAccounts: accounts(20) }),
  ],
  [
    "HAKS-WL-003",
    {
      ...working(
        { ...SHOP, serviceAccounts: accounts(10) },
        other("b", { sharesIdentityOf: "shop" }),
      ),
      oidcIssuers: [{ name: "blue" }, { name: "green" }],
    },
    "workloads.0.serviceAccounts",
    {
      ...working({ ...SHOP, serviceAccounts: accounts(10) }, other("b")),
      oidcIssuers: [{ name: "blue" }, { name: "green" }],
    },
  ],
  ...[
    "https://token.actions.githubusercontent.com",
    "http://westeurope.oic.prod-aks.azure.com/",
    issuerUrl(1).slice(0, -1),
    `${issuerUrl(1)} `,
    issuerUrl(1).replace("oic.prod-aks.azure.com", "oic.prod-aks.azure.com.example.org"),
    issuerUrl(1, "northeurope"),
    issuerUrl(1, "westeurope", "77777777-7777-4777-8777-777777777777"),
  ].map((url): RuleCase => [
    "HAKS-WL-004",
    issued({ name: "cluster", url }),
    "oidcIssuers.0.url",
    issued({ name: "cluster", url: issuerUrl(1) }),
  ]),
  ["HAKS-WL-004", issued(), "oidcIssuers", issued({ name: "blue" })],
  [
    "HAKS-WL-004",
    issued({ name: "blue", url: issuerUrl(1) }, { name: "green", url: issuerUrl(1) }),
    "oidcIssuers.1.url",
    issued({ name: "blue", url: issuerUrl(1) }, { name: "green", url: issuerUrl(2) }),
  ],
  ["HAKS-WL-004", sharing(issuerUrl(1)), "oidcIssuers.0.url", sharing(issuerUrl(2))],
  [
    "HAKS-WL-005",
    right({ role: "Key Vault Secret User" }),
    `${RIGHT}.role`,
    right({ role: "key vault secrets user" }),
  ],
  [
    "HAKS-WL-005",
    right({ actions: ["Microsoft.KeyVault/vaults/read"] }),
    `${RIGHT}.actions`,
    custom({ actions: ["Microsoft.KeyVault/vaults/read"] }),
  ],
  ["HAKS-WL-005", custom({}), `${RIGHT}.role`, right({})],
  [
    "HAKS-WL-005",
    custom({ dataActions: ["Microsoft.KeyVault/vaults/secrets/*"] }),
    `${RIGHT}.dataActions`,
    custom({ dataActions: ["Microsoft.KeyVault/vaults/secrets/getSecret/action"] }),
  ],
  [
    "HAKS-WL-005",
    custom({ actions: ["Microsoft.Authorization/roleAssignments/write"] }),
    `${RIGHT}.actions`,
    custom({ actions: ["Microsoft.KeyVault/vaults/read"] }),
  ],
  [
    "HAKS-WL-005",
    right({ resourceType: undefined }),
    `${RIGHT}.scope`,
    right({
      resourceType: undefined,
      scope: ResourceReference.byId(idOf("Microsoft.KeyVault/vaults", "shop-kv")),
    }),
  ],
  ...["kube-system", "kube-public", "aks-command", "gatekeeper-system", "calico-system"].map(
    (namespaceName): RuleCase => [
      "HAKS-WL-006",
      account({ namespaceName }),
      `${ACCOUNT}.namespace`,
      account({ namespaceName: "kubernetes-shop" }),
    ],
  ),
  ["HAKS-WL-007", account({ name: "default" }), `${ACCOUNT}.name`, account({ name: "shop" })],
  [
    "HAKS-WL-007",
    account({ namespaceName: "default" }),
    `${ACCOUNT}.namespace`,
    account({ namespaceName: "defaults" }),
  ],
  [
    "HAKS-WL-008",
    without(ExceptionName.NO_WORKLOAD_IDENTITY, SHOP),
    "workloads",
    without(ExceptionName.NO_WORKLOAD_IDENTITY),
  ],
  ["HAKS-WL-008", without(ExceptionName.NO_WORKLOAD_IDENTITY, SHOP), "workloads", working(SHOP)],
  // The rules about additional grants look at the rights of workloads, too.
  ["HAKS-OWN-001", right({ why: "because" }), `${RIGHT}.why`, right({})],
  [
    "HAKS-OWN-001",
    right({ grantedBy: "noc" as GrantingTeam }),
    `${RIGHT}.grantedBy`,
    right({ grantedBy: GrantingTeam.IDENTITY }),
  ],
  ["HAKS-OWN-002", right({ resourceType: "vault" }), `${RIGHT}.scope`, right({})],
  ["HAKS-OWN-003", right({ role: "Owner" }), `${RIGHT}.role`, right({ role: "Key Vault Reader" })],
  [
    "HAKS-OWN-009",
    onIdentity("small-cp-mi", { role: "Managed Identity Operator" }),
    `${RIGHT}.scope`,
    onIdentity("another-mi", { role: "Managed Identity Operator" }),
  ],
  ...[
    { role: "Managed Identity Contributor" },
    { role: "Managed Identity Operator" },
    { role: undefined, actions: [`${IDENTITIES}/federatedIdentityCredentials/write`] },
    {
      role: "Identity Writer",
      roleGuid: "99999999-9999-4999-8999-999999999999",
      actions: [`${IDENTITIES}/*/write`],
    },
  ].map((change): RuleCase => [
    "HAKS-OWN-014",
    onIdentity("another-mi", change),
    `${RIGHT}.role`,
    onIdentity("another-mi", { role: undefined, actions: [`${IDENTITIES}/read`] }),
  ]),
  ["HAKS-OWN-012", right({ role: "AcrPull" }), `${RIGHT}.role`, right({})],
  [
    "HAKS-ACC-009",
    right({ grantedBy: GrantingTeam.NETWORK }),
    `${RIGHT}.grantedBy`,
    right({ grantedBy: GrantingTeam.IDENTITY }),
  ],
  [
    "HAKS-OWN-013",
    granting({ ...RECORDS, principal: GrantPrincipal.workload("shop") }),
    "permissions.additionalGrants.0.principal",
    {
      ...granting({ ...RECORDS, principal: GrantPrincipal.workload("shop") }),
      workloads: [SHOP],
    },
  ],
  ["HAKS-NAME-001", working({ ...SHOP, name: "Shop" }), "workloads.0.name", working(SHOP)],
  [
    "HAKS-NAME-002",
    working(SHOP, other("a"), other("a", { serviceAccounts: accounts(1) })),
    "workloads.2.name",
    working(SHOP, other("a"), other("b", { serviceAccounts: accounts(1) })),
  ],
  ["HAKS-NAME-001", issued({ name: "blue green" }), "oidcIssuers.0.name", issued({ name: "blue" })],
];
