// Derives names of variables, and their words in messages, from paths in the description. Pure.
import { addressName } from "../../lib/spec/address";

const SINGULAR: [RegExp, string][] = [
  [/ies$/, "y"],
  [/xes$/, "x"],
  [/s$/, ""],
];

// Names for fields that are ambiguous by themselves.
const FIELDS: { readonly [field: string]: string } = { zone: "private_dns_zone" };

const WORDS: [RegExp, string][] = [
  [/\bdns\b/, "DNS"],
  [/\bip\b/, "IP"],
  [/\blog analytics\b/, "Log Analytics"],
  [/\bprometheus\b/, "Prometheus"],
];

/** Returns the prefix of the variables of a resource, such as `registry_sharedregistry`. */
export function prefixOf(path: string, name: string): string {
  const { field, isOneOfMany } = lastField(path);
  return isOneOfMany ? `${field}_${identifier(name)}` : field;
}

/** Returns the noun for a resource, such as `private DNS zone`. */
export function wordsOf(path: string): string {
  return WORDS.reduce(
    (text, [pattern, word]) => text.replace(pattern, word),
    lastField(path).field.replace(/_/g, " "),
  );
}

/** Returns a name in the form that variable names allow. */
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
  // Other node pools, and other rights of workloads, can have the same field.
  return {
    field: isItem ? field.replace(plural, ending) : field,
    isOneOfMany: isItem || ["nodePools", "workloads"].includes(parts[0] ?? ""),
  };
}
