// Converts the content of a valid file to the structs and classes of the library, by the schema alone. Pure.
import { ClusterSpec } from "../../lib/spec/cluster-spec";
import { TeamStackProps } from "../../lib/stacks/terraform-settings";
import { CLASSES, Factories } from "./classes";
import {
  FILE_SCHEMA,
  Fields,
  FileSchema,
  RootSchema,
  isGroup,
  narrow,
  schemaAt,
} from "./file-schema";

/** The content of a file: the description and the Terraform settings. */
export interface Configuration {
  readonly spec: ClusterSpec;
  readonly terraform: TeamStackProps;
}

/** Converts the content of a file to a description and Terraform settings. */
export function toConfiguration(content: Fields, schema: RootSchema = FILE_SCHEMA): Configuration {
  const build = new Builder(schema["x-classes"]);
  const narrowed = narrow(schema, content);
  const { terraform, previous, ...now } = content;
  const spec = (fields: Fields) => build.value(fields, narrow(schema, fields)) as object;
  const deployed = previousOf(now, previous, schema);
  const before = deployed ? { previous: spec(deployed) } : {};
  const settings = build.value(terraform ?? {}, narrowed.properties?.terraform ?? {});
  return {
    spec: { ...spec(now), ...before } as ClusterSpec,
    terraform: settings as TeamStackProps,
  };
}

/** Returns the description of the deployed cluster: the fields of a file, and those under `previous`, which differ. */
export function previousOf(
  now: Fields,
  previous: unknown,
  schema: FileSchema = FILE_SCHEMA,
): Fields | undefined {
  return isGroup(previous) ? merged(now, previous, schema.properties?.previous) : undefined;
}

/** Merges other fields into the fields of a file. Groups are merged only if the schema lists their fields. */
function merged(now: Fields, other: Fields, schema: FileSchema = {}): Fields {
  const fields = Object.entries(other).map(([name, value]) => {
    const field = schema.properties?.[name];
    const before = now[name];
    const isPart = field?.properties && field["x-class"] === undefined;
    return [
      name,
      isPart && isGroup(before) && isGroup(value) ? merged(before, value, field) : value,
    ];
  });
  return { ...now, ...(Object.fromEntries(fields) as Fields) };
}

class Builder {
  public constructor(private readonly classes: RootSchema["x-classes"]) {}

  /** Converts a value; the schema must be narrowed. */
  public value(value: unknown, schema: FileSchema): unknown {
    if (Array.isArray(value)) {
      return value.map((item, index) => this.value(item, schemaAt(schema, [index]) ?? {}));
    }
    if (isGroup(value)) {
      return this.group(value, schema);
    }
    const isAlsoText = Array.isArray(schema.type) && schema.type.includes("string");
    return typeof value === "number" && isAlsoText ? String(value) : value;
  }

  private group(value: Fields, schema: FileSchema): unknown {
    const { properties, "x-class": className, "x-inline": inline = {} } = schema;
    if (!properties) {
      return value;
    }
    const fields = Object.fromEntries(
      Object.entries(value).map(([name, item]) => {
        const field = properties[name] ?? {};
        return [field["x-name"] ?? name, this.value(item, field)];
      }),
    );
    if (className !== undefined) {
      return this.instance(className, fields);
    }
    return Object.entries(inline).reduce<Fields>((outer, [name, inner]) => {
      const taken = this.classes[inner]?.flatMap(({ parameters }) => parameters.flat());
      const rest = Object.entries(outer).filter(([one]) => one !== "type" && !taken?.includes(one));
      return { ...Object.fromEntries(rest), [name]: this.instance(inner, outer) };
    }, fields);
  }

  private instance(className: string, fields: Fields): unknown {
    const factory = this.classes[className]?.find(({ kind, required = [] }) =>
      kind === undefined
        ? required.every((name) => fields[name] !== undefined)
        : kind === fields.type,
    );
    if (!factory) {
      throw new Error(`${className}: no factory takes ${Object.keys(fields).join(", ")}.`);
    }
    const values = factory.parameters.map((names) =>
      typeof names === "string"
        ? fields[names]
        : Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name))),
    );
    const factories = (CLASSES as { readonly [name: string]: unknown })[className] as Factories;
    return factories[factory.method]!(...values);
  }
}
