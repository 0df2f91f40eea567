// Terraform addresses of resources.
import { TerraformResource } from "cdktf";

/** Returns the address of a resource, such as `azurerm_kubernetes_cluster.cluster`. */
export function addressOf({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}

/** Makes a resource wait for another one of its stack. */
export function waitFor(resource: TerraformResource, other: TerraformResource): void {
  resource.dependsOn = [...(resource.dependsOn ?? []), addressOf(other)];
}
