// HTML and SVG templates that escape their values. Pure.
import escape from "escape-html";
import { plain } from "./text";

/** HTML that is already escaped. */
export class Markup {
  public constructor(public readonly text: string) {}
}

type Value = string | number | Markup | Markup[];

/** Template tag that escapes texts and leaves HTML as it is. */
export function markup(parts: TemplateStringsArray, ...values: Value[]): Markup {
  return new Markup(
    parts
      .map((part, index) => (index === 0 ? "" : textOf(values[index - 1] ?? "")) + part)
      .join(""),
  );
}

/** Empty HTML. */
export const EMPTY = new Markup("");

function textOf(value: Value): string {
  if (Array.isArray(value)) {
    return value.map(({ text }) => text).join("");
  }
  return value instanceof Markup ? value.text : escape(plain(String(value)));
}
