// What variables are called after the place in the description, and how messages call the same. Pure.
import { addressName } from "../../lib/spec/address";

const SINGULAR: [RegExp, string][] = [
  [/ies$/, "y"],
  [/xes$/, "x"],
  [/s$/, ""],
];

// What a field is called that says too little by itself.
const FIELDS: { readonly [field: string]: string } = { zone: "private_dns_zone" };

const WORDS: [RegExp, string][] = [
  [/\bdns\b/, "DNS"],
  [/\bip\b/, "IP"],
  [/\blog analytics\b/, "Log Analytics"],
  [/\bprometheus\b/, "Prometheus"],
];

/** The start of the names of variables for a resource, such as `registry_sharedregistry`. */
export function prefixOf(path: string, name: string): string {
  const { field, isOneOfMany } = lastField(path);
  return isOneOfMany ? `${field}_${identifier(name)}` : field;
}

/** What a resource is called, such as `private DNS zone`. */
export function wordsOf(path: string): string {
  return WORDS.reduce(
    (text, [pattern, word]) => text.replace(pattern, word),
    lastField(path).field.replace(/_/g, " "),
  );
}

/** A name as part of the name of a variable. */
export function identifier(name: string): string {
  return addressName(name).replace(/-/g, "_");
}

function lastField(path: string): { field: string; isOneOfMany: boolean } {
  const parts = path.split(".");
  const isItem = /^\d+$/.test(parts[parts.length - 1] ?? "");
  const last = parts.filter((part) => !/^\d+$/.test(part)).pop() ?? "";
  const field = last.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  if (FIELDS[field] !== undefined) {
    return { field: FIELDS[field], isOneOfMany: false };
  }
  const [plural, ending] = SINGULAR.find(([pattern]) => pattern.test(field)) ?? [/$/, ""];
  // What a node pool has, others can have, too.
  return {
    field: isItem ? field.replace(plural, ending) : field,
    isOneOfMany: isItem || parts[0] === "nodePools",
  };
}
