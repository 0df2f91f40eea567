// What the snippets of the pages take for granted: an app, a stack and a description.
import { App } from "cdktf";
import {
  ClusterPlan,
  ClusterSpec,
  DiskEncryption,
  Egress,
  ResourceReference,
  TeamStack,
} from "../../lib";

export const makeApp = (): App => new App();

export const makeStack = (app: App): TeamStack => new TeamStack(app, "mine");

/** A description that breaks no rule. */
export const description: ClusterSpec = {
  name: "haks",
  location: "westeurope",
  resourceGroup: { name: "haks-rg" },
  identities: { resourceGroup: { name: "identity-rg" } },
  network: {
    virtualNetwork: ResourceReference.byName({ name: "spoke-vnet", resourceGroup: "network-rg" }),
    nodeSubnet: "aks-nodes",
    egress: Egress.userDefinedRouting(),
  },
  nodePools: {
    system: { vmSize: "Standard_D4ds_v5" },
    user: [{ name: "apps", vmSize: "Standard_D4ds_v5" }],
  },
  diskEncryption: DiskEncryption.platformManaged(),
  monitoring: {
    logAnalyticsWorkspace: ResourceReference.byName({
      name: "platform-logs",
      resourceGroup: "monitor-rg",
    }),
  },
};

export const plan = new ClusterPlan(description);
