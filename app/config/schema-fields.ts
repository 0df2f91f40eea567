// The kinds of fields that haks.yaml has. Pure.
// Texts after "|" in a message tell what to do.
import * as v from "valibot";
import { NAME_RULES, NameRule } from "../../lib/spec/naming";
import { parseResourceId } from "../../lib/spec/resource-id";

const NOT_AN_ID =
  "This is not a resource id.|Use /subscriptions/<id>/resourceGroups/<name>/providers/<type>/<name>.";
export const NOT_A_REFERENCE =
  "This does not say which resource is meant.|Give either id, or name and resourceGroup.";
const EXAMPLE_GROUP =
  "/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/example-rg";
const GUID = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$";

/** A description, and more words for the JSON Schema: the same check with a better message is a rule. */
export const meta = <T>(
  description: string,
  extra: object = {},
): v.MetadataAction<T, { readonly description: string }> => v.metadata({ description, ...extra });

export const text = (description: string, example: string) =>
  v.pipe(v.string(), meta(description, { examples: [example] }));

export const named = (rule: NameRule, description: string, example: string) =>
  v.pipe(
    v.string(),
    meta(`${description} ${rule.words.charAt(0).toUpperCase()}${rule.words.slice(1)}.`, {
      pattern: rule.pattern.source,
      examples: [example],
    }),
  );

export const guid = (description: string) =>
  v.pipe(
    v.string(),
    meta(description, { pattern: GUID, examples: ["00000000-0000-4000-8000-000000000000"] }),
  );

export const wholeNumber = (description: string, least: number, most: number) =>
  v.pipe(
    v.number(),
    meta(description, { type: "integer", minimum: least, maximum: most, examples: [least] }),
  );

export const flag = (description: string) => v.pipe(v.boolean(), meta(description));

export const choice = <const T extends readonly string[]>(description: string, options: T) =>
  v.pipe(v.picklist(options), meta(description));

/** The one value that tells the alternatives of a field apart. */
export const kind = <const T extends string>(value: T, description: string) =>
  v.pipe(v.literal(value), meta(description));

export const list = <T extends v.GenericSchema>(description: string, item: T) =>
  v.pipe(v.array(item), meta(description));

export const group = <T extends v.ObjectEntries>(description: string, entries: T) =>
  v.pipe(v.strictObject(entries), meta(description));

export const resourceId = (description: string, type: string) =>
  v.pipe(
    v.string(),
    v.check((id) => parseResourceId(id) !== undefined, NOT_AN_ID),
    meta(description, { examples: [`${EXAMPLE_GROUP}/providers/${type}/example`] }),
  );

/** The fields of an existing resource: its id, or its name and resource group. */
export const referenceFields = (rule: NameRule, type: string) => ({
  id: v.optional(
    resourceId(
      "Full resource id. Nothing is read then: the way for a resource that the runner may not see.",
      type,
    ),
  ),
  name: v.optional(named(rule, "Name.", "example")),
  resourceGroup: v.optional(named(NAME_RULES.resourceGroup, "Its resource group.", "example-rg")),
  subscriptionId: v.optional(guid("Its subscription. Default: the one that the stack works in.")),
});

interface Reference {
  readonly id?: string;
  readonly name?: string;
  readonly resourceGroup?: string;
  readonly subscriptionId?: string;
}

/** Whether the fields of a reference say which resource is meant. */
export const isReference = ({ id, name, resourceGroup, subscriptionId }: Reference): boolean =>
  id === undefined
    ? name !== undefined && resourceGroup !== undefined
    : [name, resourceGroup, subscriptionId].every((part) => part === undefined);

/** The same for the JSON Schema. */
export const REFERENCE_WORDS = {
  oneOf: [{ required: ["id"] }, { required: ["name", "resourceGroup"] }],
  examples: [{ name: "example", resourceGroup: "example-rg" }],
};

/** An existing resource: by id, or by name and resource group. */
export const reference = (description: string, rule: NameRule, type: string) =>
  v.pipe(
    v.strictObject(referenceFields(rule, type)),
    v.check((value) => isReference(value), NOT_A_REFERENCE),
    meta(description, REFERENCE_WORDS),
  );

/** A resource whose id is built from its names: nothing of it is read. */
export const resource = (description: string, type: string) =>
  reference(description, NAME_RULES.resource, type);
