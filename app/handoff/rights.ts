// Lists the rights that a runner needs for a stack, from the grant plan and the content of the stack. Pure.
import { ClusterPlan, Role } from "../../lib";
import { rightPhrase, runnerOf } from "../review/runner-words";
import { listed } from "../review/text";
import { StackJson, objectAt } from "./stack-json";
import { STACK_TEAMS, StackRole, isLate } from "./stack-roles";

/** Returns a phrase for each right, and the facts that a reviewer must know. */
export function runnerRights(role: StackRole, plan: ClusterPlan, json: StackJson): string[] {
  const rights = role === "cluster" ? clusterRights(plan, json) : grantingRights(role, plan, json);
  return [
    ...rights,
    "Storage Blob Data Contributor on the container of the state, for the backend azurerm with `use_azuread_auth`",
  ];
}

/** Returns the rights of a runner that grants rights. */
function grantingRights(
  role: Exclude<StackRole, "cluster">,
  plan: ClusterPlan,
  json: StackJson,
): string[] {
  const request = isLate(role) ? role : STACK_TEAMS[role];
  const { rights = [], notes = [] } = runnerOf(plan.review(), request) ?? {};
  // Ids of identities may be variables instead.
  const looksUp = has(json, "data", "azurerm_user_assigned_identity");
  return [
    ...rights
      .filter((right) => looksUp || right.role.name !== Role.READER.name)
      .map((right) => rightPhrase(right)),
    ...notes,
  ];
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
  const read = Object.keys(objectAt(json, "data")).filter((type) => READ[type] !== undefined);
  return [
    createsGroup
      ? `Contributor on the subscription, to create the resource group ${resourceGroup.name}`
      : `Contributor on the resource group ${resourceGroup.name}`,
    ...(has(json, "resource", "azurerm_kubernetes_cluster_extension")
      ? [
          "Read, write and delete on `Microsoft.KubernetesConfiguration/extensions` and `fluxConfigurations` of the cluster, which Contributor includes",
        ]
      : []),
    deployers.length > 0
      ? `The rights of a deployer, which the other two stacks grant to ${listed(deployers.map(({ name }) => name))}`
      : "Managed Identity Operator on both identities, and Network Contributor on the subnets of the nodes",
    ...(deployers.length === 0 && has(json, "resource", "azurerm_kubernetes_fleet_member")
      ? [`${Role.FLEET_MANAGER_CONTRIBUTOR.name} on the fleet`]
      : []),
    ...read.sort().map((type) => READ[type]!),
  ];
}

function has(json: StackJson, block: string, type: string): boolean {
  return Object.keys(objectAt(json, block, type)).length > 0;
}
