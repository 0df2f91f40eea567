// Looks up who has which role on the scopes of the grant plan, and compares it with the plan.
import { DataAzurermRoleAssignments } from "@cdktf/provider-azurerm/lib/data-azurerm-role-assignments";
import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { knownRoles } from "../../access/sufficient-roles";
import { template, templated } from "../../hcl/expressions";
import { referenceTo } from "../../hcl/resolved";
import { TerraformCheck } from "../../hcl/terraform-check";
import { Assertion } from "./checks";
import { RoleOperations, assignmentsReaching, isGranted, unknownRoles } from "./grant-checks";
import { GrantPreflightProps, Row, rowsByScope, scopeIdOf } from "./grant-rows";
import { lackingGrant, remedyWords } from "./words";
import { ResolvedSpec } from "../../spec/resolved-spec";
import { guidsOf, knownOperations, withOthers } from "./role-operations";

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
  const known = knownRoles(props.grants, props.spec);
  const scopes = rowsByScope(scope, props);
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
    const warned = rows.filter(({ mode }) => mode !== "enforce");
    if (rows.some(({ mode }) => mode === "warn") && warned.length === rows.length) {
      const type = DataAzurermRoleAssignments.tfResourceType;
      const lookup = { type, config: { scope: scopeId } };
      const check = new TerraformCheck(scope, `grants-on-${address}`, lookup);
      const found = assignmentsReaching(check.lookupAddress, referenceTo(names));
      check.add(warned.map((row) => warning(row, found, roles)));
    } else {
      const assignments = lookUp(scope, address, scopeId, names);
      if (warned.length < rows.length) {
        enforced.push({ rows: rows.filter(({ mode }) => mode === "enforce"), assignments });
      }
      const check = new TerraformCheck(scope, `grants-on-${address}`);
      check.add(warned.map((row) => warning(row, assignments, roles)));
    }
  }
  return enforced.length === 0 ? [] : enforcedRows(scope, props.spec, enforced, roles, guids);
}

/** Returns the conditions of enforced rows. Roles that are not known are read only if the known ones are not enough. */
function enforcedRows(
  scope: Construct,
  spec: ResolvedSpec,
  enforced: LookedAt[],
  known: RoleOperations,
  guids: TerraformLocal,
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
  return rows.map((row) => ({
    check: row.check,
    of: row.grant.address,
    holds: `${isKnown(row)} ? true : ${isGranted(row.checked, row.assignments, all)}`,
    message: templated(`${lackingGrant(row.grant, spec)}.`),
    remedy: templated(remedyWords(row.grant, spec)),
  }));
}

function lookUp(scope: Construct, address: string, scopeId: string, names: TerraformLocal): string {
  const data = new DataAzurermRoleAssignments(scope, address, { scope: scopeId });
  const lookup = `data.${data.terraformResourceType}.${data.friendlyUniqueId}`;
  const found = assignmentsReaching(lookup, referenceTo(names));
  return referenceTo(new TerraformLocal(scope, `assignments-on-${address}`, template(found)));
}

/** A row in a check block, in which roles that are not known are not read. */
function warning(
  { grant, check, checked, message }: Row,
  assignments: string,
  roles: RoleOperations,
): Assertion {
  const holds = isGranted(checked, assignments, roles, checked.existing);
  return { check, of: grant.address, holds, message };
}
