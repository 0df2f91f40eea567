// What the stand-ins find in Azure, as a file: role assignments, subnets and a virtual network that fit.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ClusterPlan, ClusterSpec, Role } from "../../lib";
import { scopeId } from "../exact-rights";
import { roleAssignmentsIn } from "./readings";
import { Attributes, State } from "./terraform";

/** The subscription that the stand-ins work in. */
export const SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-0000000000aa";

/** A role assignment, as the lookup of role assignments gives it. */
export interface FoundAssignment {
  readonly principal_id: string;
  readonly role_definition_id: string;
  readonly role_assignment_scope: string;
  readonly condition?: string;
}

/** Something that a data source finds, or what it says instead. */
export interface Finds {
  readonly type: string;
  readonly match?: Attributes;
  readonly values?: Attributes;
  readonly error?: string;
}

/** Writes a world, in which what comes first counts, and gives the variable that names it. */
export function worldOf(folder: string, data: Finds[], resource: Finds[] = []): NodeJS.ProcessEnv {
  const file = join(folder, "world.json");
  writeFileSync(file, JSON.stringify({ data, resource }));
  return { TF_STUB_WORLD: file };
}

/** The role assignments of states. The stand-ins make up the GUIDs of some built-in roles: these are Azure's. */
export function assignmentsIn(...states: State[]): FoundAssignment[] {
  return states.flatMap(roleAssignmentsIn).map(({ values }) => ({
    principal_id: String(values.principal_id),
    role_definition_id:
      builtInRole(String(values.role_definition_name)) ?? String(values.role_definition_id),
    role_assignment_scope: String(values.scope),
    condition: (values.condition as string | null) ?? "",
  }));
}

/** The id of a built-in role, in the form that Azure gives it back. */
export function builtInRole(name: string): string | undefined {
  const roles = Object.values(Role).filter((value: unknown) => value instanceof Role);
  const guid = roles.find((role) => role.name === name)?.guid;
  return guid && `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
}

/** Role assignments: every lookup finds all of them, as Azure gives those above and below a scope, too. */
export function finding(assignments: FoundAssignment[]): Finds {
  const values = {
    role_assignments: assignments.map((one) => ({ condition: "", ...one })),
  };
  return { type: "azurerm_role_assignments", values };
}

/** A network as a cluster needs it: the right region, and a /16 for each subnet. A key vault uses Azure RBAC. */
export function fittingNetwork(spec: ClusterSpec): Finds[] {
  return [
    ...new ClusterPlan(spec).addresses.subnets.map(({ name }, index) => ({
      type: "azurerm_subnet",
      match: { name },
      values: {
        address_prefixes: [`172.${16 + index}.0.0/16`],
        private_link_service_network_policies_enabled: false,
      },
    })),
    { type: "azurerm_key_vault", values: { rbac_authorization_enabled: true } },
    {
      type: "azurerm_virtual_network",
      values: { address_space: ["172.16.0.0/12"], location: spec.location },
    },
  ];
}

/** The role assignments that a plan asks for, with built-in roles, as soon as the object ids of the identities are known. */
export function assignmentsOf(
  spec: ClusterSpec,
  principals: { readonly [kind: string]: string },
): FoundAssignment[] {
  return new ClusterPlan(spec)._grants.map(({ principal, role, scope, condition }) => ({
    principal_id: principal.principal?.objectId ?? principals[principal.kind] ?? "",
    role_definition_id: builtInRole(role.name) ?? "",
    role_assignment_scope: scopeId(scope, spec, SUBSCRIPTION),
    condition: condition ?? "",
  }));
}
