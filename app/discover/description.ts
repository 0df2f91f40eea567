// The description of a cluster that exists: fields from the exports, without those that are defaults. Pure.
import { EXCEPTION_NAMES } from "../../lib/spec/controls";
import { weakChoices } from "../../lib/rules/hard";
import { ClusterPlan } from "../../lib";
import { resolveSpec } from "../../lib/spec/resolved-spec";
import { Fields, isGroup } from "../config/file-schema";
import { toConfiguration } from "../config/construct";
import { checkShape } from "../config/shape";
import { Path } from "../config/yaml-source";
import { stableText } from "../review/json";
import { ACCESS_ROWS } from "./access-fields";
import { API_SERVER_ROWS, OPERATION_ROWS, PLACE_ROWS } from "./fields";
import { NETWORK_ROWS } from "./network-fields";
import { overridesOf } from "./override-fields";
import { NODE_POOL_ROWS } from "./pool-fields";
import { MONITORING_ROWS, UPGRADE_ROWS } from "./running-fields";
import { Note, Row, Source, fieldsOf } from "./source";
import { noteUnsaid } from "./unsaid";
import { WeakSetting, weakSettings } from "./weaker";

/** All rows, in the order of the description. */
export const ROWS: readonly Row[] = [
  ...PLACE_ROWS.filter(({ field }) => field !== "nodeResourceGroup"),
  ...NETWORK_ROWS,
  ...API_SERVER_ROWS,
  ...NODE_POOL_ROWS,
  ...ACCESS_ROWS,
  ...OPERATION_ROWS.filter(({ field }) => field !== "tags"),
  ...MONITORING_ROWS,
  ...UPGRADE_ROWS,
  ...PLACE_ROWS.filter(({ field }) => field === "nodeResourceGroup"),
  ...OPERATION_ROWS.filter(({ field }) => field === "tags"),
];

/** Reason of each exception, until the owner of the cluster gives one. */
export const REASON = "Taken over from the existing cluster; review.";

/** A description, and what it does not have. */
export interface Description {
  readonly content: Fields;
  readonly weak: WeakSetting[];
}

/** Most fields that are left out because a rule refuses them. */
const MAX_REFUSED = 50;

/** Returns the description of a cluster; adds notes on what it does not have. */
export function descriptionOf(source: Source, notes: Note[]): Description {
  const rows = fieldsOf(ROWS, source);
  const overrides = overridesOf(source);
  const weak = weakSettings(source);
  noteUnsaid(source);
  const all = withoutExpressions({ ...rows, ...(overrides && { overrides }) }, source);
  const names = weak.flatMap(({ exception }) => exception ?? []);
  const accepted = accept(all, names, notes);
  if (checkShape(accepted).findings.length > 0) {
    return { content: accepted, weak };
  }
  const content = withExceptions(pruned(accepted), names);
  return { content, weak: [...weak, ...chosenWeaknesses(content)] };
}

/** Returns the choices of the description that are weaker than the hardened defaults. */
function chosenWeaknesses(content: Fields): WeakSetting[] {
  return weakChoices(resolveSpec(toConfiguration(content).spec)).map(
    ([exception, setting, found, hardened]) => ({ setting, found, hardened, exception, why: "" }),
  );
}

/** Leaves out the fields that the rules refuse, each with a note, until they accept the rest. */
function accept(content: Fields, names: string[], notes: Note[]): Fields {
  let current = content;
  for (let round = 0; round < MAX_REFUSED; round++) {
    const shape = checkShape(current).findings.map(({ path, message }) => ({
      path,
      message,
    }));
    const refused = shape.length > 0 ? shape : errorsOf(withExceptions(current, names));
    const found = refused.find(({ path }) => removed(current, path));
    if (!found) {
      return current;
    }
    notes.push({
      field: found.path.join("."),
      message: `The description leaves it out, since a rule refuses it: ${found.message}`,
    });
    current = removed(current, found.path) ?? current;
  }
  return current;
}

