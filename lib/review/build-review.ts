// Makes the access review of a description. Pure.
import { GrantingTeam } from "../spec/granting-team";
import { isKnown } from "../spec/known";
import { parseResourceId } from "../spec/resource-id";
import { ResourceReference } from "../spec/resource-reference";
import { ResolvedSpec, resolveSpec } from "../spec/resolved-spec";
import { SpecProps } from "../spec/spec-props";
import { entryOf } from "../spec/tables";
import { SpecRules } from "../rules/check";
import {
  AccessReviewDocument,
  EffectiveRight,
  ExcessCount,
  ReviewedFinding,
  ReviewedGrant,
  ReviewedScope,
} from "./access-review";
import { Right, effectiveRights, excessOf, operationsOf } from "../access/effective-rights";
import { GrantPlan } from "../access/grant-plan";
import { customRoleName } from "../access/names";
import { PlannedGrant, PlannedPrincipal, PlannedScope } from "../access/planned-grant";
import { resourceTypeOf } from "../access/resource-types";

/** Version of the form of reviews: another one if readers of the old form would be wrong. */
export const REVIEW_VERSION = 2;

/** In the place of the resource group of a resource whose id is a token. */
export const UNKNOWN_GROUP = "known to Terraform alone";

/** What an access review is made of. */
export interface AccessReviewProps extends SpecProps {
  /**
   * The subscription that the stacks work in (GUID).
   *
   * @default - not known
   */
  readonly subscriptionId?: string;
}

/** Makes access reviews. */
export class AccessReview {
  /** The access review of a description. */
  public static of(props: AccessReviewProps): AccessReviewDocument {
    const { spec, subscriptionId } = props;
    const resolved = { ...resolveSpec(spec), subscriptionId };
    const { grants } = GrantPlan.of({ spec });
    const rights = effectiveRights(grants, resolved);
    return {
      version: REVIEW_VERSION,
      cluster: resolved.name,
      roleSet: resolved.permissions.roleSet.kind,
      grants: grants.map((grant) => reviewedGrant(grant, resolved)),
      effectiveRights: rights.map((right) => reviewedRight(right, resolved)),
      pathsToNetwork: rights
        .filter((right) => leadsToNetwork(right, resolved))
        .map((right) => reviewedRight(right, resolved)),
      excess: excessCounts(grants),
      exceptions: resolved.exceptions.map(({ name, reason }) => ({ name, reason })),
      warnings: warningsOf(props),
    };
  }
}

function warningsOf(props: SpecProps): ReviewedFinding[] {
  return SpecRules.check(props)
    .filter(({ severity }) => severity === "warning")
    .map(({ code, path, message, remedy }) => ({ code, path, message, remedy }));
}

/** A description, and the subscription that its stacks work in. */
interface ReviewedSpec extends ResolvedSpec {
  readonly subscriptionId?: string;
}

function reviewedGrant(grant: PlannedGrant, spec: ReviewedSpec): ReviewedGrant {
  const { address, team, principal, role, condition, reasons, scope, grantedFor } = grant;
  const stack = team === GrantingTeam.NETWORK ? "network-permissions" : "identities";
  return {
    address,
    team,
    stack: `${grantedFor ?? spec.name}-${stack}`,
    grantedFor,
    principal: {
      kind: principal.kind,
      name: principal.name,
      principalType: principal.principal?.principalType ?? "ServicePrincipal",
      objectId: objectIdOf(principal, spec),
    },
    role: {
      name: roleName(grant, spec),
      custom: role.guid === undefined,
      guid: role.guid,
      actions: role.actions,
      dataActions: role.dataActions,
    },
    scope: reviewedScope(scope, spec),
    condition,
    reasons,
    effectiveActions: operationsOf(grant),
    excessActions: excessOf(grant),
  };
}

function roleName({ role, scope }: PlannedGrant, spec: ResolvedSpec): string {
  return role.key === undefined ? role.name : customRoleName(role, scope, spec);
}

function objectIdOf({ kind, principal }: PlannedPrincipal, spec: ReviewedSpec): string | undefined {
  const { controlPlane, kubelet } = spec.identities;
  const identity = kind === "controlPlane" ? controlPlane : kubelet;
  const objectId = principal ? principal.objectId : identity.ids?.principalId;
  // What Terraform alone knows is nothing to sign, nor for a script: they go by the name.
  return objectId !== undefined && isKnown(objectId) ? objectId : undefined;
}

function reviewedScope(scope: PlannedScope, spec: ReviewedSpec): ReviewedScope {
  const { kind, name, reference } = scope;
  const { type, owner, team } = resourceTypeOf(kind);
  const ofCluster =
    kind === "resourceGroup" ? spec.resourceGroup.name : spec.identities.resourceGroup.name;
  return {
    kind,
    name,
    resourceType: type,
    resourceGroup: reference ? (reference.resourceGroup ?? UNKNOWN_GROUP) : ofCluster,
    parent: kind === "subnet" ? reference?.name : parentsOf(reference),
    subscriptionId: reference?.subscriptionId ?? spec.subscriptionId,
    team: entryOf(spec.permissions.grantedBy, owner) ?? team,
  };
}

// What is part of another resource is given by its id.
function parentsOf(reference: ResourceReference | undefined): string | undefined {
  const parents = parseResourceId(reference?.id ?? "")?.parents ?? [];
  return parents.length === 0 ? undefined : parents.join("/");
}

function reviewedRight(
  { principal, via, grant, operations }: Right,
  spec: ReviewedSpec,
): EffectiveRight {
  return {
    principal,
    via,
    grant: grant.address,
    role: roleName(grant, spec),
    scope: reviewedScope(grant.scope, spec),
    actions: operations,
  };
}

// What the network is does not depend on who grants on it.
function leadsToNetwork({ principal, grant }: Right, spec: ResolvedSpec): boolean {
  const { controlPlane, kubelet } = spec.identities;
  return (
    ![controlPlane.name, kubelet.name].includes(principal) &&
    resourceTypeOf(grant.scope.kind).team === "network"
  );
}

function excessCounts(grants: PlannedGrant[]): ExcessCount[] {
  const names = [...new Set(grants.map(({ principal }) => principal.name))].sort();
  return names.map((principal) => {
    const own = grants.filter((grant) => grant.principal.name === principal);
    return {
      principal,
      granted: sum(own.map((grant) => operationsOf(grant).length)),
      excess: sum(own.map((grant) => excessOf(grant).length)),
    };
  });
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
