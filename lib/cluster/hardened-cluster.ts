// The cluster.
import { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";
import { KubernetesCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { KubernetesClusterNodePool } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { Construct } from "constructs";
import { IClusterIdentities } from "../identity/cluster-identities";
import { IVirtualNetwork } from "../network/existing-network";
import { PrivateDnsZone } from "../network/private-dns-zone";
import { ClusterSpec } from "../spec/cluster-spec";
import { resolveSpec } from "../spec/resolved-spec";
import { annotateWarnings, requireValidSpec } from "../terraform/validation";
import { ClusterSurroundings, clusterConfig, userPoolConfig } from "./cluster-config";

/** Properties of a hardened cluster. */
export interface HardenedClusterProps {
  /** What is wanted. */
  readonly spec: ClusterSpec;
  /** The identities of the cluster, which have their rights already. */
  readonly identities: IClusterIdentities;
  /** The virtual network that the nodes are in. */
  readonly virtualNetwork: IVirtualNetwork;
  /**
   * Name of the resource group, if it is made in the same stack.
   *
   * @default - the name in the description
   */
  readonly resourceGroupName?: string;
}

/**
 * A hardened AKS cluster that brings its identities: private, Entra ID with Azure RBAC, no local
 * accounts, no service principal, no secret.
 *
 * @see https://learn.microsoft.com/azure/aks/operator-best-practices-cluster-security
 */
export class HardenedCluster extends Construct {
  /** Resource id of the cluster. */
  public readonly clusterId: string;
  /** URL of the cluster's OIDC issuer, for workload identities. */
  public readonly oidcIssuerUrl: string;
  /** Name of the resource group that AKS makes for the nodes. */
  public readonly nodeResourceGroup: string;

  public constructor(scope: Construct, id: string, props: HardenedClusterProps) {
    super(scope, id);
    requireValidSpec(this, props.spec);
    annotateWarnings(this, props.spec);
    const spec = resolveSpec(props.spec);
    const { controlPlane, kubelet } = props.identities;
    const { zone } = spec.privateDns;
    const around: ClusterSurroundings = {
      resourceGroupName: props.resourceGroupName ?? spec.resourceGroup.name,
      tenantId: spec.tenantId ?? new DataAzurermClientConfig(this, "current").tenantId,
      controlPlaneIdentityId: controlPlane.identityId,
      kubelet,
      privateDnsZoneId: zone && PrivateDnsZone.fromReference(this, "zone", zone).zoneId,
      subnetId: (name) => props.virtualNetwork.subnet(name).subnetId,
    };
    const cluster = new KubernetesCluster(this, "Default", clusterConfig(spec, around));
    for (const pool of spec.userPools) {
      new KubernetesClusterNodePool(
        this,
        pool.name,
        userPoolConfig(pool, spec, cluster.id, around),
      );
    }
    this.clusterId = cluster.id;
    this.oidcIssuerUrl = cluster.oidcIssuerUrl;
    this.nodeResourceGroup = cluster.nodeResourceGroup;
  }
}
