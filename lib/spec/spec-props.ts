// What is computed from a description.
import type { ClusterSpec } from "./cluster-spec";

/** What something is computed from. */
export interface SpecProps {
  /** The description of the cluster. */
  readonly spec: ClusterSpec;
}
