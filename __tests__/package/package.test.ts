// The package as others get it: packed, installed into a separate project, and used there by the programs
// of the examples. npm takes what the project needs from its cache, or from the registry as `npm ci` does.
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { devDependencies, peerDependencies, version } from "../../package.json";
import { splitText } from "../../app/native";
import { EXAMPLES, runExample, stackTextsIn } from "../examples";
import { PAGES, localLinksIn, targetOf } from "../docs/pages";
import { INPUTS, textOf } from "../scenarios";
import { ROOT, bin, newScratch, run } from "./tools";

const WRONG = `import { Egress } from "hardened-aks";
export const egress = Egress.teleport();
`;

const project = newScratch();
const tarball = join(project, `hardened-aks-${version}.tgz`);

beforeAll(() => {
  run("npm", ["pack", "--pack-destination", project], ROOT);
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
      /^(\.jsii|LICENSE|(README|API|CHANGELOG|CONTRIBUTING)\.md|package\.json|haks\.yaml|help|(haks|access-review|access-decisions|access-live|fleet|fleet-review)\.schema\.json|docs\/[a-z0-9/-]+\.(md|png)|examples\/[a-z0-9/-]+\.(ts|py|ya?ml)|examples\/README\.md|dist\/app\/cli\.js|dist\/lib\/.+\.(js|d\.ts)|node_modules\/(fastest-levenshtein|ip-address)\/.+)$/;
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
    const paths = own.match(/(?<![\w/])(docs|examples)\/[\w./-]+\.(md|png|ts|py|ya?ml)\b/g) ?? [];
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
      [...Object.keys(peerDependencies), "typescript", "@types/node"].map((name) => [
        name,
        devDependencies[name as keyof typeof devDependencies],
      ]),
    );
    write("package.json", { name: "project", private: true, dependencies });
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
      copyFileSync(EXAMPLES[name]!, join(project, `${name}.ts`));
    }
    const options = ["--prefer-offline", "--no-audit", "--no-fund", "--strict-peer-deps"];
    run("npm", ["install", ...options, tarball], project);
    writeFileSync(join(project, "wrong.ts"), WRONG);
    const tsc = join(project, "node_modules", ".bin", "tsc");
    messages = run(tsc, ["--pretty", "false"], project, {}, true).split("\n");
  });

  test("gets the library, its peers and nothing beside them", () => {
    const { dependencies } = JSON.parse(run("npm", ["ls", "--all", "--json"], project)) as {
      dependencies: { [name: string]: object };
    };
    expect(Object.keys(dependencies).sort()).toEqual(
      [...Object.keys(peerDependencies), "@types/node", "hardened-aks", "typescript"].sort(),
    );
    expect(Object.keys(dependencies["hardened-aks"]!)).not.toContain("problems");
  });

  test("compiles the examples, with strict types, the library's own among them", () => {
    // Messages about what cdktf brings are not about this package.
    const own = /^(node_modules\/hardened-aks|[a-z-]+\.ts)/;
    expect(messages.filter((line) => own.test(line) && !line.startsWith("wrong.ts"))).toEqual([]);
  });

  test("finds what is wrong in a program", () => {
    expect(messages.join("\n")).toMatch(/^wrong\.ts\(2,\d+\): error TS2339/m);
  });

  test.each(names)("synthesizes the example %s as the repository does", (name) => {
    const outdir = join(project, `${name}.out`);
    run(process.execPath, [join("out", `${name}.js`)], project, { CDKTF_OUTDIR: outdir });
    expect(stackTextsIn(outdir)).toEqual(runExample(name));
  });

  test("can import it as a module, too", () => {
    const program =
      'import { Egress } from "hardened-aks"; console.log(Egress.natGateway().outboundType);';
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
      Object.fromEntries(whole.map(([name, text]) => [name, splitText(text).json])),
    );
    expect(textOf(project, "file.out", "access-review.md")).toContain("haks");
  });

  function write(file: string, content: object): void {
    mkdirSync(project, { recursive: true });
    writeFileSync(join(project, file), JSON.stringify(content));
  }
});

describe("an empty folder", () => {
  const folder = newScratch();
  const program = (...args: string[]) => run("npx", ["--no", "hardened-aks", ...args], folder);

  beforeAll(() => {
    run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", tarball], folder);
  });

  test("has all that is needed to go on after init", () => {
    const steps = program("init", "--for", "three-teams", "--name", "shop", "--yes");
    expect(steps).toContain("npx hardened-aks handoff");
    expect(readdirSync(folder).sort()).toEqual(
      [".gitignore", "haks.yaml", "node_modules", "package-lock.json", "package.json"].sort(),
    );
    const [, schema = ""] = /\$schema=(\S+)/.exec(textOf(folder, "haks.yaml")) ?? [];
    expect(textOf(folder, schema)).toBe(textOf("haks.schema.json"));
    program("check");
    program("synth");
    program("review", "--out", "review");
    program("handoff", "--no-lock");
    const stacks = ["identities", "network-permissions", "cluster"].map((one) => `shop-${one}`);
    expect(readdirSync(join(folder, "handoff")).sort()).toEqual([...stacks].sort());
    for (const path of [
      ...stacks.map((stack) => join("cdktf.out", "stacks", stack, "cdk.tf.json")),
      join("cdktf.out", "access-requests", "identity.md"),
      join("review", "access-review.html"),
    ]) {
      expect(existsSync(join(folder, path))).toBe(true);
    }
  });
});
