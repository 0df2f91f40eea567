// Two clusters, blue and green, that share a kubelet identity and a registry. The stacks of blue create the
// identity and grant AcrPull; those of green look both up.
import { App } from "cdktf";
import {
  ClusterPlan,
  ClusterSpec,
  ClusterStacks,
  DiskEncryption,
  Egress,
  ResourceReference,
} from "hardened-aks";

const existing = (name: string, resourceGroup: string) =>
  ResourceReference.byName({ name, resourceGroup });

const cluster = (name: string, serviceCidr: string): ClusterSpec => ({
  name,
  location: "westeurope",
  resourceGroup: { name: `${name}-rg` },
  identities: {
    resourceGroup: { name: "identity-rg" },
    kubelet: { name: "shared-kubelet-mi" },
  },
  network: {
    virtualNetwork: existing("spoke-vnet", "network-rg"),
    nodeSubnet: `${name}-nodes`,
    serviceCidr,
    egress: Egress.userDefinedRouting(),
  },
  nodePools: {
    system: { vmSize: "Standard_D4ds_v5" },
    user: [{ name: "apps", vmSize: "Standard_D4ds_v5" }],
  },
  registries: [{ registry: existing("sharedregistry", "registry-rg") }],
  diskEncryption: DiskEncryption.platformManaged(),
  monitoring: { logAnalyticsWorkspace: existing("platform-logs", "monitor-rg") },
});

const blue = cluster("blue", "10.245.0.0/16");
const green: ClusterSpec = {
  ...cluster("green", "10.246.0.0/16"),
  identities: {
    resourceGroup: { name: "identity-rg" },
    kubelet: { name: "shared-kubelet-mi", existing: true },
  },
  permissions: { sharedWith: [blue] },
};

const app = new App();
const first = new ClusterStacks(app, { plan: new ClusterPlan(blue) });
new ClusterStacks(app, { plan: new ClusterPlan(green) }).deployAfter(first);
app.synth();
