// Writes a description as YAML, with comments. Pure.
import { Document, Scalar, YAMLMap, isMap, isNode, isSeq } from "yaml";
import { Fields } from "../config/file-schema";
import { Path } from "../config/yaml-source";
import { sentence } from "../review/text";

/** Longest line of a comment. */
const WIDTH = 110;

/** A comment on the field at a path, or on an item of a list. */
export interface Comment {
  readonly path: Path;
  readonly text: string;
}

/** Returns a description as YAML. */
export function descriptionText(content: Fields, comments: Comment[], head: string[]): string {
  const document = new Document(content);
  // Of YAML 1.1, some readers take 02:00 for a number.
  const quoted = /^\d[\d:.]*$/;
  for (const { path, text } of comments) {
    const target = commented(document, path);
    if (target) {
      const before = target.commentBefore;
      const lines = wrapped(text);
      target.commentBefore = before ? `${before}\n${lines}` : lines;
    }
  }
  for (const { key, value } of isMap(document.contents) ? document.contents.items : []) {
    if (key instanceof Scalar && (isMap(value) || isSeq(value))) {
      key.spaceBefore = true;
    }
  }
  document.commentBefore = head.map(wrapped).join("\n");
  quoteTexts(document.contents, quoted);
  return document.toString({ lineWidth: 0, indentSeq: true });
}

/** The node whose comment stands above a field. */
function commented(document: Document, path: Path): { commentBefore?: string | null } | undefined {
  const parent: unknown = path.length > 1 ? document.getIn(path.slice(0, -1)) : document.contents;
  const last = path[path.length - 1];
  if (isMap(parent)) {
    const key = parent.items.find((pair) => (pair.key as Scalar).value === last)?.key;
    return isNode(key) ? key : undefined;
  }
  const item: unknown = isSeq(parent) ? parent.items[Number(last)] : undefined;
  return isNode(item) ? item : undefined;
}

function quoteTexts(node: unknown, pattern: RegExp): void {
  if (isMap(node) || isSeq(node)) {
    for (const item of (node as YAMLMap).items as unknown[]) {
      quoteTexts(isMap(node) ? (item as { readonly value: unknown }).value : item, pattern);
    }
  } else if (node instanceof Scalar && typeof node.value === "string" && pattern.test(node.value)) {
    node.type = "QUOTE_DOUBLE";
  }
}

/** Returns a text as the lines of a comment. */
function wrapped(text: string): string {
  const lines: string[] = [];
  for (const word of sentence(text).split(" ")) {
    const last = lines[lines.length - 1];
    if (last === undefined || last.length + word.length + 1 > WIDTH) {
      lines.push(word);
    } else {
      lines[lines.length - 1] = `${last} ${word}`;
    }
  }
  return lines.map((line) => ` ${line}`).join("\n");
}
