// Additional resources in the stack of the platform team: an alert, an azurerm attribute that the description
// has no field for, and tags on everything. A Contributor may write all of them; a role assignment would stop
// the synth.
import { MonitorMetricAlert } from "@cdktf/provider-azurerm/lib/monitor-metric-alert";
import { App, IAspect, TerraformResource } from "cdktf";
import { IConstruct } from "constructs";
import {
  ClusterPlan,
  ClusterStacks,
  DiskEncryption,
  Egress,
  ResourceReference,
} from "hardened-aks";

class CostCentre implements IAspect {
  public constructor(private readonly number: string) {}

  public visit(node: IConstruct): void {
    if (TerraformResource.isTerraformResource(node) && "tagsInput" in node) {
      node.addOverride("tags.costCentre", this.number);
    }
  }
}

const app = new App();
const { cluster, hardenedCluster } = new ClusterStacks(app, {
  plan: new ClusterPlan({
    name: "haks",
    location: "westeurope",
    resourceGroup: { name: "hardenedaks" },
    identities: { resourceGroup: { name: "identity-rg" } },
    network: {
      virtualNetwork: ResourceReference.byName({
        name: "haks-vnet",
        resourceGroup: "haks-network",
      }),
      nodeSubnet: "aks-nodes",
      egress: Egress.userDefinedRouting(),
    },
    nodePools: {
      system: { vmSize: "Standard_D4ds_v5" },
      user: [{ name: "apps", vmSize: "Standard_D4ds_v5", maxCount: 6 }],
    },
    diskEncryption: DiskEncryption.platformManaged(),
    monitoring: {
      logAnalyticsWorkspace: ResourceReference.byName({
        name: "platform-logs",
        resourceGroup: "monitor-rg",
      }),
    },
  }),
  aspects: [new CostCentre("4711")],
});

hardenedCluster
  .underlyingPool("apps")
  .addOverride("linux_os_config.sysctl_config.fs_file_max", 200000);
new MonitorMetricAlert(cluster, "nodes-not-ready", {
  name: "haks-nodes-not-ready",
  resourceGroupName: "hardenedaks",
  scopes: [hardenedCluster.clusterId],
  criteria: [
    {
      metricNamespace: "Microsoft.ContainerService/managedClusters",
      metricName: "kube_node_status_condition",
      aggregation: "Total",
      operator: "GreaterThan",
      threshold: 0,
      dimension: [
        { name: "condition", operator: "Include", values: ["Ready"] },
        { name: "status", operator: "Include", values: ["false", "unknown"] },
      ],
    },
  ],
});
app.synth();
