// Names that are computed.

/** Namespace of the names of role assignments and role definitions (UUID version 5). Changing it renames every one of them. */
export const NAME_SPACE = "5b0d1f6e-6c0e-5d3a-9a53-2f8f6f5f0c11";

/**
 * Name of a custom role in Azure, where names are unique in a tenant: with the cluster, and with the
 * resource group that it is made in.
 */
export function customRoleName(
  roleName: string,
  cluster: string,
  resourceGroup: string,
  subscriptionId?: string,
): string {
  const group =
    subscriptionId === undefined ? resourceGroup : `${resourceGroup} in ${subscriptionId}`;
  return `${roleName} (${cluster}, ${group})`;
}
