// A parsed YAML file with the position of each value.
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
import { keyWords, syntaxWords } from "./syntax-words";

/** Keys and indexes from the root of a file. */
export type Path = readonly (string | number)[];

/** A position in a file; lines and columns start at 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A parsed YAML file. */
export class YamlSource {
  private readonly lines = new LineCounter();
  private readonly document: Document.Parsed<ParsedNode>;

  public constructor(
    public readonly file: string,
    private readonly text: string,
  ) {
    this.document = parseDocument(text, {
      lineCounter: this.lines,
      prettyErrors: false,
      logLevel: "error",
    });
  }

  /** Returns syntax errors; without any, values with Terraform expressions. */
  public findings(): PlacedFinding[] {
    // Errors after a grammar error are consequences of it.
    // A warning is about a tag, which would change the value in silence.
    const errors = [...this.document.errors, ...this.document.warnings];
    const grammar = errors.find(({ code }) => code !== "DUPLICATE_KEY");
    const syntax = (grammar ? [grammar] : errors).map(({ pos, message, code }) =>
      this.finding(pos[0], "HAKS-FILE-001", ...syntaxWords(code, message, this.text, pos[0])),
    );
    const broken = syntax.length > 0 ? syntax : [...this.aliasFindings(), ...this.keyFindings()];
    return broken.length > 0 ? broken : this.expressionFindings();
  }

  /**
   * Returns the content as plain data. Call it only if there are no findings.
   *
   * @throws if aliases would expand it beyond a limit
   */
  public data(): unknown {
    return this.document.toJS();
  }

  /** Returns the position of a value, or that of the nearest enclosing one if the value is missing. */
  public positionOf(path: Path): Position {
    const node = this.node(path);
    if (isNode(node) && node.range) {
      return this.at(node.range[0]);
    }
    return path.length === 0 ? { line: 1, column: 1 } : this.positionOfKey(path.slice(0, -1));
  }

  /** Returns the position of the key of a value; for a list item, that of the item. */
  public positionOfKey(path: Path): Position {
    const key = this.pairAt(path)?.key;
    return isNode(key) && key.range ? this.at(key.range[0]) : this.positionOf(path);
  }

  /** Returns a single value as it is written; undefined if there is none at the path. */
  public textOf(path: Path): string | undefined {
    const node = this.resolved(path);
    return isScalar(node) ? node.source : undefined;
  }

  /** Whether a path has a value. */
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

  /** Returns the node at a path. Aliases are resolved, except at the end of the path. */
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

  private aliasFindings(): PlacedFinding[] {
    const found: PlacedFinding[] = [];
    visit(this.document, {
      Alias: (_, node) => {
        if (!node.resolve(this.document)) {
          found.push(
            this.finding(
              node.range?.[0] ?? 0,
              "HAKS-FILE-001",
              `The alias *${node.source} refers to nothing: no value above it has the anchor &${node.source}.`,
              `Write &${node.source} before the value that is to be repeated, or write the value here.`,
            ),
          );
        }
      },
    });
    return found;
  }

  private keyFindings(): PlacedFinding[] {
    const found: PlacedFinding[] = [];
    visit(this.document, {
      Pair: (_, { key }) => {
        if (isCollection(key)) {
          const offset = key.range?.[0] ?? 0;
          const words = keyWords(this.text, offset);
          found.push(this.finding(offset, "HAKS-FILE-001", ...words));
        }
      },
    });
    return found;
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
              `"${node.value}" contains an expression that Terraform would evaluate.`,
              "Write the literal value, without ${ and %{.",
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
