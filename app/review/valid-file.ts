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
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const cause = causeOf(error);
    if (cause === undefined) {
      throw error;
    }
    throw refused(file, `The file cannot be read: ${cause}.`, kind);
  }
  return validContent(text, file, kind);
}

/**
 * Returns the content of a file that was read.
 *
 * @throws FindingsError if it is none of this kind and version
 */
export function validContent(text: string, file: string, kind: FileKind): unknown {
  const { noun, schema } = kind;
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw refused(
      file,
      `The file is not JSON: ${(error as Error).message.replace(/\.?$/, ".")}`,
      kind,
    );
  }
  const { errors } = validate(content, schema, "2020-12", {});
  const innermost = errors[errors.length - 1];
  if (innermost) {
    const path = innermost.instanceLocation.slice(2).replace(/\//g, ".") || "the file";
    throw refused(file, `This is not ${noun}: ${path} does not match the schema.`, kind);
  }
  const [field, required] = kind.version;
  const version = (content as { readonly [name: string]: unknown })[field];
  if (version !== required) {
    throw refused(
      file,
      `The ${noun.replace(/^an? /, "")} has format ${String(version)}, but format ${required} is required.`,
      kind,
    );
  }
  return content;
}

function refused(file: string, message: string, { remedy }: FileKind): FindingsError {
  return new FindingsError([{ severity: "error", code: "HAKS-FILE-007", file, message, remedy }]);
}
