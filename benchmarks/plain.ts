// The yardstick: the resources of the lab, with provider classes alone. No description, no rules, no plan.
import { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";
import { DataAzurermSubnet } from "@cdktf/provider-azurerm/lib/data-azurerm-subnet";
import { DataAzurermUserAssignedIdentity } from "@cdktf/provider-azurerm/lib/data-azurerm-user-assigned-identity";
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
new RoleAssignment(network, "join", {
  scope: subnet(network).id,
  roleDefinitionName: "Network Contributor",
  principalId: lookUp(network, "haks-cp-mi").principalId,
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
  upgradeSettings: { maxSurge: "33%" },
};
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
  networkProfile: { networkPlugin: "azure", networkPluginMode: "overlay" },
  defaultNodePool: { ...pool, name: "system", nodeCount: 3, onlyCriticalAddonsEnabled: true },
});
new KubernetesClusterNodePool(platform, "apps", {
  ...pool,
  name: "apps",
  kubernetesClusterId: cluster.id,
  autoScalingEnabled: true,
  minCount: 3,
  maxCount: 6,
});
new TerraformOutput(platform, "cluster_id", { value: cluster.id });
network.addDependency(identities);
platform.addDependency(network);
app.synth();
