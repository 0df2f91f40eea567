// The argument of custom rules.
import type { ClusterSpec } from "./cluster-spec";

/** Argument of a custom rule. A bare `ClusterSpec` would become two dozen keyword arguments in Python. */
export interface SpecProps {
  /** The description of the cluster. */
  readonly spec: ClusterSpec;
}
