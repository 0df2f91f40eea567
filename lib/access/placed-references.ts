// Every field of a description that points at a resource: the table, and what it finds in a description. Pure.
import { NAME_RULES, NameRule } from "../spec/naming";
import { ResolvedSpec } from "../spec/resolved-spec";
import { ResourceReference } from "../spec/resource-reference";
import { RESOURCE_TYPES, ResourceTypeName } from "./resource-types";

/** A resource that the description points at. */
export interface PlacedReference {
  readonly path: string;
  readonly reference: ResourceReference;
  readonly type: string;
  readonly rule: NameRule;
}

/** The path of a field that points at a resource, with `*` for the items of a list. */
export type ReferencePath = ReferencePathIn<ResolvedSpec>;

/**
 * The same for any type. Other clusters have descriptions of their own, and overrides are attributes of azurerm.
 */
export type ReferencePathIn<T> = {
  [K in keyof T & string]-?: K extends "sharedWith" | "overrides"
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
  "diskEncryption.diskEncryptionSet": "diskEncryptionSet",
  "kms.keyVault": "keyVault",
  "monitoring.logAnalyticsWorkspace": "logAnalyticsWorkspace",
  "monitoring.prometheusWorkspace": "monitorWorkspace",
  "storage.disks.*": "disk",
  "storage.storageAccounts.*": "storageAccount",
  "permissions.ownGrants.*.scope.reference": "named beside it",
  "nodePools.system.capacityReservationGroup": "capacityReservationGroup",
  "nodePools.system.hostGroup": "hostGroup",
  "nodePools.user.*.capacityReservationGroup": "capacityReservationGroup",
  "nodePools.user.*.hostGroup": "hostGroup",
};

interface Found {
  readonly path: string;
  readonly reference: ResourceReference;
  /** What the field is in. */
  readonly holder: { readonly resourceType?: string };
}

/** Every resource that the description points at, with the type that its field asks for. */
export function references(spec: ResolvedSpec): PlacedReference[] {
  return Object.entries(REFERENCE_FIELDS)
    .flatMap(([field, kind]) =>
      find(spec, field).map(({ path, reference, holder }) => {
        const known = kind === "named beside it" ? undefined : RESOURCE_TYPES[kind];
        const { type = holder.resourceType ?? "", rule = NAME_RULES.resource } = known ?? {};
        return { path: path.replace(/\.(registry|reference)$/, ""), reference, type, rule };
      }),
    )
    .sort((a, b) => poolOf(a) - poolOf(b));
}

/** The resources at one field, and the kind of scope that they are. */
export function referencesAt(
  spec: ResolvedSpec,
  field: ReferencePath,
): { readonly kind: string; readonly reference: ResourceReference }[] {
  return find(spec, field).map(({ reference }) => ({ kind: REFERENCE_FIELDS[field], reference }));
}

// Pool by pool; what is not in a pool stays before.
function poolOf({ path }: PlacedReference): number {
  const [isInPool, index = "-1"] = /^nodePools\.(?:system|user\.(\d+))/.exec(path) ?? [];
  return isInPool === undefined ? -2 : Number(index);
}

function find(spec: ResolvedSpec, field: string): Found[] {
  return field
    .split(".")
    .reduce<{ path: string; value: unknown; holder: object }[]>(
      (found, key) =>
        found.flatMap(({ path, value }) => {
          const holder = value as { readonly [key: string]: unknown };
          const keys = key === "*" ? Object.keys(holder) : [key];
          return keys.flatMap((one) =>
            holder[one] === undefined
              ? []
              : [{ path: path === "" ? one : `${path}.${one}`, value: holder[one], holder }],
          );
        }),
      [{ path: "", value: spec, holder: spec }],
    )
    .map(({ path, value, holder }) => ({ path, reference: value as ResourceReference, holder }));
}
