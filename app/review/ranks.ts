// Computes the column of each box: people left, resources right, roles before what they are about. Pure.
import { GraphEdge, GraphNode } from "./graph";

/** Returns the columns, by id of the node: arrows lead to the right, except one of each cycle. */
export function ranksOf(nodes: GraphNode[], edges: GraphEdge[]): Map<string, number> {
  const ranks = new Map<string, number>();
  const open = new Set<string>();
  const rankOf = (id: string): number => {
    if (!ranks.has(id)) {
      open.add(id);
      const before = edges.filter(({ from, to }) => to === id && !open.has(from));
      ranks.set(id, Math.max(0, ...before.map(({ from }) => rankOf(from) + 1)));
      open.delete(id);
    }
    return ranks.get(id)!;
  };
  const idsOf = (layer: string) => nodes.filter((node) => node.layer === layer).map(({ id }) => id);
  const last = Math.max(0, ...nodes.map(({ id }) => rankOf(id)));
  const resources = new Set(idsOf("resource"));
  resources.forEach((id) => ranks.set(id, last));
  edges.filter(({ to }) => resources.has(to)).forEach(({ from }) => ranks.set(from, last - 1));
  // Identities that lead nowhere are beside the last one.
  const leading = new Set(edges.map(({ from }) => from));
  const identities = idsOf("identity");
  const lastIdentity = Math.max(0, ...identities.map(rankOf));
  identities.filter((id) => !leading.has(id)).forEach((id) => ranks.set(id, lastIdentity));
  return ranks;
}
