// How the cluster is run: service mesh, time limits of Terraform, and attributes that are not modelled.

/**
 * The Istio add-on, with the certificate authority of AKS.
 *
 * A custom certificate authority needs rights for an identity that exists only after the cluster, and is not
 * supported.
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
