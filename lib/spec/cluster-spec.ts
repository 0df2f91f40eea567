// What is wanted: the one description that everything else is computed from.
import { AccessSpec } from "./access";
import { DiskEncryption, KmsSpec, MonitoringSpec, StorageSpec } from "./data";
import { HardeningException } from "./exceptions";
import { IdentitiesSpec } from "./identities";
import { ApiServer, PrivateDns } from "./api-server";
import { NetworkSpec } from "./network";
import { NodePoolsSpec } from "./nodes";
import { ClusterTimeouts, ProviderAttributes, ServiceMeshSpec } from "./operation";
import { ISpecRule } from "./own-rule";
import { PermissionsSpec } from "./permissions";
import { PreflightSpec } from "./preflight";
import { RegistrySpec } from "./registry";
import { ResourceGroupSpec } from "./resource-group";
import { UpgradesSpec } from "./upgrades";

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
   * From where the API server can be reached.
   *
   * @default ApiServer.privateOnly()
   */
  readonly apiServer?: ApiServer;
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
   * Who deploys the cluster, and who works in it.
   *
   * @default - nobody is granted anything
   */
  readonly access?: AccessSpec;
  /**
   * How the rights are given.
   *
   * @default - built-in roles; the NOC grants on the network, the identity team on the rest
   */
  readonly permissions?: PermissionsSpec;
  /** How disks are encrypted. It cannot be changed later, so there is no default. */
  readonly diskEncryption: DiskEncryption;
  /**
   * Encryption of secrets in etcd with a key of one's own.
   *
   * @default - with a key of the platform
   */
  readonly kms?: KmsSpec;
  /**
   * Disks and files outside the cluster.
   *
   * @default - none
   */
  readonly storage?: StorageSpec;
  /**
   * Where logs and metrics go.
   *
   * @default - nowhere, which takes the exception `noMonitoring`
   */
  readonly monitoring?: MonitoringSpec;
  /**
   * Add-ons that are wanted: `costAnalysis`, `keda`, `verticalPodAutoscaler`. Those that would need
   * rights for an identity which exists only after the cluster are refused, with the alternative.
   *
   * @default - none but those of a hardened cluster
   */
  readonly addOns?: string[];
  /**
   * Weakenings of the hardened defaults, each with its reason.
   *
   * @default - none
   */
  readonly exceptions?: HardeningException[];
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
   * The Istio add-on.
   *
   * @default - none
   */
  readonly serviceMesh?: ServiceMeshSpec;
  /**
   * Whether Microsoft supports the Kubernetes version for two years, which takes the tier Premium.
   *
   * @default false
   * @see https://learn.microsoft.com/azure/aks/long-term-support
   */
  readonly longTermSupport?: boolean;
  /**
   * Name of the resource group that AKS makes for the nodes: at most 80 characters.
   *
   * @default - `MC_<resource group>_<cluster>_<location>`
   */
  readonly nodeResourceGroup?: string;
  /**
   * How long Terraform waits for the cluster.
   *
   * @default - 90 minutes to create, update and delete it, and 5 minutes to read it
   */
  readonly timeouts?: ClusterTimeouts;
  /**
   * Attributes of azurerm that this description has no words for.
   *
   * @default - none
   */
  readonly overrides?: ProviderAttributes;
  /**
   * What the cluster stack checks before Azure does.
   *
   * @default - everything, and what does not hold stops the plan
   */
  readonly preflight?: PreflightSpec;
  /**
   * Rules of one's own, beside those of the library.
   *
   * @default - none
   */
  readonly ownRules?: ISpecRule[];
  /**
   * Tags of all resources that are created.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}
