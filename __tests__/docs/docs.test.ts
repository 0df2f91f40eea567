// Every snippet of every page runs; every required page exists; every link leads somewhere.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Construct } from "constructs";
import { parse, parseDocument } from "yaml";
import { inSentences, listedIn } from "../preflight-lists";
import { exampleBackend } from "../../app/handoff/tfbackend";
import { loadConfiguration } from "../../app/config/load";
import { FindingsError, formatFinding } from "../../app/finding";
import * as library from "../../lib";
import lane from "../../compat/cdktn/package.json";
import nodes from "../../compat/node/package.json";
import { devDependencies, overrides as ownOverrides, version } from "../../package.json";
import { INPUTS, inScratch, render, specOf, stacksOf, textOf } from "../scenarios";
import { bin, run } from "../package/tools";
import { PAGES, SNIPPETS, commandsIn, inLanguage, localLinksIn, targetOf } from "./pages";
import { Program, writePrograms } from "./programs";
import { callsIn, problemWith } from "./shell";

const places = (language: string) => inLanguage(language).map((one) => [one.place, one] as const);

test("every fence is a snippet, in a language that is run here", () => {
  const fences = PAGES.flatMap((page) => textOf(page).match(/^ *```/gm) ?? []);
  expect(fences).toHaveLength(SNIPPETS.length * 2);
  const run = ["hcl", "json", "python", "sh", "text", "typescript", "yaml"];
  // A diagram does nothing.
  const others = SNIPPETS.filter(({ language }) => ![...run, "mermaid"].includes(language));
  expect(others.map(({ place, language }) => `${place} ${language}`)).toEqual([]);
});

describe("TypeScript", () => {
  const { programs, project } = writePrograms(inLanguage("typescript"));

  test("compiles, all of it", () => {
    expect(run(bin("tsc"), ["--project", project, "--noUnusedLocals", "false"])).toBe("");
  });

  test.each(programs.map((program) => [program.place, program] as const))(
    "of %s runs, and something comes of it",
    (_, program) => {
      expect(outcomesOf(program)).not.toEqual([]);
    },
  );

  // In a separate folder, where a program may write.
  function outcomesOf({ file }: Program): string[] {
    return inScratch((folder) => {
      const back = process.cwd();
      const log = jest.spyOn(console, "log").mockImplementation(() => undefined);
      process.chdir(folder);
      process.env.CDKTF_OUTDIR = join(folder, "out");
      try {
        jest.requireActual(file);
        const { stacks } = JSON.parse(textOf(folder, "out", "manifest.json")) as {
          stacks: object;
        };
        const written = readdirSync(folder).filter((name) => name !== "out");
        return [...Object.keys(stacks), ...written, ...log.mock.calls.map(String)];
      } finally {
        delete process.env.CDKTF_OUTDIR;
        process.chdir(back);
        log.mockRestore();
      }
    });
  }
});

describe("YAML", () => {
  // A part of a description stands for the same part of the lab, or is added to its list.
  const problemsOf = (part: string): string[] =>
    inScratch((folder) => {
      const document = parseDocument(textOf(INPUTS.lab!));
      for (const [key, value] of Object.entries((parse(part) ?? {}) as object)) {
        if (Array.isArray(value) && document.has(key)) {
          value.forEach((item) => document.addIn([key], item));
        } else {
          document.setIn([key], value);
        }
      }
      const file = join(folder, "clusters", "haks.yaml");
      mkdirSync(join(folder, "clusters"));
      writeFileSync(file, document.toString());
      // A file that some parts extend.
      writeFileSync(join(folder, "defaults.yaml"), "tags: {}\n");
      try {
        loadConfiguration(file);
        return [];
      } catch (error) {
        return (error as FindingsError).findings.map(formatFinding);
      }
    });

  test.each(places("yaml"))("of %s is a part of a description", (_, { text }) => {
    expect(problemsOf(text)).toEqual([]);
    if (!text.includes(":\n") && !/^\w/m.test(text)) {
      expect(textOf("haks.yaml").startsWith(text)).toBe(true);
    }
  });

  test("that is wrong is found", () => {
    expect(problemsOf("networks:\n  egress: 1\n").join()).toContain("HAKS-FILE-002");
  });
});

describe("commands", () => {
  test.each(places("sh"))("of %s are known", (_, { text }) => {
    const calls = callsIn(text);
    expect(calls.length).toBeGreaterThan(0);
    expect(calls.flatMap((call) => problemWith(call) ?? [])).toEqual([]);
  });

  test.each(PAGES.flatMap((page) => commandsIn(page).map((command) => [page, command] as const)))(
    "in a sentence of %s are known: %s",
    (_, command) => {
      expect(callsIn(command).flatMap((call) => problemWith(call) ?? [])).toEqual([]);
    },
  );

  test.each([
    ["bash cdktf.out/access-requests/platform.sh"],
    ["cat helps"],
    ["npm run fly"],
    ["npm run review -- --colour red"],
    ["npx cdktf deploy another-stack"],
    ["npx cdktf deploy haks-cluster --yes"],
    ["npx hardened-aks fly"],
    ["npx tsx examples/nothing/main.ts"],
    ["npm install cdktf@0.20.0"],
    ["terraform fly -input=false"],
    ["terraform init"],
    ["terraform plan -out=plan"],
    ["terraform state push"],
    ["az group delete"],
  ])("%s is none", (text) => {
    expect(callsIn(text).flatMap((call) => problemWith(call) ?? [])).toHaveLength(1);
  });

  test("without a stand-in fail", () => {
    expect(() => callsIn("curl https://example.org")).toThrow("curl");
  });
});

/** A resource that Terraform may refuse to destroy. */
interface Guarded {
  readonly lifecycle?: { readonly prevent_destroy?: boolean };
}

describe("other languages", () => {
  const [overrides, backends] = [true, false].map((isOverride) =>
    places("hcl").filter(([place]) => place.startsWith("docs/teardown.md") === isOverride),
  );

  test.each(overrides!)("%s lifts the protection of all that the lab protects", (_, { text }) => {
    const { identities } = stacksOf(specOf("lab"));
    const guarded = Object.entries(render(identities).resource ?? {}).flatMap(([type, resources]) =>
      Object.entries<Guarded>(resources as { [name: string]: Guarded })
        .filter(([, { lifecycle }]) => lifecycle?.prevent_destroy === true)
        .map(([name]) => `${type} ${name}`),
    );
    const lifted = [...text.matchAll(/^ *resource "(\w+)" "(\w+)" \{$/gm)];
    expect(lifted.map(([, type, name]) => `${type} ${name}`).sort()).toEqual(guarded.sort());
    expect(text.match(/prevent_destroy = false/g)).toHaveLength(guarded.length);
  });

  test.each(backends!)("%s has settings that azurerm has", (_, { text }) => {
    const keys = (of: string) => [...of.matchAll(/^(\w+) *=/gm)].map(([, key]) => key);
    const known = keys(exampleBackend({ type: "azurerm", fixed: {}, shared: {} }));
    expect(keys(text).length).toBeGreaterThan(2);
    expect(known).toEqual(expect.arrayContaining(keys(text)));
  });

  const [settings, switches] = [/^docs\/library\.md/, /^docs\/cdktn\.md/].map((page) =>
    places("json").filter(([place]) => page.test(place)),
  );

  test("of Node.js in the limits are those of the lane", () => {
    const versions = Object.values(nodes.optionalDependencies).map((one) => one.split("@").pop()!);
    expect(new Set(versions).size).toBe(3);
    expect(versions.filter((one) => !textOf("docs", "limits.md").includes(one))).toEqual([]);
  });

  test("in JSON is known", () => {
    expect([...settings!, ...switches!]).toHaveLength(places("json").length);
  });

  test.each(settings!)("%s has the terminal module that this package takes", (_, { text }) => {
    const name = "@cdktf/node-pty-prebuilt-multiarch";
    expect(JSON.parse(text)).toEqual({
      devDependencies: {
        [name]: devDependencies[name],
        "cdktf-cli": devDependencies["cdktf-cli"],
      },
      overrides: { [name]: ownOverrides[name] },
    });
  });

  test.each(switches!)("%s has the versions of the lane", (_, { text }) => {
    const { dependencies, overrides } = JSON.parse(text) as {
      dependencies: object;
      overrides: object;
    };
    const file = `file:${lane.name}-${version}.tgz`;
    expect(dependencies).toEqual({ ...lane.devDependencies, [lane.name]: file });
    expect(overrides).toEqual(lane.overrides);
  });
});

describe("output that is shown", () => {
  const shown = inLanguage("text");
  const flat = (text: string) => text.replace(/\s+/g, " ");

  test("is help, findings, the sentence of a check, or the list of rooms, and nothing else", () => {
    const kinds = [/^Usage: hardened-aks/, /^haks\.yaml:/, /^Error: Resource pre/, /^main\.ts {2}/];
    expect(shown.filter(({ text }) => !kinds.some((kind) => kind.test(text)))).toEqual([]);
    expect(shown).toHaveLength(5);
  });

  test("of findings is that of the broken lab", () => {
    const text = shown.find((one) => one.text.startsWith("haks.yaml:"))!.text;
    const lines = text.split("\n").slice(0, -1);
    const found = problemsOfBroken();
    expect(text.split("\n").pop()).toBe(`${found.length} errors; nothing was written.`);
    for (const [index, line] of lines.entries()) {
      expect(found[index]).toContain(line.replace(/ …$/, ""));
    }
    expect(found).toHaveLength(lines.length);
  });

  test("of the preflight is the sentence of the lab", () => {
    const text = shown.find((one) => one.text.startsWith("Error:"))!.text;
    const [head = "", ...items] = text.split("\n").slice(2);
    const shownThere = inSentences([`${head}\n- ${flat(items.join("\n")).replace(/^- /, "")}`]);
    const { locals } = render(stacksOf(specOf("lab")).cluster);
    expect(listedIn(locals)).toContain(shownThere[0]);
  });

  test("of rooms names existing folders and files", () => {
    const text = shown.find((one) => one.text.startsWith("main.ts "))!.text;
    const stack: string[] = [];
    const paths = text.split("\n").map((line) => {
      const [, indent = "", name = ""] = /^( *)(\S+)/.exec(line) ?? [];
      stack.splice(indent.length / 2, stack.length, name);
      return stack.join("");
    });
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
    expect(paths.length).toBeGreaterThan(15);
  });

  // The lab with three errors, at the places that the page shows.
  function problemsOfBroken(): string[] {
    const text = textOf("haks.yaml")
      .replace("name: haks-cp-mi", 'name: "${var.identity}"')
      .replace("  egress:\n", "  serviceCidr: 10.244.0.0/14\n  egress:\n")
      .replace("      maxCount: 6\n", "      maxcount: 6\n");
    return inScratch((folder) => {
      const file = join(folder, "haks.yaml");
      writeFileSync(file, text);
      try {
        loadConfiguration(file);
        return [];
      } catch (error) {
        return (error as FindingsError).findings
          .filter(({ severity }) => severity === "error")
          .map((finding) => formatFinding({ ...finding, file: "haks.yaml" }));
      }
    });
  }
});

describe("pages", () => {
  const kebab = (name: string) => name.replace(/\B[A-Z]/g, (one) => `-${one}`).toLowerCase();
  const constructs = Object.entries(library)
    .filter(([, value]) => typeof value === "function" && value.prototype instanceof Construct)
    .map(([name]) => name);

  test.each([...constructs, "ClusterStacks", "FleetStacks"])(
    "%s has one, with what, why and a snippet",
    (name) => {
      const page = join("docs", "constructs", `${kebab(name)}.md`);
      const text = textOf(page);
      expect(text).toMatch(new RegExp(`^# ${name}\n`));
      expect(text).toContain("**What.** ");
      expect(text).toContain("**Why.** ");
      const code = SNIPPETS.filter((snippet) => snippet.page === page).map((one) => one.text);
      expect(code.join("\n")).toMatch(new RegExp(`\\b${name}(\\.|\\()`));
      expect(textOf("docs", "library.md")).toContain(`(constructs/${kebab(name)}.md)`);
    },
  );

  test.each(["identity-team", "noc", "platform-team"])("the team %s has one", (team) => {
    const text = textOf("docs", "teams", `${team}.md`);
    for (const heading of [
      "## Rights you need",
      "## Review the Terraform plan",
      "## Common situations",
    ]) {
      expect(text).toContain(heading);
    }
  });

  test("the README is short", () => {
    expect(textOf("README.md").split("\n").length).toBeLessThanOrEqual(201);
  });

  test.each(PAGES)("the links of %s lead somewhere", (page) => {
    expect(localLinksIn(textOf(page)).filter((link) => !leadsSomewhere(page, link))).toEqual([]);
  });

  test("every page can be reached from the README", () => {
    const reached = new Set(["README.md"]);
    for (const page of reached) {
      for (const link of PAGES.includes(page) ? localLinksIn(textOf(page)) : []) {
        reached.add(targetOf(page, link));
      }
    }
    expect(PAGES.filter((page) => !reached.has(page))).toEqual([]);
  });

  test("a link to nowhere is found", () => {
    expect(leadsSomewhere("README.md", "docs/nothing.md")).toBe(false);
    expect(leadsSomewhere("README.md", "docs/library.md#nothing")).toBe(false);
    expect(leadsSomewhere("README.md", "docs/library.md#three-levels")).toBe(true);
  });

  test("have the current versions", () => {
    const text = PAGES.map((page) => textOf(page)).join("\n");
    for (const name of ["cdktf", "constructs", "@cdktf/provider-azurerm"] as const) {
      const said = [...text.matchAll(new RegExp(`${name}@(\\d+\\.\\d+\\.\\d+)`, "g"))];
      expect(said.length).toBeGreaterThan(0);
      expect(new Set(said.map(([, one]) => one))).toEqual(new Set([devDependencies[name]]));
    }
  });

  function leadsSomewhere(page: string, link: string): boolean {
    const anchor = link.split("#")[1];
    const target = targetOf(page, link);
    if (!existsSync(target)) {
      return false;
    }
    return anchor === undefined || anchorsIn(textOf(target)).includes(anchor);
  }

  // As GitHub makes them from headings; API.md has its own.
  function anchorsIn(text: string): string[] {
    const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replace(/ /g, "-"),
    );
    return [...headings, ...[...text.matchAll(/\bid="([^"]+)"/g)].map(([, id = ""]) => id)];
  }
});
