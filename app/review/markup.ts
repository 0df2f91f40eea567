// HTML and SVG from templates; what is put into them is escaped. Pure.
import escape from "escape-html";
import { plain } from "./text";

/** HTML that needs no escaping any more. */
export class Markup {
  public constructor(public readonly text: string) {}
}

type Value = string | number | Markup | Markup[];

/** HTML of a template: texts are escaped, HTML stays. */
export function markup(parts: TemplateStringsArray, ...values: Value[]): Markup {
  return new Markup(
    parts
      .map((part, index) => (index === 0 ? "" : textOf(values[index - 1] ?? "")) + part)
      .join(""),
  );
}

/** Nothing. */
export const EMPTY = new Markup("");

function textOf(value: Value): string {
  if (Array.isArray(value)) {
    return value.map(({ text }) => text).join("");
  }
  return value instanceof Markup ? value.text : escape(plain(String(value)));
}
