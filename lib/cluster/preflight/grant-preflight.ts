// Looks up who has which role on the scopes of the grant plan, and compares it with the plan.
import { DataAzurermRoleAssignments } from "@cdktf/provider-azurerm/lib/data-azurerm-role-assignments";
import { DataAzurermRoleDefinition } from "@cdktf/provider-azurerm/lib/data-azurerm-role-definition";
import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { customRoleGuid } from "../../grants/custom-role";
import { customRoleGroup } from "../../access/names";
import { PlannedGrant, PlannedScope } from "../../access/planned-grant";
import { scopeAddress, resourceTypeOf } from "../../access/resource-types";
import {
  KnownRole,
  Needed,
  existsAlready,
  knownRoles,
  neededOf,
  operationsByRole,
} from "../../access/sufficient-roles";
import { IClusterIdentities } from "../../identity/cluster-identities";
import {
  resourceGroupIdOf,
  resourceGroupIdOfReference,
  resourceGroupIdOfResource,
  resourceIdOf,
  subnetIdOf,
} from "../../terraform/existing-resource";
import { ResolvedSpec } from "../../spec/resolved-spec";
import { Assertion } from "./checks";
import { template, templated } from "../../hcl/expressions";
import { referenceTo } from "../../hcl/resolved";
import { Facts } from "./facts";
import {
  CheckedGrant,
  RoleOperations,
  allowedBy,
  assignmentsReaching,
  isGranted,
  unknownRoles,
} from "./grant-checks";
import { TerraformCheck } from "../../hcl/terraform-check";
import { missingGrant } from "./words";

/** Properties of the checks of the grant plan. */
export interface GrantPreflightProps {
  readonly spec: ResolvedSpec;
  /** The rows of the grant plan. */
  readonly grants: PlannedGrant[];
  readonly identities: IClusterIdentities;
  readonly facts: Facts;
  /** Expressions for what is known of the identities. */
  readonly identityFacts: { readonly controlPlane: string; readonly kubelet: string };
  /** Whether the cluster's resource group is made in this stack: nothing can be granted on it before. */
  readonly makesResourceGroup: boolean;
}

/** A row that is compared, and how strictly. */
interface Row {
  readonly grant: PlannedGrant;
  readonly mode: string;
  readonly checked: CheckedGrant;
}

/** A scope, which is looked up once for all of its rows. */
interface LookedAt {
  readonly rows: Row[];
  /** Expression for the assignments that reach it. */
  readonly assignments: string;
}

/**
 * Adds the lookups and the check blocks, and gives what is to hold before the cluster is made.
 *
 * Each scope is read once, and without a filter by principal: the lookup gives all that reaches it.
 * Groups are not looked into: who has a right as a member of a group does not have it here.
 */
export function grantPreconditions(scope: Construct, props: GrantPreflightProps): Assertion[] {
  const { spec, grants } = props;
  const known = knownRoles(grants, spec);
  const scopes = rowsByScope(grants, props);
  if (scopes.size === 0) {
    return [];
  }
  const guids = new TerraformLocal(scope, "role-guids", guidsOf(scope, known, props));
  const names = new TerraformLocal(
    scope,
    "role-names",
    template(`zipmap(values(${referenceTo(guids)}), keys(${referenceTo(guids)}))`),
  );
  const checked = [...scopes.values()].flat().map(({ grant }) => grant);
  const roles = knownOperations(scope, checked, known);
  const enforced: LookedAt[] = [];
  for (const [address, rows] of scopes) {
    const scopeId = scopeIdOf(scope, rows[0]!.grant.scope, props);
    const warned = rows.filter(({ mode }) => mode === "warn");
    if (warned.length === rows.length) {
      const type = DataAzurermRoleAssignments.tfResourceType;
      const lookup = { type, config: { scope: scopeId } };
      const check = new TerraformCheck(scope, `grants-on-${address}`, lookup);
      const found = assignmentsReaching(check.lookupAddress, referenceTo(names));
      check.add(warned.map((row) => warning(row, spec, found, roles)));
    } else {
      const assignments = lookUp(scope, address, scopeId, names);
      enforced.push({ rows: rows.filter(({ mode }) => mode === "enforce"), assignments });
      const check = new TerraformCheck(scope, `grants-on-${address}`);
      check.add(warned.map((row) => warning(row, spec, assignments, roles)));
    }
  }
  return enforced.length === 0 ? [] : enforcedRows(scope, enforced, roles, guids, spec);
}

/** Returns the conditions of enforced rows. Roles that are not known are read only if the known ones are not enough. */
function enforcedRows(
  scope: Construct,
  enforced: LookedAt[],
  known: RoleOperations,
  guids: TerraformLocal,
  spec: ResolvedSpec,
): Assertion[] {
  const rows = enforced.flatMap(({ rows: all, assignments }) =>
    all.map((row) => ({ ...row, assignments })),
  );
  const granted = new TerraformLocal(
    scope,
    "granted",
    Object.fromEntries(
      rows.map(({ grant, checked, assignments }) => [
        grant.address,
        template(isGranted(checked, assignments, known)),
      ]),
    ),
  );
  const isKnown = ({ grant }: Row) => `${referenceTo(granted)}[${JSON.stringify(grant.address)}]`;
  const lacking = enforced.map((one) => ({
    assignments: one.assignments,
    rows: one.rows.map((row) => ({
      principal: row.checked.principal,
      isGranted: isKnown(row),
    })),
  }));
  const all = withOthers(scope, {
    others: template(unknownRoles(lacking, referenceTo(guids))),
    known,
    needed: rows.map(({ checked }) => checked.needed),
  });
  return rows.map((row) =>
    assertion(row, spec, `${isKnown(row)} || ${isGranted(row.checked, row.assignments, all)}`),
  );
}

