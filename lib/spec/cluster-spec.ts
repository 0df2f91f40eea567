// The description of a cluster, from which everything else is computed.
import { AccessSpec } from "./access";
import {
  ApplicationRoutingSpec,
  GatewayForContainersSpec,
  KeyVaultProviderSpec,
  LocksSpec,
} from "./add-ons";
import { BackupSpec } from "./backup";
import { DiskEncryption, KmsSpec, MonitoringSpec, StorageSpec } from "./data";
import { HardeningException } from "./exceptions";
import { FleetManagerSpec } from "./fleet-manager";
import { FluxSpec } from "./flux";
import { IdentitiesSpec } from "./identities";
import { ApiServer, PrivateDns } from "./api-server";
import { NetworkSpec } from "./network";
import { NodePoolsSpec } from "./nodes";
import {
  AddOn,
  ClusterTimeouts,
  IgnoredChanges,
  ProviderAttributes,
  ServiceMeshSpec,
} from "./operation";
import { ISpecRule } from "./custom-rule";
import { PermissionsSpec } from "./permissions";
import { PreflightSpec } from "./preflight";
import { RegistrySpec } from "./registry";
import { ResourceGroupSpec } from "./resource-group";
import { UpgradesSpec } from "./upgrades";
import { OidcIssuer, WorkloadSpec } from "./workloads";

