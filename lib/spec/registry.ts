// Container registries that exist.
import { ResourceReference } from "./resource-reference";

/** How a registry decides who may pull. */
export enum RegistryMode {
  /** "RBAC Registry Permissions": roles on the registry. */
  CLASSIC = "classic",
  /** "RBAC Registry + ABAC Repository Permissions", which does not honor AcrPull. */
  ABAC = "abac",
}

/** An existing container registry that the nodes pull from. */
export interface RegistrySpec {
  /**
   * The registry.
   *
   * @resourceType Microsoft.ContainerRegistry/registries
   * @nameFormat registry
   * @yamlInline
   */
  readonly registry: ResourceReference;
  /**
   * How the registry decides who may pull.
   *
   * @default RegistryMode.CLASSIC
   * @see https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions
   */
  readonly mode?: RegistryMode;
  /**
   * Repositories that the nodes may pull from; a `/` at the end stands for all below it. Mode `abac` only.
   *
   * @default - all
   * @examples apps/
   */
  readonly repositories?: string[];
}