function errorsOf(content: Fields): { readonly path: Path; readonly message: string }[] {
  const { findings } = new ClusterPlan(toConfiguration(content).spec);
  return findings
    .filter(({ severity }) => severity === "error")
    .flatMap(({ path, related = [], message }) =>
      [path, ...related].map((one) => ({
        path: one.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
        message,
      })),
    );
}

/** Returns the content without the nearest optional part at a path; undefined if there is none, or nothing is there. */
function removed(content: Fields, path: Path): Fields | undefined {
  if (valueAt(content, path) === undefined) {
    return undefined;
  }
  for (let length = path.length; length > 0; length--) {
    const part = path.slice(0, length);
    const rest = without(content, part);
    const isLast = childrenOf(valueAt(content, part.slice(0, -1))).length === 1;
    const isEmptied = length > 1 && isLast;
    if (!isEmptied && checkShape(rest).findings.length === 0) {
      return rest;
    }
  }
  return undefined;
}

/** Leaves out every field that is the default anyway: the largest groups first. */
function pruned(content: Fields): Fields {
  const resolved = resolvedText(content);
  let current = content;
  const visit = (path: Path): void => {
    const value = valueAt(current, path);
    if (path.length > 0 && typeof path[path.length - 1] === "string") {
      const rest = without(current, path);
      if (resolvedText(rest) === resolved) {
        current = rest;
        return;
      }
    }
    for (const name of childrenOf(value)) {
      visit([...path, name]);
    }
  };
  visit([]);
  return current;
}

function childrenOf(value: unknown): (string | number)[] {
  if (Array.isArray(value)) {
    return value.map((_, index) => index);
  }
  return isGroup(value) ? Object.keys(value) : [];
}

/** Returns the description with its defaults, as text; undefined if it has no valid shape. */
function resolvedText(content: Fields): string | undefined {
  const { findings } = checkShape(content);
  return findings.length > 0 ? undefined : stableText(resolveSpec(toConfiguration(content).spec));
}

/** Adds the exceptions of weak settings and of weak choices. */
function withExceptions(content: Fields, names: readonly string[]): Fields {
  const chosen = weakChoices(resolveSpec(toConfiguration(content).spec)).map(([name]) => name);
  const all = EXCEPTION_NAMES.filter((name) => names.includes(name) || chosen.includes(name));
  return all.length === 0
    ? content
    : { ...content, exceptions: all.map((name) => ({ name, reason: REASON })) };
}

/** Leaves out texts with expressions that Terraform would evaluate. */
function withoutExpressions(content: Fields, { note }: Source): Fields {
  const clean = (value: unknown, path: Path): unknown => {
    if (typeof value === "string" && /[$%]\{/.test(value)) {
      note(
        path.join("."),
        "The description leaves it out, since it has an expression that Terraform would evaluate.",
      );
      return undefined;
    }
    if (Array.isArray(value)) {
      // An item that lacks a field is none.
      return value.filter((one, index) => {
        const cleaned = clean(one, [...path, index]);
        return stableText(cleaned) === stableText(one);
      });
    }
    return isGroup(value)
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([name]) => clean(name, [...path, name]) !== undefined)
            .map(([name, one]) => [name, clean(one, [...path, name])] as const)
            .filter(([, one]) => one !== undefined),
        )
      : value;
  };
  return clean(content, []) as Fields;
}

function valueAt(content: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, name)
        ? (value as Fields)[name]
        : undefined,
    content,
  );
}

function without(content: Fields, [first = "", ...rest]: Path): Fields {
  if (Array.isArray(content)) {
    const copy: unknown[] = [...(content as unknown[])];
    if (rest.length === 0) {
      copy.splice(Number(first), 1);
    } else {
      copy[Number(first)] = without(copy[Number(first)] as Fields, rest);
    }
    return copy as unknown as Fields;
  }
  const { [first]: value, ...others } = content;
  // In its place, so that the order of fields stays.
  return rest.length === 0
    ? others
    : Object.fromEntries(
        Object.entries(content).map(([name, one]) => [
          name,
          name === first ? without(value as Fields, rest) : one,
        ]),
      );
}
