// Every field of a description that points at a resource: the table, and what it finds in a description. Pure.
import { NAME_RULES, NameRule } from "../spec/naming";
import { ResolvedSpec } from "../spec/resolved-spec";
import { ResourceReference } from "../spec/resource-reference";
import { PlannedScope } from "./planned-grant";
import { RESOURCE_TYPES, ResourceTypeName } from "./resource-types";

/** A resource that the description points at. */
export interface PlacedReference {
  readonly path: string;
  readonly field: ReferencePath;
  readonly reference: ResourceReference;
  readonly type: string;
  readonly rule: NameRule;
}

/** The path of a field that points at a resource, with `*` for the items of a list. */
export type ReferencePath = ReferencePathIn<ResolvedSpec>;

/**
 * Such a path in any type. Other clusters have separate descriptions, and overrides are attributes of azurerm.
 */
export type ReferencePathIn<T> = {
  [K in keyof T & string]-?: K extends "sharedWith" | "previous" | "overrides"
    ? never
    : PathOf<K, NonNullable<T[K]>>;
}[keyof T & string];

type PathOf<K extends string, V> = V extends ResourceReference
  ? K
  : V extends readonly (infer Item)[]
    ? PathOf<`${K}.*`, Item>
    : V extends (...args: never) => unknown
      ? never
      : V extends object
        ? `${K}.${ReferencePathIn<V>}`
        : never;

/** The type that each field asks for. A field without a row here does not compile. */
export const REFERENCE_FIELDS: {
  readonly [path in ReferencePath]: ResourceTypeName | "named beside it";
} = {
  "network.virtualNetwork": "virtualNetwork",
  "privateDns.zone": "privateDnsZone",
  "registries.*.registry": "registry",
  "network.egress.routeTable": "routeTable",
  "network.egress.artifactCache": "registry",
  "network.egress.publicIps.*": "publicIp",
  "network.egress.publicIpPrefixes.*": "publicIpPrefix",
  "network.servicePublicIps.*": "publicIp",
  "network.privateLinkPolicies.networkSecurityGroups.*": "networkSecurityGroup",
  "network.privateLinkPolicies.natGateways.*": "natGateway",
  "network.privateLinkPolicies.routeTables.*": "routeTable",
  "network.servicePublicIpPrefixes.*": "publicIpPrefix",
  "diskEncryption.diskEncryptionSet": "diskEncryptionSet",
  "kms.keyVault": "keyVault",
  "monitoring.logAnalyticsWorkspace": "logAnalyticsWorkspace",
  "monitoring.defender.workspace": "logAnalyticsWorkspace",
  "monitoring.prometheusWorkspace": "monitorWorkspace",
  "applicationRouting.dnsZones.*": "dnsZone",
  "applicationRouting.privateDnsZones.*": "privateDnsZone",
  "applicationRouting.keyVaults.*": "keyVault",
  "keyVaultProvider.secretVaults.*": "keyVault",
  "keyVaultProvider.certificateVaults.*": "keyVault",
  "serviceMesh.certificateAuthority.keyVault": "keyVault",
  "gatewayForContainers.gateway": "gatewayForContainers",
  "backup.vault": "backupVault",
  "backup.storageAccount": "storageAccount",
  "storage.disks.*": "disk",
  "storage.storageAccounts.*": "storageAccount",
  "fleetManager.fleet": "fleetManager",
  "permissions.additionalGrants.*.scope.reference": "named beside it",
  "workloads.*.rights.*.scope": "named beside it",
  "nodePools.system.capacityReservationGroup": "capacityReservationGroup",
  "nodePools.system.hostGroup": "hostGroup",
  "nodePools.user.*.capacityReservationGroup": "capacityReservationGroup",
  "nodePools.user.*.hostGroup": "hostGroup",
};

/** Returns the resources that the description points at, with the type that its field asks for. */
export function references(spec: ResolvedSpec): PlacedReference[] {
  return Object.entries(REFERENCE_FIELDS)
    .flatMap(([field, kind]) =>
      find(spec, field.split(".")).map(({ path, reference, holder }) => {
        const known = kind === "named beside it" ? undefined : RESOURCE_TYPES[kind];
        const { resourceType = "" } = holder as { readonly resourceType?: string };
        const { type = resourceType, rule = NAME_RULES.resource } = known ?? {};
        return {
          path: path.replace(/\.(registry|reference)$/, ""),
          field: field as ReferencePath,
          reference,
          type,
          rule,
        };
      }),
    )
    .sort((a, b) => poolOf(a) - poolOf(b));
}

/** Returns the resources at one field, as scopes. */
export function referencesAt(spec: ResolvedSpec, field: ReferencePath): PlannedScope[] {
  const kind = REFERENCE_FIELDS[field];
  return find(spec, field.split(".")).map(({ reference }) => ({
    kind,
    name: reference.name,
    reference,
  }));
}

// Pool by pool; what is not in a pool stays before.
function poolOf({ path }: PlacedReference): number {
  const [isInPool, index = "-1"] = /^nodePools\.(?:system|user\.(\d+))/.exec(path) ?? [];
  return isInPool === undefined ? -2 : Number(index);
}

interface Found {
  readonly path: string;
  readonly reference: ResourceReference;
  /** The object that the field is in. */
  readonly holder: object;
}

function find(holder: object, [key = "", ...rest]: string[], above: string[] = []): Found[] {
  const keys = key === "*" ? Object.keys(holder) : [key];
  return keys.flatMap((one) => {
    const value = (holder as { readonly [key: string]: object | undefined })[one];
    const path = [...above, one];
    if (value === undefined) {
      return [];
    }
    return rest.length > 0
      ? find(value, rest, path)
      : [{ path: path.join("."), reference: value as ResourceReference, holder }];
  });
}
