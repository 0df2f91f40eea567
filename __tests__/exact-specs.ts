// Descriptions that together turn on every feature, with the minimal set of roles: no principal has more than it needs.
import { ClusterSpec, DataPlane, Egress, PodNetwork, ResourceReference, RoleSet } from "../lib";
import { DEPLOYERS, SMALL, specOf } from "./scenarios";

const named = (name: string) => ResourceReference.byName({ name, resourceGroup: "other-rg" });
const access = { deployers: [DEPLOYERS] };
const permissions = { roleSet: RoleSet.minimal() };

const everything = specOf("every-feature");

/** The descriptions, by what they are about. */
export const EXACT_SPECS: { readonly [name: string]: ClusterSpec } = {
  "most features": {
    ...everything,
    access,
    // Apart from the public IPs of services, whose resource group the control plane may list.
    network: {
      ...everything.network,
      egress: Egress.loadBalancer({ publicIps: [named("egress-1"), named("egress-2")] }),
    },
  },
  "egress by route table": {
    ...SMALL,
    access,
    permissions,
    network: {
      ...SMALL.network,
      egress: Egress.userDefinedRouting(named("routes")),
      privateLinkServices: true,
      privateLinkPolicies: { routeTables: [named("routes-of-services")] },
    },
  },
  "egress by public IP prefix": {
    ...SMALL,
    access,
    permissions,
    network: {
      ...SMALL.network,
      egress: Egress.loadBalancer({ publicIpPrefixes: [named("prefix")] }),
    },
    backup: {
      vault: named("vault"),
      vaultPrincipalId: "88888888-8888-4888-8888-888888888888",
      snapshotResourceGroup: "snapshots-rg",
      storageAccount: named("backups"),
      blobContainer: "small",
    },
  },
  "no egress": {
    ...SMALL,
    access,
    permissions,
    network: { ...SMALL.network, egress: Egress.none(named("cache")) },
  },
  "node auto-provisioning": {
    ...SMALL,
    access,
    permissions,
    network: {
      ...SMALL.network,
      podNetwork: PodNetwork.overlay(),
      dataPlane: DataPlane.CILIUM,
    },
    nodePools: { ...SMALL.nodePools, autoProvisioning: true },
  },
};

/** Operations without which the preflight rightly says nothing, and the reason. */
export const SPARE: { readonly [operation: string]: string } = {
  "Microsoft.Network/publicIPAddresses/read on /resourceGroups/network-rg/providers/Microsoft.Network/publicIPAddresses/service-ip":
    "To find public IPs of services, the control plane reads all in their resource group.",
};
