// Cases for the rules about additional grants and custom rules, and about clusters that share something.
import { Lazy } from "cdktf";
import {
  AdditionalGrant,
  ClusterSpec,
  GrantingTeam,
  GrantPrincipal,
  GrantScope,
  ISpecRule,
  Principal,
  RegistryMode,
  RegistrySpec,
  ResourceReference,
  Role,
  Severity,
} from "../../lib";
import { DEPLOYERS, SMALL, idOf } from "../scenarios";
import type { RuleCase } from "./cluster-rules";

/** An additional grant that is right. */
export const RECORDS: AdditionalGrant = {
  team: GrantingTeam.NETWORK,
  principal: GrantPrincipal.entra(DEPLOYERS),
  role: Role.builtIn("DNS Zone Contributor", "befefa01-2a29-4197-83a8-272ff33ce314", [
    "Microsoft.Network/dnsZones/*",
  ]),
  scope: GrantScope.resource(
    "Microsoft.Network/dnsZones",
    ResourceReference.byName({ name: "example.org", resourceGroup: "dns-rg" }),
  ),
  feature: "external DNS",
  why: "It writes records into the zone.",
  source: "https://example.org/why",
};

/** A description with additional grants. */
export function granting(...additionalGrants: AdditionalGrant[]): ClusterSpec {
  return { ...SMALL, permissions: { additionalGrants } };
}

const SECRETS = Role.builtIn(
  "Key Vault Secrets User",
  "4633458b-17de-408a-b874-0445c86b69e6",
  [],
  ["Microsoft.KeyVault/vaults/secrets/getSecret/action"],
);
const secret = idOf("Microsoft.KeyVault/vaults/secrets", "x").replace("/secrets/x", "/v/secrets/x");
const custom = (key: string, action = "read") =>
  Role.custom({
    key,
    name: `The role ${key}`,
    description: "For me.",
    actions: [`Microsoft.Network/dnsZones/${action}`],
  });
const vault = ResourceReference.byName({ name: "vault", resourceGroup: "vault-rg" });

/** A custom rule, with a part of it changed. */
export function ruling(change: Partial<ISpecRule>): ClusterSpec {
  const rule = { code: "OWN-001", severity: Severity.WARNING, check: () => [], ...change };
  return { ...SMALL, customRules: [rule] };
}

const sharing = (change: Partial<ClusterSpec>, ...others: ClusterSpec[]): ClusterSpec => ({
  ...SMALL,
  ...change,
  permissions: { sharedWith: others },
});
const OTHER: ClusterSpec = { ...SMALL, name: "other" };

const NETWORK = "Microsoft.Network/virtualNetworks";
const REGISTRY = "Microsoft.ContainerRegistry/registries";
const IDENTITY = "Microsoft.ManagedIdentity/userAssignedIdentities";
const byId = (type: string, name: string) =>
  ResourceReference.byId(idOf(type, name).replace("hub-rg", "network-rg"));
const SHARED_REGISTRY = ResourceReference.byName({
  name: "sharedregistry",
  resourceGroup: "network-rg",
});
const pulling = (registry: ResourceReference, change: Partial<RegistrySpec> = {}) => {
  const of = (existing: boolean, one: RegistrySpec) => ({
    identities: { ...SMALL.identities, kubelet: { name: "shared-kubelet-mi", existing } },
    registries: [one],
  });
  const others = {
    registry: SHARED_REGISTRY,
    mode: change.mode,
    repositories: change.repositories && ["b/"],
  };
  return sharing(of(true, { registry, ...change }), { ...OTHER, ...of(false, others) });
};
const identity = (name: string) => ResourceReference.byName({ name, resourceGroup: "identity-rg" });

const onIdentity = (reference: ResourceReference) =>
  granting({
    ...RECORDS,
    team: GrantingTeam.IDENTITY,
    role: Role.MANAGED_IDENTITY_OPERATOR,
    scope: GrantScope.resource(IDENTITY, reference),
  });
// A principal that writes it becomes the identity.
const credential = (name: string): AdditionalGrant => ({
  ...RECORDS,
  team: GrantingTeam.IDENTITY,
  role: Role.READER,
  scope: GrantScope.resource(
    `${IDENTITY}/federatedIdentityCredentials`,
    ResourceReference.byId(
      idOf(IDENTITY, `${name}/federatedIdentityCredentials/of-a-pod`).replace(
        "hub-rg",
        "identity-rg",
      ),
    ),
  ),
});

/** Something that the same program makes. */
const late = (name: string) =>
  ResourceReference.byId(Lazy.stringValue({ produce: () => idOf("Microsoft.X/y", name) }), name);

