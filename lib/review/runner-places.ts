// Where the runners of the stacks need rights: resource groups. Pure.
import { isSameName } from "../spec/naming";
import { known } from "../spec/known";
import { PlacedIdentity, ResolvedSpec } from "../spec/resolved-spec";
import { ReviewedScope } from "./reviewed-grant";
import { RunnerRight } from "./reviewed-runner";

/** A resource group. */
export type Place = Pick<RunnerRight, "resourceGroup" | "subscriptionId">;

/** Returns the resource group of an identity. */
export function identityPlace(
  { identity }: PlacedIdentity,
  { subscriptionId: ofStacks }: ResolvedSpec,
): Place {
  const { resourceGroup, subscriptionId = known(ofStacks) } = identity;
  return { resourceGroup, subscriptionId };
}

/** Returns the resource group of the scope of a role assignment: itself, or that around it. */
export function placeOf({
  resourceType,
  name,
  resourceGroup,
  subscriptionId,
}: ReviewedScope): Place {
  const isGroup = isSameName(resourceType, "Microsoft.Resources/resourceGroups");
  return { resourceGroup: isGroup ? name : resourceGroup, subscriptionId };
}

/** Returns the places, each once, sorted. */
export function distinctPlaces(places: Place[]): Place[] {
  const all = new Map<string, Place>();
  for (const place of places) {
    all.set(keyOf(place), all.get(keyOf(place)) ?? place);
  }
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
}

/** Returns a key of a place. */
export function keyOf({ resourceGroup, subscriptionId = "" }: Place): string {
  return `${resourceGroup}/${subscriptionId}`.toLowerCase();
}
