// Whether something changed what a construct made of a resource: aspects and overrides come later.
import { TerraformResource } from "cdktf";
import { IConstruct } from "constructs";
import { addressOf } from "./addresses";

/** The attributes of a resource, as they are in Terraform JSON. */
export interface Attributes {
  readonly [attribute: string]: unknown;
}

/** The attributes of a resource as it is now; undefined if it has moved elsewhere. */
export function attributesOf(resource: TerraformResource): Attributes | undefined {
  const { resource: types } = resource.toTerraform() as {
    resource?: { [type: string]: { [id: string]: Attributes } };
  };
  return types?.[resource.terraformResourceType]?.[resource.friendlyUniqueId];
}

/** Meta-arguments of Terraform, which programs set through cdktf. */
export const META: readonly string[] = [
  "connection",
  "count",
  "depends_on",
  "for_each",
  "lifecycle",
  "provider",
  "provisioner",
];

/** By these a resource can be there more than once, or not at all. */
const NUMBERS: readonly string[] = ["count", "for_each"];

/** Attributes that aspects and programs may set freely. */
const FREE: readonly string[] = [
  "//",
  "tags",
  "timeouts",
  ...META.filter((name) => !NUMBERS.includes(name)),
];

// Resources that are checked before the synth.
const kept = new WeakSet<IConstruct>();

/** Remembers that a resource is looked at before the synth. */
export function markAsKept(resource: TerraformResource): void {
  kept.add(resource);
}

/** Whether a resource is looked at before the synth. */
export function isKept(construct: IConstruct): boolean {
  return kept.has(construct);
}

/** Those of some attributes that are not what they were, and what of the lifecycle is gone. */
export function changedAttributes(
  before: Attributes,
  after: Attributes | undefined,
  names: readonly string[],
): string[] {
  return after === undefined
    ? []
    : [
        ...names.filter((name) => !FREE.includes(name) && !isAlike(before[name], after[name])),
        ...lostSafeguards(before, after),
      ];
}

/** Whether more can be added to what a resource has, and what even then. */
export interface Seal {
  readonly sealed?: boolean;
  readonly but?: readonly string[];
}

/** Fails the synth if what a resource has now is taken away or changed. More can be added, unless it is sealed. */
export function keepAsMade(
  resource: TerraformResource,
  { sealed = false, but = [] }: Seal = {},
): void {
  const before = attributesOf(resource) ?? {};
  markAsKept(resource);
  resource.node.addValidation({
    validate: () => {
      const after = attributesOf(resource);
      const names = [...Object.keys(sealed ? { ...before, ...after } : before), ...NUMBERS];
      const closed = names.filter((name) => !but.includes(name));
      return changedAttributes(before, after, [...new Set(closed)]).map(
        (name) =>
          `Something changed ${name} of ${addressOf(resource)} after it was made. Remove the aspect or the override that does so.`,
      );
    },
  });
}

/** Returns the parts of `lifecycle` that were taken away: conditions, ignored changes, and `prevent_destroy`. */
function lostSafeguards(before: Attributes, after: Attributes): string[] {
  const [had = {}, has = {}] = [before.lifecycle, after.lifecycle] as (Attributes | undefined)[];
  return Object.entries(had)
    .filter(([name, value]) =>
      Array.isArray(value) && Array.isArray(has[name])
        ? !holdsAll(has[name] as unknown[], value)
        : !isAlike(value, has[name]),
    )
    .map(([name]) => `lifecycle.${name}`);
}

function holdsAll(list: unknown[], wanted: unknown[]): boolean {
  const texts = new Set(list.map((one) => JSON.stringify(one)));
  return wanted.every((one) => texts.has(JSON.stringify(one)));
}

function isAlike(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
