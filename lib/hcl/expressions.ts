// Pieces of Terraform expressions, as text. Pure.
// Tokens of cdktf come in through locals, so that all expressions here are plain text.

/** A text as a literal of Terraform. */
export function literal(text: string): string {
  return quoted(templated(text));
}

/** A template of Terraform in quotes. Terraform does not know all escapes of JSON. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /(?<!\\)((?:\\\\)*)\\([bf])/g,
    (_, before: string, letter: string) => `${before}\\u00${letter === "b" ? "08" : "0c"}`,
  );
}

/** Texts as a list of Terraform. */
export function literals(texts: readonly string[]): string {
  return `[${texts.map(literal).join(", ")}]`;
}

/** A text that stands for itself in a template of Terraform. */
export function templated(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}

/** An expression as a template of Terraform: how one stands in JSON. */
export function template(expression: string): string {
  return `\${${expression}}`;
}

/** An expression within a message: a literal is just its text. */
export function shown(expression: string): string {
  return expression.startsWith('"') ? (JSON.parse(expression) as string) : template(expression);
}

/** Whether all of these hold. */
export function all(...expressions: string[]): string {
  return expressions.join(" && ");
}

/** Whether a list has an element. */
export function contains(list: string, element: string): string {
  return `contains(${list}, ${element})`;
}

/** Something of each IPv4 range in a list, as a list: subnets can have ranges of both versions. */
function ofEachRange(ranges: string, expression: string): string {
  return `[for range in ${ranges} : ${expression} if !strcontains(range, ":")]`;
}

const BITS = 'tonumber(split("/", range)[1])';

/** The number of IPv4 addresses in a list of ranges. */
export function addressesIn(ranges: string): string {
  return `sum(concat([0], ${ofEachRange(ranges, `pow(2, 32 - ${BITS})`)}))`;
}

/**
 * Whether no range of a list shares an address with another range: two ranges do if they start at the
 * same address once both have the shorter prefix.
 */
export function apart(ranges: string, cidr: string): string {
  const [address = "", bits = ""] = cidr.split("/");
  const start = (of: string) => `cidrhost("${of}/\${min(${BITS}, ${bits})}", 0)`;
  return `alltrue(${ofEachRange(ranges, `${start('${split("/", range)[0]}')} != ${start(address)}`)})`;
}

/** Whether a value is there: neither null nor an empty text. */
export function present(value: string): string {
  return `try(length(${value}) > 0, false)`;
}

/** Whether two ids or names are one to Azure, which does not look at the case of letters. */
export function same(a: string, b: string): string {
  return `lower(${a}) == lower(${b})`;
}
