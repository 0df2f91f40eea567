// The lines of azurerm that stacks can be written for. Pure.

/** Versions of azurerm that stacks are written for: each accepts later ones of the same major version. */
export enum AzurermLine {
  /** 4.55 and later. */
  V4_55 = "~> 4.55",
  /** 4.73 and later. */
  V4_73 = "~> 4.73",
  /** 5.0 and later. */
  V5_0 = "~> 5.0",
}
