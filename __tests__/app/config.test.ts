// Mistakes in haks.yaml: each with its place, all in one run. And the JSON Schema of the file.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";
import { loadConfiguration } from "../../app/config/load";
import { FindingsError, PlacedFinding, formatFinding } from "../../app/finding";
import { synthesize } from "../../app/synthesize";
import { INPUTS, inScratch, once, textOf } from "../scenarios";

const GOOD = textOf("examples/enterprise/haks.yaml");

/** The good file with one text replaced; the text must be there exactly once. */
function broken(text: string, replacement: string): string {
  expect(GOOD.split(text)).toHaveLength(2);
  return GOOD.replace(text, () => replacement);
}

/** Where a text starts: line and column, from 1. */
function placeOf(file: string, text: string): string {
  const before = file.slice(0, file.indexOf(text)).split("\n");
  return `${before.length}:${(before[before.length - 1] ?? "").length + 1}`;
}

function findingsOf(text: string | Buffer): PlacedFinding[] {
  return inScratch((folder) => {
    const file = join(folder, "haks.yaml");
    writeFileSync(file, text);
    try {
      return loadConfiguration(file).warnings;
    } catch (error) {
      if (error instanceof FindingsError) {
        return error.findings;
      }
      throw error;
    }
  });
}

function brief(findings: PlacedFinding[]): string[] {
  return findings.map(({ line, column, code }) => `${line}:${column} ${code}`);
}

const MISTAKES = parse(textOf("__tests__/app/mistakes.yaml")) as Mistake[];

interface Mistake {
  readonly mistake: string;
  /** The whole file, in place of an edit. */
  readonly file?: string;
  readonly encoding?: BufferEncoding;
  readonly replace?: string;
  readonly by?: string;
  readonly add?: string;
  readonly findings: string[];
}

