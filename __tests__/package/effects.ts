// What each field of the file changes: the field is given other values, in files that have it.
import { isDeepStrictEqual } from "node:util";
import { Testing } from "cdktf";
import { parse } from "yaml";
import { toConfiguration } from "../../app/config/construct";
import { Fields, FileSchema, RootSchema, exampleOf, isGroup } from "../../app/config/file-schema";
import { ClusterPlan, ClusterStacks } from "../../lib";
import { INPUTS, once, textOf } from "../scenarios";

/** What a field can change: rows of the grant plan, resources of the cluster stack, or only something else. */
export type Effect = "grants" | "cluster" | "else";

type Path = readonly string[];

/** Returns the path of every field that is no group of others; `*` is an item of a list or a map. */
export function fieldsOf(schema: FileSchema, path: Path = []): string[] {
  const { items, properties = {}, additionalProperties: ofMap, oneOf = [] } = schema;
  // Which resource is meant is one thing, however it is said.
  if (schema["x-class"] === "ResourceReference" || path[0] === "previous") {
    return [path.join(".")];
  }
  const inner = [
    ...Object.entries(properties).flatMap(([name, field]): [string, FileSchema][] =>
      isGroup(field) ? [[name, field]] : [],
    ),
    ...(items ? [["*", items as FileSchema] as [string, FileSchema]] : []),
    ...(isGroup(ofMap) ? [["*", ofMap] as [string, FileSchema]] : []),
  ];
  const below = [
    ...inner.flatMap(([name, field]) => fieldsOf(field, [...path, name])),
    ...oneOf.flatMap((alternative) => fieldsOf(alternative, path)),
  ];
  const isChoice = oneOf.length > 0 || below.length === 0;
  const isField = path[path.length - 1] !== "*" && schema.const === undefined;
  return [...new Set([...(isChoice && isField ? [path.join(".")] : []), ...below])];
}

/** What comes out of the content of a file, each part when it is asked for. */
type Outcome = readonly {
  readonly effect: Effect;
  readonly part: () => unknown;
}[];

/** Returns what comes out, whether or not there are errors: this is about fields, and not about values. */
function outcomeOf(content: Fields, schema: RootSchema): Outcome {
  const planned = once(() => {
    const { spec, terraform } = toConfiguration(content, schema);
    const plan = new ClusterPlan(spec);
    Object.assign(plan, { computedFindings: [] });
    return { ...terraform, plan };
  });
  const stacks = once(() => new ClusterStacks(Testing.app(), planned()));
  const cluster = once(() => splitResources(Testing.synth(stacks().cluster)));
  return [
    { effect: "grants", part: once(() => planned().plan._grants) },
    { effect: "cluster", part: () => cluster().resources },
    { effect: "else", part: () => cluster().rest },
    { effect: "else", part: once(() => Testing.synth(stacks().identities)) },
    { effect: "else", part: once(() => Testing.synth(stacks().networkPermissions)) },
    {
      effect: "else",
      part: once(() =>
        stacks()
          .all.slice(3)
          .map((stack) => Testing.synth(stack)),
      ),
    },
  ];
}

/** The resources of a stack, without the checks of the preflight, which follow from the grants; and the rest. */
function splitResources(text: string): { resources: unknown; rest: unknown } {
  const { resource, ...rest } = JSON.parse(text, (key, value: unknown) =>
    key === "lifecycle" || key === "terraform_data" ? undefined : value,
  ) as Fields;
  return { resources: resource, rest: [rest, text.match(/"lifecycle": \{[^]*?\n {6}\}/g)] };
}

const files = once(() =>
  ["every-feature", "enterprise"].map((name) => parse(textOf(INPUTS[name]!)) as Fields),
);

const withWorkloads = once(() => {
  const workloads = parse(textOf("__tests__", "workloads.yaml")) as Fields;
  return [{ ...files()[0], ...workloads, extends: undefined }];
});

/** What comes out of the files as they are. */
const unchanged = new Map<Fields, Outcome>();

/** Returns what a field changes, in any of the files; something else counts only where that is all. */
export function effectsOf(field: string, schema: RootSchema): Effect[] {
  const isOfWorkloads = /^(workloads|oidcIssuers)\./.test(field);
  const pairs = (isOfWorkloads ? withWorkloads() : files()).flatMap((content) =>
    variantsOf(content, schema, field.split(".")).flatMap(([first, ...others]) => {
      const isAsItIs = isDeepStrictEqual(first, content);
      const before =
        (isAsItIs ? unchanged.get(content) : undefined) ?? outcomeOf(first as Fields, schema);
      if (isAsItIs) {
        unchanged.set(content, before);
      }
      return others.map((other) => ({ before, after: outcomeOf(other as Fields, schema) }));
    }),
  );
  const changes = (effect: Effect) =>
    pairs.some(({ before, after }) =>
      before.some((one, at) => one.effect === effect && differs(one.part, after[at]!.part)),
    );
  const found = (["grants", "cluster"] as const).filter(changes);
  return found.length > 0 || !changes("else") ? found : ["else"];
}

// Some values are refused: others tell.
function differs(before: () => unknown, after: () => unknown): boolean {
  try {
    return !isDeepStrictEqual(before(), after());
  } catch {
    return false;
  }
}

/** Returns, for each place of a field, a value that has it as it is or by default, and values that have it differently. */
function variantsOf(value: unknown, schema: FileSchema, [key, ...rest]: string[]): unknown[][] {
  if (key === undefined) {
    const others = [undefined, ...valuesOf(schema, value)];
    return [[value, ...others.filter((one) => !isDeepStrictEqual(one, value))]];
  }
  return [schema, ...(schema.oneOf ?? [])].flatMap((alternative): unknown[][] => {
    const { items, properties = {}, additionalProperties: ofMap } = alternative;
    if (items) {
      const item = items as FileSchema;
      const list: unknown[] = Array.isArray(value) && value.length > 0 ? value : [exampleOf(item)];
      return list.flatMap((one, index) =>
        variantsOf(one, item, rest).map((variants) =>
          variants.map((variant) => list.map((other, at) => (at === index ? variant : other))),
        ),
      );
    }
    const kind = properties.type?.const;
    const isChosen = isGroup(value) && (kind === undefined || value.type === kind);
    const group = isChosen ? value : (exampleOf(alternative) as Fields);
    const field = key === "*" ? ofMap : properties[key];
    const names = key === "*" ? Object.keys(group) : [key];
    return isGroup(field)
      ? names.flatMap((name) =>
          variantsOf(group[name], field, rest).map((variants) =>
            variants.map((variant) => ({ ...group, [name]: variant })),
          ),
        )
      : [];
  });
}

function valuesOf(schema: FileSchema, value: unknown): unknown[] {
  const { type, items, oneOf = [], enum: choices = [] } = schema;
  const types = [type].flat();
  const isNumber = types.some((one) => one === "integer" || one === "number");
  return [
    ...choices,
    ...oneOf.map(exampleOf),
    ...(type === undefined ? [] : [exampleOf(schema)]),
    ...(types.includes("boolean") ? [true] : []),
    ...(isNumber ? [(Number(value) || 0) + 1] : []),
    // The last digit of a GUID, too, can be another one.
    ...(types.includes("string")
      ? [(typeof value === "string" ? value : "ab").replace(/.$/, "1")]
      : []),
    ...(schema["x-class"] === "ResourceReference" ? [{ name: "other", resourceGroup: "rg" }] : []),
    ...(items ? [[exampleOf(items as FileSchema)]] : []),
    ...(isGroup(schema.additionalProperties) ? [{ key: "value" }] : []),
  ];
}
