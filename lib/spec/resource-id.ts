// The shape of Azure resource ids: parsing and building. Pure.

/** The parts of a resource id. */
export interface ResourceIdParts {
  /** Subscription (GUID). */
  readonly subscriptionId: string;
  /** Resource group. */
  readonly resourceGroup: string;
  /** Full type, such as `Microsoft.Network/virtualNetworks/subnets`. */
  readonly type: string;
  /** Name of the resource itself: the last segment. */
  readonly name: string;
  /** Names of what it is part of, the outermost first: the virtual network of a subnet. */
  readonly parents: string[];
}

const RESOURCE_ID =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/([^/]+)\/(.+)$/i;

/** A GUID. Terraform takes the pattern as well, without flags. */
export const GUID = /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/;

/** Whether a text is a GUID. */
export function isGuid(text: string): boolean {
  return GUID.test(text);
}

// A segment that leads elsewhere, or ends the path, is not a name.
function isSegment(segment: string): boolean {
  return (
    /^[^?#%\\\p{Cc}]+$/u.test(segment) &&
    segment.trim() === segment &&
    segment !== "." &&
    segment !== ".."
  );
}

/** The parts of a resource id, or undefined if the text is not one (a subscription or a resource group is not). */
export function parseResourceId(id: string): ResourceIdParts | undefined {
  const match = RESOURCE_ID.exec(id);
  const [, subscriptionId, resourceGroup, namespace, rest] = match ?? [];
  if (!subscriptionId || !resourceGroup || !namespace || !rest || !isSegment(resourceGroup)) {
    return undefined;
  }
  const segments = rest.split("/");
  if (segments.length % 2 !== 0 || !segments.every(isSegment) || !isGuid(subscriptionId)) {
    return undefined;
  }
  const types = segments.filter((_, index) => index % 2 === 0);
  const names = segments.filter((_, index) => index % 2 === 1);
  return {
    subscriptionId,
    resourceGroup,
    type: [namespace, ...types].join("/"),
    name: names[names.length - 1]!,
    parents: names.slice(0, -1),
  };
}

// The spelling that azurerm asks for; Azure itself answers in others, such as `resourcegroups`.
const SPELLING = new Map(
  [
    "Microsoft.Compute/capacityReservationGroups",
    "Microsoft.Compute/diskEncryptionSets",
    "Microsoft.Compute/disks",
    "Microsoft.Compute/hostGroups",
    "Microsoft.ContainerRegistry/registries",
    "Microsoft.ContainerService/managedClusters",
    "Microsoft.DataProtection/backupVaults",
    "Microsoft.ContainerService/fleets",
    "Microsoft.KeyVault/vaults",
    "Microsoft.ManagedIdentity/userAssignedIdentities",
    "Microsoft.Monitor/accounts",
    "Microsoft.Network/dnsZones",
    "Microsoft.Network/natGateways",
    "Microsoft.Network/networkSecurityGroups",
    "Microsoft.Network/privateDnsZones",
    "Microsoft.Network/publicIPAddresses",
    "Microsoft.Network/publicIPPrefixes",
    "Microsoft.Network/routeTables",
    "Microsoft.Network/virtualNetworks/subnets",
    "Microsoft.OperationalInsights/workspaces",
    "Microsoft.ServiceNetworking/trafficControllers",
    "Microsoft.Storage/storageAccounts",
  ]
    .flatMap((type) => type.split("/"))
    .map((segment) => [segment.toLowerCase(), segment]),
);

/** Returns a resource id in the spelling of azurerm, with its names as they are; a text that is none as it is. */
export function canonicalId(id: string): string {
  const parts = parseResourceId(id);
  if (!parts) {
    return id;
  }
  const { subscriptionId, resourceGroup, type, name, parents } = parts;
  const spelled = (segment: string) => SPELLING.get(segment.toLowerCase()) ?? segment;
  const [namespace = "", ...types] = type.split("/").map(spelled);
  const names = [...parents, name];
  return [
    `/subscriptions/${subscriptionId.toLowerCase()}/resourceGroups/${resourceGroup}/providers/${namespace}`,
    ...types.flatMap((one, index) => [one, names[index]!]),
  ].join("/");
}

/** Returns a GUID in the letters of Azure, and any other text as it is. */
export function canonicalGuid(text: string): string {
  return isGuid(text) ? text.toLowerCase() : text;
}

/** Whether a text is the id of a resource group. */
export function isResourceGroupId(text: string): boolean {
  const [, group = ""] = /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)$/i.exec(text) ?? [];
  return isSegment(group);
}
