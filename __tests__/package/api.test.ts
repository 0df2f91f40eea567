// What holds the public API: no break without a word, and nothing without documentation.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Assembly as PageAssembly, apiPage } from "../../build/docs/api";
import { textOf } from "../scenarios";
import { ROOT, newScratch, run } from "./tools";

interface Assembly {
  readonly types: {
    readonly [fqn: string]: { properties?: { name: string }[]; methods?: { name: string }[] };
  };
}

test("the page of the API is that of the assembly", () => {
  expect(textOf("docs", "api.md")).toBe(apiPage(JSON.parse(textOf(".jsii")) as PageAssembly));
});

test("the page has each type once, and separates the description from the library", () => {
  const { name, types } = JSON.parse(textOf(".jsii")) as PageAssembly;
  const [library = "", description = ""] = textOf("docs", "api.md").split("## The description\n");
  const typesIn = (text: string) =>
    [...text.matchAll(/^\| \[(\w+)\]/gm)].map(([, type]) => `${name}.${type}`);
  expect([...typesIn(library), ...typesIn(description)].sort()).toEqual(Object.keys(types).sort());
  expect(typesIn(library)).toContain(`${name}.ClusterPlan`);
  expect(description).toContain("#hardened-aks.SpotOptions) | `nodePools.user.*.spot` |");
});

test("a type without a section on the page is found", () => {
  const { name, types } = JSON.parse(textOf(".jsii")) as PageAssembly;
  const type = { ...types[`${name}.Egress`]!, locationInModule: { filename: "lib/new/x.ts" } };
  expect(() => apiPage({ name, types: { [`${name}.Egress`]: type } })).toThrow("Egress");
});

describe("the comparison with the last release", () => {
  // The last release as it would be if it had had this member.
  const compareWith = (change: (assembly: Assembly) => void): string => {
    const assembly = JSON.parse(textOf("api", "baseline.json")) as Assembly;
    change(assembly);
    const file = join(newScratch(), "baseline.json");
    writeFileSync(file, JSON.stringify(assembly));
    const program =
      'import { compareWithBaseline } from "./build/api.mjs"; await compareWithBaseline(process.argv[1]);';
    return run(process.execPath, ["--input-type=module", "-e", program, file], ROOT);
  };

  test("takes the API as it is", () => {
    expect(compareWith(() => undefined)).toContain("jsii-diff");
  });

  test("refuses that a property goes", () => {
    expect(() =>
      compareWith(({ types }) => {
        const { properties = [] } = types["hardened-aks.ClusterSpec"]!;
        properties.push({ ...properties[0]!, name: "formerly" });
      }),
    ).toThrow("removed:hardened-aks.ClusterSpec.formerly");
  });

  test("refuses that a method goes", () => {
    expect(() =>
      compareWith(({ types }) => {
        const { methods = [] } = types["hardened-aks.Egress"]!;
        methods.push({ ...methods[0]!, name: "formerly" });
      }),
    ).toThrow("removed:hardened-aks.Egress.formerly");
  });
});

describe("the lint rules about documentation", () => {
  /** File, what is in it, and what stands there instead. */
  const CHANGES: [string, string, string, string, string][] = [
    [
      "a struct without",
      "lib/spec/access.ts",
      "/** Who deploys the cluster, and who works in it. */\n",
      "",
      "jsdoc/require-jsdoc",
    ],
    [
      "a property without",
      "lib/spec/access.ts",
      "  /** Role of the principal in Kubernetes. */\n",
      "",
      "jsdoc/require-jsdoc",
    ],
    [
      "an optional property without default",
      "lib/spec/access.ts",
      "   *\n   * @default - none\n",
      "",
      "jsdoc/no-restricted-syntax",
    ],
    [
      "a number without unit",
      "lib/spec/upgrades.ts",
      "Length in hours: 4 to 24.",
      "Length: 4 to 24.",
      "jsdoc/no-restricted-syntax",
    ],
    [
      "a class without",
      "lib/spec/principal.ts",
      "/** A group or a service principal of Entra ID. */\n",
      "",
      "jsdoc/require-jsdoc",
    ],
    [
      "a static method without",
      "lib/spec/principal.ts",
      "  /**\n   * A security group.\n   *\n   * @param name display name. Without `objectId` the principal is looked up by it in Entra ID.\n   * @param objectId object id (GUID). That of a service principal is not its client id.\n   */\n",
      "",
      "jsdoc/require-jsdoc",
    ],
    [
      "a property of a class without",
      "lib/spec/principal.ts",
      "    /** The `principal_type` of its role assignments. */\n",
      "",
      "jsdoc/require-jsdoc",
    ],
    [
      "a method without",
      "lib/existing/subnet.ts",
      "  /**\n   * Grants Network Contributor on this subnet.\n   *\n   * @param grantee principal that joins resources to the subnet\n   * @throws if the name of the grantee is known only to Terraform, or is that of another one that has this already\n   */\n  public",
      "  public",
      "jsdoc/require-jsdoc",
    ],
    [
      "a constructor without",
      "lib/stacks/team-stack.ts",
      "  /**\n   * @param scope the app\n   * @param id name of the stack, without blanks; `stackPrefix` precedes it\n   * @param props the settings of Terraform; by default local state, and no aspects\n   * @throws if the settings have a secret, or an invalid subscription, prefix or backend, or if another copy of the\n   * framework made the app\n   */\n",
      "",
      "jsdoc/require-jsdoc",
    ],
    [
      "a method that throws without saying when",
      "lib/cluster/hardened-cluster.ts",
      "   * @throws if there is no user pool",
      "   * If there is no user pool",
      "jsdoc/require-throws",
    ],
    [
      "a parameter without default",
      "lib/spec/egress.ts",
      "its public addresses, ports and idle timeout; by default AKS creates one",
      "its public addresses, ports and idle timeout",
      "jsdoc/no-restricted-syntax",
    ],
    [
      "a description that says nothing",
      "lib/spec/principal.ts",
      "  /**\n   * A security group.\n   *\n",
      "  /**\n",
      "jsdoc/require-description",
    ],
  ];

  test("find nothing in the current API, and find each of these changes", () => {
    const texts = CHANGES.flatMap(([, file, before, after]) => {
      const text = textOf(file);
      expect(text).toContain(before);
      return [
        { file, text },
        { file, text: text.replace(before, after) },
      ];
    });
    const list = join(newScratch(), "texts.json");
    writeFileSync(list, JSON.stringify(texts));
    const program = `
      import { ESLint } from "eslint";
      import { readFileSync } from "node:fs";
      const eslint = new ESLint();
      const found = [];
      for (const { file, text } of JSON.parse(readFileSync(process.argv[1], "utf8"))) {
        const [{ messages }] = await eslint.lintText(text, { filePath: file });
        found.push(messages.map(({ ruleId }) => ruleId));
      }
      console.log(JSON.stringify(found));`;
    const printed = run(process.execPath, ["--input-type=module", "-e", program, list], ROOT);
    expect(JSON.parse(printed)).toEqual(CHANGES.flatMap(([, , , , rule]) => [[], [rule]]));
  });
});
