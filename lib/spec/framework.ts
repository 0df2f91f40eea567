// The framework that this package is for: the one place where hardened-aks and hardened-aks-cdktn differ. The build of
// the other package replaces names of packages, here and in imports. Pure.

const PACKAGES = {
  cdktf: { library: "hardened-aks", azurerm: "~> 4.55", hasAzuread: true },
  // npm has no azuread provider for cdktn, and the classes of azurerm are made from a later version.
  cdktn: { library: "hardened-aks-cdktn", azurerm: "~> 4.73", hasAzuread: false },
};

/** The package of the framework. */
export const FRAMEWORK: keyof typeof PACKAGES = "cdktf";

/** The package of the provider azuread, which looks principals up by their names. */
export const AZUREAD = "@cdktf/provider-azuread";

/** The name of this package. */
export const LIBRARY = PACKAGES[FRAMEWORK].library;

/** The versions of azurerm that the stacks accept by default: from the one that the classes are made from. */
export const DEFAULT_AZURERM = PACKAGES[FRAMEWORK].azurerm;

/** Whether npm has the package of the provider azuread. */
export const HAS_AZUREAD = PACKAGES[FRAMEWORK].hasAzuread;
