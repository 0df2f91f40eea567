// The JSON Schema of haks.yaml, for editors. Pure.
import { toJsonSchema } from "@valibot/to-json-schema";
import { fileSchema } from "./schema";

/** The JSON Schema of the file, as text. */
export function jsonSchema(): string {
  const schema = toJsonSchema(fileSchema, {
    typeMode: "input",
    // Checks that are code have their words in the metadata.
    ignoreActions: ["check", "transform"],
    overrideAction: ({ valibotAction, jsonSchema: made }) =>
      valibotAction.type === "metadata"
        ? { ...made, ...(valibotAction as { metadata?: object }).metadata }
        : undefined,
  });
  return `${JSON.stringify({ ...schema, title: "hardened-aks" }, null, 2)}\n`;
}
