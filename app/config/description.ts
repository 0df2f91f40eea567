// A description: the content of its file, merged over that of the files which it extends.
import { dirname, join } from "node:path";
import { FindingsError, PlacedFinding } from "../finding";
import { isGroup } from "./file-schema";
import { Layered, mergeOver, sourceAt } from "./merge";
import { SourceReader } from "./read-source";
import { Path, YamlSource } from "./yaml-source";

/** The field that names the files which a description extends. */
const EXTENDS = "extends";

/** Where something is in a file. */
export type Place = Pick<PlacedFinding, "file" | "line" | "column">;

/** The content of a file and of those that it extends, with the place of each value. */
export class Description {
  private readonly merged: Layered<YamlSource>;
  private readonly sources = new Set<YamlSource>();

  /**
   * @param file path of the description
   * @param reader reads the files
   * @throws FindingsError if a file cannot be read, or is not valid YAML
   */
  public constructor(
    file: string,
    private readonly reader: SourceReader,
  ) {
    this.merged = this.layers(file, []);
  }

  /** The files, starting with those that are extended. */
  public get files(): string[] {
    return [...this.sources].map(({ file }) => file);
  }

  /** The merged content as plain data. */
  public get data(): unknown {
    return this.merged.value;
  }

  /** Returns findings about values with Terraform expressions. */
  public expressions(): PlacedFinding[] {
    return [...this.sources].flatMap((source) => source.findings());
  }

  /** Returns the place of a value, or that of the nearest enclosing one if the value is missing. */
  public placeOf(path: Path): Place {
    const source = sourceAt(this.merged, path);
    return { file: source.file, ...source.positionOf(path) };
  }

  /** Returns the place of the key of a value; for a list item, that of the item. */
  public placeOfKey(path: Path): Place {
    const source = sourceAt(this.merged, path);
    return { file: source.file, ...source.positionOfKey(path) };
  }

  /** Returns a single value as it is written; undefined if there is none at the path. */
  public textOf(path: Path): string | undefined {
    return sourceAt(this.merged, path).textOf(path);
  }

  /** Whether a path has a value. */
  public has(path: Path): boolean {
    return sourceAt(this.merged, path).has(path);
  }

  private layers(file: string, above: readonly string[]): Layered<YamlSource> {
    const { source, data } = this.reader.read(file);
    if (!isGroup(data)) {
      this.sources.add(source);
      return { value: data, source };
    }
    const { [EXTENDS]: extended, ...value } = data;
    const below = listOf(extended, source).map(([base, path]) => {
      const at = { file, ...source.positionOf(path) };
      const found = join(dirname(file), base);
      if ([...above, file].includes(found)) {
        throw refusal(
          "HAKS-FILE-010",
          at,
          `The file ${found} extends itself${found === file ? "" : `, by way of ${file}`}.`,
          "Remove one of the fields extends.",
        );
      }
      return this.belowOf(found, [...above, file], at);
    });
    this.sources.add(source);
    return [...below, { value, source }].reduce(mergeOver);
  }

  private belowOf(file: string, above: readonly string[], at: Place): Layered<YamlSource> {
    try {
      return this.layers(file, above);
    } catch (error) {
      const [first] = error instanceof FindingsError ? error.findings : [];
      if (first?.code !== "HAKS-FILE-007" || first.file !== file) {
        throw error;
      }
      throw refusal(
        first.code,
        at,
        first.message.replace("The file", `The file ${file}, which this description extends,`),
        "Write its path relative to this file.",
      );
    }
  }
}

/** Returns the paths that a value of the field `extends` names, each with its own path in the file. */
function listOf(value: unknown, source: YamlSource): [string, Path][] {
  const items = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return items.map((item: unknown, index) => {
    const path = Array.isArray(value) ? [EXTENDS, index] : [EXTENDS];
    if (typeof item !== "string" || item === "") {
      throw refusal(
        "HAKS-FILE-004",
        { file: source.file, ...source.positionOf(path) },
        `The field "${EXTENDS}" must be the path of a file, or a list of paths.`,
        "Write a path such as ../defaults.yaml.",
      );
    }
    return [item, path];
  });
}

function refusal(code: string, place: Place, message: string, remedy: string): FindingsError {
  return new FindingsError([{ severity: "error", code, ...place, message, remedy }]);
}
