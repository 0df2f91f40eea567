// Parts of JSON Schemas: descriptions, and the alternatives of a class. Pure.

export function inOrder(members) {
  return [...members].sort((a, b) => a.locationInModule?.line - b.locationInModule?.line);
}

export function describe({ summary = "", remarks = "" } = {}) {
  const text = joined(`${summary} ${remarks}`.trim());
  return text === "" ? "" : sentence(text);
}

/** Returns a text whose paragraphs are a line each. */
export function joined(text) {
  return text.replace(/(?<!\n)\n(?![\n-])/g, " ");
}

export function sentence(text) {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`.replace(/(?<![.!?])$/, ".");
}

export function typed({ kind, docs, properties, required }) {
  return {
    type: "object",
    properties: { type: { const: kind, description: describe(docs) }, ...properties },
    required: ["type", ...required],
    additionalProperties: false,
  };
}

export function sameFields(alternatives) {
  const [{ properties, required }] = alternatives;
  const description = alternatives
    .map(({ kind, docs }) => `- \`${kind}\`: ${describe(docs)}`)
    .join("\n");
  return {
    type: "object",
    properties: {
      type: { enum: alternatives.map(({ kind }) => kind), description },
      ...properties,
    },
    required: ["type", ...required],
    additionalProperties: false,
  };
}

export function untyped(alternatives) {
  const properties = Object.assign({}, ...alternatives.map((one) => one.properties));
  const [{ required }] = alternatives;
  return {
    type: "object",
    properties,
    additionalProperties: false,
    oneOf: alternatives.map((one) => ({
      required: one.required,
      properties: Object.fromEntries(
        Object.keys(properties)
          .filter((name) => !(name in one.properties))
          .map((name) => [name, false]),
      ),
    })),
    examples: [Object.fromEntries(required.map((name) => [name, properties[name].examples[0]]))],
  };
}

/** Returns a schema without the fields that have to be there: only of structs, since the field `type` decides on a class. */
export function partial(schema) {
  const { properties, oneOf, "x-class": className } = schema;
  if (!properties || oneOf || className) {
    return schema;
  }
  const fields = Object.entries(properties).map(([name, field]) => [name, partial(field)]);
  return { ...schema, required: undefined, properties: Object.fromEntries(fields) };
}
