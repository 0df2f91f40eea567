// Resource groups that a stack makes.
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Construct } from "constructs";
import { formerly, letGo } from "../hcl/state-moves";
import { ResolvedResourceGroup, ResolvedSpec } from "../spec/resolved-spec";

/**
 * Makes a resource group of a description, if it is to be made. One that is not is let go of.
 *
 * @param owner what it is the group of
 */
export function makeResourceGroup(
  scope: Construct,
  owner: "identities" | "cluster",
  { name, create }: ResolvedResourceGroup,
  { location, tags }: ResolvedSpec,
  preventDestroy: boolean,
): ResourceGroup | undefined {
  const place = scope.node.tryFindChild(PLACE) ?? new Construct(scope, PLACE);
  if (!create) {
    letGo(ResourceGroup.tfResourceType, place, name, owner);
    return undefined;
  }
  const made = new ResourceGroup(place, owner, {
    name,
    location,
    tags,
    lifecycle: preventDestroy ? { preventDestroy } : undefined,
  });
  formerly(made, name);
  return made;
}

const PLACE = "the resource group";
