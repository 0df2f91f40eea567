// Grants of one's own, as features of the grant plan. Pure.
import { GrantPrincipal, GrantScope, OwnGrant } from "../spec/own-grant";
import { Principal } from "../spec/principal";
import { ResolvedSpec } from "../spec/resolved-spec";
import {
  Feature,
  Need,
  identityScope,
  networkScope,
  referenceScope,
  subnetScope,
} from "./features";
import { PlannedPrincipal, PlannedScope } from "./planned-grant";
import { kindOfType } from "./scope-kinds";

/** A feature for each grant of one's own. */
export function ownFeatures({ ownGrants }: ResolvedSpec): Feature[] {
  return ownGrants.map((grant) => ({
    name: grant.feature,
    source: grant.source,
    needs: (spec) => [ownNeed(grant, spec)],
  }));
}

/** What a grant of one's own is for, in the words of the plan. */
export function ownNeed(grant: OwnGrant, spec: ResolvedSpec): Need {
  return {
    team: grant.team,
    principal: principalOf(grant.principal, spec),
    scope: scopeOf(grant.scope, spec),
    purpose: { needs: neededBy(grant), builtIn: grant.role, minimal: grant.role },
    why: grant.why,
    condition: grant.condition,
  };
}

function scopeOf(
  { kind, subnetName = "", resourceType = "", reference }: GrantScope,
  spec: ResolvedSpec,
): PlannedScope {
  switch (kind) {
    case "controlPlane":
    case "kubelet":
      return identityScope(spec, kind);
    case "subnet":
      return subnetScope(spec, subnetName);
    case "resource":
      return referenceScope(kindOfType(resourceType), reference ?? spec.network.virtualNetwork);
    default:
      return networkScope(spec);
  }
}

function neededBy({ needs, role }: OwnGrant): string[] {
  return needs ?? [...role.actions, ...role.dataActions];
}

function principalOf({ kind, principal }: GrantPrincipal, spec: ResolvedSpec): PlannedPrincipal {
  if (principal) {
    return { kind: kindOfPerson(principal, spec), name: principal.name, principal };
  }
  const identity = kind === "controlPlane" ? "controlPlane" : "kubelet";
  return { kind: identity, name: spec.identities[identity].name };
}

// Somebody who deploys stays a deployer, so that the review shows all of its rights together.
function kindOfPerson({ name }: Principal, { deployers, kubernetesAccess }: ResolvedSpec): string {
  if (deployers.some((other) => other.name === name)) {
    return "deployer";
  }
  return kubernetesAccess.some(({ principal }) => principal.name === name)
    ? "kubernetesUser"
    : "additional";
}
