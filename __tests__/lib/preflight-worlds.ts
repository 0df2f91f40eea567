// Worlds for the preflight to look at: one in which everything is as it should be, and ways to change it.
import {
  ClusterSpec,
  Egress,
  KubernetesRole,
  Principal,
  RegistryMode,
  ResourceReference,
} from "../../lib";
import { FoundAssignment, SUBSCRIPTION, azure, resourceId, roleId } from "../hcl/azure";
import { Attributes, Condition, EvaluatedJson, World, failing, scopeOf } from "../hcl/stack";
import { inSentences } from "../preflight-lists";
import { DEPLOYERS, SMALL, once, stackJson } from "../scenarios";

export const ADMINS = Principal.group("admins", "55555555-5555-4555-8555-555555555551");
export const SPEC: ClusterSpec = {
  ...SMALL,
  network: { ...SMALL.network, egress: Egress.userDefinedRouting() },
  registries: [
    {
      registry: ResourceReference.byName({ name: "images", resourceGroup: "images-rg" }),
      mode: RegistryMode.ABAC,
      repositories: ["web"],
    },
  ],
  access: {
    deployers: [DEPLOYERS],
    kubernetes: [{ principal: ADMINS, role: KubernetesRole.WRITER }],
  },
};

export const CONTROL_PLANE = "object id of small-cp-mi";
export const KUBELET = "object id of small-kubelet-mi";
export const IDENTITIES = "Microsoft.ManagedIdentity/userAssignedIdentities";
export const VNET = resourceId("network-rg", "Microsoft.Network/virtualNetworks", "vnet");
export const SUBNET = `${VNET}/subnets/nodes`;
export const REGISTRY = resourceId("images-rg", "Microsoft.ContainerRegistry/registries", "images");
export const WORKSPACE = resourceId("logs-rg", "Microsoft.OperationalInsights/workspaces", "logs");
export const CLUSTER_GROUP = `${SUBSCRIPTION}/resourceGroups/cluster-rg`;
export const CP_IDENTITY = resourceId("identity-rg", IDENTITIES, "small-cp-mi");
export const KUBELET_IDENTITY = resourceId("identity-rg", IDENTITIES, "small-kubelet-mi");
export const WEB =
  "((!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/metadata/read'}) AND !(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/read'})) OR (@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringEqualsIgnoreCase 'web'))";

export function grant(
  principal: string,
  role: string,
  scope: string,
  condition: string | null = "",
): FoundAssignment {
  return {
    principal_id: principal,
    role_definition_id: roleId(role),
    role_assignment_scope: scope,
    condition,
  };
}

export const deployers = (role: string, scope: string) =>
  grant(DEPLOYERS.objectId ?? "", role, scope);
export const admins = (role: string) => grant(ADMINS.objectId ?? "", role, CLUSTER_GROUP);

/** What a role assignment of each group starts with. */
const DEPLOYERS_ADDRESS = "entra-55555555-5555-4555-8555-555555555552";
const ADMINS_ADDRESS = "entra-55555555-5555-4555-8555-555555555551";

export const JOIN = "identityGrant control_plane_network-contributor_subnet-network-rg-vnet-nodes";
export const PULL =
  "identityGrant kubelet_container-registry-repository-reader_registry-images-rg-images";
export const WRITE = `peopleGrant ${ADMINS_ADDRESS}_azure-kubernetes-service-rbac-writer_resource-group-cluster-rg`;

