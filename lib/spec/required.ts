// Checks the required parts of a description, which the compiler cannot check in JavaScript and in JSON. Pure.
import { ClusterSpec } from "./cluster-spec";

const REQUIRED = [
  "name",
  "location",
  "resourceGroup.name",
  "network.virtualNetwork",
  "network.nodeSubnet",
  "network.egress",
  "nodePools.system",
  "nodePools.user",
  "diskEncryption",
];

/**
 * Makes sure that nothing is missing without which there is no description.
 *
 * @throws with all that is missing
 */
export function requireParts(spec: ClusterSpec): void {
  const missing = REQUIRED.filter((path) => valueAt(spec, path.split(".")) === undefined);
  if (missing.length > 0) {
    throw new Error(
      `The description of the cluster lacks ${missing.join(", ")}. ClusterSpec says what each of them is.`,
    );
  }
}

function valueAt(value: unknown, path: string[]): unknown {
  return path.reduce(
    (found: unknown, name) =>
      (found as { [name: string]: unknown } | undefined | null)?.[name] ?? undefined,
    value,
  );
}