/** Description of an AKS cluster, and of the existing resources around it. */
export interface ClusterSpec {
  /**
   * Name of the cluster. The stacks and, by default, its identities are named after it.
   *
   * @format cluster
   */
  readonly name: string;
  /**
   * Azure region.
   *
   * @format location
   */
  readonly location: string;
  /**
   * Entra tenant (GUID).
   *
   * @default - the tenant that Terraform is signed in to
   * @format guid
   */
  readonly tenantId?: string;
  /**
   * Subscription of the cluster, and of every resource for which no other subscription is given (GUID). The names of
   * custom roles, which are unique in a tenant, contain it. If it is given, the NOC's stack works in the subscription of
   * the virtual network.
   *
   * @default - `ARM_SUBSCRIPTION_ID` in the environment of Terraform
   * @format guid
   */
  readonly subscriptionId?: string;
  /**
   * Prefix of the API server's name in DNS. A cluster that is imported has one already. Changing it replaces the cluster.
   * Not with `privateDns.fqdnSubdomain`.
   *
   * @default - the first 54 characters of the cluster's name, with `-` for `_`
   * @format dnsPrefix
   */
  readonly dnsPrefix?: string;
  /** Resource group of the cluster. */
  readonly resourceGroup: ResourceGroupSpec;
  /**
   * The two identities of the cluster. They outlive it.
   *
   * @default - two identities named after the cluster, in its resource group
   */
  readonly identities?: IdentitiesSpec;
  /** The existing network, which the NOC owns. */
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
   * @default - no rights are granted to people or pipelines
   */
  readonly access?: AccessSpec;
  /**
   * How rights are granted.
   *
   * @default - built-in roles; the NOC grants on the network, the identity team on everything else
   */
  readonly permissions?: PermissionsSpec;
  /** How disks are encrypted. It cannot be changed later, so there is no default. */
  readonly diskEncryption: DiskEncryption;
  /**
   * Encryption of secrets in etcd with a customer-managed key.
   *
   * @default - with a platform-managed key
   */
  readonly kms?: KmsSpec;
  /**
   * Disks and storage accounts outside the cluster that its volumes use.
   *
   * @default - none
   */
  readonly storage?: StorageSpec;
  /**
   * Where logs and metrics go.
   *
   * @default - nowhere, which needs the exception `noMonitoring`
   */
  readonly monitoring?: MonitoringSpec;
  /**
   * Additional add-ons. Those whose identity gets rights after the cluster have fields, such as `applicationRouting`.
   *
   * @default - none
   * @yamlOpen
   */
  readonly addOns?: AddOn[];
  /**
   * Application routing with managed NGINX, which Microsoft patches until November 2026.
   *
   * @default - off
   */
  readonly applicationRouting?: ApplicationRoutingSpec;
  /**
   * Key vaults that the Key Vault provider reads with its identity.
   *
   * @default - none; workloads read with identities of their service accounts
   */
  readonly keyVaultProvider?: KeyVaultProviderSpec;
  /**
   * Application Gateway for Containers, whose controller is a workload.
   *
   * @default - none
   */
  readonly gatewayForContainers?: GatewayForContainersSpec;
  /**
   * AKS Backup. Some of its rights come after the cluster.
   *
   * @default - none
   */
  readonly backup?: BackupSpec;
  /**
   * Locks on the cluster and its resource group, which come after the cluster.
   *
   * @default - none
   */
  readonly locks?: LocksSpec;
  /**
   * Deviations from the hardened defaults, each with its reason. docs/hardening.md lists them.
   *
   * @default - none
   */
  readonly exceptions?: HardeningException[];
  /**
   * Kubernetes version; in `haks.yaml` in quotes. `1.35` follows the patches of that minor version.
   *
   * @default - the default version of AKS
   * @examples 1.35
   */
  readonly kubernetesVersion?: string;
  /**
   * Automatic upgrades, and when they may happen.
   *
   * @default - channels `stable` and `NodeImage`; Sunday 02:00 and daily 03:00 UTC, for 4 hours each
   */
  readonly upgrades?: UpgradesSpec;
  /**
   * The Istio add-on.
   *
   * @default - none
   */
  readonly serviceMesh?: ServiceMeshSpec;
  /**
   * GitOps with Flux.
   *
   * @default - none
   */
  readonly flux?: FluxSpec;
  /**
   * Membership in a fleet of Azure Kubernetes Fleet Manager.
   *
   * @default - none
   */
  readonly fleetManager?: FleetManagerSpec;
  /**
   * Whether Microsoft supports the Kubernetes version for two years, which takes the tier Premium.
   *
   * @default false
   * @see https://learn.microsoft.com/azure/aks/long-term-support
   */
  readonly longTermSupport?: boolean;
  /**
   * Workloads with identities in Azure. Their identities, credentials and rights come after the cluster, in optional
   * stacks of the teams that grant.
   *
   * @default - none
   * @see https://learn.microsoft.com/azure/aks/workload-identity-overview
   */
  readonly workloads?: WorkloadSpec[];
  /**
   * OIDC issuers of the cluster, for the credentials of the workloads: several while one cluster takes over from another.
   *
   * @default - one, `cluster`, whose URL is the Terraform variable `oidc_issuer_url`
   */
  readonly oidcIssuers?: OidcIssuer[];
  /**
   * Name of the resource group that AKS creates for the nodes: at most 80 characters.
   *
   * @default - `MC_<resource group>_<cluster>_<location>`
   * @format resourceGroup
   */
  readonly nodeResourceGroup?: string;
  /**
   * How long Terraform waits for the cluster.
   *
   * @default - 90 minutes to create, update and delete it, and 5 minutes to read it
   */
  readonly timeouts?: ClusterTimeouts;
  /**
   * Attributes of azurerm that this description does not model.
   *
   * @default - none
   */
  readonly overrides?: ProviderAttributes;
  /**
   * Attributes and tags that Terraform leaves as they are in Azure.
   *
   * @default - none, but for those that Azure changes by itself
   */
  readonly ignoreChanges?: IgnoredChanges;
  /**
   * Checks of the cluster stack before Azure checks.
   *
   * @default - all checks, and a failed one stops the plan
   */
  readonly preflight?: PreflightSpec;
  /**
   * Custom rules, in addition to those of the library.
   *
   * @default - none
   * @yamlOmit
   */
  readonly customRules?: ISpecRule[];
  /**
   * Tags of all resources that the stacks create.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
  /**
   * The deployed cluster, while it is about to change: its rights are kept until you remove this field. Rights on the
   * subnet, vault, registry or zone that the cluster leaves stay, and a right that another team is to grant is handed
   * over without being revoked. Rights of a workload stay as long as the workload has its identity.
   *
   * In a file, only the fields that differ.
   *
   * @default - nothing is kept
   * @yamlPartial network privateDns nodePools registries access diskEncryption kms storage monitoring gatewayForContainers backup fleetManager workloads permissions
   */
  readonly previous?: ClusterSpec;
}
