// Whether something changed what a construct made of a resource: aspects and overrides come later.
import { TerraformResource } from "cdktf";

/** The attributes of a resource, as they are in Terraform JSON. */
export interface Attributes {
  readonly [attribute: string]: unknown;
}

/** The attributes of a resource as it is now. */
export function attributesOf(resource: TerraformResource): Attributes {
  const { resource: types } = resource.toTerraform() as {
    resource: { [type: string]: { [id: string]: Attributes } };
  };
  return types[resource.terraformResourceType]?.[resource.friendlyUniqueId] ?? {};
}

/** What aspects and programs may set as they like. */
const FREE = ["//", "depends_on", "lifecycle", "provider", "tags", "timeouts"];

/** Those of some attributes that are not what they were, and what of the lifecycle is gone. */
export function changedAttributes(
  before: Attributes,
  after: Attributes,
  names: readonly string[],
): string[] {
  return [
    ...names.filter((name) => !FREE.includes(name) && !isAlike(before[name], after[name])),
    ...lostSafeguards(before, after),
  ];
}

/** Fails the synth if what a resource has now is taken away or changed. More can be added, unless it is sealed. */
export function keepAsMade(resource: TerraformResource, { sealed = false } = {}): void {
  const before = attributesOf(resource);
  resource.node.addValidation({
    validate: () => {
      const after = attributesOf(resource);
      const names = Object.keys(sealed ? { ...before, ...after } : before);
      return changedAttributes(before, after, names).map(
        (name) =>
          `Something changed ${name} of ${resource.terraformResourceType}.${resource.friendlyUniqueId} after it was made. Remove the aspect or the override that does so.`,
      );
    },
  });
}

/** What of `lifecycle` was taken away: conditions, what is ignored, and that it is not destroyed. */
function lostSafeguards(before: Attributes, after: Attributes): string[] {
  const [had = {}, has = {}] = [before.lifecycle, after.lifecycle] as (Attributes | undefined)[];
  return Object.entries(had)
    .filter(([name, value]) =>
      Array.isArray(value) && Array.isArray(has[name])
        ? !value.every((one) => (has[name] as unknown[]).some((other) => isAlike(one, other)))
        : !isAlike(value, has[name]),
    )
    .map(([name]) => `lifecycle.${name}`);
}

function isAlike(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
