// Computes the changes of resources between two versions of the stacks, without Terraform and Azure. Pure.
import { Json, JsonObject, isObject, objectAt } from "../handoff/stack-json";
import { stableText } from "../review/json";
import { groupBy } from "../review/text";
import { AttributeChange, isListed, isRefusedId } from "./attribute-effects";
import { effectInLine, withTableNames } from "./line-effects";
import { FLUX_CONFIGURATION, prunes } from "./pruned";
import { StackResource, stateChanges } from "./stack-state";
import { StackValues, mayBeSame } from "./stack-values";

/** Outcome of a change for a resource. */
export type Fate =
  /** Terraform would replace it, and the plan fails. */
  | "refused"
  | "replaced"
  | "destroyed"
  /** Terraform creates the new one before it destroys the old one. */
  | "exchanged"
  /** Flux deletes everything that a kustomization has applied. */
  | "pruned"
  /** Terraform replaces the nodes of a pool. */
  | "rotates"
  | "inPlace"
  /** The stack no longer sets a value, which stays in Azure. */
  | "stays"
  /** Terraform ignores the change. */
  | "ignored"
  | "created"
  /** Another stack imports it. */
  | "handedOver"
  /** Another stack would create it although it exists. */
  | "notHandedOver"
  /** It leaves the state and stays in Azure. */
  | "letGo";

/** A resource that changes. */
export interface ResourceChange {
  readonly fate: Fate;
  readonly stack: string;
  /** The current address, or the former one of a resource that is removed. */
  readonly address: string;
  readonly type: string;
  /** The attributes that cause the change. */
  readonly attributes: string[];
  /** The same with their values, as far as they are known without Terraform. */
  readonly values: readonly AttributeChange[];
}

/** The stacks, by name. */
export type Stacks = ReadonlyMap<string, JsonObject>;

const ROLE_ASSIGNMENT = "azurerm_role_assignment";

/** Attributes that are compared as a whole: their keys are not attributes. */
const MAPS = ["configuration_settings", "node_labels", "tags"];
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

/** Returns the changes of resources in stacks of the same name. */
export function resourceChanges(before: Stacks, after: Stacks): ResourceChange[] {
  const changes = [...after].flatMap(([name, stack]) => {
    const old = before.get(name);
    return old ? changesOf(name, old, stack) : [];
  });
  return changes.map((change) =>
    change.fate === "letGo" ? { ...change, fate: successorOf(change, changes) } : change,
  );
}

// Only Terraform knows the ids of imported resources, but addresses are the same in all stacks.
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
  const { continued, created, imported, letGo, destroyed } = stateChanges(before, after);
  const old = new StackValues(before, { keepsCase: true });
  const as = (fate: Fate) => (resource: StackResource) => change(fate, stack, resource);
  const changesWith = (fresh: ReadonlySet<string>): ResourceChange[] => {
    const now = new StackValues(after, { keepsCase: true, fresh });
    const changes = continued.flatMap((pair) =>
      changed(stack, pair, attributeChanges(old, pair.before, now, pair.after)),
    );
    // A resource that is replaced gets other ids, which may replace those that refer to it.
    const replaced = changes.filter(({ fate }) => fate === "replaced" || fate === "exchanged");
    const all = new Set([...fresh, ...replaced.map(({ address }) => address)]);
    return all.size === fresh.size ? changes : changesWith(all);
  };
  return [
    ...changesWith(new Set(created.map(({ address }) => address))),
    ...destroyed.map(as("destroyed")),
    ...imported.map(as("handedOver")),
    ...letGo.map(as("letGo")),
    ...created.map(as("created")),
  ];
}

function change(
  fate: Fate,
  stack: string,
  { address, type }: StackResource,
  values: readonly AttributeChange[] = [],
): ResourceChange {
  return {
    fate,
    stack,
    address,
    type,
    attributes: values.map(({ attribute }) => attribute),
    values,
  };
}

function changed(
  stack: string,
  { before, after }: { readonly before: StackResource; readonly after: StackResource },
  all: AttributeChange[],
): ResourceChange[] {
  const { prevent_destroy, create_before_destroy, ignore_changes } = objectAt(
    after.block,
    "lifecycle",
  );
  const ignored = Array.isArray(ignore_changes) ? ignore_changes.map(attributeIn) : [];
  // With another principal or scope, the role assignment that is created first is another right.
  const replacement = ({ attribute }: AttributeChange) =>
    create_before_destroy === true &&
    !(after.type === ROLE_ASSIGNMENT && ["principal_id", "scope"].includes(attribute))
      ? "exchanged"
      : "replaced";
  const fateOf = (one: AttributeChange): Fate => {
    if (isListed(one.attribute, ignored)) {
      return isRefusedId(one) ? "refused" : "ignored";
    }
    if (
      after.type === FLUX_CONFIGURATION &&
      isListed(one.attribute, ["kustomizations"]) &&
      prunes(before.block, after.block)
    ) {
      return "pruned";
    }
    const effect = effectInLine(after.type, one);
    return effect !== "replaces" ? effect : prevent_destroy === true ? "refused" : replacement(one);
  };
  return [...groupBy(all, fateOf)].map(([fate, group]) =>
    change(fate as Fate, stack, after, group),
  );
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
    new Map(attributesOf(valuesBefore.known(withTableNames(before.type, before.block)))),
    new Map(attributesOf(valuesAfter.known(withTableNames(after.type, after.block)))),
  ];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((attribute) => ({
      attribute,
      before: old.get(attribute),
      after: now.get(attribute),
      newBlock: blockOnlyIn(attribute, now, old),
      goneBlock: blockOnlyIn(attribute, old, now),
    }))
    .filter(({ before: one, after: other }) => !isAlike(one, other));
}

/** Returns the outermost block around an attribute that one version has and the other lacks. */
function blockOnlyIn(
  attribute: string,
  version: ReadonlyMap<string, Json>,
  other: ReadonlyMap<string, Json>,
): string | undefined {
  const parts = attribute.split(".").slice(0, -1);
  const blocks = parts.map((_, index) => `${parts.slice(0, index + 1).join(".")}.`);
  const has = (attributes: ReadonlyMap<string, Json>, block: string) =>
    [...attributes.keys()].some((one) => one.startsWith(block));
  return blocks.find((block) => has(version, block) && !has(other, block))?.slice(0, -1);
}

// A list of one block equals an object.
function attributesOf(value: Json, path = ""): [string, Json][] {
  const inner = Array.isArray(value) && value.length === 1 && isObject(value[0]) ? value[0] : value;
  if (isObject(inner) && !MAPS.includes(path.split(".").pop() ?? "")) {
    return Object.entries(inner)
      .filter(([name]) => path !== "" || !META.includes(name))
      .flatMap(([name, one]) => attributesOf(one, path === "" ? name : `${path}.${name}`));
  }
  const isUnset =
    inner === null || (path === "tags" && isObject(inner) && Object.keys(inner).length === 0);
  return isUnset ? [] : [[path, inner]];
}

// The order of lists does not matter here.
function isAlike(a: Json | undefined, b: Json | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    const [old, now] = [a, b].map((list) => list.map((one) => JSON.stringify(one)).sort());
    return old!.length === now!.length && old!.every((one, at) => mayBeSame(one, now![at]!));
  }
  // Blocks may contain numbers as strings.
  return isScalar(a) && isScalar(b)
    ? mayBeSame(String(a), String(b))
    : stableText(a) === stableText(b);
}

function isScalar(value: Json | undefined): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}
