// Names the boxes of principals, identities and resources in the picture of an access review. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import { ReviewedPrincipal, ReviewedScope } from "../../lib/review/reviewed-grant";
import { ActingWay } from "../../lib/access/becoming";
import { Boxes } from "./grouping";
import { Group, distinct, groupBy, plain } from "./text";
import {
  identityKey,
  isIdentity,
  kindName,
  kindNames,
  principalKey,
  principalKind,
  scopeKey,
} from "./words";

/** Kind of a box. */
export type Layer = "principal" | "role" | "identity" | "resource";

/** The texts of a box. */
export interface Part {
  readonly layer: Layer;
  /** Name of the role or of the only member, or the number of members: `14 subnets`. */
  readonly name: string;
  /** Kind of the only member, or some of the members; of a role, one for each row. */
  readonly details: string[];
  /** All members. */
  readonly members: string[];
}

/** Key of the box of the workloads in Kubernetes. */
export const WORKLOADS = JSON.stringify(["workloads"]);

/** Maximum of members that a box names. */
const MAX_NAMED = 6;

/** Returns the parts by the keys of their boxes. */
export function partsOf(
  { grants, actingSteps = [] }: AccessReviewDocument,
  boxes: Boxes,
): Map<string, Part> {
  const parts = new Map<string, Part>();
  for (const { principal: name, identity, by } of actingSteps) {
    if (by !== ActingWay.ROLE) {
      parts.set(identityKey(identity), one("identity", identity, "identity of the cluster"));
    }
    // Those with grants are named below.
    if (by === ActingWay.OWNERSHIP) {
      parts.set(name, one("principal", name, "deployer"));
    }
    if (by === ActingWay.PODS) {
      parts.set(name, one("principal", name, "administrator of Kubernetes"));
      parts.set(WORKLOADS, one("identity", "workloads", "pods and their identities"));
    }
  }
  for (const {
    principal: { name },
  } of grants) {
    parts.delete(name);
  }
  for (const [box, all] of groupBy(
    grants.map(({ scope }) => scope),
    boxes.ofScope,
  )) {
    parts.set(box, resource(all));
  }
  for (const [box, all] of groupBy(
    grants.map(({ principal }) => principal),
    boxes.ofPrincipal,
  )) {
    parts.set(box, principal(all));
  }
  return parts;
}

function one(layer: Layer, name: string, kind: string): Part {
  return { layer, name: plain(name), details: [kind], members: [plain(name)] };
}

function principal(all: Group<ReviewedPrincipal>): Part {
  const [{ kind }] = all;
  const layer = isIdentity(kind) ? "identity" : "principal";
  return part(layer, namesOf(all, principalKey), principalKind(all[0]), kindNames(kind));
}

function resource(all: Group<ReviewedScope>): Part {
  const [{ kind }] = all;
  const parents = distinct(all.map(({ parent = "" }) => plain(parent)));
  const place = parents.length > 1 || !parents[0] ? "" : ` in ${parents[0]}`;
  const layer = isIdentity(kind) ? "identity" : "resource";
  return part(layer, namesOf(all, scopeKey), kindName(kind) + place, kindNames(kind) + place);
}

function part(layer: Layer, members: string[], kind: string, kinds: string): Part {
  if (members.length === 1) {
    return { layer, name: members[0] ?? "", details: [kind], members };
  }
  // A box without room for one more name has no room for the number of those left out.
  const named = members.length > MAX_NAMED ? members.slice(0, MAX_NAMED - 1) : members;
  const more = members.length - named.length;
  const details = [...named, ...(more > 0 ? [`and ${more} more`] : [])];
  return { layer, name: `${members.length} ${kinds}`, details, members };
}

function namesOf<T extends { readonly name: string }>(
  all: T[],
  keyOf: (one: T) => string,
): string[] {
  const different = new Map(all.map((one) => [keyOf(one), one]));
  return [...different.values()].map(({ name }) => plain(name)).sort();
}
