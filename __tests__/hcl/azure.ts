// A made-up Azure for evaluated stacks: ids as Azure forms them, identities, and role assignments.
import { ROLES } from "../roles";
import { Attributes, World } from "./stack";

/** The subscription that the stacks work in. */
export const SUBSCRIPTION = "/subscriptions/00000000-0000-4000-8000-0000000000aa";

/** The tenant that the stacks work in. */
export const TENANT = "11111111-1111-4111-8111-111111111111";

/** The object id of the caller of the plan. */
export const CALLER = "99999999-9999-4999-8999-999999999999";

/** Roles that are never granted here, but that others may have granted. */
const WIDE: { readonly [name: string]: string } = {
  Contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  Owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
};

/** A role assignment, as the lookup of role assignments gives it. */
export interface FoundAssignment {
  readonly principal_id: string;
  readonly role_definition_id: string;
  readonly role_assignment_scope: string;
  readonly condition: string | null;
}

/** The id of a role definition: of a built-in role, or of a GUID. */
export function roleId(role: string): string {
  return `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${ROLES[role]?.guid ?? WIDE[role] ?? role}`;
}

/** The id of something in a resource group. */
export function resourceId(group: string, type: string, name: string): string {
  return `${SUBSCRIPTION}/resourceGroups/${group}/providers/${type}/${name}`;
}

/** What resources and data sources have in this Azure; a test adds to it or says otherwise. */
export function azure(more: World = () => ({})): World {
  return (type, args) => ({ ...attributesOf(type, args), ...more(type, args) });
}

function attributesOf(type: string, args: Attributes): Attributes {
  const [name, group] = [args.name, args.resource_group_name].map(String) as [string, string];
  switch (type) {
    case "azurerm_client_config":
      return {
        subscription_id: SUBSCRIPTION.split("/").at(-1),
        tenant_id: TENANT,
        object_id: CALLER,
      };
    case "azurerm_resource_group":
      return { id: `${SUBSCRIPTION}/resourceGroups/${name}` };
    case "azurerm_role_definition":
      return { role_definition_resource_id: roleId(String(args.role_definition_id)) };
    case "azurerm_user_assigned_identity":
      return {
        id: resourceId(group, "Microsoft.ManagedIdentity/userAssignedIdentities", name),
        principal_id: `object id of ${name}`,
        client_id: `client id of ${name}`,
        tenant_id: TENANT,
      };
    case "azurerm_virtual_network":
      return {
        id: resourceId(group, "Microsoft.Network/virtualNetworks", name),
        location: "West Europe",
        address_space: ["172.16.0.0/12", "fd00::/48"],
      };
    case "azurerm_subnet":
      return {
        id: `${resourceId(group, "Microsoft.Network/virtualNetworks", String(args.virtual_network_name))}/subnets/${name}`,
        address_prefixes: ["172.16.0.0/16"],
        route_table_id: resourceId(group, "Microsoft.Network/routeTables", "rt"),
        private_link_service_network_policies_enabled: true,
      };
    case "azurerm_private_dns_zone":
      return { id: resourceId(group, "Microsoft.Network/privateDnsZones", name) };
    case "azurerm_container_registry":
      return { id: resourceId(group, "Microsoft.ContainerRegistry/registries", name) };
    default:
      return {};
  }
}
