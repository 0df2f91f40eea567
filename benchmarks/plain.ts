// The yardstick: the resources of the lab, with provider classes alone. No description, no rules, no plan.
import { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";
import { DataAzurermRoleAssignments } from "@cdktf/provider-azurerm/lib/data-azurerm-role-assignments";
import { DataAzurermRoleDefinition } from "@cdktf/provider-azurerm/lib/data-azurerm-role-definition";
import { DataAzurermSubnet } from "@cdktf/provider-azurerm/lib/data-azurerm-subnet";
import { DataAzurermUserAssignedIdentity } from "@cdktf/provider-azurerm/lib/data-azurerm-user-assigned-identity";
import { DataAzurermVirtualNetwork } from "@cdktf/provider-azurerm/lib/data-azurerm-virtual-network";
import { KubernetesCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { KubernetesClusterNodePool } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { App, LocalBackend, TerraformLocal, TerraformOutput, TerraformStack } from "cdktf";

const app = new App({ outdir: process.env.BENCH_OUTDIR ?? "cdktf.out" });

function stack(name: string): TerraformStack {
  const made = new TerraformStack(app, name);
  new AzurermProvider(made, "azurerm", { features: [{}], resourceProviderRegistrations: "none" });
  new LocalBackend(made, { path: `../../../terraform.${name}.tfstate` });
  return made;
}

function lookUp(scope: TerraformStack, name: string): DataAzurermUserAssignedIdentity {
  return new DataAzurermUserAssignedIdentity(scope, name, {
    name,
    resourceGroupName: "hardenedaks",
  });
}

function subnet(scope: TerraformStack): DataAzurermSubnet {
  return new DataAzurermSubnet(scope, "aks-nodes", {
    name: "aks-nodes",
    virtualNetworkName: "haks-vnet",
    resourceGroupName: "haks-network",
  });
}

const identities = stack("haks-identities");
const group = new ResourceGroup(identities, "hardenedaks", {
  name: "hardenedaks",
  location: "westeurope",
});
const [controlPlane, kubelet] = ["haks-cp-mi", "haks-kubelet-mi"].map((name) => {
  const identity = new UserAssignedIdentity(identities, name, {
    name,
    location: "westeurope",
    resourceGroupName: group.name,
    lifecycle: { preventDestroy: true },
  });
  new TerraformOutput(identities, `${name}-id`, { value: identity.id });
  new TerraformOutput(identities, `${name}-principal-id`, { value: identity.principalId });
  new TerraformOutput(identities, `${name}-client-id`, { value: identity.clientId });
  return identity;
}) as [UserAssignedIdentity, UserAssignedIdentity];
new RoleAssignment(identities, "operator", {
  scope: kubelet.id,
  roleDefinitionName: "Managed Identity Operator",
  principalId: controlPlane.principalId,
  principalType: "ServicePrincipal",
});

const network = stack("haks-network-permissions");
const joining = lookUp(network, "haks-cp-mi");
new RoleAssignment(network, "join", {
  scope: subnet(network).id,
  roleDefinitionName: "Network Contributor",
  principalId: joining.principalId,
  principalType: "ServicePrincipal",
});
const virtualNetwork = new DataAzurermVirtualNetwork(network, "haks-vnet", {
  name: "haks-vnet",
  resourceGroupName: "haks-network",
});
new RoleAssignment(network, "link", {
  scope: virtualNetwork.id,
  roleDefinitionName: "Private DNS Zone Contributor",
  principalId: joining.principalId,
  principalType: "ServicePrincipal",
});

const platform = stack("haks-cluster");
const nodes = lookUp(platform, "haks-kubelet-mi");
const plane = lookUp(platform, "haks-cp-mi");
const aksNodes = subnet(platform);
const client = new DataAzurermClientConfig(platform, "current");
const vnet = new DataAzurermVirtualNetwork(platform, "haks-vnet", {
  name: "haks-vnet",
  resourceGroupName: "haks-network",
});

// What the preflight looks at and compares.
new TerraformLocal(platform, "facts", {
  cluster: { tenant_id: client.tenantId },
  control_plane: {
    id: plane.id,
    principal_id: plane.principalId,
    tenant_id: plane.tenantId,
  },
  kubelet: { id: nodes.id, principal_id: nodes.principalId, tenant_id: nodes.tenantId },
  subnet: { address_prefixes: aksNodes.addressPrefixes, route_table_id: aksNodes.routeTableId },
  network: { location: vnet.location, address_space: vnet.addressSpace },
});
new TerraformLocal(platform, "role-guids", {
  AcrPull: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
  AcrPush: "8311e382-0749-4cb8-b61a-304f252e45ec",
  "Azure Kubernetes Service Cluster User Role": "4abbcc35-e782-43d8-92c5-2d3f1bd2253f",
  "Azure Kubernetes Service RBAC Admin": "3498e952-d568-435e-9b2c-8d77e338d7f7",
  "Azure Kubernetes Service RBAC Cluster Admin": "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
  "Azure Kubernetes Service RBAC Reader": "7f6c6a51-bcf8-42ba-9220-52d62157d7db",
  "Azure Kubernetes Service RBAC Writer": "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb",
  "Container Registry Repository Reader": "b93aa761-3e63-49ed-ac28-beffa264f7ac",
  Contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  "Key Vault Contributor": "f25e0fa2-a7c8-4377-a976-54943a77a395",
  "Key Vault Crypto User": "12338af0-0e69-4776-bea7-57ae8d297424",
  "Log Analytics Contributor": "92aaf0da-9dab-42b6-94a3-d43ce8d16293",
  "Managed Identity Operator": "f1a07417-d97a-45cb-824c-7a7467783830",
  "Network Contributor": "4d97b98b-1d4f-4787-a291-c67834d212e7",
  Owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  "Private DNS Zone Contributor": "b12aa53e-6015-4669-85d0-8515ebb3ae7f",
  Reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  "Storage Account Contributor": "17d1049b-9a84-46fb-8f53-869881c3d3ab",
  "Virtual Machine Contributor": "9980e02c-c2be-4d73-94e8-173b1dc7cf3c",
});
new TerraformLocal(
  platform,
  "role-names",
  "${zipmap(values(local.role-guids), keys(local.role-guids))}",
);
const NETWORK =
  "/subscriptions/${data.azurerm_client_config.current.subscription_id}/resourceGroups/haks-network/providers/Microsoft.Network/virtualNetworks/haks-vnet";
const scopes = { kubelet: nodes.id, subnet: `${NETWORK}/subnets/aks-nodes`, network: NETWORK };
for (const [name, scope] of Object.entries(scopes)) {
  new DataAzurermRoleAssignments(platform, name, { scope });
  const data = `data.azurerm_role_assignments.${name}`;
  new TerraformLocal(
    platform,
    `assignments-on-${name}`,
    `\${[for found in ${data}.role_assignments : { principal = lower(found.principal_id), role = lookup(local.role-names, lower(basename(found.role_definition_id)), lower(basename(found.role_definition_id))), condition = found.condition == null ? "" : found.condition, on = ${data}.scope } if startswith("\${lower(${data}.scope)}/", "\${trimsuffix(lower(found.role_assignment_scope), "/")}/") || startswith(trimsuffix(lower(found.role_assignment_scope), "/"), "/providers/microsoft.management/managementgroups/")]}`,
  );
}
new TerraformLocal(
  platform,
  "other-roles",
  "${{ for found in concat(local.assignments-on-kubelet, local.assignments-on-subnet, local.assignments-on-network) : found.role => found.on... if found.principal == lower(local.facts.control_plane.principal_id) && !contains(keys(local.role-guids), found.role) }}",
);
new DataAzurermRoleDefinition(platform, "other-role", {
  roleDefinitionId: "${each.key}",
  scope: "${each.value[0]}",
}).addOverride("for_each", "${local.other-roles}");
new TerraformLocal(
  platform,
  "other-role-actions",
  '${{ for guid, role in data.azurerm_role_definition.other-role : guid => [for operation in ["Microsoft.ManagedIdentity/userAssignedIdentities/assign/action", "Microsoft.ManagedIdentity/userAssignedIdentities/read", "Microsoft.Network/virtualNetworks/join/action", "Microsoft.Network/virtualNetworks/read", "Microsoft.Network/virtualNetworks/subnets/join/action", "Microsoft.Network/virtualNetworks/subnets/read"] : operation if anytrue([for permission in role.permissions : anytrue([for pattern in permission.actions : can(regex("^${replace(replace(lower(pattern), ".", "[.]"), "*", ".*")}$", lower(operation)))]) && !anytrue([for pattern in permission.not_actions : can(regex("^${replace(replace(lower(pattern), ".", "[.]"), "*", ".*")}$", lower(operation)))]) && try(length(permission.condition), 0) == 0])] }}',
);

function granted(scope: string, roles: string, actions: string): string {
  return `\${anytrue([for found in local.assignments-on-${scope} : found.principal == lower(local.facts.control_plane.principal_id) && (contains([${roles}], found.role) || length(setsubtract([${actions}], lookup(local.other-role-actions, found.role, []))) == 0) && found.condition == ""])}`;
}

function apart(ranges: string, address: string): string {
  const bits = 'min(tonumber(split("/", range)[1]), 16)';
  return `\${alltrue([for range in ${ranges} : cidrhost("\${split("/", range)[0]}/\${${bits}}", 0) != cidrhost("${address}/\${${bits}}", 0) if !strcontains(range, ":")])}`;
}

const preconditions = {
  "tenant of the control plane identity":
    "${lower(local.facts.control_plane.tenant_id) == lower(local.facts.cluster.tenant_id)}",
  "tenant of the kubelet identity":
    "${lower(local.facts.kubelet.tenant_id) == lower(local.facts.cluster.tenant_id)}",
  "two identities":
    "${lower(local.facts.control_plane.id) != lower(local.facts.kubelet.id) && lower(local.facts.control_plane.principal_id) != lower(local.facts.kubelet.principal_id)}",
  "size of the subnet":
    '${sum(concat([0], [for range in local.facts.subnet.address_prefixes : pow(2, 32 - tonumber(split("/", range)[1])) if !strcontains(range, ":")])) >= 20}',
  "subnet and pods": apart("local.facts.subnet.address_prefixes", "10.244.0.0"),
  "subnet and services": apart("local.facts.subnet.address_prefixes", "10.0.0.0"),
  "region of the network":
    '${lower(replace(local.facts.network.location, " ", "")) == lower("westeurope")}',
  "network and services": apart("local.facts.network.address_space", "10.0.0.0"),
  "control plane identity on the kubelet identity": granted(
    "kubelet",
    '"Contributor", "Managed Identity Operator", "Owner"',
    '"Microsoft.ManagedIdentity/userAssignedIdentities/assign/action", "Microsoft.ManagedIdentity/userAssignedIdentities/read"',
  ),
  "control plane identity on the subnet": granted(
    "subnet",
    '"Contributor", "Network Contributor", "Owner"',
    '"Microsoft.Network/virtualNetworks/subnets/join/action", "Microsoft.Network/virtualNetworks/subnets/read"',
  ),
  "control plane identity on the network": granted(
    "network",
    '"Contributor", "Network Contributor", "Owner", "Private DNS Zone Contributor"',
    '"Microsoft.Network/virtualNetworks/join/action", "Microsoft.Network/virtualNetworks/read"',
  ),
};
new TerraformLocal(platform, "preflight", preconditions);
const pool = {
  vmSize: "Standard_D4ds_v5",
  vnetSubnetId: aksNodes.id,
  zones: ["1", "2", "3"],
  maxPods: 110,
  osDiskType: "Ephemeral",
  hostEncryptionEnabled: true,
  nodePublicIpEnabled: false,
  autoScalingEnabled: true,
  nodeCount: 3,
  minCount: 3,
  upgradeSettings: { maxSurge: "33%" },
};
const window = { interval: 1, duration: 4, utcOffset: "+00:00" };
const cluster = new KubernetesCluster(platform, "haks", {
  name: "haks",
  location: "westeurope",
  resourceGroupName: "hardenedaks",
  dnsPrefix: "haks",
  skuTier: "Standard",
  identity: { type: "UserAssigned", identityIds: [plane.id] },
  kubeletIdentity: {
    userAssignedIdentityId: nodes.id,
    clientId: nodes.clientId,
    objectId: nodes.principalId,
  },
  azureActiveDirectoryRoleBasedAccessControl: {
    azureRbacEnabled: true,
    tenantId: client.tenantId,
  },
  localAccountDisabled: true,
  oidcIssuerEnabled: true,
  workloadIdentityEnabled: true,
  privateClusterEnabled: true,
  privateClusterPublicFqdnEnabled: false,
  privateDnsZoneId: "System",
  roleBasedAccessControlEnabled: true,
  runCommandEnabled: false,
  azurePolicyEnabled: true,
  imageCleanerEnabled: true,
  imageCleanerIntervalHours: 168,
  keyVaultSecretsProvider: { secretRotationEnabled: true, secretRotationInterval: "2m" },
  automaticUpgradeChannel: "stable",
  nodeOsUpgradeChannel: "NodeImage",
  maintenanceWindowAutoUpgrade: {
    ...window,
    frequency: "Weekly",
    dayOfWeek: "Sunday",
    startTime: "02:00",
  },
  maintenanceWindowNodeOs: { ...window, frequency: "Daily", startTime: "03:00" },
  networkProfile: {
    networkPlugin: "azure",
    networkPluginMode: "overlay",
    networkDataPlane: "cilium",
    networkPolicy: "cilium",
    podCidr: "10.244.0.0/16",
    serviceCidr: "10.0.0.0/16",
    dnsServiceIp: "10.0.0.10",
    outboundType: "loadBalancer",
    loadBalancerSku: "standard",
  },
  defaultNodePool: { ...pool, name: "system", maxCount: 3, onlyCriticalAddonsEnabled: true },
  lifecycle: {
    ignoreChanges: ["default_node_pool[0].node_count"],
    precondition: Object.keys(preconditions).map((name) => ({
      condition: `\${local.preflight["${name}"]}`,
      errorMessage: `This does not hold: ${name}.`,
    })),
    postcondition: [
      {
        condition:
          "${lower(self.kubelet_identity[0].object_id) == lower(local.facts.kubelet.principal_id)}",
        errorMessage: "The nodes act as another identity.",
      },
      {
        condition: "${self.local_account_disabled}",
        errorMessage: "The cluster has local accounts.",
      },
      {
        condition: "${try(length(self.oidc_issuer_url) > 0, false)}",
        errorMessage: "The cluster has no OIDC issuer.",
      },
    ],
  },
});
new KubernetesClusterNodePool(platform, "apps", {
  ...pool,
  name: "apps",
  kubernetesClusterId: cluster.id,
  mode: "User",
  maxCount: 6,
  lifecycle: { ignoreChanges: ["node_count"] },
});
new TerraformOutput(platform, "oidc_issuer_url", { value: cluster.oidcIssuerUrl });
new TerraformOutput(platform, "node_resource_group", { value: cluster.nodeResourceGroup });
new TerraformOutput(platform, "cluster_id", { value: cluster.id });
network.addDependency(identities);
platform.addDependency(network);
app.synth();
