// Providers that a construct needs: found in its stack, or added to it.
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { TerraformProvider, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { isSameName } from "../spec/naming";
import { PROVIDER_VERSIONS, azurermLineOf } from "./azurerm-versions";

/**
 * The azurerm provider for a resource in another subscription, or undefined if the stack's own
 * provider can read it.
 */
export function azurermFor(
  scope: IConstruct,
  subscriptionId: string | undefined,
): TerraformProvider | undefined {
  const stack = TerraformStack.of(scope);
  const own = ownAzurerm(stack);
  if (
    subscriptionId === undefined ||
    own?.subscriptionId?.toLowerCase() === subscriptionId.toLowerCase()
  ) {
    return undefined;
  }
  const alias = `subscription-${subscriptionId.toLowerCase()}`;
  return (
    azurermProviders(stack).find((provider) => provider.alias === alias) ??
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

/** The subscription of the stack's own provider: as it is written there, or what it is signed in to. */
export function currentSubscriptionId(scope: IConstruct): string {
  return (
    ownAzurerm(TerraformStack.of(scope))?.subscriptionId ?? currentClient(scope).subscriptionId
  );
}

/**
 * Returns the subscription of a description if the stack works in another one: that of what the description gives no
 * subscription for.
 */
export function subscriptionElsewhere(
  scope: IConstruct,
  ofDescription: string | undefined,
): string | undefined {
  const own = ownAzurerm(TerraformStack.of(scope))?.subscriptionId;
  return own === undefined || isSameName(own, ofDescription ?? own) ? undefined : ofDescription;
}

/** Returns the identity that the stack's provider is signed in as; one lookup for each stack. */
export function currentClient(scope: IConstruct): DataAzurermClientConfig {
  const stack = TerraformStack.of(scope);
  const found = stack.node.tryFindChild("current") as DataAzurermClientConfig | undefined;
  return found ?? new DataAzurermClientConfig(stack, "current");
}

/** Makes sure that the stack has the azuread provider, which looks up groups and service principals. */
export function requireAzuread(scope: IConstruct): void {
  const stack = TerraformStack.of(scope);
  if (
    !providersOf(stack).some(({ terraformResourceType }) => terraformResourceType === "azuread")
  ) {
    new AzureadProvider(stack, "azuread", { tenantId: ownAzurerm(stack)?.tenantId });
    constrainProvider(stack, "azuread");
  }
}

/** Puts a version constraint into the stack instead of the exact version that the constructs are made from. */
export function constrainProvider(
  stack: TerraformStack,
  name: keyof typeof PROVIDER_VERSIONS,
): void {
  const { source } = PROVIDER_VERSIONS[name];
  const version = name === "azurerm" ? azurermLineOf(stack) : PROVIDER_VERSIONS[name].version;
  stack.addOverride(`terraform.required_providers.${name}.source`, source);
  stack.addOverride(`terraform.required_providers.${name}.version`, version);
}

function ownAzurerm(stack: TerraformStack): AzurermProvider | undefined {
  const isOwn = (provider: AzurermProvider) => provider.alias === undefined;
  // Most stacks have it right below them, and everything that is looked up asks for it.
  return stack.node.children.filter(isAzurerm).find(isOwn) ?? azurermProviders(stack).find(isOwn);
}

function azurermProviders(stack: TerraformStack): AzurermProvider[] {
  return stack.node.findAll().filter(isAzurerm);
}

function isAzurerm(node: IConstruct): node is AzurermProvider {
  return TerraformProvider.isTerraformProvider(node) && node.terraformResourceType === "azurerm";
}

function providersOf(stack: TerraformStack): TerraformProvider[] {
  return stack.node.findAll().filter((node) => TerraformProvider.isTerraformProvider(node));
}
