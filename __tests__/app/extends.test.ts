// A description that extends other files: how they are merged, and where findings point.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { loadConfiguration } from "../../app/config/load";
import { gathered } from "../../app/config/load-all";
import { mergeOver, sourceAt } from "../../app/config/merge";
import { FindingsError, PlacedFinding } from "../../app/finding";
import { inScratch, textOf } from "../scenarios";

/** A value in a file called by one letter. */
const layer = (source: string, value: unknown) => ({ source, value });

const merged = (...values: unknown[]) =>
  values.map((value, index) => layer("abc"[index]!, value)).reduce(mergeOver);

describe("two files", () => {
  test.each<[string, unknown, unknown, unknown]>([
    ["fields of both", { a: 1 }, { b: 2 }, { a: 1, b: 2 }],
    ["the same field", { a: 1 }, { a: 2 }, { a: 2 }],
    ["a group", { g: { a: 1, b: 1 } }, { g: { b: 2 } }, { g: { a: 1, b: 2 } }],
    ["a list", { l: [1, 2] }, { l: [3] }, { l: [3] }],
    [
      "a group of the same type",
      { g: { type: "x", a: 1 } },
      { g: { type: "x" } },
      { g: { type: "x", a: 1 } },
    ],
    [
      "a group of a type that one file names",
      { g: { type: "x", a: 1 } },
      { g: { b: 2 } },
      { g: { type: "x", a: 1, b: 2 } },
    ],
    [
      "a group of another type",
      { g: { type: "x", a: 1 } },
      { g: { type: "y" } },
      { g: { type: "y" } },
    ],
    ["an empty value", { a: 1, b: 1 }, { a: null }, { b: 1 }],
    ["an empty value for nothing", {}, { a: null }, { a: null }],
    ["a text for a group", { g: { a: 1 } }, { g: "x" }, { g: "x" }],
    ["a group for a text", { g: "x" }, { g: { a: 1 } }, { g: { a: 1 } }],
  ])("%s", (_, below, above, expected) => {
    expect(merged(below, above).value).toEqual(expected);
  });

  test("say where each value is from", () => {
    const found = merged({ g: { a: 1, h: { x: 1 } }, l: [1] }, { g: { a: 2 } }, { l: [1] });
    const sources = [["g", "a"], ["g", "h"], ["g", "h", "x"], ["g", "none"], ["l", 0], ["none"]];
    expect(sources.map((path) => sourceAt(found, path))).toEqual(["b", "a", "a", "b", "c", "c"]);
  });

  test("a group that replaces another one has none of its places", () => {
    const found = merged({ g: { type: "x", a: 1 } }, { g: { type: "y" } });
    expect(sourceAt(found, ["g", "a"])).toBe("b");
  });
});

const DEFAULTS = textOf("examples/enterprise/haks.yaml").replace(/^name: .*\n/m, "");

const CLUSTER = "extends: ../defaults.yaml\nname: one\n";

