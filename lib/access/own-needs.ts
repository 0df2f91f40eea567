// Additional grants and rights of workloads, as needs of the grant plan. Pure.
import { GrantPrincipal, GrantScope, AdditionalGrant } from "../spec/additional-grant";
import { isSameName } from "../spec/naming";
import { Principal, PrincipalKind } from "../spec/principal";
import { ResolvedSpec, workloadPath } from "../spec/resolved-spec";
import { patternsOn } from "./effective-rights";
import { Need, identity, subnet, workloadIdentity } from "./feature";
import { PlannedPrincipal, PlannedScope } from "./planned-grant";
import { knownType } from "./resource-types";
import { workloadGrant } from "./workload-grants";

/** A grant that the description adds to those that are computed. */
export interface PlacedOwnGrant {
  readonly grant: AdditionalGrant;
  readonly path: string;
}

/** Returns the additional grants of a description, and the rights of its workloads. */
export function ownGrants(spec: ResolvedSpec): PlacedOwnGrant[] {
  return [
    ...spec.permissions.additionalGrants.map((grant, index) => ({
      grant,
      path: `permissions.additionalGrants.${index}`,
    })),
    ...spec.workloads.flatMap((workload, index) =>
      workload.rights.flatMap((right, at) => {
        const grant = workloadGrant(workload, right, spec);
        return grant ? [{ grant, path: workloadPath(index, spec, `rights.${at}`) }] : [];
      }),
    ),
  ];
}

/** Returns the needs of these grants. */
export function ownNeeds(spec: ResolvedSpec): Need[] {
  return ownGrants(spec)
    .filter(({ grant }) => isKnownPrincipal(grant.principal, spec))
    .map(({ grant }) => ownNeed(grant, spec));
}

/** Whether a workload that a grant names is in the description. */
export function isKnownPrincipal(
  { workloadName: workload }: GrantPrincipal,
  { workloads }: ResolvedSpec,
) {
  return workload === undefined || workloads.some(({ name }) => name === workload);
}

/** Returns the need of an additional grant. */
export function ownNeed(grant: AdditionalGrant, spec: ResolvedSpec): Need {
  const { team, role, feature, why, source, condition = "" } = grant;
  const scope = scopeOf(grant.scope, spec);
  const needs = grant.needs ?? patternsOn(scope, role);
  return {
    team,
    principal: principalOf(grant.principal, spec),
    scope,
    right: { needs, builtIn: role, minimal: role },
    reason: { feature, why, source },
    condition: condition === "" ? undefined : condition,
  };
}

function scopeOf(
  { _kind: kind, subnetName = "", resourceType = "", reference }: GrantScope,
  spec: ResolvedSpec,
): PlannedScope {
  switch (kind) {
    case "controlPlane":
    case "kubelet":
      return identity(spec, kind);
    case "subnet":
      return subnet(spec, subnetName);
    case "resource":
      return {
        // Azure does not look at the case of letters, but people do.
        kind: knownType(resourceType)?.type ?? resourceType,
        name: reference?.name ?? resourceType,
        reference,
      };
    default: {
      const { virtualNetwork } = spec.network;
      return { kind: "virtualNetwork", name: virtualNetwork.name, reference: virtualNetwork };
    }
  }
}

function principalOf(
  { _kind: kind, principal, workloadName: workload }: GrantPrincipal,
  spec: ResolvedSpec,
): PlannedPrincipal {
  const [found] = workloadIdentity(workload, spec);
  if (found) {
    return found;
  }
  return principal
    ? personOf(principal, spec)
    : identity(spec, kind === "controlPlane" ? "controlPlane" : "kubelet");
}

// A deployer stays a deployer, in one spelling, so that the review shows all of its rights together.
function personOf(
  own: Principal,
  { access: { deployers, kubernetes: kubernetesAccess } }: ResolvedSpec,
): PlannedPrincipal {
  const isOwn = ({ name, principalType }: Principal) =>
    isSameName(name, own.name) && principalType === own.principalType;
  const deployer = deployers.find(isOwn);
  const user = kubernetesAccess.map(({ principal }) => principal).find(isOwn);
  const kind = deployer
    ? PrincipalKind.DEPLOYER
    : user
      ? PrincipalKind.KUBERNETES_USER
      : PrincipalKind.ADDITIONAL;
  const principal = deployer ?? user ?? own;
  return { kind, name: principal.name, principal };
}
