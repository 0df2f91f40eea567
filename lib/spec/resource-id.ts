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
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is a GUID. */
export function isGuid(text: string): boolean {
  return GUID.test(text);
}

// What leads elsewhere, or ends the path, is no name.
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

/** Whether a text is the id of a resource group. */
export function isResourceGroupId(text: string): boolean {
  const [, group = ""] = /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)$/i.exec(text) ?? [];
  return isSegment(group);
}
