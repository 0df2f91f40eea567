// Everything in one stack, for one person who is Owner of an empty subscription: network, NAT gateway,
// registry, identities, rights and cluster. `destroy` removes everything. README.md of the examples lists
// the features to register first.
import { ContainerRegistry } from "@cdktf/provider-azurerm/lib/container-registry";
import { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";
import { NatGateway } from "@cdktf/provider-azurerm/lib/nat-gateway";
import { NatGatewayPublicIpAssociation } from "@cdktf/provider-azurerm/lib/nat-gateway-public-ip-association";
import { PublicIp } from "@cdktf/provider-azurerm/lib/public-ip";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { SubnetNatGatewayAssociation } from "@cdktf/provider-azurerm/lib/subnet-nat-gateway-association";
import { VirtualNetwork as NewNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import { App } from "cdktf";
import {
  ClusterPlan,
  DiskEncryption,
  Egress,
  ExceptionName,
  Grant,
  PrincipalType,
  ResourceReference,
  Role,
  StandaloneCluster,
  TeamStack,
  VirtualNetwork,
} from "hardened-aks";

const location = "westeurope";
const app = new App();
const stack = new TeamStack(app, "sandbox");
const group = new ResourceGroup(stack, "group", { name: "sandbox", location });
const place = { location, resourceGroupName: group.name };

const network = new NewNetwork(stack, "network", {
  ...place,
  name: "sandbox-vnet",
  addressSpace: ["10.240.0.0/16"],
});
const nodes = new Subnet(stack, "nodes", {
  name: "aks-nodes",
  resourceGroupName: group.name,
  virtualNetworkName: network.name,
  addressPrefixes: ["10.240.0.0/22"],
});
const egressIp = new PublicIp(stack, "egress-ip", {
  ...place,
  name: "sandbox-egress",
  allocationMethod: "Static",
  sku: "Standard",
});
const gateway = new NatGateway(stack, "egress", { ...place, name: "sandbox-egress" });
const natGatewayId = gateway.id;
const egress = [
  new NatGatewayPublicIpAssociation(stack, "egress-address", {
    natGatewayId,
    publicIpAddressId: egressIp.id,
  }),
  new SubnetNatGatewayAssociation(stack, "egress-of-nodes", { natGatewayId, subnetId: nodes.id }),
];

// The name of a registry is its own in all of Azure: take another one.
const registryName = "haksandboxregistry";
const registry = new ContainerRegistry(stack, "registry", {
  ...place,
  name: registryName,
  sku: "Basic",
});

const { cluster } = new StandaloneCluster(stack, "haks", {
  plan: new ClusterPlan({
    name: "haks",
    location,
    resourceGroup: { name: "haks", create: true },
    network: {
      virtualNetwork: ResourceReference.byId(network.id, "sandbox-vnet"),
      nodeSubnet: "aks-nodes",
      egress: Egress.natGateway(),
    },
    nodePools: {
      system: { vmSize: "Standard_D4ds_v5", minCount: 1 },
      user: [{ name: "apps", vmSize: "Standard_D4ds_v5", minCount: 1, maxCount: 2 }],
    },
    registries: [{ registry: ResourceReference.byId(registry.id, registryName) }],
    diskEncryption: DiskEncryption.platformManaged(),
    exceptions: [
      { name: ExceptionName.FEW_NODES, reason: "The quota of a new subscription is small." },
      { name: ExceptionName.NO_MONITORING, reason: "The sandbox has no log workspace." },
      {
        name: ExceptionName.RUN_COMMAND,
        reason: "There is no other way into the network of the sandbox.",
      },
    ],
  }),
  virtualNetwork: VirtualNetwork.fromAttributes(stack, "cluster-network", {
    virtualNetworkId: network.id,
    name: "sandbox-vnet",
    subnetIds: { "aks-nodes": nodes.id },
  }),
  dependsOn: egress,
  preventDestroy: false,
});

// The deployer administers Kubernetes: az aks command invoke.
const me = new DataAzurermClientConfig(stack, "me");
new Grant(stack, "admin", {
  grantee: {
    principalId: me.objectId,
    principalType: PrincipalType.USER,
    principalName: "sandbox-deployer",
  },
  role: Role.AKS_RBAC_CLUSTER_ADMIN,
  scopeId: cluster.clusterId,
  reason: "The deployer of the sandbox administers it.",
});
app.synth();
