// How the cluster is run: add-ons, service mesh, time limits of Terraform, and attributes that are not modelled.
import { MeshCertificateAuthority } from "./add-ons";

/**
 * The Istio add-on.
 *
 * @see https://learn.microsoft.com/azure/aks/istio-about
 */
export interface ServiceMeshSpec {
  /**
   * Revisions: one, or two during an upgrade. `az aks mesh get-revisions` lists them.
   *
   * @examples asm-1-30
   */
  readonly revisions: string[];
  /**
   * Whether there is an ingress gateway with an address in the virtual network.
   *
   * @default false
   */
  readonly internalIngress?: boolean;
  /**
   * Whether there is an ingress gateway with a public address.
   *
   * @default false
   */
  readonly externalIngress?: boolean;
  /**
   * A certificate authority from a key vault. A mesh that runs cannot change to it: turn the mesh off first.
   *
   * @default - that of AKS
   */
  readonly certificateAuthority?: MeshCertificateAuthority;
}

/** An add-on that needs no rights. */
export enum AddOn {
  /** Shows costs by namespace; takes the tier Standard or Premium. */
  COST_ANALYSIS = "costAnalysis",
  /** Scales workloads by events (KEDA). */
  KEDA = "keda",
  /** Adjusts the requests of pods to their use. */
  VERTICAL_POD_AUTOSCALER = "verticalPodAutoscaler",
}

/** How long Terraform waits for the cluster. Durations are such as `90m`. */
export interface ClusterTimeouts {
  /**
   * Time to create it.
   *
   * @default "90m"
   * @examples 90m
   */
  readonly create?: string;
  /**
   * Time to change it.
   *
   * @default "90m"
   * @examples 90m
   */
  readonly update?: string;
  /**
   * Time to delete it.
   *
   * @default "90m"
   * @examples 90m
   * @yamlName delete
   */
  readonly destroy?: string;
}

/**
 * Attributes that Terraform leaves as they are in Azure, by their paths in Terraform: for drift that other tools cause.
 *
 * @see https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#ignore_changes
 */
export interface IgnoredChanges {
  /**
   * Paths in `azurerm_kubernetes_cluster`. Attributes that harden the cluster are refused.
   *
   * @default - none
   * @examples http_proxy_config[0].no_proxy
   */
  readonly cluster?: string[];
  /**
   * Paths in node pools, by the name of the pool.
   *
   * @default - none
   * @examples linux_os_config
   */
  readonly nodePools?: { [pool: string]: string[] };
  /**
   * Names of tags that something else sets, such as a policy, on any resource that the stacks create.
   *
   * @default - none
   * @examples createdOn
   */
  readonly tags?: string[];
}

/**
 * Attributes of azurerm that the description does not model, in Terraform's spelling. Attributes that it models, and
 * those that would weaken the cluster, are refused.
 */
export interface ProviderAttributes {
  /**
   * Attributes of `azurerm_kubernetes_cluster`.
   *
   * @default - none
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- jsii has no other word for it
  readonly cluster?: { [attribute: string]: any };
  /**
   * Attributes of node pools, by the name of the pool.
   *
   * @default - none
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- jsii has no other word for it
  readonly nodePools?: { [pool: string]: { [attribute: string]: any } };
}
