// Computes the column of each box: people left, resources right, roles before what they are about. Pure.
import { GraphEdge, GraphNode } from "./graph";

/** Returns the columns, by id of the node. */
export function ranksOf(nodes: GraphNode[], edges: GraphEdge[]): Map<string, number> {
  const layers = new Map(nodes.map(({ id, layer }) => [id, layer]));
  const ranks = new Map(nodes.map(({ id }) => [id, 0]));
  // The number of rounds is limited, because of cycles.
  for (let round = 1; round < nodes.length; round++) {
    const before = [...ranks.values()].join();
    for (const { from, to } of edges) {
      ranks.set(to, Math.min(nodes.length, Math.max(ranks.get(to)!, ranks.get(from)! + 1)));
    }
    if ([...ranks.values()].join() === before) {
      break;
    }
  }
  // Boxes that lead nowhere are beside the last identity.
  const leading = new Set(edges.map(({ from }) => from));
  const identities = nodes.filter(({ layer }) => layer === "identity").map(({ id }) => id);
  const lastIdentity = Math.max(0, ...identities.map((id) => ranks.get(id)!));
  identities.filter((id) => !leading.has(id)).forEach((id) => ranks.set(id, lastIdentity));
  const last = Math.max(0, ...ranks.values());
  const resources = nodes.filter(({ layer }) => layer === "resource").map(({ id }) => id);
  resources.forEach((id) => ranks.set(id, last));
  for (const { from, to } of edges) {
    if (layers.get(to) === "resource") {
      ranks.set(from, last - 1);
    }
  }
  return ranks;
}
