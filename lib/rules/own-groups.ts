// The resource groups of a cluster: of its nodes, of itself and of its identities. Pure.
import { isSameName } from "../spec/naming";
import { ResolvedSpec, nodeResourceGroupOf, placedIdentities } from "../spec/resolved-spec";

/** Field of the resource group that AKS creates. */
export const NODES = "nodeResourceGroup";

/** A resource group of a cluster. */
export interface Group {
  readonly spec: ResolvedSpec;
  /** Field that names it. */
  readonly path: string;
  readonly name: string;
  /** Empty if only Terraform knows it. */
  readonly subscriptionId: string;
  readonly create?: boolean;
  readonly key: string;
}

/** Returns the resource groups of a cluster, each once, that of its nodes first. */
export function groupsOf(spec: ResolvedSpec): Group[] {
  const { resourceGroup, identities, subscriptionId = "" } = spec;
  const group = (path: string, name: string, create = false, at = subscriptionId) => ({
    spec,
    path,
    name,
    subscriptionId: at,
    create,
    key: groupKey(name, at),
  });
  const all = [
    group(NODES, nodeResourceGroupOf(spec)),
    group("resourceGroup.name", resourceGroup.name, resourceGroup.create),
    group(
      "identities.resourceGroup.name",
      identities.resourceGroup.name,
      identities.resourceGroup.create,
      identities.subscriptionId,
    ),
    ...placedIdentities(spec).map(
      ({ path, identity: { resourceGroup: name, subscriptionId: at } }) =>
        group(`${path}.resourceGroup`, name, false, at),
    ),
  ];
  return all.filter(
    ({ key }, index) => all.findIndex((other) => isSameName(other.key, key)) === index,
  );
}

/** Returns a key of a resource group. */
export function groupKey(name: string, subscriptionId = ""): string {
  return `${subscriptionId} ${name}`.toLowerCase();
}
