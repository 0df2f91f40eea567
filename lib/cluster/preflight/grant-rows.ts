// The rows of the grant plan that the preflight compares, by scope. The caller has rows if no deployer is named.
import { Construct } from "constructs";
import { existsAlready } from "../../access/names";
import { PlannedGrant, PlannedScope } from "../../access/planned-grant";
import { isResourceGroup, resourceTypeOf } from "../../access/resource-types";
import { scopeAddress } from "../../access/scope-address";
import { neededOf } from "../../access/sufficient-roles";
import { templated } from "../../hcl/expressions";
import { IClusterIdentities } from "../../identity/cluster-identities";
import { isIdentityKind } from "../../spec/identities";
import { ResolvedSpec } from "../../spec/resolved-spec";
import {
  resourceGroupIdOf,
  resourceGroupIdOfReference,
  resourceIdOf,
  subnetIdOf,
} from "../../terraform/existing-resource";
import { currentClient } from "../../terraform/providers";
import { PreflightCheckName } from "./checks";
import { Facts } from "./facts";
import { CheckedGrant } from "./grant-checks";
import { missingForCaller, missingGrant } from "./words";

/** Properties of the checks of the grant plan. */
export interface GrantPreflightProps {
  readonly spec: ResolvedSpec;
  /** The rows of the grant plan. */
  readonly grants: PlannedGrant[];
  readonly callerRights: readonly PlannedGrant[];
  readonly identities: IClusterIdentities;
  readonly facts: Facts;
  /** Expressions for what is known of the identities. */
  readonly identityFacts: { readonly controlPlane: string; readonly kubelet: string };
  /** Whether the cluster's resource group is made in this stack: nothing can be granted on it before. */
  readonly makesResourceGroup: boolean;
}

/** A row that is compared, how strictly, and the message if it is missing. */
export interface Row {
  readonly grant: PlannedGrant;
  readonly mode: string;
  readonly checked: CheckedGrant;
  readonly check: PreflightCheckName;
  readonly message: string;
}

/** Returns the rows of the plan, and those of the caller, by the addresses of their scopes. */
export function rowsByScope(scope: Construct, props: GrantPreflightProps): Map<string, Row[]> {
  const scopes = new Map<string, Row[]>();
  const add = (rows: Row[]) =>
    rows.forEach((row) => {
      const address = scopeAddress(row.grant.scope);
      scopes.set(address, [...(scopes.get(address) ?? []), row]);
    });
  add(props.grants.flatMap((grant) => rowOf(grant, props)));
  add(callerRows(scope, props, (address) => scopes.has(address)));
  return scopes;
}

function rowOf(grant: PlannedGrant, props: GrantPreflightProps): Row[] {
  const { spec } = props;
  const principal = principalOf(grant, props);
  const mode = modeOf(grant, props);
  return principal === undefined || mode === "off"
    ? []
    : [
        {
          grant,
          mode,
          checked: checkedGrant(grant, principal, spec),
          check: grant.principal.principal ? "peopleGrant" : "identityGrant",
          message: templated(missingGrant(grant, spec)),
        },
      ];
}

/** The rights of a deployer, as far as their scopes are read anyway: a runner is not expected to read others. */
function callerRows(
  scope: Construct,
  props: GrantPreflightProps,
  isRead: (address: string) => boolean,
): Row[] {
  const { spec, facts, identities } = props;
  const readsIdentity =
    spec.preflight.identityGrants === "enforce" && identities.controlPlane.tenantId !== undefined;
  const rights = props.callerRights.filter(
    ({ scope: { kind, ...rest } }) =>
      isRead(scopeAddress({ kind, ...rest })) || (kind === "controlPlane" && readsIdentity),
  );
  if (rights.length === 0 || spec.preflight.peopleGrants === "off") {
    return [];
  }
  const { objectId } = currentClient(scope);
  const caller = `${facts.about("caller", { object_id: objectId })}.object_id`;
  return rights.map((grant) => ({
    grant,
    mode: "caller",
    checked: checkedGrant(grant, caller, spec),
    check: "caller",
    message: missingForCaller(grant, caller, spec),
  }));
}

function checkedGrant(grant: PlannedGrant, principal: string, spec: ResolvedSpec): CheckedGrant {
  return {
    principal,
    needed: neededOf(grant),
    condition: grant.condition,
    existing: existsAlready(grant.role, spec),
  };
}

/** Expression for the object id of the principal; undefined if it takes the directory to find it. */
function principalOf(
  { principal: { kind, name, principal } }: PlannedGrant,
  { facts, identityFacts }: GrantPreflightProps,
): string | undefined {
  if (principal) {
    const { principalType, objectId } = principal;
    return objectId && facts.value(`${principalType} ${name}`, "principal_id", objectId);
  }
  return `${identityFacts[kind === "controlPlane" ? "controlPlane" : "kubelet"]}.principal_id`;
}

function modeOf(
  { principal, scope }: PlannedGrant,
  { spec, identities, makesResourceGroup }: GrantPreflightProps,
): string {
  const mode = principal.principal ? spec.preflight.peopleGrants : spec.preflight.identityGrants;
  if (scope.kind === "resourceGroup") {
    return makesResourceGroup ? "off" : mode;
  }
  // Given by its id: it may be in a subscription that the runner must not read. Only a check
  // block goes on without it, and one that reads is never done: each plan has something to apply.
  const byId = isIdentityKind(scope.kind)
    ? identities[scope.kind].tenantId === undefined
    : scope.reference?.needsLookup === false;
  return byId && mode === "enforce" ? "off" : mode;
}

/** Returns the id of a scope, built from its names: nothing of the resource itself is read. */
export function scopeIdOf(
  construct: Construct,
  { kind, name, reference }: PlannedScope,
  { identities }: GrantPreflightProps,
): string {
  if (isIdentityKind(kind)) {
    return identities[kind].identityId;
  }
  if (!reference) {
    return resourceGroupIdOf(construct, name);
  }
  if (isResourceGroup(kind)) {
    return resourceGroupIdOfReference(construct, reference);
  }
  if (kind === "subnet") {
    return subnetIdOf(construct, reference, name);
  }
  return resourceIdOf(construct, resourceTypeOf(kind).type, reference);
}
