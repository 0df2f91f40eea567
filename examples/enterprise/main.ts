// Three teams in three stacks: the cluster that haks.yaml beside this file describes.
import { App } from "cdktf";
import {
  BackendType,
  ClusterPlan,
  ClusterSpec,
  ClusterStacks,
  DiskEncryption,
  Egress,
  KubernetesRole,
  Principal,
  PrivateDns,
  RegistryMode,
  ResourceReference,
  RoleSet,
} from "hardened-aks";

const existing = (name: string, resourceGroup: string) =>
  ResourceReference.byName({ name, resourceGroup });

const spec: ClusterSpec = {
  name: "haks-prod",
  location: "westeurope",
  tenantId: "11111111-1111-4111-8111-111111111111",
  subscriptionId: "22222222-2222-4222-8222-222222222222",
  resourceGroup: { name: "haks-prod" },
  identities: { resourceGroup: { name: "identity-rg" } },
  network: {
    virtualNetwork: existing("spoke-vnet", "network-rg"),
    nodeSubnet: "aks-nodes",
    subnets: [
      { name: "aks-nodes", cidr: "10.240.0.0/22" },
      { name: "aks-api", cidr: "10.240.8.0/28" },
    ],
    serviceCidr: "10.245.0.0/16",
    egress: Egress.userDefinedRouting(),
  },
  // In the hub's subscription, which the stacks do not read.
  privateDns: PrivateDns.existingZone(
    ResourceReference.byId(
      "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/dns-rg/providers/Microsoft.Network/privateDnsZones/privatelink.westeurope.azmk8s.io",
    ),
  ),
  nodePools: {
    system: { vmSize: "Standard_D4ds_v5" },
    user: [{ name: "apps", vmSize: "Standard_D8ds_v5", maxCount: 20 }],
  },
  registries: [{ registry: existing("sharedregistry", "registry-rg"), mode: RegistryMode.ABAC }],
  access: {
    deployers: [Principal.group("platform-engineers", "55555555-5555-4555-8555-555555555552")],
    kubernetes: [
      {
        principal: Principal.group("aks-admins", "55555555-5555-4555-8555-555555555551"),
        role: KubernetesRole.CLUSTER_ADMIN,
      },
    ],
  },
  permissions: { roleSet: RoleSet.minimal() },
  diskEncryption: DiskEncryption.customerManaged(existing("aks-des", "keys-rg")),
  monitoring: { logAnalyticsWorkspace: existing("platform-logs", "monitor-rg") },
};

const app = new App();
new ClusterStacks(app, {
  plan: new ClusterPlan(spec),
  backend: { backendType: BackendType.AZURERM },
});
app.synth();
