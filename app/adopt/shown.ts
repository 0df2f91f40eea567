// A value of Azure in a sentence or a table. Pure.
import { hidden } from "../discover/passwords";
import { plain } from "../review/text";

/** Returns a value in a sentence. */
export function shown(value: unknown): string {
  if (value === undefined) {
    return "none";
  }
  // Values that only Terraform knows.
  const text = plain(hidden(typeof value === "string" ? value : JSON.stringify(value))).replace(
    /\u27e8[^\u27e9]*\u27e9(\.\w+)?/g,
    "(known to Terraform)",
  );
  const short = text.length > 120 ? `${text.slice(0, 117)}…` : text;
  return typeof value === "string" ? `"${short}"` : short;
}