/** Each rule fires where it should, at the right place, and keeps silent where it should. */
export const EXTENSION_CASES: RuleCase[] = [
  [
    "HAKS-OWN-001",
    granting({ ...RECORDS, why: "Needed." }),
    "permissions.additionalGrants.0.why",
    granting(RECORDS),
  ],
  [
    "HAKS-OWN-001",
    granting({ ...RECORDS, why: "It writes records into ${azurerm_dns_zone.it.name}." }),
    "permissions.additionalGrants.0.why",
    granting({ ...RECORDS, why: "It writes records for $5 into the zone." }),
  ],
  [
    "HAKS-OWN-001",
    granting({ ...RECORDS, source: "the wiki" }),
    "permissions.additionalGrants.0.source",
    granting({ ...RECORDS, source: "https://wiki.example.org/why" }),
  ],
  [
    "HAKS-OWN-001",
    granting({ ...RECORDS, feature: " " }),
    "permissions.additionalGrants.0.feature",
    granting(RECORDS),
  ],
  [
    "HAKS-OWN-001",
    granting({ ...RECORDS, team: "platform" as GrantingTeam }),
    "permissions.additionalGrants.0.team",
    granting({ ...RECORDS, team: GrantingTeam.IDENTITY }),
  ],
  [
    "HAKS-OWN-002",
    granting({ ...RECORDS, scope: GrantScope.resource("dnsZones", vault) }),
    "permissions.additionalGrants.0.scope",
    granting(RECORDS),
  ],
  [
    "HAKS-OWN-002",
    granting({
      ...RECORDS,
      scope: GrantScope.resource("Microsoft.Resources/resourceGroups", vault),
    }),
    "permissions.additionalGrants.0.scope",
    granting(RECORDS),
  ],
  [
    "HAKS-OWN-002",
    granting({
      ...RECORDS,
      role: SECRETS,
      scope: GrantScope.resource("Microsoft.KeyVault/vaults/secrets", vault),
    }),
    "permissions.additionalGrants.0.scope",
    granting({
      ...RECORDS,
      role: SECRETS,
      scope: GrantScope.resource(
        "Microsoft.KeyVault/vaults/secrets",
        ResourceReference.byId(secret),
      ),
    }),
  ],
  ...[
    Role.builtIn("Owner", "8E3AF657-a8ff-443c-a75c-2fe8c4bcb635", ["Microsoft.Network/*"]),
    Role.builtIn("Mine", "befefa01-2a29-4197-83a8-272ff33ce315", ["*"]),
    Role.builtIn("Mine", "befefa01-2a29-4197-83a8-272ff33ce315", [
      "Microsoft.Authorization/roleAssignments/*",
    ]),
    Role.builtIn("Mine", "befefa01-2a29-4197-83a8-272ff33ce315", ["*/write"]),
    Role.builtIn("Mine", "befefa01-2a29-4197-83a8-272ff33ce315"),
    Role.builtIn("Mine", "mine", ["Microsoft.Network/dnsZones/read"]),
    Role.builtIn("Mine", Role.READER.guid ?? "", ["Microsoft.Network/dnsZones/read"]),
    Role.builtIn("reader", "befefa01-2a29-4197-83a8-272ff33ce315", ["*/read"]),
  ].map((role): RuleCase => [
    "HAKS-OWN-003",
    granting({ ...RECORDS, role }),
    "permissions.additionalGrants.0.role",
    granting({
      ...RECORDS,
      role: Role.builtIn("Mine", "befefa01-2a29-4197-83a8-272ff33ce315", [
        "Microsoft.Authorization/*/read",
        "Microsoft.Network/dnsZones/*",
      ]),
    }),
  ]),
  [
    "HAKS-OWN-003",
    granting({ ...RECORDS, role: custom("subnetJoin") }),
    "permissions.additionalGrants.0.role",
    granting({ ...RECORDS, role: custom("records") }),
  ],
  [
    "HAKS-OWN-004",
    granting({
      ...RECORDS,
      team: GrantingTeam.IDENTITY,
      principal: GrantPrincipal.controlPlane(),
      role: Role.NETWORK_CONTRIBUTOR,
      scope: GrantScope.subnet("nodes"),
    }),
    "permissions.additionalGrants.0.team",
    granting({
      ...RECORDS,
      principal: GrantPrincipal.controlPlane(),
      role: Role.NETWORK_CONTRIBUTOR,
      scope: GrantScope.subnet("nodes"),
    }),
  ],
  [
    "HAKS-OWN-005",
    granting({ ...RECORDS, principal: GrantPrincipal.kubelet() }),
    "permissions.additionalGrants.0.principal",
    granting({ ...RECORDS, principal: GrantPrincipal.controlPlane() }),
  ],
  ["HAKS-OWN-006", ruling({ code: "HAKS-NET-001" }), "customRules.0.code", ruling({})],
  ["HAKS-OWN-006", ruling({ code: "mine" }), "customRules.0.code", ruling({ code: "MINE-1" })],
  [
    "HAKS-OWN-006",
    ruling({ severity: "fatal" as Severity }),
    "customRules.0.severity",
    ruling({ severity: Severity.ERROR }),
  ],
  [
    "HAKS-OWN-007",
    ruling({
      check: () => {
        throw new Error("no such field");
      },
    }),
    "customRules.0",
    ruling({}),
  ],
  [
    "HAKS-OWN-008",
    sharing({ identities: { ...SMALL.identities, kubelet: { name: "other-kubelet-mi" } } }, OTHER),
    "identities.kubelet.existing",
    sharing(
      {
        identities: { ...SMALL.identities, kubelet: { name: "other-kubelet-mi", existing: true } },
      },
      OTHER,
    ),
  ],
  ["HAKS-OWN-008", sharing({}, OTHER, OTHER), "permissions.sharedWith.1", sharing({}, OTHER)],
  [
    "HAKS-OWN-008",
    sharing(
      { resourceGroup: { name: "shared-rg", create: true } },
      { ...OTHER, resourceGroup: { name: "shared-rg", create: true } },
    ),
    "resourceGroup.create",
    sharing(
      { resourceGroup: { name: "shared-rg" } },
      { ...OTHER, resourceGroup: { name: "shared-rg", create: true } },
    ),
  ],
  // The network is given by name in the description, and by id in the grant.
  [
    "HAKS-OWN-009",
    granting({
      ...RECORDS,
      role: Role.READER,
      scope: GrantScope.resource(NETWORK, byId(NETWORK, "vnet")),
    }),
    "permissions.additionalGrants.0.scope",
    granting({
      ...RECORDS,
      role: Role.READER,
      scope: GrantScope.resource(NETWORK, SMALL.network.virtualNetwork),
    }),
  ],
  [
    "HAKS-OWN-009",
    granting({
      ...RECORDS,
      role: Role.READER,
      scope: GrantScope.resource(`${NETWORK}/subnets`, byId(NETWORK, "vnet/subnets/nodes")),
    }),
    "permissions.additionalGrants.0.scope",
    granting({
      ...RECORDS,
      role: Role.READER,
      scope: GrantScope.resource(`${NETWORK}/subnets`, byId(NETWORK, "hub/subnets/nodes")),
    }),
  ],
  [
    "HAKS-OWN-009",
    onIdentity(identity("small-cp-mi")),
    "permissions.additionalGrants.0.scope",
    onIdentity(identity("of-a-workload")),
  ],
  [
    "HAKS-OWN-009",
    onIdentity(late("small-cp-mi")),
    "permissions.additionalGrants.0.scope",
    onIdentity(late("of-a-workload")),
  ],
  [
    "HAKS-OWN-009",
    granting({
      ...RECORDS,
      role: Role.READER,
      scope: GrantScope.resource(`${NETWORK}/subnets`, late("nodes")),
    }),
    "permissions.additionalGrants.0.scope",
    granting({
      ...RECORDS,
      role: Role.READER,
      scope: GrantScope.resource(`${NETWORK}/subnets`, late("others")),
    }),
  ],
  [
    "HAKS-OWN-009",
    granting({ ...credential("small-cp-mi") }),
    "permissions.additionalGrants.0.scope",
    granting({ ...credential("of-a-workload") }),
  ],
  [
    "HAKS-OWN-014",
    onIdentity(identity("another")),
    "permissions.additionalGrants.0.role",
    granting({ ...credential("another") }),
  ],
  // Both clusters pull from one registry with one identity.
  [
    "HAKS-OWN-010",
    pulling(byId(REGISTRY, "sharedregistry")),
    "permissions.sharedWith.0",
    pulling(byId(REGISTRY, "anotherregistry")),
  ],
  // Two rows that differ in nothing but the condition.
  [
    "HAKS-OWN-011",
    granting({ ...RECORDS, condition: "one" }, { ...RECORDS, condition: "another" }),
    "permissions.additionalGrants",
    granting({ ...RECORDS, condition: "one" }, { ...RECORDS, condition: "one" }),
  ],
  [
    "HAKS-OWN-011",
    pulling(SHARED_REGISTRY, { mode: RegistryMode.ABAC, repositories: ["a/"] }),
    "permissions.sharedWith.0",
    pulling(SHARED_REGISTRY, { mode: RegistryMode.ABAC, repositories: ["b/"] }),
  ],
  [
    "HAKS-OWN-012",
    granting({ ...RECORDS, role: Role.ACR_PULL }),
    "permissions.additionalGrants.0.role",
    granting(RECORDS),
  ],
  [
    "HAKS-NAME-009",
    { ...SMALL, resourceGroup: { name: Lazy.stringValue({ produce: () => "rg" }) } },
    "resourceGroup.name",
    { ...SMALL, location: Lazy.stringValue({ produce: () => "westeurope" }) },
  ],
  [
    "HAKS-NAME-009",
    granting({
      ...RECORDS,
      principal: GrantPrincipal.entra(
        Principal.group(Lazy.stringValue({ produce: () => "a" }), DEPLOYERS.objectId),
      ),
    }),
    "permissions.additionalGrants.0.principal.name",
    granting(RECORDS),
  ],
];
