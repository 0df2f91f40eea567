// The preflight checks by name: docs/troubleshooting.md and the constructs mean the same by them. Pure.
import { PREFLIGHT_GROUPS } from "../../spec/preflight";
import { Condition } from "../../hcl/terraform-check";

/** A preflight check. */
export interface PreflightCheck {
  /** The group whose mode decides. */
  readonly group: (typeof PREFLIGHT_GROUPS)[number];
  /** The requirement: one sentence. */
  readonly title: string;
}

const check = (group: PreflightCheck["group"], title: string): PreflightCheck => ({ group, title });

/** Every preflight check, by name. */
export const PREFLIGHT_CHECKS = {
  identityGrant: check(
    "identityGrants",
    "The control plane identity and the kubelet identity have every right that they need.",
  ),
  peopleGrant: check(
    "peopleGrants",
    "Deployers, and those who work in Kubernetes, have every right that they need.",
  ),
  caller: check(
    "peopleGrants",
    "If the description names no deployer, the caller of the plan has every right that a deployer needs.",
  ),
  vaultPermissions: check("identityGrants", "The key vault of KMS uses Azure RBAC."),
  subnetSize: check("network", "Each subnet has as many addresses as the address plan asks for."),
  subnetRanges: check("network", "No subnet overlaps the range of the pods or of the services."),
  routeTable: check(
    "network",
    "With egress by user-defined routing, each subnet of nodes has a route table.",
  ),
  privateLinkPolicies: check(
    "network",
    "Subnets from which services are published by Private Link have no Private Link policies.",
  ),
  networkRegion: check("network", "The virtual network is in the region of the cluster."),
  networkRanges: check(
    "network",
    "The virtual network does not overlap the range of the services.",
  ),
  identityTenant: check("cluster", "Both identities belong to the tenant of the cluster."),
  distinctIdentities: check(
    "cluster",
    "The control plane identity and the kubelet identity are two identities.",
  ),
  kubeletInUse: check(
    "cluster",
    "The nodes of the cluster act as the kubelet identity of the description. Always a warning: a cluster may still move to it.",
  ),
  localAccounts: check("cluster", "The cluster has no local accounts."),
  oidcIssuer: check("cluster", "The cluster has the URL of an OIDC issuer."),
};

/** The name of a preflight check. */
export type PreflightCheckName = keyof typeof PREFLIGHT_CHECKS;

/** Something that Terraform is to find true: an expression, and what it says if it is not. */
export interface Assertion extends Condition {
  /** The check that it belongs to. */
  readonly check: PreflightCheckName;
  /** The subject of the check: check and subject together are unique in a cluster. */
  readonly of: string;
  /** A clause about the remedy. Checks with the same one fail together, in one list. */
  readonly remedy?: string;
}
