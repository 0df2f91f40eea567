// Finds the fields under `previous` that keep the rights that an edit would revoke. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import { Fields, isGroup } from "../config/file-schema";
import { KeptFieldsInput, keptFields } from "./kept-fields";
import { keptWorkloads } from "./kept-workloads";
import { RightChange, rightChanges } from "./right-changes";

/** Input of `remedyFor`. */
export interface RemedyInput extends Pick<KeptFieldsInput, "content" | "keyId"> {
  readonly before: AccessReviewDocument;
  /** Returns the access review of the description with a field `previous`; undefined if that has errors. */
  readonly reviewWith: (previous: Fields) => AccessReviewDocument | undefined;
}

/** Fields to add to the description. */
export interface Remedy {
  /** The complete field `previous`; undefined if it cannot keep any right. */
  readonly previous?: Fields;
  /** The changes that the fields prevent. */
  readonly prevented: RightChange[];
}

/** Changes that a field can prevent. */
const PREVENTABLE = ["lost", "notHandedOver"];

/** Tries the candidates for each right in turn, and collects those that help. The result was tried as a whole. */
export function remedyFor(changes: readonly RightChange[], input: RemedyInput): Remedy {
  const { content, before, reviewWith } = input;
  const all = changes.filter(isPreventable);
  const written = isGroup(content.previous) ? content.previous : {};
  const workloads =
    written.workloads === undefined
      ? keptWorkloads(
          all.map(({ grant, before: old }) => old ?? grant),
          before.workloads ?? [],
          content,
        )
      : [];
  let previous = written;
  let left = all;
  for (const change of all) {
    const candidates = left.some((one) => isSame(one, change))
      ? [...workloads, ...keptFields(change, { ...input, roleSet: before.roleSet })]
      : [];
    for (const candidate of candidates) {
      const merged = mergedFields(previous, candidate);
      const review = reviewWith(merged);
      const remaining = review && rightChanges(before, review).filter(isPreventable);
      if (remaining && remaining.length < left.length) {
        previous = merged;
        left = remaining;
        if (!left.some((one) => isSame(one, change))) {
          break;
        }
      }
    }
  }
  return previous === written
    ? { prevented: [] }
    : { previous, prevented: all.filter((change) => !left.some((one) => isSame(one, change))) };
}

function isPreventable({ fate }: RightChange): boolean {
  return PREVENTABLE.includes(fate);
}

function isSame(a: RightChange, b: RightChange): boolean {
  return (a.before ?? a.grant) === (b.before ?? b.grant);
}

function mergedFields(fields: Fields, more: Fields): Fields {
  const merged = Object.entries(more).map(([name, value]) => {
    const before = fields[name];
    if (Array.isArray(before) && Array.isArray(value)) {
      return [name, union(before, value)];
    }
    return [name, isGroup(before) && isGroup(value) ? mergedFields(before, value) : value];
  });
  return { ...fields, ...(Object.fromEntries(merged) as Fields) };
}

function union(list: readonly unknown[], more: readonly unknown[]): unknown[] {
  const texts = list.map((one) => JSON.stringify(one));
  return [...list, ...more.filter((one) => !texts.includes(JSON.stringify(one)))];
}
