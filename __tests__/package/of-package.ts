// A package as others get it: packed, installed into a separate project, and used there by the programs of the examples.
// npm takes what the project needs from its cache, or from the registry as `npm ci` does.
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { devDependencies as tools } from "../../package.json";
import { splitText } from "../../app/native";
import { EXAMPLES, runExample, stackTextsIn } from "../examples";
import { PAGES, localLinksIn, targetOf } from "../docs/pages";
import { INPUTS, textOf } from "../scenarios";
import { ROOT, allOf, bin, newScratch, run } from "./tools";

/** A package. */
export interface Package {
  /** Its folder, with everything built. */
  readonly root: string;
  readonly name: string;
  readonly version: string;
  readonly devDependencies: Versions;
  readonly peerDependencies: Versions;
  readonly peerDependenciesMeta?: { readonly [name: string]: { readonly optional?: boolean } };
  /** Overrides that a project with the package needs. */
  readonly overrides?: object;
  /** Returns the text of a stack of hardened-aks as it is in the output of this package. */
  readonly stackText: (text: string) => string;
}

interface Versions {
  readonly [name: string]: string;
}

/** Defines the tests of a package; returns the folder of the separate project. */
export function testPackage(tested: Package): string {
  const { root, name: library, version, stackText } = tested;
  const wrong = `import { Egress } from "${library}";
export const egress = Egress.teleport();
`;
  const optional = Object.entries(tested.peerDependenciesMeta ?? {}).flatMap(([name, meta]) =>
    meta.optional ? [name] : [],
  );
  const peers = Object.keys(tested.peerDependencies).filter((name) => !optional.includes(name));

  const project = newScratch();
  const tarball = join(project, `${library}-${version}.tgz`);

  beforeAll(() => {
    run("npm", ["pack", "--pack-destination", project], root);
  });

  describe("the tarball", () => {
    const files = () =>
      run("tar", ["-tzf", tarball])
        .split("\n")
        .filter(Boolean)
        .map((file) => file.replace(/^package\//, ""));

    test("has library, program, assembly, readme, pages and license", () => {
      expect(files()).toEqual(
        expect.arrayContaining([
          ".jsii",
          "LICENSE",
          "README.md",
          "dist/app/cli.js",
          "dist/lib/index.d.ts",
          "dist/lib/index.js",
          "docs/hardening.md",
          "haks.schema.json",
          "node_modules/ip-address/package.json",
          "package.json",
        ]),
      );
    });

    test("has nothing else: no tests, no sources", () => {
      const expected =
        /^(\.jsii|LICENSE|(README|API|CHANGELOG|CONTRIBUTING)\.md|package\.json|haks\.yaml|help|(haks|access-review|access-decisions|access-live|fleet|fleet-review)\.schema\.json|docs\/[a-z0-9/-]+\.(md|webp)|examples\/[a-z0-9/-]+\.(ts|py|ya?ml)|examples\/README\.md|dist\/app\/cli\.js|dist\/lib\/.+\.(js|d\.ts)|node_modules\/(fastest-levenshtein|ip-address)\/.+)$/;
      expect(files().filter((file) => !expected.test(file))).toEqual([]);
    });

    test("has every page, and everything that a page links to", () => {
      const packed = new Set(files());
      expect(PAGES.filter((page) => !packed.has(page))).toEqual([]);
      const isPacked = (target: string) =>
        packed.has(target) || [...packed].some((file) => file.startsWith(`${target}/`));
      const dead = PAGES.flatMap((page) =>
        localLinksIn(textOf(page))
          .filter((link) => !isPacked(targetOf(page, link)))
          .map((link) => `${page}: ${link}`),
      );
      expect(dead).toEqual([]);
      expect(isPacked("lib/index.ts")).toBe(false);
    });

    test("has every file that pages, messages and examples name", () => {
      const packed = new Set(files());
      const sources = ["app", "lib", "examples"].flatMap((folder) =>
        readdirSync(folder, { recursive: true, encoding: "utf8" })
          .filter((file) => /\.(ts|ya?ml|py)$/.test(file))
          .map((file) => join(folder, file)),
      );
      const missing = [...PAGES, ...sources, "help", "haks.yaml"].flatMap((file) =>
        namesIn(textOf(file))
          // A page shows the description that is in the root.
          .map((name) => normalize(/^\.+\//.test(name) ? join(folderOf(file), name) : name))
          .filter((name) => !packed.has(name))
          .map((name) => `${file}: ${name}`),
      );
      expect(missing).toEqual([]);
      expect(namesIn("see docs/nothing.md; $schema=../x.json")).toEqual([
        "docs/nothing.md",
        "../x.json",
      ]);
      expect(namesIn("`cat help`")).toEqual(["help"]);
    });

    const folderOf = (file: string): string => (file.endsWith(".md") ? "." : dirname(file));

    /** The files of the package that a text names, without those of other repositories. */
    function namesIn(text: string): string[] {
      const own = text.replace(/https?:\S+/g, "");
      const paths =
        own.match(/(?<![\w/])(docs|examples)\/[\w./-]+\.(md|webp|ts|py|ya?ml)\b/g) ?? [];
      const schemas = [...own.matchAll(/\$schema=(\S+)/g)].map(([, path = ""]) => path);
      return [...paths, ...schemas, ...(own.includes("cat help") ? ["help"] : [])];
    }

    test("is right for publint", () => {
      expect(run(bin("publint"), ["run", tarball, "--strict"])).toContain("All good!");
    });

    test("has types that are right, however it is imported", () => {
      const report = run(bin("attw"), [tarball, "--format", "json"], ROOT);
      const { analysis, problems } = JSON.parse(report) as {
        analysis: { entrypoints: object };
        problems: object;
      };
      expect(problems).toEqual({});
      expect(Object.keys(analysis.entrypoints)).toContain(".");
    });
  });

  describe("a separate project", () => {
    const names = Object.keys(EXAMPLES);
    let messages: string[];

    beforeAll(() => {
      const dependencies = Object.fromEntries(
        [...peers, "typescript", "@types/node"].map((name) => [
          name,
          tested.devDependencies[name] ?? tools[name as keyof typeof tools],
        ]),
      );
      write("package.json", {
        name: "project",
        private: true,
        dependencies,
        overrides: tested.overrides,
      });
      write("tsconfig.json", {
        compilerOptions: {
          target: "ES2022",
          module: "nodenext",
          strict: true,
          exactOptionalPropertyTypes: true,
          skipLibCheck: false,
          types: ["node"],
          outDir: "out",
        },
        include: ["*.ts"],
      });
      for (const name of names) {
        copyFileSync(join(root, EXAMPLES[name]!), join(project, `${name}.ts`));
      }
      const options = ["--prefer-offline", "--no-audit", "--no-fund", "--strict-peer-deps"];
      run("npm", ["install", ...options, tarball], project);
      writeFileSync(join(project, "wrong.ts"), wrong);
      const tsc = join(project, "node_modules", ".bin", "tsc");
      messages = run(tsc, ["--pretty", "false"], project, {}, true).split("\n");
    });

    test("gets the library, its peers and nothing beside them", () => {
      const { dependencies } = JSON.parse(run("npm", ["ls", "--all", "--json"], project)) as {
        dependencies: { [name: string]: object };
      };
      expect(Object.keys(dependencies).sort()).toEqual(
        [...peers, "@types/node", library, "typescript"].sort(),
      );
      expect(Object.keys(dependencies[library]!)).not.toContain("problems");
    });

    test("compiles the examples, with strict types, the library's own among them", () => {
      // Messages about what cdktf brings are not about this package.
      const own = /^(node_modules\/hardened-aks(-cdktn)?\/|[a-z-]+\.ts)/;
      expect(messages.filter((line) => own.test(line) && !line.startsWith("wrong.ts"))).toEqual([]);
    });

    test("finds what is wrong in a program", () => {
      expect(messages.join("\n")).toMatch(/^wrong\.ts\(2,\d+\): error TS2339/m);
    });

    test.each(names)("synthesizes the example %s as the repository does", (name) => {
      const outdir = join(project, `${name}.out`);
      run(process.execPath, [join("out", `${name}.js`)], project, { CDKTF_OUTDIR: outdir });
      const expected = Object.entries(runExample(name)).map(([stack, text]) => [
        stack,
        stackText(text),
      ]);
      expect(stackTextsIn(outdir)).toEqual(Object.fromEntries(expected));
    });

    test("can import it as a module, too", () => {
      const program = `import { Egress } from "${library}"; console.log(Egress.natGateway().outboundType);`;
      expect(run(process.execPath, ["--input-type=module", "-e", program], project)).toBe(
        "natGateway\n",
      );
    });

    test("has the program on its path", () => {
      copyFileSync(INPUTS.lab!, join(project, "haks.yaml"));
      const command = join(project, "node_modules", ".bin", "hardened-aks");
      run(command, ["synth", "--out", "file.out"], project);
      const whole = Object.entries(runExample("lab"));
      expect(stackTextsIn(join(project, "file.out"))).toEqual(
        Object.fromEntries(whole.map(([name, text]) => [name, splitText(stackText(text)).json])),
      );
      expect(textOf(project, "file.out", "access-review.md")).toContain("haks");
    });

    function write(file: string, content: object): void {
      mkdirSync(project, { recursive: true });
      writeFileSync(join(project, file), JSON.stringify(content));
    }
  });

  test("synthesizes without the package of azuread, and says what a name alone needs", () => {
    const text = textOf(INPUTS.enterprise!);
    const synth = (content: string) => {
      writeFileSync(join(project, "haks.yaml"), content);
      const command = join(project, "node_modules", ".bin", "hardened-aks");
      return allOf(command, ["synth", "--out", "azuread.out"], project);
    };
    expect(synth(text)).toContain("haks-prod-cluster");
    const [first = ""] = /^ +objectId: .*\n/m.exec(text) ?? [];
    expect(synth(text.replace(first, ""))).toMatch(
      /haks\.yaml:61:7: error HAKS-TF-008: The group "platform-engineers" has no object id, and the package that looks it up/,
    );
  });

  return project;
}
