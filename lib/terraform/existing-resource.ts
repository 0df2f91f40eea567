// Resources that exist: by name, and their ids built from their names.
import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { argument, tokenFor } from "../hcl/token-expression";
import { isKnown } from "../spec/known";
import { isResourceGroupId, parseResourceId } from "../spec/resource-id";
import { ClusterSpec } from "../spec/cluster-spec";
import { ResourceReference } from "../spec/resource-reference";
import { currentSubscriptionId } from "./providers";

/**
 * A resource that is given by its id, in the words of a description.
 *
 * @throws if the id is seen to be that of something else
 */
export function referenceById(
  scope: IConstruct,
  constructId: string,
  resource: { readonly id: string; readonly type: string; readonly name?: string },
): ResourceReference {
  const { id, type, name = constructId } = resource;
  if (isKnown(id) && parseResourceId(id)?.type.toLowerCase() !== type.toLowerCase()) {
    const example = type
      .split("/")
      .slice(1)
      .map((part) => `${part}/<name>`)
      .join("/");
    throw new Error(
      `[${scope.node.path}/${constructId}] "${id}" is not the id of a resource of type ${type}. Use /subscriptions/<id>/resourceGroups/<name>/providers/${type.split("/")[0]}/${example}.`,
    );
  }
  return ResourceReference.byId(id, name);
}

/**
 * The id of a resource. Nothing of it is read: the lookups of storage accounts and workspaces
 * would copy their secrets into the Terraform state.
 */
export function resourceIdOf(
  scope: IConstruct,
  type: string,
  { id, name, resourceGroup = "", subscriptionId }: ResourceReference,
): string {
  if (id !== undefined) {
    return id;
  }
  const group = resourceGroupIdOf(scope, resourceGroup, subscriptionId);
  return joined(group, "providers", type, name);
}

/** The id of a cluster by its name: a lookup would copy its kubeconfig. */
export function clusterIdOf(
  scope: IConstruct,
  { name, resourceGroup }: Pick<ClusterSpec, "name" | "resourceGroup">,
  subscriptionId?: string,
): string {
  const cluster = { name, resourceGroup: resourceGroup.name, subscriptionId };
  const type = "Microsoft.ContainerService/managedClusters";
  return resourceIdOf(scope, type, ResourceReference.byName(cluster));
}

/** The id of a subnet of a virtual network. */
export function subnetIdOf(scope: IConstruct, network: ResourceReference, name: string): string {
  const id = resourceIdOf(scope, "Microsoft.Network/virtualNetworks", network);
  return joined(id, "subnets", name);
}

/** The id of a resource group by its name, in the subscription of the stack unless another one is given. */
export function resourceGroupIdOf(
  scope: IConstruct,
  resourceGroup: string,
  subscriptionId?: string,
): string {
  const subscription = subscriptionId ?? currentSubscriptionId(scope);
  return joined("/subscriptions", subscription, "resourceGroups", resourceGroup);
}

/** The id of the resource group that holds a resource, whether or not its id is known yet. */
export function resourceGroupIdOfResource(resourceId: string): string {
  if (isResourceGroupId(resourceId)) {
    return resourceId;
  }
  const parts = isKnown(resourceId) ? parseResourceId(resourceId) : undefined;
  return parts
    ? `/subscriptions/${parts.subscriptionId}/resourceGroups/${parts.resourceGroup}`
    : tokenFor(`join("/", slice(split("/", ${argument(resourceId)}), 0, 5))`);
}

/** The id of a resource group that a description points at, or at something in it of which Terraform alone knows the id. */
export function resourceGroupIdOfReference(
  scope: IConstruct,
  { id = "", resourceGroup, subscriptionId }: ResourceReference,
): string {
  return resourceGroup === undefined
    ? resourceGroupIdOfResource(id)
    : resourceGroupIdOf(scope, resourceGroup, subscriptionId);
}

// A text with a token cannot be an argument of a Terraform function; the call of a function can.
function joined(...parts: string[]): string {
  return parts.some((part) => Token.isUnresolved(part))
    ? tokenFor(`join("/", [${parts.map(argument).join(", ")}])`)
    : parts.join("/");
}
