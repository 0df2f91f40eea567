// A YAML file that remembers where everything stands.
import {
  Document,
  LineCounter,
  Pair,
  ParsedNode,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  parseDocument,
  visit,
} from "yaml";
import { PlacedFinding } from "../finding";

/** Keys and indexes from the root of a file. */
export type Path = readonly (string | number)[];

/** A place in a file; lines and columns start at 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A parsed YAML file. */
export class YamlSource {
  private readonly lines = new LineCounter();
  private readonly document: Document.Parsed<ParsedNode>;

  public constructor(
    private readonly file: string,
    text: string,
  ) {
    this.document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false });
  }

  /** What keeps the file from being read, and texts in it that Terraform would evaluate. */
  public findings(): PlacedFinding[] {
    // Behind an error of the grammar everything else is its echo.
    const { errors } = this.document;
    const grammar = errors.find(({ code }) => code !== "DUPLICATE_KEY");
    const syntax = (grammar ? [grammar] : errors).map(({ pos, message, code }) =>
      this.finding(
        pos[0],
        "HAKS-FILE-001",
        `The YAML is broken: ${code === "MULTIPLE_DOCS" ? "there is more than one document in the file." : message.replace(/\.?$/, ".")}`,
        "Correct the spelling; indent with spaces.",
      ),
    );
    return syntax.length > 0 ? syntax : this.expressionFindings();
  }

  /**
   * The content as plain data; only of a file without findings.
   *
   * @throws if aliases would make it enormous
   */
  public data(): unknown {
    return this.document.toJS();
  }

  /** Where a value stands. If it is not there, where the nearest thing around it does. */
  public positionOf(path: Path): Position {
    const node = this.node(path);
    if (isNode(node) && node.range) {
      return this.at(node.range[0]);
    }
    return path.length === 0 ? { line: 1, column: 1 } : this.positionOfKey(path.slice(0, -1));
  }

  /** Where the key of a value stands; for an item of a list, the item. */
  public positionOfKey(path: Path): Position {
    const key = this.pairAt(path)?.key;
    return isNode(key) && key.range ? this.at(key.range[0]) : this.positionOf(path);
  }

  /** Whether there is a value at a path. */
  public has(path: Path): boolean {
    return this.node(path) !== undefined;
  }

  private pairAt(path: Path): Pair<unknown, unknown> | undefined {
    const parent = this.resolved(path.slice(0, -1));
    const last = String(path[path.length - 1]);
    return isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === last)
      : undefined;
  }

  /** The node at a path; an alias stands for what it names, except at the end of the path. */
  private node(path: Path): unknown {
    if (path.length === 0) {
      return this.document.contents ?? undefined;
    }
    const parent = this.resolved(path.slice(0, -1));
    return isCollection(parent) ? parent.get(path[path.length - 1], true) : undefined;
  }

  private resolved(path: Path): unknown {
    const node = this.node(path);
    return isAlias(node) ? node.resolve(this.document) : node;
  }

  private expressionFindings(): PlacedFinding[] {
    const found: PlacedFinding[] = [];
    visit(this.document, {
      Scalar: (_, node) => {
        if (typeof node.value === "string" && /[$%]\{/.test(node.value)) {
          found.push(
            this.finding(
              node.range?.[0] ?? 0,
              "HAKS-FILE-006",
              `"${node.value}" holds an expression that Terraform would evaluate.`,
              "Write the value itself, without ${ and %{.",
            ),
          );
        }
      },
    });
    return found;
  }

  private finding(offset: number, code: string, message: string, remedy: string): PlacedFinding {
    return { severity: "error", code, file: this.file, ...this.at(offset), message, remedy };
  }

  private at(offset: number): Position {
    const { line, col } = this.lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}
