// Builds the graph of an access review: principals, roles, identities and resources. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import { ReviewedGrant } from "../../lib/review/reviewed-grant";
import { riskOf } from "../../lib/review/risk";
import { ActingWay } from "../../lib/access/becoming";
import { chainsOf, stepKey } from "./chains";
import { changeOf } from "./diff";
import { Boxes, Grouping, boxesOf } from "./grouping";
import { Part, WORKLOADS, partsOf } from "./graph-parts";
import { riskName } from "./risk-words";
import { distinct, groupBy, plain } from "./text";
import { identityKey, isIdentity, isJoinOrRead, roleBaseName } from "./words";

/** Part of a path by which people and pipelines reach the network: only to join and read, or to do more. */
export type PathPart = "none" | "join" | "more";

/** A box of the picture. */
export interface GraphNode extends Part {
  readonly id: string;
  /** Of a role, what changed since the previous review, for each row; empty texts for what did not. */
  readonly changes?: string[];
}

/** An arrow to or from the row of a role, or from a principal to an identity that it can act as without a role. */
export interface GraphEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Row of the role's box: holders on its left have the role on all resources on its right. */
  readonly row: number;
  /** Addresses of the grants, or keys of steps without a grant. */
  readonly keys: string[];
  /** Whether it needs no grant. */
  readonly owned: boolean;
  readonly path: PathPart;
}

/** Graph of an access review. */
export interface AccessGraph {
  readonly nodes: GraphNode[];
  readonly edges: GraphEdge[];
  readonly grouping: Grouping;
}

/** Maximum of edges with shared boxes only for the same grants. */
const MAX_EXACT = 150;

/** Returns the graph of a review; with a previous review, roles say what changed. */
export function accessGraph(
  review: AccessReviewDocument,
  previous?: AccessReviewDocument,
): AccessGraph {
  const exact = build(review, "sameGrants", previous);
  return exact.edges.length <= MAX_EXACT ? exact : build(review, "sameKind", previous);
}

type Edge = Omit<GraphEdge, "id" | "path">;

function build(
  review: AccessReviewDocument,
  grouping: Grouping,
  previous?: AccessReviewDocument,
): AccessGraph {
  const boxes = boxesOf(grouping, review);
  const parts = partsOf(review, boxes);
  const ids = new Map([...parts.keys()].map((box, index) => [box, `n${index}`]));
  const idOf = (box: string) => ids.get(box) ?? "";
  const changes = previous && changeOf(previous, review);
  const roles = [...groupBy(review.grants, roleBox).values()].map((grants, index) =>
    roleOf(`r${index}`, grants, boxes, idOf, (grant) => changes?.get(grant)),
  );
  const partOf = pathParts(review);
  const edges = [...roles.flatMap((role) => role.edges), ...stepEdges(review, boxes, idOf)];
  return {
    grouping,
    nodes: [
      ...[...parts].map(([box, part]) => ({ id: idOf(box), ...part })),
      ...roles.map(({ node }) => node),
    ],
    edges: edges.map((edge, index) => ({ id: `e${index}`, ...edge, path: partOf(edge.keys) })),
  };
}

/** Returns the key of a role's box. A role on identities has one for each, so that arrows lead to the right. */
function roleBox({ role, scope }: ReviewedGrant): string {
  return JSON.stringify([roleBaseName(role), isIdentity(scope.kind) ? scope.name : ""]);
}

/** Returns the box of a role and its arrows, with a row for each set of holders that share resources. */
function roleOf(
  id: string,
  grants: [ReviewedGrant, ...ReviewedGrant[]],
  boxes: Boxes,
  idOf: (box: string) => string,
  change: (grant: ReviewedGrant) => string | undefined,
): { node: GraphNode; edges: Edge[] } {
  const holderOf = ({ principal }: ReviewedGrant) => idOf(boxes.ofPrincipal(principal));
  const resourceOf = ({ scope }: ReviewedGrant) => idOf(boxes.ofScope(scope));
  const heldBy = (all: ReviewedGrant[]) =>
    distinct(all.map((one) => JSON.stringify([holderOf(one), one.condition, change(one)]))).sort();
  const byResource = [...groupBy(grants, resourceOf).values()];
  const rows = [...groupBy(byResource, (all) => JSON.stringify(heldBy(all))).values()];
  const edgesOf = (row: number, all: ReviewedGrant[], end: typeof holderOf) =>
    [...groupBy(all, end)].map(([box, some]) => ({
      box,
      row,
      keys: some.map(({ address }) => address),
      owned: false,
    }));
  return {
    node: {
      id,
      layer: "role",
      name: plain(roleBaseName(grants[0].role)),
      details: rows.map((row) => rowWords(row.flat())),
      changes: rows.map((row) =>
        distinct(row.flat().flatMap((grant) => change(grant) ?? [])).join(", "),
      ),
      members: distinct(grants.map(({ role }) => plain(role.name))),
    },
    edges: rows.flatMap((some, row) => [
      ...edgesOf(row, some.flat(), holderOf).map(({ box, ...edge }) => ({
        from: box,
        to: id,
        ...edge,
      })),
      ...edgesOf(row, some.flat(), resourceOf).map(({ box, ...edge }) => ({
        from: id,
        to: box,
        ...edge,
      })),
    ]),
  };
}

/** Returns the greatest risk of grants, and whether they are conditional. */
function rowWords(grants: ReviewedGrant[]): string {
  const risk = riskName(riskOf(grants.flatMap(({ effectiveActions }) => effectiveActions)));
  const isConditional = grants.some(({ condition }) => condition !== undefined);
  return isConditional ? `${risk}, with a condition` : risk;
}

/** Returns the edges of steps without a role. */
function stepEdges(
  { grants, actingSteps = [] }: AccessReviewDocument,
  boxes: Boxes,
  idOf: (box: string) => string,
): Edge[] {
  return actingSteps
    .filter(({ by }) => by !== ActingWay.ROLE)
    .flatMap(({ principal, identity, by }) => {
      const one = grants.find(({ principal: { name } }) => name === principal)?.principal;
      const from = idOf(one ? boxes.ofPrincipal(one) : principal);
      const keys = [stepKey(principal, identity)];
      const targets = [identityKey(identity), ...(by === ActingWay.PODS ? [WORKLOADS] : [])];
      return targets.map((to) => ({ from, to: idOf(to), row: 0, keys, owned: true }));
    });
}

/** Returns a function that tells whether grants are part of a path to the network. */
function pathParts(review: AccessReviewDocument): (keys: string[]) => PathPart {
  const behind = chainsOf(review.grants);
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
