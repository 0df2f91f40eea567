// Providers that a construct needs: found in its stack, or added to it.
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { TerraformProvider, TerraformStack, Token } from "cdktf";
import { IConstruct } from "constructs";

/** Versions that the stacks accept. The constructs are made from the first of each. */
export const PROVIDER_VERSIONS = {
  azurerm: { source: "hashicorp/azurerm", version: "~> 4.55" },
  azuread: { source: "hashicorp/azuread", version: "~> 3.7" },
};

/**
 * The azurerm provider for a resource in another subscription, or undefined if the stack's own
 * provider can read it.
 */
export function azurermFor(
  scope: IConstruct,
  subscriptionId: string | undefined,
): TerraformProvider | undefined {
  const stack = TerraformStack.of(scope);
  const providers = providersOf(stack).filter(
    (provider): provider is AzurermProvider => provider.terraformResourceType === "azurerm",
  );
  const own = providers.find((provider) => provider.alias === undefined);
  if (
    subscriptionId === undefined ||
    own?.subscriptionId?.toLowerCase() === subscriptionId.toLowerCase()
  ) {
    return undefined;
  }
  const alias = `subscription-${subscriptionId.toLowerCase()}`;
  return (
    providers.find((provider) => provider.alias === alias) ??
    new AzurermProvider(stack, alias, {
      alias,
      subscriptionId,
      tenantId: own?.tenantId,
      features: [{}],
      resourceProviderRegistrations: own?.resourceProviderRegistrations ?? "none",
      storageUseAzuread: true,
    })
  );
}

/** Makes sure that the stack has the azuread provider, which looks up groups and service principals. */
export function requireAzuread(scope: IConstruct): void {
  const stack = TerraformStack.of(scope);
  const providers = providersOf(stack);
  if (!providers.some((provider) => provider.terraformResourceType === "azuread")) {
    const azurerm = providers.find(
      (provider): provider is AzurermProvider => provider.terraformResourceType === "azurerm",
    );
    new AzureadProvider(stack, "azuread", { tenantId: azurerm?.tenantId });
    constrainProvider(stack, "azuread");
  }
}

/** Puts a version constraint into the stack instead of the exact version that the constructs are made from. */
export function constrainProvider(
  stack: TerraformStack,
  name: keyof typeof PROVIDER_VERSIONS,
): void {
  const { source, version } = PROVIDER_VERSIONS[name];
  stack.addOverride(`terraform.required_providers.${name}.source`, source);
  stack.addOverride(`terraform.required_providers.${name}.version`, version);
}

/** A value that only Terraform knows is as good as any other; a text is compared. */
export function isKnown(value: string | undefined): value is string {
  return value !== undefined && !Token.isUnresolved(value);
}

function providersOf(stack: TerraformStack): TerraformProvider[] {
  return stack.node.findAll().filter((node) => TerraformProvider.isTerraformProvider(node));
}
