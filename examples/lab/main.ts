// The lab in three stacks: the cluster that haks.yaml describes.
import { App } from "cdktf";
import {
  ClusterPlan,
  ClusterStacks,
  DiskEncryption,
  Egress,
  ExceptionName,
  ResourceReference,
} from "hardened-aks";

const app = new App();
new ClusterStacks(app, {
  plan: new ClusterPlan({
    name: "haks",
    location: "westeurope",
    resourceGroup: { name: "hardenedaks", create: true },
    network: {
      virtualNetwork: ResourceReference.byName({
        name: "haks-vnet",
        resourceGroup: "haks-network",
      }),
      nodeSubnet: "aks-nodes",
      egress: Egress.loadBalancer(),
    },
    nodePools: {
      system: { vmSize: "Standard_D4ds_v5" },
      user: [{ name: "apps", vmSize: "Standard_D4ds_v5", maxCount: 6 }],
    },
    diskEncryption: DiskEncryption.platformManaged(),
    exceptions: [{ name: ExceptionName.NO_MONITORING, reason: "The lab has no log workspace." }],
  }),
});
app.synth();
