// Container registries that exist.
import { ResourceReference } from "./resource-reference";

/** A container registry that the nodes pull from. */
export interface RegistrySpec {
  /** The registry. */
  readonly registry: ResourceReference;
}
