// Container registries that exist.
import { ResourceReference } from "./resource-reference";

/** A container registry that the nodes pull from. */
export interface RegistrySpec {
  /** The registry. */
  readonly registry: ResourceReference;
  /**
   * How the registry decides: `classic` ("RBAC Registry Permissions") or `abac` ("RBAC Registry + ABAC
   * Repository Permissions"), which does not honour AcrPull.
   *
   * @default "classic"
   * @see https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions
   */
  readonly mode?: string;
  /**
   * The repositories that the nodes may pull; one that ends with `/` stands for all below it. Mode
   * `abac` only.
   *
   * @default - all
   */
  readonly repositories?: string[];
}