/** The assignment that each check of a grant asks for. */
export const GRANTS: { readonly [check: string]: FoundAssignment } = {
  "identityGrant control_plane_managed-identity-operator_identity-kubelet": grant(
    CONTROL_PLANE,
    "Managed Identity Operator",
    KUBELET_IDENTITY,
  ),
  [JOIN]: grant(CONTROL_PLANE, "Network Contributor", SUBNET),
  "identityGrant control_plane_private-dns-zone-contributor_vnet-network-rg-vnet": grant(
    CONTROL_PLANE,
    "Private DNS Zone Contributor",
    VNET,
  ),
  [PULL]: grant(KUBELET, "Container Registry Repository Reader", REGISTRY, WEB),
  [`peopleGrant ${DEPLOYERS_ADDRESS}_managed-identity-operator_identity-control_plane`]: deployers(
    "Managed Identity Operator",
    CP_IDENTITY,
  ),
  [`peopleGrant ${DEPLOYERS_ADDRESS}_managed-identity-operator_identity-kubelet`]: deployers(
    "Managed Identity Operator",
    KUBELET_IDENTITY,
  ),
  [`peopleGrant ${DEPLOYERS_ADDRESS}_network-contributor_subnet-network-rg-vnet-nodes`]: deployers(
    "Network Contributor",
    SUBNET,
  ),
  [`peopleGrant ${DEPLOYERS_ADDRESS}_reader_vnet-network-rg-vnet`]: deployers("Reader", VNET),
  [`peopleGrant ${DEPLOYERS_ADDRESS}_log-analytics-contributor_workspace-logs-rg-logs`]: deployers(
    "Log Analytics Contributor",
    WORKSPACE,
  ),
  [`peopleGrant ${ADMINS_ADDRESS}_azure-kubernetes-service-cluster-user-role_resource-group-cluster-rg`]:
    admins("Azure Kubernetes Service Cluster User Role"),
  [WRITE]: admins("Azure Kubernetes Service RBAC Writer"),
};

/** A permission of a role definition, as the lookup gives it. */
export function permission(change: Attributes): Attributes {
  return {
    actions: [],
    not_actions: [],
    data_actions: [],
    not_data_actions: [],
    condition: "",
    ...change,
  };
}

/** Where a world is not as it should be. */
export interface Change {
  readonly grants?: readonly FoundAssignment[];
  /** What custom roles allow, by their GUIDs. */
  readonly roles?: { readonly [guid: string]: Attributes[] };
  readonly found?: World;
}

export function worldOf({ grants = Object.values(GRANTS), roles = {}, found }: Change): World {
  return azure((type, args) => ({
    ...(type === "azurerm_role_assignments" ? { role_assignments: grants } : {}),
    ...(type === "azurerm_role_definition"
      ? { permissions: roles[String(args.role_definition_id)] ?? [permission({})] }
      : {}),
    ...found?.(type, args),
  }));
}

export interface ClusterJson extends EvaluatedJson {
  readonly resource: EvaluatedJson["resource"] & object;
}

export function jsonOf(spec: ClusterSpec): ClusterJson {
  return stackJson(spec, "cluster") as unknown as ClusterJson;
}

export function lifecycleOf({ resource }: ClusterJson): { [name: string]: Condition[] } {
  const [cluster] = Object.values(resource.azurerm_kubernetes_cluster ?? {});
  return cluster?.lifecycle as { [name: string]: Condition[] };
}

/** The checks that stop the plan in a world, by the names that Terraform shows. */
export function stopping(json: ClusterJson, change: Change): string[] {
  const conditions = lifecycleOf(json).precondition ?? [];
  expect(conditions.length).toBeGreaterThan(0);
  const scope = scopeOf(json, worldOf(change));
  const messages = failing(conditions, scope);
  const { cluster_preflight: checks } = scope.local as { readonly cluster_preflight: object };
  const names = Object.entries(checks).flatMap(([name, holds]) => (holds === true ? [] : [name]));
  // Each check that does not hold is told, in a sentence or in the list of a team.
  const told = inSentences(messages);
  expect(told).toHaveLength(names.length);
  return names;
}

export const json = once(() => jsonOf(SPEC));

/** All assignments but that of one check, for which there are others. */
export function instead(check: string, ...others: FoundAssignment[]): FoundAssignment[] {
  const rest = Object.entries(GRANTS).filter(([name]) => name !== check);
  return [...rest.map(([, found]) => found), ...others];
}
