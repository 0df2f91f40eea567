// The teams that grant.

/** The teams that grant. */
export enum GrantingTeam {
  /** Owns identities, registries, vaults and disk encryption sets. */
  IDENTITY = "identity",
  /** The NOC: owns the network. */
  NETWORK = "network",
}
