// What is wanted: the one description that everything else is computed from.
import { IdentitiesSpec } from "./identities";
import { NetworkSpec, PrivateDns } from "./network";
import { NodePoolsSpec } from "./nodes";
import { Principal } from "./principal";
import { RegistrySpec } from "./registry";
import { ResourceGroupSpec } from "./resource-group";
import { UpgradesSpec } from "./upgrades";

/** Who works with the cluster. */
export interface AccessSpec {
  /**
   * Groups and service principals that deploy the cluster.
   *
   * They need Contributor on the cluster's resource group from elsewhere; what they need beyond
   * it is in the grant plan.
   *
   * @default - nobody is granted anything
   */
  readonly deployers?: Principal[];
}

/** Description of an intended AKS cluster, and of what exists around it. */
export interface ClusterSpec {
  /** Name of the cluster; the stacks, and by default the identities, are named after it. */
  readonly name: string;
  /** Azure region, such as `westeurope`. */
  readonly location: string;
  /**
   * Entra tenant (GUID).
   *
   * @default - the tenant that the provider is signed in to
   */
  readonly tenantId?: string;
  /** The cluster's resource group. */
  readonly resourceGroup: ResourceGroupSpec;
  /**
   * The identities of the cluster.
   *
   * @default - two identities named after the cluster, in its resource group
   */
  readonly identities?: IdentitiesSpec;
  /** The network that exists. */
  readonly network: NetworkSpec;
  /**
   * The DNS zone of the private API server.
   *
   * @default PrivateDns.system()
   */
  readonly privateDns?: PrivateDns;
  /** The node pools. */
  readonly nodePools: NodePoolsSpec;
  /**
   * Container registries that the nodes pull from.
   *
   * @default - none
   */
  readonly registries?: RegistrySpec[];
  /**
   * Who deploys the cluster.
   *
   * @default - nobody is granted anything
   */
  readonly access?: AccessSpec;
  /**
   * Kubernetes version: `1.35` follows its patches.
   *
   * @default - the version that AKS has as its default
   */
  readonly kubernetesVersion?: string;
  /**
   * Upgrades and when they may happen.
   *
   * @default - channels stable and NodeImage, Sunday 02:00 for 4 h and daily 03:00 UTC
   */
  readonly upgrades?: UpgradesSpec;
  /**
   * Tags of all resources that are created.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}
