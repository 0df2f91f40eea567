// Effects of attribute changes on resources, by the table of azurerm 4.55. Pure.
import { EFFECTS, EffectsOfType, When } from "./effects-table";

/** Effect of a change on a resource. */
export type Effect = "replaces" | "rotates" | "inPlace";

/** A change of an attribute; a value is undefined where the attribute is left out. */
export interface AttributeChange {
  readonly attribute: string;
  readonly before: unknown;
  readonly after: unknown;
  /** The outermost block around the attribute that did not exist before. */
  readonly newBlock?: string;
  /** The outermost block around the attribute that no longer exists. */
  readonly goneBlock?: string;
}

/** Ids that Azure cannot change: Terraform ignores their spelling, and a condition refuses other ones. */
const KEPT_IDS: readonly string[] = ["disk_encryption_set_id", "private_dns_zone_id"];

/** Whether a change is of an id that the cluster keeps, and not only of its spelling. */
export function isRefusedId({ attribute, before, after }: AttributeChange): boolean {
  const spelled = (id: unknown) => (typeof id === "string" ? id.toLowerCase() : undefined);
  return KEPT_IDS.includes(attribute) && spelled(before) !== spelled(after);
}

/** Whether an attribute is in a list, or inside a block that is. */
export function isListed(attribute: string, list: readonly string[] = []): boolean {
  return list.some((one) => attribute === one || attribute.startsWith(`${one}.`));
}

/** Returns the effect of a change on a resource of a type; `stays` if the old value stays. */
export function effectOf(type: string, change: AttributeChange): Effect | "stays" {
  const table: EffectsOfType = EFFECTS[type] ?? { replaces: [] };
  const { attribute } = change;
  const completed = {
    ...change,
    before: change.before ?? table.defaults?.[attribute],
    after: change.after ?? table.defaults?.[attribute],
  };
  const isIn = (list?: readonly string[]) => isListed(attribute, list);
  const meets = (conditions: EffectsOfType["replacesWhen"] = {}, only?: When) =>
    Object.entries(conditions).some(
      ([path, when]) =>
        isListed(attribute, [path]) &&
        (only === undefined || when === only) &&
        MEETS[when](completed, path),
    );
  const keeps = change.after === undefined && stays(table, change);
  if (completed.before === completed.after || (keeps && !meets(table.replacesWhen, "leftOut"))) {
    return "stays";
  }
  if (isIn(table.replaces) || meets(table.replacesWhen)) {
    return "replaces";
  }
  return isIn(table.rotates) || meets(table.rotatesWhen) ? "rotates" : "inPlace";
}

/** Whether azurerm keeps the old value of an attribute that is left out. */
function stays({ stays: list, resets }: EffectsOfType, { attribute, goneBlock }: AttributeChange) {
  return isListed(attribute, list) && !(isListed(attribute, resets) && goneBlock === undefined);
}

const MEETS: { readonly [when in When]: (change: AttributeChange, path: string) => boolean } = {
  removed: ({ before, after }) => before !== undefined && after === undefined,
  leftOut: ({ before, after, goneBlock }, path) =>
    before !== undefined &&
    after === undefined &&
    (goneBlock === undefined || isListed(goneBlock, [path])),
  newBlock: ({ newBlock }, path) => newBlock === path,
  wasUnset: ({ before, after }) => before === undefined && after !== undefined,
  wasSet: ({ before }) => before !== undefined && before !== "",
  notToOverlay: ({ after }) => after !== "overlay",
  otherOs: ({ before, after }) =>
    !["Ubuntu", "AzureLinux"].some((os) =>
      [before, after].every((sku) => typeof sku === "string" && sku.startsWith(os)),
    ),
};
