// Single constructs in a separate stack: two identities, and their rights on existing resources.
import { App } from "cdktf";
import { ContainerRegistry, ManagedIdentity, Subnet, TeamStack } from "hardened-aks";

const app = new App();
const stack = new TeamStack(app, "haks-rights");

const place = { resourceGroupName: "identity-rg", location: "westeurope" };
const controlPlane = new ManagedIdentity(stack, "control-plane", { name: "haks-cp-mi", ...place });
const kubelet = new ManagedIdentity(stack, "kubelet", { name: "haks-kubelet-mi", ...place });

const nodes = Subnet.fromLookup(
  stack,
  "nodes",
  { name: "haks-vnet", resourceGroup: "haks-network" },
  "aks-nodes",
);
const registry = ContainerRegistry.fromLookup(stack, "registry", {
  name: "sharedregistry",
  resourceGroup: "registry-rg",
});

nodes.grantJoin(controlPlane);
kubelet.grantAssignTo(controlPlane);
registry.grantPull(kubelet);
app.synth();
