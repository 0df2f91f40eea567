// From the types in a jsii assembly to JSON Schema. Tags in the JSDoc say what types cannot:
//
// - @format: the kind of a name (NAME_RULES in lib/spec/naming.ts), or guid; @nameFormat: the same, for a resource
// - @resourceType: type of an existing resource
// - @examples: a value that would do
// - @minimum, @maximum: limits of a number, which is a whole one unless it is @decimal
// - @yamlName: name of a field, or value of the field `type`, in the file
// - @yamlInline: its fields stand beside the others
// - @yamlOmit: the file has no such field; on a method, the parameter that the file has not
// - @yamlOpen: other values of this choice are left to the rules, which say more of them
// - @yamlNumbers: numbers are accepted as texts, too
// - @yamlPartial: the same struct again, as far as it differs: the fields that it can have
// - @yamlUntyped: values of this class have no field `type`: their fields tell them apart
import { createRequire } from "node:module";
import { ROOT } from "./processes.mjs";
import {
  describe,
  inOrder,
  joined,
  partial,
  sameFields,
  sentence,
  typed,
  untyped,
} from "./schema-parts.mjs";

const require = createRequire(import.meta.url);
const GUID = "00000000-0000-4000-8000-000000000000";
const GUID_PATTERN = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$";
// Tags of a place that refine a class which several places use.
const OF_PLACES = ["nameFormat", "resourceType"];

/** Makes schemas of types. */
export class SchemaMaker {
  #assembly;
  #forFile;
  #classes = {};
  #lacking = new Set();

  constructor(assembly, { forFile }) {
    this.#assembly = assembly;
    this.#forFile = forFile;
  }

  /** The schema, with the classes that are in it. */
  finished(schema) {
    if (this.#lacking.size > 0) {
      throw new Error(`The JSDoc lacks:\n${[...this.#lacking].join("\n")}`);
    }
    return this.#forFile ? { ...schema, "x-classes": this.#classes } : schema;
  }

  /** The schema of a struct; `place` has the tags of the place that it is for. */
  struct(name, place = {}) {
    const made = { properties: {}, required: [], "x-inline": {} };
    for (const property of this.#propertiesOf(name)) {
      this.#add(made, property, place, name);
    }
    const { properties, required, "x-inline": inline, ...rest } = made;
    return {
      type: "object",
      description: describe(this.#typeOf(name).docs),
      properties,
      required,
      additionalProperties: false,
      ...rest,
      ...(Object.keys(inline).length > 0 ? { "x-inline": inline } : {}),
    };
  }

  #add(made, property, place, owner) {
    const { yamlOmit, yamlInline, yamlName, yamlPartial } = property.docs?.custom ?? {};
    if (yamlOmit) {
      return;
    }
    if (yamlPartial) {
      const fields = yamlPartial.split(" ").map((name) => [name, partial(made.properties[name])]);
      made.properties[property.name] = {
        type: "object",
        description: describe(property.docs),
        properties: Object.fromEntries(fields),
        additionalProperties: false,
      };
      return;
    }
    const schema = this.#field(property, place, owner);
    if (yamlInline) {
      const { properties, required = [], oneOf, examples, "x-class": className } = schema;
      Object.assign(made.properties, properties);
      made.required.push(...required);
      Object.assign(made, oneOf && { oneOf, examples });
      made["x-inline"][property.name] = className;
      return;
    }
    const name = yamlName ?? property.name;
    made.properties[name] = {
      ...schema,
      ...(yamlName ? { "x-name": property.name } : {}),
    };
    if (!property.optional) {
      made.required.push(name);
    }
  }

