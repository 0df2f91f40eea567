// Ids that Azure cannot change, and answers in other letters: Terraform ignores them, and a condition compares them.
import { KubernetesClusterConfig } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { Postcondition } from "cdktf";
import { argument, tokenFor } from "../hcl/token-expression";
import { templated } from "../hcl/expressions";
import { ResolvedSpec, isPrivate } from "../spec/resolved-spec";

/** An attribute with an id, and what must hold of it. */
export interface KeptId {
  readonly attribute: string;
  readonly condition: Postcondition;
}

/**
 * Returns the ids that are described. Without this, another spelling in a state would replace the cluster; another
 * resource still fails the plan. Where the cluster may be replaced there are none: another id replaces it.
 */
export function keptIds(
  spec: ResolvedSpec,
  { privateDnsZoneId, diskEncryptionSetId }: KubernetesClusterConfig,
  preventDestroy = false,
): KeptId[] {
  if (!preventDestroy) {
    return [];
  }
  const zone = isPrivate(spec) && spec.privateDns.zone ? privateDnsZoneId : undefined;
  return [
    ...keptId(spec, "private_dns_zone_id", "private DNS zone", "privateDns.zone", zone),
    ...keptId(
      spec,
      "disk_encryption_set_id",
      "disk encryption set",
      "diskEncryption.diskEncryptionSet",
      diskEncryptionSetId,
    ),
  ];
}

function keptId(
  { name }: ResolvedSpec,
  attribute: string,
  words: string,
  field: string,
  id: string | undefined,
): KeptId[] {
  if (id === undefined) {
    return [];
  }
  const found = `self.${attribute}`;
  return [
    {
      attribute,
      condition: {
        condition: tokenFor(`try(lower(${found}), "") == lower(${argument(id)})`),
        errorMessage: `The ${words} of the cluster "${templated(name)}" is \${try(coalesce(${found}), "none")}, and the description has another one in ${field}. Azure cannot change it: describe the one that the cluster has. To replace the cluster instead, add the exception "replaceableCluster".`,
      },
    },
  ];
}
