// Whether identities and cluster are what they should be, as expressions of Terraform. Pure.
import { ResolvedSpec } from "../../spec/resolved-spec";
import { Assertion } from "./checks";
import { all, literal, present, same, templated } from "../../hcl/expressions";

/** An identity: its name in the description, and an expression for what is known of it. */
export interface CheckedIdentity {
  readonly words: string;
  readonly name: string;
  readonly facts: string;
  /** Whether its tenant is known, since it was read. */
  readonly hasTenant: boolean;
}

/** Requirements for the identities. */
export function identityChecks(
  first: CheckedIdentity,
  second: CheckedIdentity,
  tenant: string,
): Assertion[] {
  return [
    ...[first, second]
      .filter(({ hasTenant }) => hasTenant)
      .map(({ words, name, facts }): Assertion => ({
        check: "identityTenant",
        of: name,
        holds: same(`${facts}.tenant_id`, tenant),
        message: `The ${words} "${templated(name)}" belongs to the tenant \${${facts}.tenant_id}, and the cluster is to be in \${${tenant}}: sign in to the right tenant, or give the right identity.`,
      })),
    {
      check: "distinctIdentities",
      of: `${first.name}, ${second.name}`,
      holds: all(
        different(`${first.facts}.id`, `${second.facts}.id`),
        different(`${first.facts}.principal_id`, `${second.facts}.principal_id`),
      ),
      message: `The control plane identity "${templated(first.name)}" and the kubelet identity "${templated(second.name)}" are one and the same: every pod could act as the control plane. The identity team has to make two.`,
    },
  ];
}

/**
 * Requirements for the cluster after it is created.
 *
 * @param cluster expression for it: `self`, or its address
 * @param kubelet expression for the facts about the kubelet identity
 */
export function clusterChecks(spec: ResolvedSpec, cluster: string, kubelet: string): Assertion[] {
  const name = templated(spec.name);
  const unless = (exception: string, check: Assertion): Assertion[] =>
    spec.exceptions.some((one) => one.name === exception) ? [] : [check];
  // A cluster with a service principal has no kubelet identity, or an empty one.
  const inUse = (otherwise: string) =>
    `try(coalesce(${cluster}.kubelet_identity[0].object_id), ${literal(otherwise)})`;
  return [
    {
      check: "kubeletInUse",
      of: spec.name,
      holds: same(inUse(""), `${kubelet}.principal_id`),
      message: `The nodes of the cluster "${name}" act as \${${inUse("a service principal")}}, and not as the kubelet identity "${templated(spec.identities.kubelet.name)}" of the description: its rights do not reach them. Terraform leaves the nodes as they are. Run az aks update --assign-kubelet-identity in a maintenance window, which upgrades every pool; hardened-aks move prints the steps before and after it.`,
    },
    ...unless("localAccounts", {
      check: "localAccounts",
      of: spec.name,
      holds: `${cluster}.local_account_disabled`,
      message: `The cluster "${name}" has local accounts, whose certificates give admin access that bypasses Entra ID. Turn them off, and rotate the certificates.`,
    }),
    ...unless("noWorkloadIdentity", {
      check: "oidcIssuer",
      of: spec.name,
      holds: present(`${cluster}.oidc_issuer_url`),
      message: `The cluster "${name}" has no OIDC issuer, so workloads cannot have identities. Turn the issuer on.`,
    }),
  ];
}

function different(a: string, b: string): string {
  return `lower(${a}) != lower(${b})`;
}
