// The roles of the runners of the stacks. Pure.
import { CATALOGUE } from "../spec/roles";
import { ReviewedRole } from "./reviewed-grant";
import { Place } from "./runner-places";

/** Returns a built-in role. */
export function builtIn(name: string): ReviewedRole {
  const { guid, actions, dataActions } = CATALOGUE.find((role) => role.name === name)!;
  return { name, custom: false, guid, actions, dataActions };
}

/** Returns a custom role of runners in a resource group. */
export function runnerRole(
  { resourceGroup, subscriptionId }: Place,
  { name, description, actions }: Pick<ReviewedRole, "name" | "description" | "actions">,
): ReviewedRole {
  const place =
    subscriptionId === undefined ? resourceGroup : `${resourceGroup} in ${subscriptionId}`;
  return {
    name: `${name} (${place})`,
    custom: true,
    guidSeed: `${name} (${resourceGroup})`,
    description,
    actions,
    dataActions: [],
  };
}
