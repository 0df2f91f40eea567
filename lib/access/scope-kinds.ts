// The kinds of scopes that roles are granted on. Pure.
import { addressName } from "../spec/address";
import { isSameName } from "../spec/naming";
import { parseResourceId } from "../spec/resource-id";
import { ResourceReference } from "../spec/resource-reference";
import { entryOf } from "../spec/tables";

/** A kind of scope. */
export interface ScopeKind {
  /** Resource type. */
  readonly type: string;
  /** The team that owns it, and grants on it, unless the description says otherwise. */
  readonly team: "identity" | "network";
  /** What it is called in Terraform addresses. */
  readonly prefix: string;
  /** Whether its name alone tells it from others in one description. */
  readonly uniqueName: boolean;
  /** What it is called where a description says who grants on it. */
  readonly owner: string;
  /** The kind whose operations it has. */
  readonly operations: string;
}

const kind = (
  name: string,
  type: string,
  team: ScopeKind["team"],
  prefix: string,
  uniqueName = false,
): ScopeKind => ({ type, team, prefix, uniqueName, owner: name, operations: name });

const identity = kind(
  "identity",
  "Microsoft.ManagedIdentity/userAssignedIdentities",
  "identity",
  "identity",
  true,
);

/** Every kind of scope. */
export const SCOPE_KINDS: { readonly [name: string]: ScopeKind } = {
  controlPlane: identity,
  kubelet: identity,
  subnet: kind("subnet", "Microsoft.Network/virtualNetworks/subnets", "network", "subnet", true),
  virtualNetwork: kind(
    "virtualNetwork",
    "Microsoft.Network/virtualNetworks",
    "network",
    "vnet",
    true,
  ),
  routeTable: kind("routeTable", "Microsoft.Network/routeTables", "network", "route-table"),
  publicIp: kind("publicIp", "Microsoft.Network/publicIPAddresses", "network", "public-ip"),
  publicIpPrefix: kind(
    "publicIpPrefix",
    "Microsoft.Network/publicIPPrefixes",
    "network",
    "public-ip-prefix",
  ),
  privateDnsZone: kind(
    "privateDnsZone",
    "Microsoft.Network/privateDnsZones",
    "network",
    "zone",
    true,
  ),
  registry: kind(
    "registry",
    "Microsoft.ContainerRegistry/registries",
    "identity",
    "registry",
    true,
  ),
  diskEncryptionSet: kind(
    "diskEncryptionSet",
    "Microsoft.Compute/diskEncryptionSets",
    "identity",
    "disk-encryption-set",
    true,
  ),
  keyVault: kind("keyVault", "Microsoft.KeyVault/vaults", "identity", "key-vault", true),
  capacityReservationGroup: kind(
    "capacityReservationGroup",
    "Microsoft.Compute/capacityReservationGroups",
    "identity",
    "capacity-reservation-group",
  ),
  hostGroup: kind("hostGroup", "Microsoft.Compute/hostGroups", "identity", "host-group"),
  disk: kind("disk", "Microsoft.Compute/disks", "identity", "disk"),
  storageAccount: kind(
    "storageAccount",
    "Microsoft.Storage/storageAccounts",
    "identity",
    "storage-account",
    true,
  ),
  logAnalyticsWorkspace: kind(
    "logAnalyticsWorkspace",
    "Microsoft.OperationalInsights/workspaces",
    "identity",
    "workspace",
    true,
  ),
  monitorWorkspace: kind(
    "monitorWorkspace",
    "Microsoft.Monitor/accounts",
    "identity",
    "monitor-workspace",
    true,
  ),
  resourceGroup: kind(
    "resourceGroup",
    "Microsoft.Resources/resourceGroups",
    "identity",
    "resource-group",
    true,
  ),
};

/** The kind of scope of this name: one of those above, or a type of resources that a grant of one's own names. */
export function scopeKindOf(name: string): ScopeKind {
  return entryOf(SCOPE_KINDS, name) ?? kindOfOwn(name);
}

function kindOfOwn(type: string): ScopeKind {
  const [provider = "", ...types] = type.split("/");
  const prefix = types
    .join("-")
    .replace(/([a-z])([A-Z])/g, "$1-$2")
    .toLowerCase();
  const known = kindOfType(type);
  const team = isSameName(provider, "Microsoft.Network") ? "network" : "identity";
  const { owner = type, operations = type } = known ?? {};
  return { ...kind(type, type, known?.team ?? team, prefix), owner, operations };
}

/** The kind of the library that resources of a type are, if there is one. */
export function kindOfType(type: string): ScopeKind | undefined {
  return Object.values(SCOPE_KINDS).find((one) => isSameName(one.type, type));
}

/** The kinds that a description can hand to another team. */
export const OWNERS: readonly string[] = [
  ...new Set(Object.values(SCOPE_KINDS).map(({ owner }) => owner)),
];

/** What a scope is called in Terraform addresses. */
export function scopeAddress(scope: {
  readonly kind: string;
  readonly name: string;
  readonly reference?: ResourceReference;
}): string {
  const { kind: kindOf, name, reference } = scope;
  const { prefix, uniqueName } = scopeKindOf(kindOf);
  const place = uniqueName
    ? []
    : [reference?.resourceGroup ?? [], ...(parseResourceId(reference?.id ?? "")?.parents ?? [])];
  return [prefix, ...place.flat().map(addressName), addressName(name)].join("-");
}
