// Add-ons that are refused. Pure.
import { AddOn } from "../spec/operation";

/** Add-ons that need no rights. */
export const ADD_ONS: readonly AddOn[] = Object.values(AddOn);

/** Add-ons whose identity AKS creates after the cluster, so that no team can grant it anything before, and what to use instead. */
export const LATE_ADD_ONS: { readonly [name: string]: string } = {
  applicationGatewayIngress:
    "Use Application Gateway for Containers, whose controller has a workload identity that exists before",
  nginxIngress:
    "Use the Gateway API of application routing, with a workload identity that exists before",
  virtualNodes: "Use node auto-provisioning, or a user pool that scales from few nodes",
  kubeletKeyVault: "Use the Key Vault provider, which is on, with a workload identity",
};
