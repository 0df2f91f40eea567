// The preflight checks by name: docs/troubleshooting.md and the constructs mean the same by them. Pure.
import { PREFLIGHT_GROUPS } from "../../spec/preflight";
import { Condition } from "../../hcl/terraform-check";

/** A preflight check. */
export interface PreflightCheck {
  /** The group whose mode decides. */
  readonly group: (typeof PREFLIGHT_GROUPS)[number];
  /** What holds if it passes: one sentence. */
  readonly title: string;
}

/** Every preflight check, by name. */
export const PREFLIGHT_CHECKS = {
  identityGrant: {
    group: "identityGrants",
    title: "The control plane identity and the kubelet identity have every right that they need.",
  },
  peopleGrant: {
    group: "peopleGrants",
    title: "Deployers, and those who work in Kubernetes, have every right that they need.",
  },
  subnetSize: {
    group: "network",
    title: "Each subnet has as many addresses as the address plan asks for.",
  },
  subnetRanges: {
    group: "network",
    title: "No subnet overlaps the range of the pods or of the services.",
  },
  routeTable: {
    group: "network",
    title: "With egress by user-defined routing, each subnet of nodes has a route table.",
  },
  networkRegion: {
    group: "network",
    title: "The virtual network is in the region of the cluster.",
  },
  networkRanges: {
    group: "network",
    title: "The virtual network does not overlap the range of the services.",
  },
  identityTenant: {
    group: "cluster",
    title: "Both identities belong to the tenant of the cluster.",
  },
  distinctIdentities: {
    group: "cluster",
    title: "The control plane identity and the kubelet identity are two identities.",
  },
  kubeletInUse: {
    group: "cluster",
    title: "The nodes of the cluster act as the kubelet identity that was brought.",
  },
  localAccounts: {
    group: "cluster",
    title: "The cluster has no local accounts.",
  },
  oidcIssuer: {
    group: "cluster",
    title: "The cluster has the URL of an OIDC issuer.",
  },
} as const satisfies { [name: string]: PreflightCheck };

/** Something that Terraform is to find true: an expression, and what it says if it is not. */
export interface Assertion extends Condition {
  /** The check that it belongs to. */
  readonly check: keyof typeof PREFLIGHT_CHECKS;
  /** What it is asked of, so that check and thing together are one assertion of a cluster. */
  readonly of: string;
}
