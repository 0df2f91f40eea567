// Grants of one's own, as features of the grant plan. Pure.
import { GrantPrincipal, GrantScope, OwnGrant } from "../spec/own-grant";
import { isSameName } from "../spec/naming";
import { Principal } from "../spec/principal";
import { ResolvedSpec } from "../spec/resolved-spec";
import { Feature, Need, identityScope, networkScope, subnetScope } from "./features";
import { kindOfType } from "./scope-kinds";
import { PlannedPrincipal, PlannedScope } from "./planned-grant";

/** A feature for each grant of one's own. */
export function ownFeatures({ permissions: { ownGrants } }: ResolvedSpec): Feature[] {
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
    condition: grant.condition === "" ? undefined : grant.condition,
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
      return { kind: spelled(resourceType), name: reference?.name ?? resourceType, reference };
    default:
      return networkScope(spec);
  }
}

// Azure does not look at the case of letters, but people do.
function spelled(type: string): string {
  return kindOfType(type)?.type ?? type;
}

function neededBy({ needs, role }: OwnGrant): readonly string[] {
  return needs ?? [...role.actions, ...role.dataActions];
}

function principalOf({ kind, principal }: GrantPrincipal, spec: ResolvedSpec): PlannedPrincipal {
  if (principal) {
    return personOf(principal, spec);
  }
  const identity = kind === "controlPlane" ? "controlPlane" : "kubelet";
  return { kind: identity, name: spec.identities[identity].name };
}

// Somebody who deploys stays a deployer, in one spelling, so that the review shows all of its rights together.
function personOf(
  own: Principal,
  { access: { deployers, kubernetes: kubernetesAccess } }: ResolvedSpec,
): PlannedPrincipal {
  const isOwn = ({ name, principalType }: Principal) =>
    isSameName(name, own.name) && principalType === own.principalType;
  const deployer = deployers.find(isOwn);
  const user = kubernetesAccess.map(({ principal }) => principal).find(isOwn);
  const kind = deployer ? "deployer" : user ? "kubernetesUser" : "additional";
  const principal = deployer ?? user ?? own;
  return { kind, name: principal.name, principal };
}