/** What comes of `clusters/one.yaml`, with other files beside it. */
function outcomeOf(files: { readonly [name: string]: string }): string[] {
  return inScratch((folder) => {
    const all = { "defaults.yaml": DEFAULTS, "clusters/one.yaml": CLUSTER, ...files };
    for (const [name, text] of Object.entries(all)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const brief = ({ file, line, column, code, message }: PlacedFinding) =>
      `${relative(folder, file)}:${line}:${column} ${code} ${message.replaceAll(`${folder}/`, "")}`;
    try {
      const { spec, warnings } = loadConfiguration(join(folder, "clusters/one.yaml"));
      return [`${spec.name} in ${spec.resourceGroup.name}`, ...warnings.map(brief)];
    } catch (error) {
      if (error instanceof FindingsError) {
        return error.findings.map(brief);
      }
      throw error;
    }
  });
}

describe("a description", () => {
  test("extends another file", () => {
    expect(outcomeOf({})[0]).toBe("one in haks-prod");
    expect(
      outcomeOf({ "clusters/one.yaml": `${CLUSTER}resourceGroup: { name: other }\n` })[0],
    ).toBe("one in other");
  });

  test("extends several files, of which one extends another: the last one counts", () => {
    const files = {
      "a.yaml": "extends: defaults.yaml\nresourceGroup: { name: a }\n",
      "b.yaml": "resourceGroup: { name: b }\n",
    };
    const one = (list: string) => ({
      ...files,
      "clusters/one.yaml": CLUSTER.replace("../defaults.yaml", list),
    });
    expect(outcomeOf(one("[../a.yaml, ../b.yaml]"))[0]).toBe("one in b");
    expect(outcomeOf(one("[../b.yaml, ../a.yaml]"))[0]).toBe("one in a");
  });

  test("a mistake is told in the file that has it", () => {
    const typo = DEFAULTS.replace("nodeSubnet", "nodeSubnt");
    expect(outcomeOf({ "defaults.yaml": typo })).toEqual([
      'defaults.yaml:24:3 HAKS-FILE-002 The field "nodeSubnt" is unknown here.',
    ]);
    expect(outcomeOf({ "clusters/one.yaml": `${CLUSTER}locaton: x\n` })).toEqual([
      'clusters/one.yaml:3:1 HAKS-FILE-002 The field "locaton" is unknown.',
    ]);
  });

  test("a rule that a default breaks is told where the default is", () => {
    const ranges = DEFAULTS.replace("10.245.0.0/16", "10.245.0.0/33");
    const [first] = outcomeOf({ "defaults.yaml": ranges });
    expect(first).toMatch(/^defaults\.yaml:34:16 HAKS-/);
    const own = `${CLUSTER}network:\n  serviceCidr: 10.1.0.0/16\n`;
    expect(outcomeOf({ "defaults.yaml": ranges, "clusters/one.yaml": own })[0]).toBe(
      "one in haks-prod",
    );
  });

  test("an expression is told in the file that has it", () => {
    const files = { "defaults.yaml": DEFAULTS.replace("spoke-vnet", "${var.vnet}") };
    expect(outcomeOf(files)).toEqual([
      expect.stringMatching(/^defaults\.yaml:22:11 HAKS-FILE-006 /),
    ]);
  });

  test.each([
    [
      "a file that is not there",
      "../default.yaml",
      "1:10 HAKS-FILE-007 The file default.yaml, which this description extends, cannot be read: no such file or directory.",
    ],
    ["itself", "one.yaml", "1:10 HAKS-FILE-010 The file clusters/one.yaml extends itself."],
    [
      "a number",
      "5",
      '1:10 HAKS-FILE-004 The field "extends" must be the path of a file, or a list of paths.',
    ],
    [
      "a list with a group",
      "[{a: b}]",
      '1:11 HAKS-FILE-004 The field "extends" must be the path of a file, or a list of paths.',
    ],
    [
      "nothing",
      "",
      '1:10 HAKS-FILE-004 The field "extends" must be the path of a file, or a list of paths.',
    ],
  ])("extends %s", (_, path, finding) => {
    const text = CLUSTER.replace("../defaults.yaml", path);
    expect(outcomeOf({ "clusters/one.yaml": text })).toEqual([`clusters/one.yaml:${finding}`]);
  });

  test("extends itself by way of another file", () => {
    expect(outcomeOf({ "defaults.yaml": `extends: clusters/one.yaml\n${DEFAULTS}` })).toEqual([
      "defaults.yaml:1:10 HAKS-FILE-010 The file clusters/one.yaml extends itself, by way of defaults.yaml.",
    ]);
  });

  test("extends a file that is no valid YAML", () => {
    expect(outcomeOf({ "defaults.yaml": `a: [\n${DEFAULTS}` })).toEqual([
      expect.stringMatching(/^defaults\.yaml:\d+:\d+ HAKS-FILE-001 /),
    ]);
  });
});

test("findings at one place of an extended file are one, also if their words differ", () => {
  const at = (file: string, message: string): PlacedFinding => ({
    ...{ severity: "error", code: "HAKS-NET-002", file, line: 3, column: 5, message },
    remedy: "Choose another range.",
  });
  const found = (file: string) =>
    gathered([
      ["a.yaml", [at(file, "The range of a overlaps.")]],
      ["b.yaml", [at(file, "The range of b overlaps.")]],
    ]).map(({ message, descriptions }) => [message, descriptions]);
  expect(found("defaults.yaml")).toEqual([["The range of a overlaps.", ["a.yaml", "b.yaml"]]]);
  // In a description itself, each is told.
  expect(found("a.yaml")).toHaveLength(2);
});
