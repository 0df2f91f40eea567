// GitOps with Flux: the cluster extension, and the repositories that it applies.

/** Places in which the objects of a Flux configuration may be. */
export enum FluxScope {
  /** In the namespace of the configuration. */
  NAMESPACE = "namespace",
  /** Everywhere: principals that may write to the repository are administrators of Kubernetes. */
  CLUSTER = "cluster",
}

/**
 * A Git repository, without a secret: Terraform would keep one in its state.
 *
 * A private repository is read with a secret of Kubernetes (`secretName`), or with Entra ID (`entraId`).
 */
export interface FluxRepository {
  /**
   * URL: `https://…` or `ssh://git@…`, without a password.
   *
   * @examples https://github.com/example/platform
   */
  readonly url: string;
  /**
   * Branch.
   *
   * @default - `main`, unless there is a tag, a range of versions or a commit
   * @examples main
   */
  readonly branch?: string;
  /**
   * Tag, in place of a branch.
   *
   * @default - none
   * @examples v1.2.0
   */
  readonly tag?: string;
  /**
   * Range of versions (SemVer) that tags are compared with, in place of a branch.
   *
   * @default - none
   * @examples 1.x
   */
  readonly semver?: string;
  /**
   * Commit (SHA-1), in place of a branch.
   *
   * @default - none
   * @examples 0000000000000000000000000000000000000000
   */
  readonly commit?: string;
  /**
   * Name of a secret of Kubernetes in the namespace of the configuration, which Terraform does not create: `username` and
   * `password` for https, `identity` and `known_hosts` for ssh.
   *
   * @default - none: the repository is public or, with ssh, takes the public key that Flux creates
   * @examples platform-repository
   */
  readonly secretName?: string;
  /**
   * Whether Flux reads the repository with Entra ID, as the identity of `flux.clientId`: Azure DevOps by https. The
   * organization of Azure DevOps must give this identity read access.
   *
   * @default false
   */
  readonly entraId?: boolean;
  /**
   * Seconds from one look at the repository to the next: 1 to 35791394.
   *
   * @default 600
   * @minimum 1
   * @maximum 35791394
   */
  readonly syncIntervalSeconds?: number;
}

/** A path of the repository that Flux applies. */
export interface FluxKustomization {
  /**
   * Name: at most 30 lower-case letters, digits and `-`.
   *
   * @format fluxName
   */
  readonly name: string;
  /**
   * Path in the repository.
   *
   * @default - the root of the repository
   * @examples ./clusters/prod
   */
  readonly path?: string;
  /**
   * Kustomizations of the same configuration that must be ready before.
   *
   * @default - none
   * @format fluxName
   */
  readonly dependsOn?: string[];
  /**
   * Whether Flux deletes what is no longer in the repository. It then also deletes everything that it applied when the
   * kustomization or its configuration is removed from the description.
   *
   * @default false
   */
  readonly prune?: boolean;
  /**
   * Whether Flux waits until everything that it applied is ready.
   *
   * @default true
   */
  readonly wait?: boolean;
  /**
   * Seconds from one comparison with the cluster to the next: 1 to 35791394.
   *
   * @default 600
   * @minimum 1
   * @maximum 35791394
   */
  readonly syncIntervalSeconds?: number;
  /**
   * Seconds until Flux tries again after a failure: 1 to 35791394.
   *
   * @default 600
   * @minimum 1
   * @maximum 35791394
   */
  readonly retryIntervalSeconds?: number;
  /**
   * Seconds until Flux gives an attempt up: 1 to 35791394.
   *
   * @default 600
   * @minimum 1
   * @maximum 35791394
   */
  readonly timeoutSeconds?: number;
}

/** A repository, and the paths in it that Flux applies. */
export interface FluxConfiguration {
  /**
   * Name: at most 30 lower-case letters, digits and `-`. It stands in Terraform addresses: another name is another
   * configuration, and the old one is deleted.
   *
   * @format fluxName
   */
  readonly name: string;
  /**
   * Namespace of the objects of Flux. Terraform refuses to change it later.
   *
   * @format namespace
   * @yamlName namespace
   */
  readonly namespaceName: string;
  /**
   * Place in which the objects that it applies may be. Terraform refuses to change it later.
   *
   * @default FluxScope.NAMESPACE
   */
  readonly scope?: FluxScope;
  /** The repository. */
  readonly repository: FluxRepository;
  /** Paths of the repository: at least one. */
  readonly kustomizations: FluxKustomization[];
}

/**
 * GitOps with the extension `microsoft.flux`. Its deployer needs no right beyond Contributor on the resource group of the
 * cluster, and the resource provider `Microsoft.KubernetesConfiguration` must be registered.
 *
 * @see https://learn.microsoft.com/azure/azure-arc/kubernetes/conceptual-gitops-flux2
 */
export interface FluxSpec {
  /**
   * Version of the extension, which then stays. Terraform refuses to change it: run
   * `az k8s-extension update --version` first, and write the new version here afterwards.
   *
   * @default - the latest one, with automatic upgrades of minor versions
   * @examples 1.17.3
   */
  readonly version?: string;
  /**
   * Whether a configuration applies as a service account of its namespace, and uses no sources of other namespaces.
   * For `false`, add the exception `noFluxMultiTenancy`.
   *
   * @default true
   * @see https://learn.microsoft.com/azure/azure-arc/kubernetes/conceptual-gitops-flux2#multi-tenancy
   */
  readonly multiTenancy?: boolean;
  /**
   * Client id of the managed identity with which Flux reads repositories (`entraId`) and container registries. It needs a
   * federated credential for the service account `source-controller` in `flux-system`: make it a workload of the
   * description.
   *
   * @default - none
   * @format guid
   */
  readonly clientId?: string;
  /**
   * Repositories that Flux applies.
   *
   * @default - nothing
   */
  readonly configurations?: FluxConfiguration[];
}