describe("a file with one mistake", () => {
  test("is good without it", () => {
    expect(findingsOf(GOOD)).toEqual([]);
  });

  test.each(MISTAKES)("$mistake", ({ file, encoding, replace = "", by = "", add, findings }) => {
    const edited = add === undefined ? (file ?? broken(replace, by)) : GOOD + add;
    const found = findingsOf(Buffer.from(edited, encoding));
    expect(
      found.map(({ line, column, severity, code, message, remedy }) =>
        [
          ...(line === undefined ? [] : [`${line}:${column}`]),
          severity,
          code,
          message,
          remedy,
        ].join(" "),
      ),
    ).toEqual(findings);
  });

  test("has no characters in its findings that control a terminal", () => {
    const [finding] = findingsOf(broken("location: westeurope", 'location: "w\\e[31m\\u202e\\n"'));
    expect(finding?.message).toContain("\u001b");
    expect(formatFinding(finding!)).toMatch(/: "w\\u\{1b\}\[31m\\u\{202e\}\\u\{a\}" is not/);
  });

  test("is told at its place, with what is wrong and what to do", () => {
    expect(MISTAKES.length).toBeGreaterThan(150);
    const sentences =
      /^(?:\d+:\d+ )?(error|warning) HAKS-[A-Z0-9]+-\d{3} ["A-Z].*[^.]\. [A-Z].*[^.]\.$/;
    for (const { mistake, findings } of MISTAKES) {
      expect([mistake, findings]).toEqual([
        mistake,
        findings.map(() => expect.stringMatching(sentences) as string),
      ]);
      expect(findings).not.toEqual([]);
    }
  });

  test("a file that is not there", () => {
    expect(() => loadConfiguration("no-such-file.yaml")).toThrow(
      /^no-such-file.yaml: error HAKS-FILE-007: The file cannot be read: no such file or directory\. /,
    );
  });

  test("a folder", () => {
    expect(() => loadConfiguration("docs")).toThrow(
      "docs: error HAKS-FILE-007: The file cannot be read: it is a folder, not a file. Name the description",
    );
  });

  test.each([
    [
      "UTF-16 without a mark",
      Buffer.from(GOOD, "utf16le"),
      "The file is in UTF-16, or has zero bytes.",
    ],
    ["another encoding", Buffer.from([...Buffer.from(GOOD), 0xe9]), "The file is not in UTF-8."],
    ["another encoding, one letter", Buffer.from([0xe9]), "The file is not in UTF-8."],
  ])("a file in %s", (_, bytes, message) => {
    expect(findingsOf(bytes)).toMatchObject([{ code: "HAKS-FILE-007", message }]);
    expect(findingsOf(`\ufeff${GOOD}`)).toEqual([]);
  });

  test.each([
    ["empty", "", "1:1 HAKS-FILE-004"],
    ["a list", "- a\n", "1:1 HAKS-FILE-004"],
    ["two documents", `${GOOD}---\nname: x\n`, "HAKS-FILE-001"],
  ])("a file that is %s", (_, text, expected) => {
    expect(brief(findingsOf(text)).join()).toContain(expected);
  });

  test("aliases are followed, and a bomb of them is refused", () => {
    const aliased = GOOD.replace(
      "vmSize: Standard_D4ds_v5",
      "vmSize: &size Standard_D4ds_v5",
    ).replace("vmSize: Standard_D8ds_v5", "vmSize: *size");
    expect(findingsOf(aliased)).toEqual([]);
    const bomb = `a: &a [1,1,1,1,1,1,1,1,1,1]\n${"bcdefg"
      .split("")
      .map((key, index) => `${key}: &${key} [${Array(10).fill(`*${"abcdefg"[index]}`).join()}]`)
      .join("\n")}\n`;
    expect(findingsOf(bomb).map(({ code }) => code)).toEqual(["HAKS-FILE-007"]);
  });
});

test("a file with five errors: all five at once, in the order of the file", () => {
  const text = GOOD.replace("location: westeurope", "locaton: westeurope")
    .replace("name: spoke-vnet", "name: spoke/vnet")
    .replace("podCidr: 10.244.0.0/16", "podCidr: 10.245.128.0/17")
    .replace("maxCount: 20", "maxCount: twenty")
    .replace("type: group", "type: user");
  expect(brief(findingsOf(text))).toEqual([
    `${placeOf(text, "locaton")} HAKS-FILE-002`,
    `${placeOf(text, "spoke/vnet")} HAKS-NAME-001`,
    `${placeOf(text, "10.245.128.0/17")} HAKS-NET-002`,
    `${placeOf(text, "twenty")} HAKS-FILE-004`,
    `${placeOf(text, "user\n")} HAKS-FILE-005`,
  ]);
});

test("errors leave the output folder unchanged", () => {
  inScratch((folder) => {
    const outdir = join(folder, "out");
    const file = join(folder, "haks.yaml");
    mkdirSync(outdir);
    writeFileSync(join(outdir, "mine.txt"), "mine");
    writeFileSync(file, broken("location: westeurope", "location: 12"));
    expect(() => synthesize({ file, outdir })).toThrow(FindingsError);
    expect(textOf(outdir, "mine.txt")).toBe("mine");
    expect(() => textOf(outdir, "manifest.json")).toThrow("ENOENT");
    rmSync(join(outdir, "mine.txt"));
    synthesize({ file: INPUTS.lab!, outdir });
    expect(textOf(outdir, "manifest.json")).toContain("haks-cluster");
  });
});

describe("the JSON Schema", () => {
  const SCHEMA = JSON.parse(textOf("haks.schema.json")) as Schema;
  const validator = once(() =>
    new Ajv({ strict: false, validateFormats: false, code: { optimize: false } }).compile(SCHEMA),
  );

  test.each(Object.entries(INPUTS))("accepts and is named by %s", (_, file) => {
    const text = textOf(file);
    const validate = validator();
    expect(validate(parse(text)) ? [] : validate.errors).toEqual([]);
    expect(validate({ ...(parse(text) as object), region: "x" })).toBe(false);
    expect(text).toMatch(/^# yaml-language-server: \$schema=(\.\.\/\.\.|\.)\/haks\.schema\.json\n/);
  });

  test("describes every field", () => {
    const bare: string[] = [];
    const walk = (schema: Schema, path: string): void => {
      for (const [name, field] of Object.entries(schema.properties ?? {})) {
        if (field && !field.description) {
          bare.push(`${path}.${name}`);
        }
        walk(field || {}, `${path}.${name}`);
      }
      [schema.items, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].forEach((inner) => {
        if (inner) {
          walk(inner, path);
        }
      });
    };
    walk(SCHEMA, "");
    expect(bare).toEqual([]);
  });
});

interface Schema {
  description?: string;
  properties?: { [name: string]: Schema | false };
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
}
