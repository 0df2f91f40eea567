// The checks of the cluster stack before Azure checks, and how strict they are.

/** How strict a group of preflight checks is. */
export enum PreflightMode {
  /** A failed check stops the Terraform plan, with a sentence about the missing right or resource, and the team that has to act. */
  ENFORCE = "enforce",
  /** A failed check is printed and the Terraform plan continues, also where the runner is not allowed to read something. */
  WARN = "warn",
  /** Nothing is read for the checks, and nothing is printed. */
  OFF = "off",
}

/**
 * How strict each group of preflight checks is.
 *
 * In the mode `enforce`, the runner of the cluster stack needs Reader on everything that a group checks. A resource
 * given by its id might not be readable, so it is checked in the mode `warn` only. In that mode Terraform reads something in
 * every plan, and so never reports "No changes".
 *
 * @see https://developer.hashicorp.com/terraform/language/checks
 */
export interface PreflightSpec {
  /**
   * Rights of the control plane identity and of the kubelet identity. Rights through group membership are not
   * found.
   *
   * @default PreflightMode.ENFORCE
   */
  readonly identityGrants?: PreflightMode;
  /**
   * Rights of deployers and of principals with a role in Kubernetes. Principals without an object id are skipped:
   * looking them up takes permission to read the directory. Additional grants to other principals count as
   * well; use `warn` for a plan that must not wait for them.
   *
   * @default PreflightMode.ENFORCE
   */
  readonly peopleGrants?: PreflightMode;
  /**
   * Subnets and virtual network: size, ranges, region, route table.
   *
   * @default PreflightMode.ENFORCE
   */
  readonly network?: PreflightMode;
  /**
   * The identities themselves, and the cluster once it exists: kubelet identity, local accounts, OIDC issuer. Another
   * kubelet identity is a warning also in the mode `enforce`, since a cluster that exists may still move to it.
   *
   * @default PreflightMode.ENFORCE
   */
  readonly cluster?: PreflightMode;
}

/** The groups of checks. */
export const PREFLIGHT_GROUPS = ["identityGrants", "peopleGrants", "network", "cluster"] as const;
