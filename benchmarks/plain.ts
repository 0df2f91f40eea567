// The yardstick: the resources of the lab, with provider classes alone. No description, no rules, no plan.
import { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";
import { DataAzurermSubnet } from "@cdktf/provider-azurerm/lib/data-azurerm-subnet";
import { DataAzurermUserAssignedIdentity } from "@cdktf/provider-azurerm/lib/data-azurerm-user-assigned-identity";
import { DataAzurermVirtualNetwork } from "@cdktf/provider-azurerm/lib/data-azurerm-virtual-network";
import { KubernetesCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { KubernetesClusterNodePool } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { App, LocalBackend, TerraformOutput, TerraformStack } from "cdktf";

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
const pool = {
  vmSize: "Standard_D4ds_v5",
  vnetSubnetId: subnet(platform).id,
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
  identity: { type: "UserAssigned", identityIds: [lookUp(platform, "haks-cp-mi").id] },
  kubeletIdentity: {
    userAssignedIdentityId: nodes.id,
    clientId: nodes.clientId,
    objectId: nodes.principalId,
  },
  azureActiveDirectoryRoleBasedAccessControl: {
    azureRbacEnabled: true,
    tenantId: new DataAzurermClientConfig(platform, "current").tenantId,
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
  lifecycle: { ignoreChanges: ["default_node_pool[0].node_count"] },
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
