// The subscription of the cluster, and those of its teams. Whether that of the cluster is written at a resource or
// implied makes no difference. Pure.
import { GrantingTeam } from "./granting-team";
import { isSameName } from "./naming";
import { ResolvedSpec } from "./resolved-spec";
import { ResourceReference } from "./resource-reference";

/** Returns a copy of a part of a description in which references by name do not repeat a subscription. */
export function withoutSubscription<T>(part: T, subscriptionId: string | undefined): T {
  return subscriptionId === undefined ? part : (copied(part, subscriptionId) as T);
}

/** Returns the subscription that the stack of a team works in, by default the platform team. */
export function subscriptionOf(
  { subscriptionId, identities, network }: ResolvedSpec,
  team?: GrantingTeam,
): string | undefined {
  // Without that of the cluster, no stack could name what is in it.
  if (subscriptionId === undefined) {
    return undefined;
  }
  switch (team) {
    case GrantingTeam.IDENTITY:
      return identities.subscriptionId ?? subscriptionId;
    case GrantingTeam.NETWORK:
      return network.virtualNetwork.subscriptionId ?? subscriptionId;
    default:
      return subscriptionId;
  }
}

function copied(value: unknown, own: string): unknown {
  if (value instanceof ResourceReference) {
    return shortened(value, own);
  }
  if (Array.isArray(value)) {
    return value.map((item) => copied(item, own));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  // Choices with parameters, such as Egress, hold references, too.
  const entries = Object.entries(value).map(([name, item]) => [name, copied(item, own)]);
  return Object.assign(
    Object.create(Object.getPrototypeOf(value) as object) as object,
    Object.fromEntries(entries),
  );
}

function shortened(reference: ResourceReference, own: string): ResourceReference {
  const { name, resourceGroup, subscriptionId, needsLookup } = reference;
  return needsLookup && resourceGroup !== undefined && isSameName(subscriptionId ?? "", own)
    ? ResourceReference.byName({ name, resourceGroup })
    : reference;
}
