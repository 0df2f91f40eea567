// What the cluster stack looks at before Azure does, and how strictly.

/** How strict a group of preflight checks is. */
export enum PreflightMode {
  /** A failed check stops the plan, with one sentence that says what is missing and who has to act. */
  ENFORCE = "enforce",
  /** A failed check is printed and the plan goes on, also where a lookup may not be read. */
  WARN = "warn",
  /** Nothing is read for the checks, and nothing is printed. */
  OFF = "off",
}

/**
 * How strict each group of preflight checks is.
 *
 * In the mode `enforce`, whoever runs the cluster stack needs Reader on what a group looks at. What the
 * description gives by its id may belong to somebody who lets nobody read it, so it is looked at in the
 * mode `warn` alone. In that mode Terraform has something to read in every plan, and so never says that
 * there are no changes.
 *
 * @see https://developer.hashicorp.com/terraform/language/checks
 */
export interface PreflightSpec {
  /**
   * The rights of the control plane identity and of the kubelet identity. Rights that they have as
   * members of a group are not seen.
   *
   * @default PreflightMode.ENFORCE
   */
  readonly identityGrants?: PreflightMode;
  /**
   * The rights of deployers and of those who work in Kubernetes. Who is given without an object id is
   * left out: finding it takes the right to read the directory. Grants of one's own to others count as well:
   * a plan that shall not wait for them takes `warn`.
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
   * The identities themselves, and the cluster once it is there: which kubelet identity it uses, local
   * accounts, OIDC issuer.
   *
   * @default PreflightMode.ENFORCE
   */
  readonly cluster?: PreflightMode;
}

/** The modes, the strictest first. */
export const PREFLIGHT_MODES: readonly string[] = Object.values(PreflightMode);

/** The groups of checks. */
export const PREFLIGHT_GROUPS = ["identityGrants", "peopleGrants", "network", "cluster"] as const;

/** The mode of each group. */
export type ResolvedPreflight = Required<PreflightSpec>;

/** Fills in the defaults. */
export function resolvePreflight(preflight: PreflightSpec = {}): ResolvedPreflight {
  const {
    identityGrants = PreflightMode.ENFORCE,
    peopleGrants = PreflightMode.ENFORCE,
    network = PreflightMode.ENFORCE,
    cluster = PreflightMode.ENFORCE,
  } = preflight;
  return { identityGrants, peopleGrants, network, cluster };
}
