// Mistakes in haks.yaml: each with its place, all in one run. And the JSON Schema of the file.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";
import { loadConfiguration } from "../../app/config/load";
import { FindingsError, PlacedFinding } from "../../app/finding";
import { synthesize } from "../../app/synthesize";
import { INPUTS, inScratch, once, textOf } from "../scenarios";

// Its zone is given by id, which the preflight does not read: that would be a warning in every test.
const GOOD = `${textOf("examples/enterprise/haks.yaml")}
preflight:
  identityGrants: warn
`;

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

function findingsOf(text: string): PlacedFinding[] {
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

describe("a file with one error", () => {
  // what is wrong, the good text, the bad one, what the place starts with, the code, words of the message
  const cases: [string, string, string, string, string, string][] = [
    [
      "broken YAML",
      "  name: haks-prod\n\nid",
      "\tname: haks-prod\n\nid",
      "\tname",
      "HAKS-FILE-001",
      "YAML",
    ],
    [
      "a key twice",
      "location: westeurope",
      "location: westeurope\nlocation: northeurope",
      "location: northeurope",
      "HAKS-FILE-001",
      "unique",
    ],
    [
      "an unknown field",
      "location: westeurope",
      "location: westeurope\nregion: westeurope",
      "region",
      "HAKS-FILE-002",
      '"region"',
    ],
    [
      "an unknown field deep inside",
      "      maxCount: 20",
      "      maximum: 20",
      "maximum",
      "HAKS-FILE-002",
      '"maximum"',
    ],
    [
      "a missing field",
      "    name: spoke-vnet\n    resourceGroup: network-rg",
      "    name: spoke-vnet",
      "name: spoke-vnet",
      "HAKS-FILE-005",
      "does not identify",
    ],
    [
      "a missing field in a list",
      "    - name: apps\n      vmSize: Standard_D8ds_v5",
      "    - name: apps",
      "name: apps",
      "HAKS-FILE-003",
      '"vmSize"',
    ],
    [
      "a number for a text",
      "location: westeurope",
      "location: 12",
      "12",
      "HAKS-FILE-004",
      "the number 12",
    ],
    [
      "a version without quotes",
      "tags",
      "kubernetesVersion: 1.30",
      "1.30",
      "HAKS-FILE-004",
      "the number 1.3",
    ],
    [
      "a text for a group",
      "egress:\n    type: userDefinedRouting",
      "egress: userDefinedRouting",
      "userDefinedRouting",
      "HAKS-FILE-004",
      '"egress"',
    ],
    [
      "a choice that does not exist",
      "type: userDefinedRouting",
      "type: firewall",
      "firewall",
      "HAKS-FILE-005",
      '"firewall"',
    ],
    [
      "a kind that does not exist, with a field of another",
      "  type: zone",
      "  type: azone",
      "azone",
      "HAKS-FILE-005",
      '"azone"',
    ],
    [
      "a kind that does not exist",
      "type: overlay",
      "type: underlay",
      "underlay",
      "HAKS-FILE-005",
      '"underlay"',
    ],
    [
      "a half resource id",
      "id: /subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/dns-rg/providers/Microsoft.Network/privateDnsZones/privatelink.westeurope.azmk8s.io",
      "id: /subscriptions/x",
      "/subscriptions/x",
      "HAKS-FILE-005",
      "resource id",
    ],
    [
      "an id of another type",
      "privateDnsZones/privatelink",
      "dnsZones/privatelink",
      "/subscriptions/4",
      "HAKS-NAME-004",
      "privateDnsZones",
    ],
    [
      "a name that Azure refuses",
      "name: spoke-vnet",
      "name: spoke/vnet",
      "spoke/vnet",
      "HAKS-NAME-001",
      "virtual network name",
    ],
    [
      "an object id that is none",
      "objectId: 55555555-5555-4555-8555-555555555552",
      "objectId: platform",
      "platform\n",
      "HAKS-NAME-003",
      "GUID",
    ],
    [
      "ranges that overlap",
      "serviceCidr: 10.245.0.0/16",
      "serviceCidr: 10.244.128.0/17",
      "10.244.0.0/16",
      "HAKS-NET-002",
      "overlaps",
    ],
    [
      "a range that is none",
      "podCidr: 10.244.0.0/16",
      "podCidr: 10.244.1.0/16",
      "10.244.1.0/16",
      "HAKS-NET-001",
      "first address",
    ],
    [
      "the same identity twice",
      "name: haks-prod-kubelet-mi",
      "name: haks-prod-cp-mi",
      "haks-prod-cp-mi\n\nnetwork",
      "HAKS-ID-001",
      "share",
    ],
    [
      "an expression",
      "name: spoke-vnet",
      'name: "${file(0)}"',
      '"${file',
      "HAKS-FILE-006",
      "evaluate",
    ],
    [
      "a secret",
      "type: azurerm",
      "type: azurerm\n    config: { access_key: abc }",
      "abc",
      "HAKS-TF-001",
      "secret",
    ],
    [
      "a prefix that no folder can have",
      "type: azurerm",
      "type: azurerm\n  stackPrefix: prod/",
      "prod/",
      "HAKS-TF-003",
      '"prod/"',
    ],
    [
      "a backend that Terraform has not",
      "type: azurerm",
      "type: azure",
      "azure",
      "HAKS-TF-004",
      '"azure"',
    ],
    [
      "a time without quotes",
      'startTime: "02:00"',
      "startTime: 2",
      "2\n  nodeOs",
      "HAKS-FILE-004",
      "the number 2",
    ],
    [
      "a day that does not exist",
      "dayOfWeek: Sunday",
      "dayOfWeek: Sun",
      "Sun",
      "HAKS-FILE-005",
      '"Sun"',
    ],
    [
      "a text for a price",
      "      maxCount: 20",
      "      spot: { maxPrice: cheap }",
      "cheap",
      "HAKS-FILE-004",
      '"maxPrice" is the string "cheap"',
    ],
    [
      "a field that every object has",
      "location: westeurope",
      "location: westeurope\nconstructor: westeurope",
      "constructor",
      "HAKS-FILE-002",
      '"constructor"',
    ],
    [
      "an empty list item",
      "  - name: sharedregistry\n    resourceGroup: registry-rg\n    mode: abac",
      "  -",
      "- ",
      "HAKS-FILE-004",
      "empty",
    ],
  ];

  test("is good without it", () => {
    expect(findingsOf(GOOD)).toEqual([]);
  });

  test.each(cases)("%s", (_, good, bad, place, code, words) => {
    const text = good === "tags" ? `${GOOD}${bad}\n` : broken(good, bad);
    const findings = findingsOf(text);
    expect(findings.map(({ message }) => message)).toEqual([expect.stringContaining(words)]);
    const expected =
      place === "- " ? `${text.split("\n").indexOf("  -") + 1}:4` : placeOf(text, place);
    expect(brief(findings)).toEqual([`${expected} ${code}`]);
    expect(findings[0]?.remedy).toMatch(/\.$/);
  });

  test("a file that is not there", () => {
    expect(() => loadConfiguration("no-such-file.yaml")).toThrow(
      /^no-such-file.yaml: error HAKS-FILE-007: The file cannot be read: no such file or directory\. /,
    );
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
    `${placeOf(text, "name: haks-prod")} HAKS-FILE-003`,
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
