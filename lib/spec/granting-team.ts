// The teams that grant.

/** The teams that grant. */
export enum GrantingTeam {
  /** Owns the identities, and grants on everything that is not the network. */
  IDENTITY = "identity",
  /** The NOC: owns the network. */
  NETWORK = "network",
}
