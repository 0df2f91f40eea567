// Resource groups that a stack makes.
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Construct } from "constructs";
import { formerly, letGo } from "../hcl/state-moves";
import { ignoreTags } from "../terraform/ignored-tags";
import { azurermFor } from "../terraform/providers";
import { ResolvedResourceGroup, ResolvedSpec } from "../spec/resolved-spec";

/**
 * Creates the resource group of a description, or lets Terraform forget one that the description no longer creates.
 *
 * @param owner what the group holds
 */
export function makeResourceGroup(
  scope: Construct,
  owner: "identities" | "cluster",
  { name, create, subscriptionId }: ResolvedResourceGroup & { readonly subscriptionId?: string },
  { location, tags, ignoreChanges }: ResolvedSpec,
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
    provider: azurermFor(scope, subscriptionId),
    lifecycle: preventDestroy ? { preventDestroy } : undefined,
  });
  formerly(made, name);
  ignoreTags(made, ignoreChanges.tags);
  return made;
}

const PLACE = "the resource group";
