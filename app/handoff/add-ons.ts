// Names that AKS makes of those of the cluster: of the node resource group, and of the identities of add-ons in it. Pure.
import { ClusterSpec } from "../../lib";
import { ADD_ON_IDENTITIES } from "../../lib/spec/add-ons";
import { VariableIndex } from "./variable-index";

/** Returns the name of the identity of an add-on with the variable for the cluster; undefined for another name. */
export function addOnIdentity(
  value: string,
  { name }: ClusterSpec,
  index: VariableIndex,
): string | undefined {
  const prefix = Object.values(ADD_ON_IDENTITIES).find((one) => value === `${one}-${name}`);
  const cluster = index.find("cluster");
  return prefix && cluster && `${prefix}-${cluster}`;
}

/** Returns the name of the node resource group with variables for its parts; undefined for another group. */
export function nodeResourceGroup(
  value: string,
  { name, location, resourceGroup, nodeResourceGroup: given }: ClusterSpec,
  index: VariableIndex,
): string | undefined {
  if (given !== undefined) {
    return value === given ? index.find("nodeResourceGroup") : undefined;
  }
  const [group, cluster] = [index.group("", resourceGroup.name), index.find("cluster")];
  return value === `MC_${resourceGroup.name}_${name}_${location}`
    ? `MC_${group ?? resourceGroup.name}_${cluster ?? name}_${location}`
    : undefined;
}