function rowsByScope(grants: PlannedGrant[], props: GrantPreflightProps): Map<string, Row[]> {
  const scopes = new Map<string, Row[]>();
  for (const grant of grants) {
    const principal = principalOf(grant, props);
    const mode = modeOf(grant, props);
    if (principal === undefined || mode === "off") {
      continue;
    }
    const address = scopeAddress(grant.scope);
    const checked = {
      principal,
      needed: neededOf(grant),
      condition: grant.condition,
      existing: existsAlready(grant.role, props.spec),
    };
    scopes.set(address, [...(scopes.get(address) ?? []), { grant, mode, checked }]);
  }
  return scopes;
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
  const byId =
    scope.kind === "controlPlane" || scope.kind === "kubelet"
      ? identities[scope.kind].tenantId === undefined
      : scope.reference?.needsLookup === false;
  return byId && mode === "enforce" ? "off" : mode;
}

/** The id of a scope, built from its names: nothing of the resource itself is read. */
function scopeIdOf(
  construct: Construct,
  { kind, name, reference }: PlannedScope,
  { identities }: GrantPreflightProps,
): string {
  if (kind === "controlPlane" || kind === "kubelet") {
    return identities[kind].identityId;
  }
  if (!reference) {
    return resourceGroupIdOf(construct, name);
  }
  if (kind === "publicIpGroup") {
    return resourceGroupIdOfReference(construct, reference);
  }
  if (kind === "subnet") {
    return subnetIdOf(construct, reference, name);
  }
  return resourceIdOf(construct, resourceTypeOf(kind).type, reference);
}

/** The GUID of each known role, by its name. */
function guidsOf(
  construct: Construct,
  known: KnownRole[],
  props: GrantPreflightProps,
): { [name: string]: string } {
  const guid = ({ role, made }: KnownRole): string => {
    if (!made) {
      return role.guid ?? "";
    }
    const { scope, seed } = made;
    const { reference } = scope;
    const group =
      reference?.resourceGroup === undefined
        ? resourceGroupIdOfResource(scopeIdOf(construct, scope, props))
        : resourceGroupIdOf(
            construct,
            customRoleGroup(scope, props.spec),
            reference.subscriptionId,
          );
    return customRoleGuid(group, seed);
  };
  return Object.fromEntries(known.map((one) => [templated(one.name), guid(one)]));
}

function lookUp(scope: Construct, address: string, scopeId: string, names: TerraformLocal): string {
  const data = new DataAzurermRoleAssignments(scope, address, { scope: scopeId });
  const lookup = `data.${data.terraformResourceType}.${data.friendlyUniqueId}`;
  const found = assignmentsReaching(lookup, referenceTo(names));
  return referenceTo(new TerraformLocal(scope, `assignments-on-${address}`, template(found)));
}

/** The operations of the roles that are known without reading them. */
function knownOperations(
  scope: Construct,
  grants: PlannedGrant[],
  known: KnownRole[],
): RoleOperations {
  const local = (id: string, kind: keyof Needed) => {
    const entries = Object.entries(operationsByRole(kind, grants, known));
    const named = Object.fromEntries(entries.map(([name, list]) => [templated(name), list]));
    return entries.length === 0 ? "{}" : referenceTo(new TerraformLocal(scope, id, named));
  };
  return {
    actions: local("role-actions", "actions"),
    dataActions: local("role-data-actions", "dataActions"),
  };
}

/** Reads other roles, such as custom ones, and returns the operations of all. */
function withOthers(
  scope: Construct,
  props: { readonly others: string; readonly known: RoleOperations; readonly needed: Needed[] },
): RoleOperations {
  const { others, known, needed } = props;
  const local = new TerraformLocal(scope, "other-roles", others);
  const data = new DataAzurermRoleDefinition(scope, "other-role", {
    roleDefinitionId: "${each.key}",
    scope: "${each.value[0]}",
  });
  data.addOverride("for_each", template(referenceTo(local)));
  const roles = `data.${data.terraformResourceType}.${data.friendlyUniqueId}`;
  const allowed = (
    kind: "actions" | "data_actions",
    operations: (readonly string[])[],
    those: string,
  ): string => {
    const sorted = distinct(operations.flat()).sort();
    const id = `all-role-${kind.replace("_", "-")}`;
    return sorted.length === 0
      ? "{}"
      : referenceTo(
          new TerraformLocal(
            scope,
            id,
            template(`merge(${those}, ${allowedBy(roles, kind, sorted)})`),
          ),
        );
  };
  return {
    actions: allowed(
      "actions",
      needed.map(({ actions }) => actions),
      known.actions,
    ),
    dataActions: allowed(
      "data_actions",
      needed.map(({ dataActions }) => dataActions),
      known.dataActions,
    ),
  };
}

/** A row in a check block, in which roles that are not known are not read. */
function warning(
  row: Row,
  spec: ResolvedSpec,
  assignments: string,
  roles: RoleOperations,
): Assertion {
  const { checked } = row;
  return assertion(row, spec, isGranted(checked, assignments, roles, checked.existing));
}

function assertion({ grant }: Row, spec: ResolvedSpec, holds: string): Assertion {
  return {
    check: grant.principal.principal ? "peopleGrant" : "identityGrant",
    of: grant.address,
    holds,
    message: templated(missingGrant(grant, spec)),
  };
}

function distinct(texts: string[]): string[] {
  return [...new Set(texts)];
}
