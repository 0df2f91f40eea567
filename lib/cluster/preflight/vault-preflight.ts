// Looks at the key vault of KMS: roles count only in a vault that uses Azure RBAC.
import { DataAzurermKeyVault } from "@cdktf/provider-azurerm/lib/data-azurerm-key-vault";
import { Construct } from "constructs";
import { KmsSpec } from "../../spec/data";
import { ResolvedSpec } from "../../spec/resolved-spec";
import { azurermFor } from "../../terraform/providers";
import { templated } from "../../hcl/expressions";
import { TerraformCheck } from "../../hcl/terraform-check";
import { Assertion } from "./checks";
import { Facts } from "./facts";

/**
 * Adds the lookup or the check block, and returns the conditions that must hold before the cluster is created. The
 * deployer may read a private vault, which azurerm looks up, too; whether it may read a public one is unknown.
 */
export function vaultPreconditions(
  scope: Construct,
  { kms, preflight }: ResolvedSpec,
  facts: Facts,
): Assertion[] {
  const { identityGrants: mode } = preflight;
  if (!kms?.keyVault.needsLookup || mode === "off") {
    return [];
  }
  const { name, resourceGroup = "", subscriptionId } = kms.keyVault;
  const provider = azurermFor(scope, subscriptionId);
  if (mode === "warn") {
    const check = new TerraformCheck(scope, "key-vault", {
      type: DataAzurermKeyVault.tfResourceType,
      config: {
        name,
        resource_group_name: resourceGroup,
        ...(provider ? { provider: provider.fqn } : {}),
      },
    });
    check.add([usesRbac(check.lookupAddress, kms)]);
    return [];
  }
  if (kms.network !== "Private") {
    return [];
  }
  const vault = new DataAzurermKeyVault(scope, "key-vault", {
    name,
    resourceGroupName: resourceGroup,
    provider,
  });
  const { rbacAuthorizationEnabled } = vault;
  const about = facts.about("key vault", { rbac_authorization_enabled: rbacAuthorizationEnabled });
  return [usesRbac(about, kms)];
}

function usesRbac(vault: string, { keyVault: { name } }: KmsSpec): Assertion {
  return {
    check: "vaultPermissions",
    of: name,
    holds: `${vault}.rbac_authorization_enabled`,
    message: `The key vault "${templated(name)}" uses access policies, in which the role of the control plane identity on it has no effect: its owner has to change the vault to Azure RBAC, or choose another vault.`,
  };
}
