// The index of a fleet, as the application makes it.
import { FleetIndex, FleetStackEntry } from "../app/fleet/fleet-index";

const CHECKSUM = `sha256:${"0".repeat(64)}`;

/** The index of a fleet of clusters with these names. */
export function indexOf(
  clusters: string[],
  isChanged: (name: string) => boolean = () => true,
): FleetIndex {
  const parts = [
    ["identity", "identities"],
    ["network", "network-permissions"],
    ["platform", "cluster"],
  ] as const;
  const shared = parts.slice(0, 2).map(([team, suffix], index) => ({
    ...{ name: `fleet-${suffix}`, team, stage: index + 1 },
    dependsOn: index === 0 ? [] : ["fleet-identities"],
  }));
  const own = parts.flatMap(([team, suffix], index) =>
    [...clusters].sort().map((cluster) => ({
      ...{ name: `${cluster}-${suffix}`, team, cluster, stage: index + 3 },
      // All stacks before, as the index may list them.
      dependsOn: [
        "fleet-identities",
        "fleet-network-permissions",
        ...parts.slice(0, index).map(([, earlier]) => `${cluster}-${earlier}`),
      ],
    })),
  );
  const stacks = [...shared, ...own].map((stack): FleetStackEntry => ({
    ...stack,
    folder: `stacks/${stack.name}`,
    checksum: CHECKSUM,
    changed: isChanged(stack.name),
  }));
  const entries = clusters.map((name) => ({
    name,
    description: `../clusters/${name}.yaml`,
    review: `reviews/${name}`,
    madeOf: CHECKSUM,
  }));
  return {
    formatVersion: 1,
    producedBy: "hardened-aks 0.1.0",
    stacks,
    clusters: entries,
    removed: [],
  };
}
