// Reads the text of a file.
import { readFileSync } from "node:fs";
import { causeOf } from "../refusal";
import { unreadable } from "./read-source";

/**
 * Reads a file.
 *
 * @throws FindingsError if it cannot be read, or is not in UTF-8
 */
export function readText(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw unreadable(file, `The file cannot be read: ${causeOf(error) ?? String(error)}.`);
  }
  // Without a mark at its start, UTF-16 is valid UTF-8 with a zero in each letter of a field.
  const isUtf16 = /^(fffe|feff)/.test(bytes.toString("hex", 0, 2)) || bytes.includes(0);
  try {
    if (!isUtf16) {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    }
  } catch {
    throw unreadable(file, "The file is not in UTF-8.", "Save it in UTF-8.");
  }
  throw unreadable(file, "The file is in UTF-16, or has zero bytes.", "Save it in UTF-8.");
}
