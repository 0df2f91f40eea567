// Reads a JSON file that a schema describes.
import { readFileSync } from "node:fs";
import { validate } from "@cfworker/json-schema";
import { FindingsError } from "../finding";
import { causeOf } from "../refusal";

/** A kind of JSON file. */
export interface FileKind {
  /** Noun with its article: `an access review`. */
  readonly noun: string;
  readonly schema: object;
  /** The field with the version of the form, and the version that is required. */
  readonly version: readonly [field: string, required: number];
  /** Sentence on what to do about another file. */
  readonly remedy: string;
}

/**
 * Reads a file.
 *
 * @throws FindingsError if the file cannot be read, or is none of this kind and version
 */
export function readValidFile(file: string, kind: FileKind): unknown {
  const { noun, schema, remedy } = kind;
  const refused = (message: string) =>
    new FindingsError([{ severity: "error", code: "HAKS-FILE-007", file, message, remedy }]);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const cause = causeOf(error);
    throw refused(
      cause === undefined
        ? `The file cannot be read as JSON (${(error as Error).message}).`
        : `The file cannot be read: ${cause}.`,
    );
  }
  const { errors } = validate(content, schema, "2020-12", {});
  const innermost = errors[errors.length - 1];
  if (innermost) {
    const path = innermost.instanceLocation.slice(2).replace(/\//g, ".") || "the file";
    throw refused(`This is not ${noun}: ${path} does not match the schema.`);
  }
  const [field, required] = kind.version;
  const version = (content as { readonly [name: string]: unknown })[field];
  if (version !== required) {
    throw refused(
      `The ${noun.replace(/^an? /, "")} has format ${String(version)}, but format ${required} is required.`,
    );
  }
  return content;
}
