// Resource groups that a stack makes.
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Construct } from "constructs";
import { ResolvedResourceGroup, ResolvedSpec } from "../spec/resolved-spec";

/** Makes a resource group of a description, if it is to be made. */
export function makeResourceGroup(
  scope: Construct,
  { name, create }: ResolvedResourceGroup,
  { location, tags }: ResolvedSpec,
  preventDestroy = false,
): ResourceGroup | undefined {
  const place =
    scope.node.tryFindChild(PLACE) ?? (create ? new Construct(scope, PLACE) : undefined);
  return create && place
    ? new ResourceGroup(place, name, {
        name,
        location,
        tags,
        lifecycle: preventDestroy ? { preventDestroy } : undefined,
      })
    : undefined;
}

const PLACE = "the resource group";
