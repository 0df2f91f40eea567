// The adoption of a cluster: the imports of each stack, and the effects of the first plan. Pure.
import { AttributeChange } from "../changes/attribute-effects";
import { StackValues } from "../changes/stack-values";
import { ResourceChange, Stacks, resourceChanges } from "../changes/resource-changes";
import { Exports } from "../discover/exports";
import { identitiesOf } from "../discover/identities";
import { ExportKind, SHAPES } from "../discover/recognize";
import { JsonObject, isObject, objectAt } from "../handoff/stack-json";
import { existingStack, valueAt } from "./existing-stack";
import { EXPORT_OF, FINDERS, Found, Known, wantedOf } from "./finders";

/** A resource that Terraform takes over. */
export interface Import {
  readonly stack: string;
  readonly type: string;
  /** Address, such as `azurerm_kubernetes_cluster.cluster`. */
  readonly to: string;
  readonly id: string;
}

/** A resource that Terraform creates. */
export interface Created {
  readonly stack: string;
  readonly type: string;
  readonly address: string;
}

/** An attribute that the first plan changes. */
export interface AttributeEffect extends Pick<AttributeChange, "attribute" | "before" | "after"> {
  readonly stack: string;
  readonly type: string;
  readonly address: string;
  readonly effect: "replaces" | "rotates" | "inPlace" | "ignored";
  /** Name of the resource in Azure, if the stack says it. */
  readonly resource: string;
}

/** Resources that may exist, but the exports do not say. */
export interface Unknown {
  readonly addresses: string[];
  /** The command that tells. */
  readonly command: string;
}

/** The adoption of a cluster. */
export interface Adoption {
  readonly imports: Import[];
  readonly created: Created[];
  readonly effects: AttributeEffect[];
  readonly unknown: Unknown[];
  /** Names of pools that exist and are not described. */
  readonly otherPools: string[];
  /** The stacks with those resources alone that exist, as they are. */
  readonly existing: Stacks;
}

const EFFECTS: { readonly [fate in ResourceChange["fate"]]?: AttributeEffect["effect"] } = {
  refused: "replaces",
  replaced: "replaces",
  exchanged: "replaces",
  pruned: "inPlace",
  rotates: "rotates",
  inPlace: "inPlace",
  ignored: "ignored",
};

/** Effects in the order of the list. */
export const EFFECT_ORDER = ["replaces", "rotates", "inPlace", "ignored"] as const;

/** Returns the adoption of a cluster with stacks that describe it. */
export function adoptionOf(stacks: Stacks, exports: Exports): Adoption {
  const known: Known = { exports, identities: identitiesOf(exports) };
  const found = [...stacks].flatMap(([stack, json]) =>
    resourcesIn(json).map(([type, name]) => ({
      stack,
      type,
      name,
      found: FINDERS[type]?.(wantedOf(json, type, name), known),
    })),
  );
  const existing = found.flatMap(({ found: one, ...rest }) => (one ? [{ ...rest, ...one }] : []));
  const before = new Map(
    [...stacks].map(([stack, json]) => [
      stack,
      existingStack(
        json,
        existing.filter((one) => one.stack === stack),
      ),
    ]),
  );
  const changes = resourceChanges(before, stacks);
  const created = changes.filter(({ fate }) => fate === "created");
  return {
    imports: existing
      .filter(({ stack, type, name }) => !isImported(stacks.get(stack)!, `${type}.${name}`))
      .map(({ stack, type, name, id }: (typeof existing)[number] & Found) => ({
        stack,
        type,
        to: `${type}.${name}`,
        id,
      })),
    created: created.map(({ stack, type, address }) => ({ stack, type, address })),
    effects: [
      ...changes.flatMap((change) =>
        effectsOf(change, before.get(change.stack)!, stacks.get(change.stack)!),
      ),
    ].sort((a, b) => EFFECT_ORDER.indexOf(a.effect) - EFFECT_ORDER.indexOf(b.effect)),
    unknown: unknownOf(created, exports),
    otherPools: otherPools(stacks, exports),
    existing: before,
  };
}

function resourcesIn(stack: JsonObject): [type: string, name: string][] {
  return Object.entries(objectAt(stack, "resource")).flatMap(([type, named]) =>
    Object.keys(isObject(named) ? named : {}).map((name): [string, string] => [type, name]),
  );
}

/** Whether a stack has an import of an address already, which Terraform accepts once. */
function isImported(stack: JsonObject, address: string): boolean {
  const imports = Array.isArray(stack.import) ? stack.import.filter(isObject) : [];
  return imports.some(({ to }) => to === address);
}

// Ignored changes of other attributes are of no interest: another kubelet identity has to be set with az.
function effectsOf(
  { fate, stack, type, address, values }: ResourceChange,
  old: JsonObject,
  now: JsonObject,
): AttributeEffect[] {
  const effect = EFFECTS[fate];
  const [, label = ""] = address.split(".");
  const { name } = objectAt(now, "resource", type, label);
  const resource = typeof name === "string" ? name : "";
  // Readers see ids as they are spelled.
  const spelled = (json: JsonObject, attribute: string) => {
    const value = valueAt(objectAt(json, "resource", type, label), attribute);
    return value && new StackValues(json, { keepsCase: true }).known(value);
  };
  return values.flatMap(({ attribute }) => {
    const isListed =
      effect !== undefined &&
      (effect !== "ignored" || attribute === "kubelet_identity.user_assigned_identity_id");
    const [before, after] = [spelled(old, attribute), spelled(now, attribute)];
    return isListed ? [{ stack, type, address, resource, effect, attribute, before, after }] : [];
  });
}

function unknownOf(created: readonly Created[], { files }: Exports): Unknown[] {
  const missing = (kind?: ExportKind) =>
    kind !== undefined && !files.some((one) => one.kind === kind);
  const kinds = [...new Set(Object.values(EXPORT_OF))].filter(missing);
  return kinds.flatMap((kind) => {
    const addresses = created
      .filter(({ type }) => EXPORT_OF[type] === kind)
      .map(({ address }) => address);
    const command = SHAPES.find((one) => one.kind === kind)?.command ?? "";
    return addresses.length === 0 ? [] : [{ addresses, command }];
  });
}

function otherPools(stacks: Stacks, { pools }: Exports): string[] {
  const blocks = [...stacks.values()].flatMap((stack) => [
    ...Object.values(objectAt(stack, "resource", "azurerm_kubernetes_cluster_node_pool")),
    ...Object.values(objectAt(stack, "resource", "azurerm_kubernetes_cluster"))
      .filter(isObject)
      .map((cluster) => objectAt(cluster, "default_node_pool")),
  ]);
  const described = blocks.filter(isObject).map(({ name }) => name);
  return pools
    .flatMap((pool) => pool.text("name") ?? [])
    .filter((name) => !described.includes(name));
}
