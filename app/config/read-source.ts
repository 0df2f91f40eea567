// Parses the YAML files of descriptions, each once. Pure.
import { FindingsError, PlacedFinding } from "../finding";
import { YamlSource } from "./yaml-source";

const REMEDY =
  "Name the description with --config or HAKS_CONFIG, or run the command in the folder of haks.yaml.";

/** A file that is read, with its content as plain data. */
export interface ReadSource {
  readonly source: YamlSource;
  readonly data: unknown;
}

/**
 * Returns the text of a file.
 *
 * @throws FindingsError if it cannot be read; `unreadable` makes it
 */
export type ReadText = (file: string) => string;

/** Reads no file: for a text without files beside it. */
export function noOtherFile(file: string): never {
  throw unreadable(file, "The file cannot be read: there is no such file.");
}

/** The files that were read in one run: many descriptions extend the same one. */
export class SourceReader {
  private readonly known = new Map<string, ReadSource>();

  public constructor(private readonly readText: ReadText) {}

  /**
   * Reads a file.
   *
   * @throws FindingsError if it cannot be read, or is not valid YAML
   */
  public read(file: string): ReadSource {
    return this.known.get(file) ?? this.parse(file, this.readText(file));
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

function dataOf(source: YamlSource, file: string): unknown {
  try {
    return source.data();
  } catch (error) {
    throw unreadable(file, `The file cannot be read (${(error as Error).message}).`);
  }
}

/** Returns the finding about a file that cannot be read. */
export function unreadable(file: string, message: string, remedy = REMEDY): FindingsError {
  const finding: PlacedFinding = {
    severity: "error",
    code: "HAKS-FILE-007",
    file,
    message,
    remedy,
  };
  return new FindingsError([finding]);
}
