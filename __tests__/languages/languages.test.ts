// The packages of other languages, as source: each has all public types, and in Python a program fits them
// and asks the library for the same as the program in TypeScript.
import { copyFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { jsii, version } from "../../package.json";
import { inLanguage } from "../docs/pages";
import { runExample, stackTextsIn } from "../examples";
import { ROOT, newScratch, run } from "../package/tools";
import { textOf } from "../scenarios";
import {
  PublicType,
  publicParameters,
  publicTypes,
  writeOurs,
  writePythonDependencies,
} from "./assemblies";
import { describeJava, parseJava } from "./java";
import { Mistake, checkTypes, describePython, python } from "./python";
import { Call, replay } from "./replay";

const { python: py, java, dotnet, go } = jsii.targets;

const scratch = newScratch();
const ours = join(scratch, "ours");
const dependencies = join(scratch, "dependencies");

const javaFolder = java.package.replaceAll(".", "/");
const tarballOf = {
  python: `python/src/${py.module}/_jsii/hardened-aks@${version}.jsii.tgz`,
  java: `java/src/main/resources/${javaFolder}/hardened-aks@${version}.jsii.tgz`,
  dotnet: `dotnet/${dotnet.packageId}/hardened-aks-${version}.tgz`,
  go: `go/${go.packageName}/jsii/hardened-aks-${version}.tgz`,
};

/** Language, folder, the files of a type, and files that are there for no type. */
const FILES: [string, string, (type: PublicType) => string[], RegExp][] = [
  [
    "java",
    `java/src/main/java/${javaFolder}`,
    ({ name }) => [`${name}.java`],
    /^(\$Module|package-info)\.java$/,
  ],
  [
    "dotnet",
    `dotnet/${dotnet.packageId}/${dotnet.namespace}`,
    // What is passed by value is an interface and a class.
    ({ name, datatype }) => [`${name}.cs`, ...(datatype ? [`I${name}.cs`] : [])],
    /^NamespaceDoc\.cs$/,
  ],
  ["go", `go/${go.packageName}`, ({ name }) => [`${name}.go`], /^main\.go$|__(no_)?checks\.go$/],
];

beforeAll(() => {
  writeOurs(ours);
  writePythonDependencies(dependencies);
});

test.each(Object.entries(tarballOf))("the package of %s has the library in it", (_, tarball) => {
  const files = run("tar", ["-tzf", join(ours, tarball)]).split("\n");
  expect(files).toEqual(
    expect.arrayContaining(["package/.jsii", "package/dist/lib/index.js", "package/package.json"]),
  );
});

test.each(FILES)(
  "the package of %s has a file for each public type, and for no other",
  (_, folder, filesOf, further) => {
    const files = readdirSync(join(ours, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(java|cs|go)$/.test(entry.name))
      .map(({ name }) => name)
      .filter((name) => !further.test(name));
    expect(files.sort()).toEqual(publicTypes().flatMap(filesOf).sort());
  },
);

// jsii makes one up where a parameter is taken apart in the signature, and with that its Java is none.
test("each parameter has a name that all languages take", () => {
  const parameters = publicParameters();
  expect(parameters).toContainEqual({ of: "Egress.none", name: "artifactCache" });
  expect(parameters.filter(({ name }) => !/^[a-z][A-Za-z0-9]*$/.test(name))).toEqual([]);
});

describeJava("the package of java", () => {
  const folder = join(ours, "java/src/main/java", javaFolder);

  test("is Java", () => {
    expect(() => parseJava(folder)).not.toThrow();
  });

  test("would not be with a name that is none", () => {
    const other = newScratch();
    const right = textOf(folder, "ClusterSpec.java");
    writeFileSync(join(other, "ClusterSpec.java"), right.replaceAll("this.location", "this.2"));
    expect(() => parseJava(other)).toThrow("this.2");
  });
});

const packages = [join(ours, "python/src"), join(dependencies, "python/src")];
const names = () => publicTypes().map(({ name }) => name);

test("the package of python exports each public type, and nothing else", () => {
  const [, list = ""] =
    /^__all__ = \[([^\]]+)\]/m.exec(textOf(ours, `python/src/${py.module}/__init__.py`)) ?? [];
  expect([...list.matchAll(/"(\w+)"/g)].map(([, name]) => name).sort()).toEqual(names());
});

const EXAMPLE = join(ROOT, "examples/python/main.py");

/** What is wrong in a program, what stands there, what instead, and the rule of pyright. */
const WRONG: [string, string, string, string][] = [
  ["a property that there is not", "node_subnet=", "node_subnets=", "reportCallIssue"],
  ["a property that is left out", 'location="westeurope",', "", "reportCallIssue"],
  ["a value of another type", "max_count=6", 'max_count="6"', "reportArgumentType"],
  ["a choice that there is not", "Egress.load", "Egress.teleport", "reportAttributeAccessIssue"],
  [
    "an object of another class",
    "egress=Egress.load_balancer()",
    "egress=DiskEncryption.platform_managed()",
    "reportArgumentType",
  ],
];

describe("the types in Python", () => {
  let mistakes: Mistake[];
  let files: number;

  const fileOf = (index: number) => `wrong_${index}.py`;
  const inFile = (name: string) => mistakes.filter(({ file }) => file.startsWith(name));

  beforeAll(() => {
    copyFileSync(EXAMPLE, join(ours, "main.py"));
    WRONG.forEach(([, right, wrong], index) =>
      writeFileSync(join(ours, fileOf(index)), textOf(EXAMPLE).replace(right, wrong)),
    );
    inLanguage("python").forEach(({ text }, index) =>
      writeFileSync(join(ours, `page_${index}.py`), text),
    );
    const programs = [
      "main.py",
      ...WRONG.map((_, index) => fileOf(index)),
      ...inLanguage("python").map((_, index) => `page_${index}.py`),
    ];
    ({ mistakes, files } = checkTypes(ours, [`python/src/${py.module}`, ...programs], packages));
  });

  test("are right in the package", () => {
    expect(files).toBeGreaterThan(WRONG.length + 1);
    expect(inFile("python/")).toEqual([]);
  });

  test("are right in the example", () => {
    expect(inFile("main.py")).toEqual([]);
  });

  test("are right in the snippets of the pages", () => {
    expect(inLanguage("python")).not.toHaveLength(0);
    expect(inFile("page_")).toEqual([]);
  });

  test.each(WRONG.map(([what, , , rule], index) => ({ what, rule, index })))(
    "refuse $what",
    ({ rule, index }) => {
      expect(inFile(fileOf(index)).map((mistake) => mistake.rule)).toContain(rule);
    },
  );
});

describePython("the package of python, imported", () => {
  test("has each public type as a class", () => {
    const program = `import hardened_aks, inspect, json
print(json.dumps([name for name in hardened_aks.__all__ if inspect.isclass(getattr(hardened_aks, name))]))`;
    const classes = JSON.parse(python(["-c", program], packages)) as string[];
    expect(classes.sort()).toEqual(names());
  });

  // What a program asks for is done in TypeScript.
  const stacksOf = (program: string): { [stack: string]: string } => {
    const calls = JSON.parse(python(["record.py", program], packages)) as Call[];
    const outdir = newScratch();
    const { CDKTF_OUTDIR: before } = process.env;
    process.env.CDKTF_OUTDIR = outdir;
    try {
      replay(calls);
      return stackTextsIn(outdir);
    } finally {
      if (before === undefined) {
        delete process.env.CDKTF_OUTDIR;
      } else {
        process.env.CDKTF_OUTDIR = before;
      }
    }
  };

  test("lets the example ask for the same stacks as the lab in TypeScript", () => {
    expect(stacksOf(EXAMPLE)).toEqual(runExample("lab"));
  });

  test("lets another program ask for other ones", () => {
    const other = join(newScratch(), "main.py");
    writeFileSync(other, textOf(EXAMPLE).replace("max_count=6", "max_count=7"));
    const lab = runExample("lab");
    const stacks = stacksOf(other);
    expect(Object.keys(stacks)).toEqual(Object.keys(lab));
    expect(stacks).not.toEqual(lab);
  });
});
