// Finds its way in a schema: what belongs at a path, and a value that would do there. Pure.
import * as v from "valibot";
import { Path } from "./yaml-source";

/** A schema, as far as this needs to look into it. */
interface AnySchema {
  readonly type: string;
  readonly wrapped?: AnySchema;
  readonly pipe?: readonly AnySchema[];
  readonly entries?: { readonly [key: string]: AnySchema };
  readonly item?: AnySchema;
  readonly value?: unknown;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
}

/** The schema at a path, without the wrapper that makes it optional. */
export function schemaAt(schema: v.GenericSchema, path: Path): AnySchema | undefined {
  return path.reduce<AnySchema | undefined>(step, schema as unknown as AnySchema);
}

/** The names of the fields that a schema has. */
export function fieldsOf(schema: AnySchema | undefined): string[] {
  const objects = schema?.type === "variant" ? (schema.options as AnySchema[]) : [schema];
  return [...new Set(objects.flatMap((object) => Object.keys(object?.entries ?? {})))];
}

/** A value that a schema accepts. */
export function exampleOf(schema: AnySchema | undefined): unknown {
  const given = schema && examplesIn(schema)[0];
  if (given !== undefined) {
    return structuredClone(given);
  }
  switch (schema?.type) {
    case "strict_object":
      return Object.fromEntries(
        Object.entries(schema.entries ?? {})
          .filter(([, field]) => field.type !== "optional")
          .map(([key, field]) => [key, exampleOf(field)]),
      );
    case "variant":
      return exampleOf(schema.options?.[0] as AnySchema);
    case "picklist":
      return schema.options?.[0];
    case "literal":
      return schema.literal;
    case "array":
      return [];
    case "boolean":
      return false;
    case "record":
      return {};
    default:
      return "example";
  }
}

function step(schema: AnySchema | undefined, key: string | number): AnySchema | undefined {
  switch (schema?.type) {
    case "strict_object":
      return unwrap(schema.entries?.[key]);
    case "array":
      return unwrap(schema.item);
    case "record":
      return unwrap(schema.value as AnySchema | undefined);
    case "variant":
      return (schema.options as AnySchema[])
        .map((option) => unwrap(option.entries?.[key]))
        .find((found) => found !== undefined);
    default:
      return undefined;
  }
}

function unwrap(schema: AnySchema | undefined): AnySchema | undefined {
  return schema?.type === "optional" ? unwrap(schema.wrapped) : schema;
}

function examplesIn(schema: AnySchema): unknown[] {
  return (schema.pipe ?? []).flatMap((action) => {
    const { metadata } = action as { metadata?: { examples?: unknown[] } };
    return metadata?.examples ?? [];
  });
}