  #field({ name, type, docs = {}, optional }, place, owner) {
    const own = docs.custom ?? {};
    const given = Object.entries(place).filter(([tag]) => OF_PLACES.includes(tag) && tag in own);
    const tags = { ...own, ...Object.fromEntries(given) };
    const schema = this.#ofType(type, tags, `${owner}.${name}`);
    const { words, choices, ...rest } = schema;
    const description = [describe(docs), words];
    if (optional && this.#forFile) {
      this.#demand(docs.default, `${owner}.${name}: @default`);
      description.push(sentence(`Default: ${this.#defaultInFile(docs.default ?? "")}`));
    }
    this.#demand(docs.summary, `${owner}.${name}: description`);
    const limits = `${tags.minimum} to ${tags.maximum}`;
    this.#demand(!tags.maximum || describe(docs).includes(limits), `${owner}.${name}: "${limits}"`);
    const { "x-class": className, oneOf, ...others } = rest;
    return {
      ...others,
      description: [description.filter(Boolean).join(" "), choices].filter(Boolean).join("\n"),
      ...(oneOf && { oneOf }),
      ...(className && { "x-class": className }),
    };
  }

  #ofType(type, tags, where) {
    if (type.collection) {
      const { kind, elementtype } = type.collection;
      if (kind === "array") {
        const { words, choices, ...items } = this.#ofType(elementtype, tags, where);
        return { type: "array", items, words, choices };
      }
      const isText = elementtype.primitive === "string";
      return {
        type: "object",
        additionalProperties: isText ? { type: "string" } : this.#itemOf(elementtype, tags, where),
      };
    }
    if (type.primitive) {
      return this.#ofPrimitive(type.primitive, tags, where);
    }
    const name = type.fqn.slice(this.#assembly.name.length + 1);
    const { kind } = this.#typeOf(name);
    return kind === "enum"
      ? this.#ofEnum(name, tags)
      : kind === "class"
        ? this.#ofClass(name, tags)
        : this.struct(name, tags);
  }

  #ofPrimitive(primitive, tags, where) {
    switch (primitive) {
      case "string":
        return this.#forFile ? this.#text(tags, where) : { type: "string" };
      case "number":
        return {
          type: tags.decimal ? "number" : "integer",
          ...(tags.minimum && { minimum: Number(tags.minimum) }),
          ...(tags.maximum && { maximum: Number(tags.maximum) }),
        };
      case "boolean":
        return { type: "boolean" };
      default:
        return {};
    }
  }

  #text({ resourceType, nameFormat, format = nameFormat, examples, yamlNumbers }, where) {
    if (resourceType) {
      const group = `/subscriptions/${GUID}/resourceGroups/example-rg`;
      const example = `${group}/providers/${resourceType}/example`;
      return { type: "string", format: "resource-id", examples: [example] };
    }
    if (format === "guid") {
      return { type: "string", pattern: GUID_PATTERN, examples: [GUID] };
    }
    if (format) {
      const { pattern, words, example } = this.#nameRule(format);
      return {
        type: "string",
        pattern: pattern.source,
        examples: [example],
        words: sentence(words),
      };
    }
    this.#demand(examples, `${where}: @examples, @format or @resourceType`);
    return { type: yamlNumbers ? ["string", "number"] : "string", examples: [examples] };
  }

  #nameRule(name) {
    const { NAME_RULES } = require(`${ROOT}dist/lib/spec/naming.js`);
    this.#demand(NAME_RULES[name], `${name} in NAME_RULES`);
    return NAME_RULES[name] ?? { pattern: /x/, words: "", example: "" };
  }

  #itemOf(type, tags, where) {
    return { ...this.#ofType(type, tags, where), words: undefined, choices: undefined };
  }

  #ofEnum(name, { yamlOpen }) {
    const { members } = this.#typeOf(name);
    const values = Object.entries(this.#valuesOf(name));
    const lines = values.map(([member, value]) => {
      const { docs } = members.find((one) => one.name === member);
      return [value, describe(docs)];
    });
    // A day of the week needs no explanation.
    const choices = lines.every(([value, line]) => line === `${value}.`)
      ? undefined
      : lines.map(([value, line]) => `\n- \`${value}\`: ${line}`).join("");
    return {
      enum: values.map(([, value]) => value),
      ...(yamlOpen && this.#forFile && { "x-open": true }),
      choices,
    };
  }

  #ofClass(name, place) {
    const { docs, methods, properties = [] } = this.#typeOf(name);
    const alternatives = inOrder(methods)
      .filter((method) => method.static && method.returns?.type.fqn === this.#fqn(name))
      .map((method) => this.#alternative(method, properties, place, name));
    this.#classes[name] = alternatives.map(({ kind, method, parameters, required }) =>
      docs.custom?.yamlUntyped ? { method, parameters, required } : { kind, method, parameters },
    );
    const common = { description: describe(docs), "x-class": name };
    if (docs.custom?.yamlUntyped) {
      return { ...common, ...untyped(alternatives) };
    }
    const [first, ...others] = alternatives.map(({ properties: fields }) => JSON.stringify(fields));
    return others.every((other) => other === first)
      ? { ...common, ...sameFields(alternatives) }
      : { ...common, oneOf: alternatives.map(typed) };
  }

  #alternative(method, properties, place, owner) {
    const made = { properties: {}, required: [], "x-inline": {} };
    const parameters = [];
    for (const parameter of method.parameters ?? []) {
      const { name, type } = parameter;
      if (method.docs?.custom?.yamlOmit === name) {
        continue;
      }
      if (type.fqn && this.#assembly.types[type.fqn].datatype) {
        const fields = this.struct(type.fqn.slice(this.#assembly.name.length + 1), place);
        Object.assign(made.properties, fields.properties);
        made.required.push(...fields.required);
        parameters.push(Object.keys(fields.properties));
      } else {
        // A parameter has the tags of the property that it becomes.
        const { custom, default: otherwise } =
          properties.find((one) => one.name === name)?.docs ?? {};
        // The schema says the default by itself.
        const remarks = parameter.docs?.remarks?.replace(/ ?The default is [^ ]+\.$/, "");
        const docs = { ...parameter.docs, remarks, custom, default: otherwise };
        this.#add(made, { ...parameter, docs }, place, owner);
        parameters.push(name);
      }
    }
    const kind = method.docs?.custom?.yamlName ?? method.name;
    return { kind, method: method.name, docs: method.docs, parameters, ...made };
  }

  #propertiesOf(name) {
    const { interfaces = [], properties = [] } = this.#typeOf(name);
    const inherited = interfaces.flatMap((fqn) =>
      this.#propertiesOf(fqn.slice(this.#assembly.name.length + 1)),
    );
    const own = inOrder(properties);
    const [required, others] = [false, true].map((optional) =>
      own.filter((one) => (one.optional ?? false) === optional),
    );
    // Required fields first, then those of all structs of a kind, then its own.
    return interfaces.length === 0 ? own : [...required, ...inherited, ...others];
  }

  /** A default, in the words of the file: a choice has its value there. */
  #defaultInFile(text) {
    const [, type, member] = /^([A-Z]\w+)\.(\w+)(\(\))?$/.exec(text) ?? [];
    if (type) {
      const { kind, methods } = this.#typeOf(type);
      const factory = methods?.find(({ name }) => name === member);
      return kind === "enum"
        ? this.#valuesOf(type)[member]
        : (factory?.docs?.custom?.yamlName ?? member);
    }
    return joined(text)
      .replace(/^- /, "")
      .replace(/^\["(.*)"\]$/, (_, items) => items.replace(/"/g, ""));
  }

  #valuesOf(name) {
    const { filename } = this.#typeOf(name).locationInModule;
    return require(`${ROOT}dist/${filename.replace(/\.ts$/, ".js")}`)[name];
  }

  #typeOf(name) {
    return this.#assembly.types[this.#fqn(name)];
  }

  #fqn(name) {
    return `${this.#assembly.name}.${name}`;
  }

  #demand(value, what) {
    if (!value) {
      this.#lacking.add(what);
    }
  }
}
