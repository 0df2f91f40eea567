// Every resource that a description points at, and where. Pure.
import { NAME_RULES, NameRule } from "../spec/naming";
import { allPools } from "../spec/pools";
import { ResolvedSpec } from "../spec/resolved-spec";
import { ResourceReference } from "../spec/resource-reference";

/** A resource that the description points at. */
export interface PlacedReference {
  readonly path: string;
  readonly reference: ResourceReference;
  readonly type: string;
  readonly rule: NameRule;
}

/** Every resource that the description points at, with the type that its place asks for. */
export function references(spec: ResolvedSpec): PlacedReference[] {
  const {
    network,
    privateDns,
    diskEncryption,
    kms,
    monitoring: { logAnalyticsWorkspace },
  } = spec;
  const { egress } = network;
  const { virtualNetwork, privateDnsZone, registry, resource } = NAME_RULES;
  const one = (
    path: string,
    reference: ResourceReference | undefined,
    type: string,
    rule: NameRule = resource,
  ): PlacedReference[] => (reference ? [{ path, reference, type, rule }] : []);
  const many = (path: string, list: ResourceReference[], type: string): PlacedReference[] =>
    list.flatMap((reference, index) => one(`${path}.${index}`, reference, type));
  return [
    ...one(
      "network.virtualNetwork",
      network.virtualNetwork,
      "Microsoft.Network/virtualNetworks",
      virtualNetwork,
    ),
    ...one("privateDns.zone", privateDns.zone, "Microsoft.Network/privateDnsZones", privateDnsZone),
    ...spec.registries.flatMap(({ registry: reference }, index) =>
      one(`registries.${index}`, reference, "Microsoft.ContainerRegistry/registries", registry),
    ),
    ...one("network.egress.routeTable", egress.routeTable, "Microsoft.Network/routeTables"),
    ...one(
      "network.egress.artifactCache",
      egress.artifactCache,
      "Microsoft.ContainerRegistry/registries",
      registry,
    ),
    ...many("network.egress.publicIps", egress.publicIps, "Microsoft.Network/publicIPAddresses"),
    ...many(
      "network.egress.publicIpPrefixes",
      egress.publicIpPrefixes,
      "Microsoft.Network/publicIPPrefixes",
    ),
    ...many(
      "network.servicePublicIps",
      network.servicePublicIps,
      "Microsoft.Network/publicIPAddresses",
    ),
    ...one(
      "diskEncryption.diskEncryptionSet",
      diskEncryption.diskEncryptionSet,
      "Microsoft.Compute/diskEncryptionSets",
    ),
    ...one("kms.keyVault", kms?.keyVault, "Microsoft.KeyVault/vaults"),
    ...one(
      "monitoring.logAnalyticsWorkspace",
      logAnalyticsWorkspace,
      "Microsoft.OperationalInsights/workspaces",
    ),
    ...one(
      "monitoring.prometheusWorkspace",
      spec.monitoring.prometheusWorkspace,
      "Microsoft.Monitor/accounts",
    ),
    ...many("storage.disks", spec.storage.disks, "Microsoft.Compute/disks"),
    ...many(
      "storage.storageAccounts",
      spec.storage.storageAccounts,
      "Microsoft.Storage/storageAccounts",
    ),
    ...spec.permissions.ownGrants.flatMap(
      ({ scope: { resourceType = "", reference: own } }, index) =>
        one(`permissions.ownGrants.${index}.scope`, own, resourceType),
    ),
    ...allPools(spec).flatMap(({ path, capacityReservationGroup, hostGroup }) => [
      ...one(
        `${path}.capacityReservationGroup`,
        capacityReservationGroup,
        "Microsoft.Compute/capacityReservationGroups",
      ),
      ...one(`${path}.hostGroup`, hostGroup, "Microsoft.Compute/hostGroups"),
    ]),
  ];
}
