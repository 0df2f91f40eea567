// Lists the rights that a runner needs for a stack, from the grant plan and the content of the stack. Pure.
import { ClusterPlan, GrantingTeam } from "../../lib";
import { PlannedGrant } from "../../lib/access/planned-grant";
import { isSameName } from "../../lib/spec/naming";
import { IDENTITY_KINDS } from "../../lib/spec/resolved-spec";
import { listed } from "../review/text";
import { StackJson, objectAt } from "./stack-json";

/** Purpose of a stack. */
export type StackRole = "identities" | "network-permissions" | "cluster";

const OWNERS_OF_RIGHTS = "Role Based Access Control Administrator or User Access Administrator";

/** Returns a phrase for each right. */
export function runnerRights(role: StackRole, plan: ClusterPlan, json: StackJson): string[] {
  const { resourceGroup, identities } = plan._resolved;
  const rights: string[] = [];
  if (role === "cluster") {
    rights.push(...clusterRights(plan, json));
  } else {
    const team = role === "identities" ? GrantingTeam.IDENTITY : GrantingTeam.NETWORK;
    const grants = plan._grantsOf(team);
    if (has(json, "resource", "azurerm_resource_group")) {
      rights.push(
        `Contributor on the subscription, to create the resource group ${identities.resourceGroup.name}`,
      );
    }
    rights.push(
      ...newIdentityGroups(plan, json).map(
        (group) =>
          `Contributor or Managed Identity Contributor on the resource group ${group}, to create the identities`,
      ),
    );
    rights.push(
      ...scopesOf(grants, resourceGroup.name).map((scope) => `${OWNERS_OF_RIGHTS} on ${scope}`),
    );
    if (has(json, "resource", "azurerm_role_definition")) {
      rights.push(
        "User Access Administrator or Owner on the resource groups of these scopes, to create the custom roles",
      );
    }
    if (has(json, "resource", "azurerm_management_lock")) {
      rights.push(
        "`Microsoft.Authorization/locks/write` on the identities, which Owner and User Access Administrator include",
      );
    }
  }
  const read = Object.keys(objectAt(json, "data")).filter((type) => READ[type] !== undefined);
  return [
    ...rights,
    ...read.sort().map((type) => READ[type]!),
    "Storage Blob Data Contributor on the container of the state, for the backend azurerm with `use_azuread_auth`",
  ];
}

/** Returns the resource groups that exist, in which a stack creates identities. */
function newIdentityGroups(plan: ClusterPlan, json: StackJson): string[] {
  const { identities } = plan._resolved;
  if (!has(json, "resource", "azurerm_user_assigned_identity")) {
    return [];
  }
  const { name: group, create } = identities.resourceGroup;
  const groups = IDENTITY_KINDS.map((kind) => identities[kind])
    .filter(
      ({ existing, resourceGroup }) => !existing && !(create && isSameName(resourceGroup, group)),
    )
    .map(({ resourceGroup }) => resourceGroup);
  return [...new Set(groups)];
}

// Data sources that are not listed need no rights: azurerm_client_config.
const READ: { readonly [lookup: string]: string } = {
  azuread_group: "Permission to read groups in Entra ID, such as `Group.Read.All`",
  azuread_service_principal:
    "Permission to read service principals in Entra ID, such as `Application.Read.All`",
  azurerm_container_registry: "Reader on the registries that are looked up",
  azurerm_private_dns_zone: "Reader on the private DNS zone",
  azurerm_role_assignments:
    "`Microsoft.Authorization/roleAssignments/read` on the scopes of the role assignments, which Reader includes",
  azurerm_role_definition: "`Microsoft.Authorization/roleDefinitions/read`, which Reader includes",
  azurerm_subnet: "Reader on the subnets",
  azurerm_user_assigned_identity: "Reader on the identities",
  azurerm_virtual_network: "Reader on the virtual network",
};

function clusterRights(plan: ClusterPlan, json: StackJson): string[] {
  const {
    resourceGroup,
    access: { deployers },
  } = plan._resolved;
  const createsGroup = has(json, "resource", "azurerm_resource_group");
  return [
    createsGroup
      ? `Contributor on the subscription, to create the resource group ${resourceGroup.name}`
      : `Contributor on the resource group ${resourceGroup.name}`,
    deployers.length > 0
      ? `The rights of a deployer, which the other two stacks grant to ${listed(deployers.map(({ name }) => name))}`
      : "Managed Identity Operator on both identities, and Network Contributor on the subnets of the nodes",
  ];
}

function scopesOf(grants: PlannedGrant[], clusterGroup: string): string[] {
  const scopes = grants.map(({ scope: { kind, name } }) =>
    kind === "resourceGroup" ? `the resource group ${clusterGroup}` : `the ${words(kind)} ${name}`,
  );
  return [...new Set(scopes)].sort();
}

function words(kind: string): string {
  const identity = kind === "controlPlane" || kind === "kubelet" ? "identity" : kind;
  return identity
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/\bdns\b/, "DNS")
    .replace(/\bip\b/, "IP")
    .replace(/\blog analytics\b/, "Log Analytics");
}

function has(json: StackJson, block: string, type: string): boolean {
  return Object.keys(objectAt(json, block, type)).length > 0;
}
