// The JSON Schema of access reviews (npm run docs).
import { toJsonSchema } from "@valibot/to-json-schema";
import { reviewSchema } from "./schema";

/** The JSON Schema of `access-review.json`, as text. */
export function reviewJsonSchema(): string {
  const schema = toJsonSchema(reviewSchema, { target: "draft-2020-12" });
  return `${JSON.stringify({ ...schema, title: "hardened-aks access review" }, null, 2)}\n`;
}
