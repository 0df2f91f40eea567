// How the cluster is run: service mesh, time limits of Terraform, and attributes that are not modelled.

/**
 * The Istio add-on, with the certificate authority that AKS makes.
 *
 * A certificate authority of one's own needs rights for an identity that exists only after the
 * cluster, and is not offered.
 *
 * @see https://learn.microsoft.com/azure/aks/istio-about
 */
export interface ServiceMeshSpec {
  /** Revisions, such as `asm-1-27`: one, or two during an upgrade. */
  readonly revisions: string[];
  /**
   * Whether there is an ingress gateway with an address of the virtual network.
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
   * For its creation.
   *
   * @default "90m"
   */
  readonly create?: string;
  /**
   * For a change.
   *
   * @default "90m"
   */
  readonly update?: string;
  /**
   * For its deletion.
   *
   * @default "90m"
   */
  readonly destroy?: string;
}

/**
 * Attributes of azurerm that the description has no words for, in Terraform's spelling. Those that it
 * has words for, and those that would weaken the cluster, are refused.
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
  readonly nodePools?: { [pool: string]: any };
}
