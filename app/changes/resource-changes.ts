// What becomes of the resources of the stacks, without Terraform and Azure. Pure.
import { Json, JsonObject, isObject, objectAt } from "../handoff/stack-json";
import { AttributeChange, Effect, effectOf } from "./attribute-effects";
import { StackResource, successionOf } from "./stack-state";
import { StackValues, mayBeOne } from "./stack-values";

/** What becomes of a resource. */
export type Fate =
  /** Terraform would replace it, and the plan fails. */
  | "refused"
  | "replaced"
  | "destroyed"
  /** Terraform creates the new one before it destroys the old one. */
  | "exchanged"
  /** Terraform replaces the nodes of a pool. */
  | "rotates"
  | "inPlace"
  /** A value that the stack no longer sets stays in Azure. */
  | "stays"
  /** The change is ignored: Terraform leaves the resource as it is. */
  | "ignored"
  | "created"
  /** Another stack has it from now on. */
  | "handedOver"
  /** Another stack would create what exists. */
  | "notHandedOver"
  /** No stack has it from now on; it stays in Azure. */
  | "letGo";

/** A resource that does not stay as it is. */
export interface ResourceChange {
  readonly fate: Fate;
  readonly stack: string;
  /** The address of today, or of before if it is gone. */
  readonly address: string;
  readonly type: string;
  /** The attributes that decide. */
  readonly attributes: string[];
}

/** The stacks, by name. */
export type Stacks = ReadonlyMap<string, JsonObject>;

/** Compared as wholes: their keys are not attributes. */
const MAPS = ["node_labels", "tags"];
const META = [
  "//",
  "connection",
  "count",
  "depends_on",
  "for_each",
  "lifecycle",
  "provider",
  "provisioner",
  "timeouts",
];

const FATES: { readonly [effect in Effect]: Fate } = {
  replaces: "replaced",
  rotates: "rotates",
  inPlace: "inPlace",
};

/** Returns what becomes of the resources in stacks of the same name. */
export function resourceChanges(before: Stacks, after: Stacks): ResourceChange[] {
  const changes = [...after].flatMap(([name, stack]) => {
    const old = before.get(name);
    return old ? changesOf(name, old, stack) : [];
  });
  return changes.map((change) =>
    change.fate === "letGo" ? { ...change, fate: successorOf(change, changes) } : change,
  );
}

// The ids of what is taken over are known to Terraform alone, but names in addresses are the same in all stacks.
function successorOf(gone: ResourceChange, changes: readonly ResourceChange[]): Fate {
  const successors = changes.filter(
    ({ stack, address }) => stack !== gone.stack && address === gone.address,
  );
  const fates = successors.map(({ fate }) => fate);
  if (fates.includes("handedOver")) {
    return "handedOver";
  }
  return fates.includes("created") ? "notHandedOver" : "letGo";
}

function changesOf(stack: string, before: JsonObject, after: JsonObject): ResourceChange[] {
  const { continued, created, takenOver, letGo, destroyed } = successionOf(before, after);
  const [old, now] = [new StackValues(before), new StackValues(after)];
  const as = (fate: Fate) => (resource: StackResource) => change(fate, stack, resource);
  return [
    ...continued.flatMap((pair) =>
      changed(stack, pair.after, attributeChanges(old, pair.before, now, pair.after)),
    ),
    ...destroyed.map(as("destroyed")),
    ...takenOver.map(({ resource }) => resource).map(as("handedOver")),
    ...letGo.map(as("letGo")),
    ...created.map(as("created")),
  ];
}

function change(
  fate: Fate,
  stack: string,
  { address, type }: StackResource,
  attributes: string[] = [],
): ResourceChange {
  return { fate, stack, address, type, attributes };
}

function changed(stack: string, after: StackResource, all: AttributeChange[]): ResourceChange[] {
  const { prevent_destroy, create_before_destroy, ignore_changes } = objectAt(
    after.block,
    "lifecycle",
  );
  const ignored = Array.isArray(ignore_changes) ? ignore_changes.map(attributeIn) : [];
  const isIgnored = ({ attribute }: AttributeChange) =>
    ignored.some((one) => attribute === one || attribute.startsWith(`${one}.`));
  const byFate = new Map<Fate, string[]>();
  for (const one of all) {
    const effect = effectOf(after.type, one);
    const replaces =
      prevent_destroy === true
        ? "refused"
        : create_before_destroy === true
          ? "exchanged"
          : "replaced";
    const fate = isIgnored(one)
      ? "ignored"
      : effect === "stays"
        ? "stays"
        : effect === "replaces"
          ? replaces
          : FATES[effect];
    byFate.set(fate, [...(byFate.get(fate) ?? []), one.attribute]);
  }
  return [...byFate].map(([fate, attributes]) => change(fate, stack, after, attributes));
}

function attributeIn(path: Json): string {
  return typeof path === "string" ? path.replace(/\[\d+\]/g, "") : "";
}

function attributeChanges(
  valuesBefore: StackValues,
  before: StackResource,
  valuesAfter: StackValues,
  after: StackResource,
): AttributeChange[] {
  const [old, now] = [
    new Map(attributesOf(valuesBefore.known(before.block))),
    new Map(attributesOf(valuesAfter.known(after.block))),
  ];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((attribute) => ({ attribute, before: old.get(attribute), after: now.get(attribute) }))
    .filter(({ before: one, after: other }) => !isAlike(one, other));
}

// Blocks that are there once are the same as an object, and lists have no order that matters here.
function attributesOf(value: Json, path = ""): [string, Json][] {
  const inner = Array.isArray(value) && value.length === 1 && isObject(value[0]) ? value[0] : value;
  if (isObject(inner) && !MAPS.includes(path.split(".").pop() ?? "")) {
    return Object.entries(inner)
      .filter(([name]) => path !== "" || !META.includes(name))
      .flatMap(([name, one]) => attributesOf(one, path === "" ? name : `${path}.${name}`));
  }
  const isNothing = inner === null || (path === "tags" && isObject(inner) && isEmpty(inner));
  return isNothing ? [] : [[path, inner]];
}

function isEmpty(value: JsonObject): boolean {
  return Object.keys(value).length === 0;
}

function isAlike(a: Json | undefined, b: Json | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    const [old, now] = [a, b].map((list) => list.map((one) => JSON.stringify(one)).sort());
    return old!.length === now!.length && old!.every((one, at) => mayBeOne(one, now![at]!));
  }
  // Blocks may hold numbers as texts.
  return isScalar(a) && isScalar(b)
    ? mayBeOne(String(a), String(b))
    : JSON.stringify(a) === JSON.stringify(b);
}

function isScalar(value: Json | undefined): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}
