// npm run build:cdktn: makes hardened-aks-cdktn in dist/cdktn, which is the same library and program for the framework
// cdktn. Copies the sources, replaces the names of packages in them, and compiles them. Run npm run build before.
import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import fg from "fast-glob";
import { compile, writeReference } from "./api.mjs";
import { bundle } from "./bundle.mjs";
import { ROOT, script, timed } from "./processes.mjs";

const run = promisify(execFile);
const LANE = join(ROOT, "compat", "cdktn");
const TARGET = join(ROOT, "dist", "cdktn");

/** Files that sources and programs need, beside the files of the package. */
const SOURCES = [".npmrc", "app", "cdktf.json", "lib", "main.ts", "tsconfig.json"];

/** Folders that stay when the sources are written again: they take long to install and to compile. */
const KEPT = ["dist", "node_modules"];

/** Names of packages in code, and in the snippets and commands of pages. */
const NAMES = [
  [/(["'])cdktf(?=["'/])/g, "$1cdktn"],
  [/(["'])@cdktf\//g, "$1@cdktn/"],
  [/\b(from |require\(|import )(["'])hardened-aks(?=\2)/g, "$1$2hardened-aks-cdktn"],
  [/\bfrom cdktf(?= import\b)/g, "from cdktn"],
  [/\bfrom hardened_aks(?= import\b)/g, "from hardened_aks_cdktn"],
  [/\bnpx cdktf\b/g, "npx cdktn"],
];

/** Names of packages in the reference of the API. */
const API_NAMES = [
  [/\bhardened-aks(?=\.[A-Z]|')/g, "hardened-aks-cdktn"],
  [/\bcdktf(?=\.[A-Z])/g, "cdktn"],
];

/** Pages about both packages, which stay as they are. */
const ABOUT_BOTH = ["CHANGELOG.md", "docs/cdktn.md"];

const read = (...path) => readFileSync(join(...path), "utf8");
const readJson = (...path) => JSON.parse(read(...path));
const asJson = (value) => `${JSON.stringify(value, undefined, 2)}\n`;
const replaced = (text, names) => names.reduce((done, [from, to]) => done.replace(from, to), text);

/** Returns the package.json: that of hardened-aks, with what the lane has instead, and with the commands of the program. */
export function packageJson() {
  const main = readJson(ROOT, "package.json");
  const lane = readJson(LANE, "package.json");
  const { name, description, devDependencies, peerDependencies, overrides } = lane;
  const isCommand = ([, command]) => command.includes("dist/app/cli.js");
  const scripts = Object.entries(main.scripts)
    .filter(isCommand)
    .map(([command, text]) => [command, text.replace("node build/bundle.mjs && ", "")]);
  return {
    ...main,
    ...{ name, description, devDependencies, peerDependencies, overrides },
    peerDependenciesMeta: undefined,
    allowScripts: undefined,
    keywords: main.keywords.map((word) => (word === "cdktf" ? "cdktn" : word)),
    jsii: { ...main.jsii, ...lane.jsii },
    scripts: Object.fromEntries(scripts),
  };
}

/** Writes the sources, with names of packages replaced. */
function writeSources() {
  mkdirSync(TARGET, { recursive: true });
  for (const name of readdirSync(TARGET).filter((one) => !KEPT.includes(one))) {
    // The one of npm tells which packages are installed.
    if (name !== "package-lock.json") {
      rmSync(join(TARGET, name), { recursive: true });
    }
  }
  const { files } = readJson(ROOT, "package.json");
  const patterns = [...files, ...SOURCES].filter((name) => !/^!|^dist\/|^\.jsii$/.test(name));
  const names = fg.globSync(patterns.map(inFolder), { cwd: ROOT, dot: true });
  for (const name of names) {
    const content = readFileSync(join(ROOT, name));
    const isText = /\.(md|py|ts)$|^help$/.test(name) && !ABOUT_BOTH.includes(name);
    mkdirSync(dirname(join(TARGET, name)), { recursive: true });
    writeFileSync(join(TARGET, name), isText ? replaced(content.toString(), NAMES) : content);
  }
  writeFileSync(join(TARGET, "package.json"), asJson(packageJson()));
}

function inFolder(name) {
  const isFolder = statSync(join(ROOT, name), { throwIfNoEntry: false })?.isDirectory();
  return isFolder ? `${name}/**` : name;
}

/** Installs the packages of the lane's lock file, unless they are. */
async function install() {
  const lock = read(LANE, "package-lock.json");
  const place = join(TARGET, "package-lock.json");
  const isInstalled = existsSync(join(TARGET, "node_modules", ".package-lock.json"));
  if (!isInstalled || !existsSync(place) || read(place) !== lock) {
    writeFileSync(place, lock);
    await timed("npm ci", () => run("npm", ["ci", "--prefer-offline"], { cwd: TARGET }));
    override();
  }
}

/** Writes the overrides of the lane into the assemblies of packages: npm knows them, and jsii does not. */
function override() {
  const { overrides, devDependencies } = readJson(LANE, "package.json");
  for (const [name, dependencies] of Object.entries(overrides)) {
    const file = join(TARGET, "node_modules", name, ".jsii");
    // The assembly is too large to parse it.
    const names = Object.keys(dependencies).map((other) => [
      new RegExp(`^    "${other}": "[^"]*"`, "m"),
      `    "${other}": "${devDependencies[other]}"`,
    ]);
    writeFileSync(file, replaced(read(file), names));
  }
}

/**
 * Compares the reference of the API with that of hardened-aks.
 *
 * @throws if more than names differs
 */
export function compareReferences(main, other) {
  const expected = replaced(main, API_NAMES).split("\n");
  const lines = other.split("\n");
  const only = (some, others) => some.filter((line) => !others.includes(line));
  const different = [
    ...only(expected, lines).map((line) => `- ${line}`),
    ...only(lines, expected).map((line) => `+ ${line}`),
  ];
  if (different.length > 0) {
    throw new Error(`The API of hardened-aks-cdktn differs:\n${different.join("\n")}`);
  }
}

async function main() {
  writeSources();
  await install();
  await compile(TARGET);
  await writeReference(TARGET);
  compareReferences(read(ROOT, "API.md"), read(TARGET, "API.md"));
  mkdirSync(join(TARGET, "dist", "app"), { recursive: true });
  bundle(join(TARGET, "app", "cli.ts"), join(TARGET, "dist", "app", "cli.js"));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await script(() => timed("build:cdktn", main));
}
