// Computes the column of each node of the picture: people left, resources right, identities between. Pure.
import { GraphEdge, GraphNode } from "./graph";

/** Returns the columns, by id of the node. */
export function ranksOf(nodes: GraphNode[], edges: GraphEdge[]): Map<string, number> {
  const identities = nodes.filter(({ layer }) => layer === "identity").map(({ id }) => id);
  const ranks = new Map(identities.map((id) => [id, 1]));
  // An identity is right of those that may assign it. The number of rounds is limited, because of cycles.
  for (let round = 1; round < identities.length; round++) {
    for (const { from, to } of edges) {
      const [start, end] = [ranks.get(from), ranks.get(to)];
      if (start !== undefined && end !== undefined && from !== to) {
        ranks.set(to, Math.max(end, start + 1));
      }
    }
  }
  const last = Math.max(0, ...ranks.values()) + 1;
  for (const { id, layer } of nodes) {
    if (layer !== "identity") {
      ranks.set(id, layer === "principal" ? 0 : last);
    }
  }
  return ranks;
}
