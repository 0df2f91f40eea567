// Add-ons that the list of add-ons refuses. Pure.
import { AddOn } from "../spec/operation";

/** Add-ons that need no rights. */
export const ADD_ONS: readonly AddOn[] = Object.values(AddOn);

/** Add-ons with identities that AKS creates, why they are not in the list, and what to use instead. */
export const LATE_ADD_ONS: {
  readonly [name: string]: readonly [reason: string, remedy: string];
} = {
  applicationGatewayIngress: [
    "Microsoft names Network Contributor and Reader on the whole resource group of the gateway for its identity",
    "Use Application Gateway for Containers, whose controller has a workload identity",
  ],
  nginxIngress: [
    "it is described with what its identity gets rights on",
    "Use the field applicationRouting, or the Gateway API of application routing with a workload identity",
  ],
  virtualNodes: [
    "its containers are outside of the nodes, and of the network policies of the cluster",
    "Use node auto-provisioning, or a user pool that scales from few nodes",
  ],
  kubeletKeyVault: [
    "every pod on a node can act as the kubelet identity",
    "Use the Key Vault provider, which is on, with a workload identity",
  ],
};
