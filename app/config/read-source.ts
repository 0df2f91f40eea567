// Reads the YAML files of descriptions, each once.
import { readFileSync } from "node:fs";
import { FindingsError, PlacedFinding } from "../finding";
import { causeOf } from "../refusal";
import { YamlSource } from "./yaml-source";

const REMEDY =
  "Name the description with --config or HAKS_CONFIG, or run the command in the folder of haks.yaml.";

/** A file that is read, with its content as plain data. */
export interface ReadSource {
  readonly source: YamlSource;
  readonly data: unknown;
}

/** The files that were read in one run: many descriptions extend the same one. */
export class SourceReader {
  private readonly known = new Map<string, ReadSource>();

  /**
   * Reads a file.
   *
   * @throws FindingsError if it cannot be read, or is not valid YAML
   */
  public read(file: string): ReadSource {
    return this.known.get(file) ?? this.parse(file, textOf(file));
  }

  /**
   * Parses the text of a file, which is not read then.
   *
   * @throws FindingsError if it is not valid YAML
   */
  public parse(file: string, text: string): ReadSource {
    const source = new YamlSource(file, text);
    const broken = source.findings().filter(({ code }) => code === "HAKS-FILE-001");
    if (broken.length > 0) {
      throw new FindingsError(broken);
    }
    const found = { source, data: dataOf(source, file) };
    this.known.set(file, found);
    return found;
  }
}

function textOf(file: string): string {
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

function dataOf(source: YamlSource, file: string): unknown {
  try {
    return source.data();
  } catch (error) {
    throw unreadable(file, `The file cannot be read (${(error as Error).message}).`);
  }
}

function unreadable(file: string, message: string, remedy = REMEDY): FindingsError {
  const finding: PlacedFinding = {
    severity: "error",
    code: "HAKS-FILE-007",
    file,
    message,
    remedy,
  };
  return new FindingsError([finding]);
}
