// Builds the graph of an access review: principals, scopes, and roles as edges. Pure.
import {
  AccessReviewDocument,
  ReviewedGrant,
  ReviewedPrincipal,
  ReviewedScope,
} from "../../lib/review/access-review";
import { PrincipalKind } from "../../lib/spec/principal";
import { OwnedStep, chainsOf } from "./chains";
import { Boxes, Grouping, boxesOf } from "./grouping";
import { Group, distinct, groupBy, plain } from "./text";
import {
  isIdentity,
  isJoinOrRead,
  kindName,
  kindNames,
  principalKey,
  principalKind,
  roleBaseName,
  scopeKey,
} from "./words";

/** Column of a node: people and pipelines, then identities, then resources. */
export type Layer = "principal" | "identity" | "resource";

/** Part of a path by which people and pipelines reach the network: only to join and read, or to do more. */
export type PathPart = "none" | "join" | "more";

/** One or several principals or resources. */
export interface GraphNode {
  readonly id: string;
  readonly layer: Layer;
  /** Name, or the number of members: `14 subnets`. */
  readonly name: string;
  /** Kind, or the first and last member. */
  readonly kind: string;
  /** Names of all members. */
  readonly members: string[];
}

/** Grants between two nodes, or the ownership of an identity, which needs no grant. */
export interface GraphEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Names of the roles. */
  readonly roles: string[];
  /** Addresses of the grants, or keys of the owned steps. */
  readonly keys: string[];
  /** Whether the edge is an ownership, not a grant. */
  readonly owned: boolean;
  readonly path: PathPart;
}

/** Graph of an access review. */
export interface AccessGraph {
  readonly nodes: GraphNode[];
  readonly edges: GraphEdge[];
  readonly grouping: Grouping;
  /** Whether the edges are few enough for labels. */
  readonly labelled: boolean;
}

/** Maximum of edges with a separate node for each resource, and a label for each edge. */
const MAX_LABELLED = 60;
/** Maximum of edges with shared nodes only for the same grants. */
const MAX_EXACT = 120;

/** Returns the graph of a review. With many edges, resources or principals share nodes. */
export function accessGraph(review: AccessReviewDocument): AccessGraph {
  const single = build(review, "none");
  if (single.edges.length <= MAX_LABELLED) {
    return single;
  }
  const exact = build(review, "sameGrants");
  return exact.edges.length <= MAX_EXACT ? exact : build(review, "sameKind");
}

function build(review: AccessReviewDocument, grouping: Grouping): AccessGraph {
  const { grants } = review;
  const boxes = boxesOf(grouping, grants);
  const nodes = nodesOf(grants, boxes);
  const idOf = (box: string) => nodes.get(box)?.id ?? "";
  const endsOf = ({ principal, scope }: ReviewedGrant) => ({
    from: idOf(boxes.ofPrincipal(principal)),
    to: idOf(boxes.ofScope(scope)),
  });
  const granted = [...groupBy(grants, (grant) => JSON.stringify(endsOf(grant))).values()];
  const chains = chainsOf(grants);
  const partOf = pathParts(review);
  const edges = [
    ...granted.map((group) => ({
      ...endsOf(group[0]),
      roles: distinct(group.map(({ role }) => plain(roleBaseName(role)))),
      keys: group.map(({ address }) => address),
      owned: false,
    })),
    ...chains.owned(review.effectiveRights).flatMap((step) => ownedEdges(step, grants, endsOf)),
  ];
  return {
    grouping,
    labelled: edges.length <= MAX_LABELLED,
    nodes: [...nodes.values()],
    edges: edges.map((edge, index) => ({ id: `e${index}`, ...edge, path: partOf(edge.keys) })),
  };
}

/** Returns a function that tells whether grants are part of a path to the network. */
function pathParts(review: AccessReviewDocument): (keys: string[]) => PathPart {
  const { behind } = chainsOf(review.grants);
  const wide = review.pathsToNetwork.filter(({ actions }) => !actions.every(isJoinOrRead));
  const more = new Set(wide.flatMap(behind));
  const any = new Set(review.pathsToNetwork.flatMap(behind));
  return (keys) => {
    if (keys.some((key) => more.has(key))) {
      return "more";
    }
    return keys.some((key) => any.has(key)) ? "join" : "none";
  };
}

/** Returns the edge of a step without a grant, if both ends are in the picture. */
function ownedEdges(
  { key, from, to }: OwnedStep,
  grants: ReviewedGrant[],
  endsOf: (grant: ReviewedGrant) => Pick<GraphEdge, "from" | "to">,
): Omit<GraphEdge, "id" | "path">[] {
  const start = grants.find(({ principal }) => principal.name === from);
  const identity = grants.find(
    ({ principal }) => isIdentity(principal.kind) && principal.name === to,
  );
  const end = grants.find(({ scope }) => isIdentity(scope.kind) && scope.name === to);
  const target = end ? endsOf(end).to : identity && endsOf(identity).from;
  const words =
    start?.principal.kind === PrincipalKind.KUBERNETES_USER ? "creates pods" : "owns it";
  return start && target !== undefined
    ? [{ from: endsOf(start).from, to: target, roles: [words], keys: [key], owned: true }]
    : [];
}

function nodesOf(grants: ReviewedGrant[], boxes: Boxes): Map<string, GraphNode> {
  const principals = grants.map(({ principal }) => principal);
  const scopes = grants.map(({ scope }) => scope);
  const parts = new Map([
    ...[...groupBy(scopes, boxes.ofScope)].map(([box, all]) => [box, resourceNode(all)] as const),
    ...[...groupBy(principals, boxes.ofPrincipal)].map(
      ([box, all]) => [box, principalNode(all)] as const,
    ),
  ]);
  return new Map(
    [...parts].map(([box, part], index) => [box, { id: `n${index}`, ...part }] as const),
  );
}

type Part = Omit<GraphNode, "id">;

function principalNode(all: Group<ReviewedPrincipal>): Part {
  const members = namesOf(all, principalKey);
  const [one] = all;
  const layer = isIdentity(one.kind) ? "identity" : "principal";
  return members.length === 1
    ? { layer, name: plain(one.name), kind: principalKind(one), members }
    : { layer, ...several(one.kind, members, "") };
}

function resourceNode(all: Group<ReviewedScope>): Part {
  const members = namesOf(all, scopeKey);
  const [one] = all;
  const parents = distinct(all.map(({ parent }) => parent ?? ""));
  const parent = plain(parents[0] ?? "");
  const place = parents.length > 1 || parent === "" ? "" : ` in ${parent}`;
  const layer = isIdentity(one.kind) ? "identity" : "resource";
  return members.length === 1
    ? { layer, name: plain(one.name), kind: `${kindName(one.kind)}${place}`, members }
    : { layer, ...several(one.kind, members, place) };
}

function several(kind: string, members: string[], place: string): Omit<Part, "layer"> {
  const [first = "", last = ""] = [members[0], members[members.length - 1]];
  return {
    name: `${members.length} ${kindNames(kind)}${place}`,
    kind: `${first} to ${last}`,
    members,
  };
}

function namesOf<T extends { readonly name: string }>(
  all: T[],
  keyOf: (one: T) => string,
): string[] {
  const different = new Map(all.map((one) => [keyOf(one), one]));
  return [...different.values()].map(({ name }) => plain(name)).sort();
}
