// The rights that a runner needs for a stack, from the grant plan and from what the stack makes and reads. Pure.
import { ClusterPlan, GrantingTeam } from "../../lib";
import { PlannedGrant } from "../../lib/access/planned-grant";
import { StackJson, objectAt } from "./stack-json";

/** The stacks, by what they are for. */
export type StackRole = "identities" | "network-permissions" | "cluster";

const OWNERS_OF_RIGHTS = "Role Based Access Control Administrator or User Access Administrator";

/** One sentence for each right. */
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
    } else if (has(json, "resource", "azurerm_user_assigned_identity")) {
      rights.push(
        `Contributor or Managed Identity Contributor on the resource group ${identities.resourceGroup.name}, to create the identities`,
      );
    }
    rights.push(
      ...scopesOf(grants, resourceGroup.name).map((scope) => `${OWNERS_OF_RIGHTS} on ${scope}`),
    );
    if (has(json, "resource", "azurerm_role_definition")) {
      rights.push(
        "User Access Administrator or Owner on the resource groups of these, to create the custom roles",
      );
    }
    if (has(json, "resource", "azurerm_management_lock")) {
      rights.push(
        "`Microsoft.Authorization/locks/write` on the identities, which Owner and User Access Administrator have",
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

// What is not in here asks for nothing: azurerm_client_config.
const READ: { readonly [lookup: string]: string } = {
  azuread_group: "To read groups in Entra ID, such as by `Group.Read.All`",
  azuread_service_principal:
    "To read service principals in Entra ID, such as by `Application.Read.All`",
  azurerm_container_registry: "Reader on the registries that are looked up",
  azurerm_private_dns_zone: "Reader on the private DNS zone",
  azurerm_role_assignments:
    "`Microsoft.Authorization/roleAssignments/read` on what the grants are on, which Reader has",
  azurerm_role_definition: "`Microsoft.Authorization/roleDefinitions/read`, which Reader has",
  azurerm_subnet: "Reader on the subnets",
  azurerm_user_assigned_identity: "Reader on the identities",
  azurerm_virtual_network: "Reader on the virtual network",
};

function clusterRights(plan: ClusterPlan, json: StackJson): string[] {
  const {
    resourceGroup,
    access: { deployers },
  } = plan._resolved;
  const makesGroup = has(json, "resource", "azurerm_resource_group");
  return [
    makesGroup
      ? `Contributor on the subscription, to create the resource group ${resourceGroup.name}`
      : `Contributor on the resource group ${resourceGroup.name}`,
    deployers.length > 0
      ? `To be one of the deployers: ${deployers.map(({ name }) => name).join(", ")}. They get the rest from the other two stacks`
      : "To assign both identities (Managed Identity Operator), and to join the subnets of the nodes (Network Contributor)",
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
