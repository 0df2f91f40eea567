// node compat/cdktn/run.mjs: the unchanged source on cdktn, the successor of cdktf. Checks its types there,
// and synthesizes all examples on both: in what comes out, only the version of the framework may differ.
import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve, sep } from "node:path";
import { promisify } from "node:util";
import { bundle } from "../../build/bundle.mjs";
import { ROOT, timed, tool } from "../../build/processes.mjs";

const run = promisify(execFile);
const LANE = join(ROOT, "compat", "cdktn");
const MODULES = { cdktf: join(ROOT, "node_modules"), cdktn: join(LANE, "node_modules") };

/** What both have to have in the same version; else the comparison says nothing about the framework. */
const SHARED = ["constructs", "@cdktf/provider-azurerm", "@cdktf/provider-azuread"];

/** Tells which modules a program loaded. */
const PROBE = `process.on("exit", () =>
  require("node:fs").writeFileSync(process.env.LANE_LOADED, Object.keys(require.cache).join("\\n")));`;

// The manifest would hold the stack traces of warnings, with the place of the framework on this machine.
const CONTEXT = JSON.stringify({ "@cdktf/disable_stack_trace_in_metadata": true });

const isStack = (file) => file.endsWith("/cdk.tf.json");
const isIn = (folder, file) => resolve(file).startsWith(folder + sep);
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const keysOf = (...objects) => [...new Set(objects.flatMap((object) => Object.keys(object)))];
const slug = (text) => text.replace(/\W/g, "-");

function ensure(condition, sentence) {
  if (!condition) {
    throw new Error(sentence);
  }
}

/** The versions of cdktf and cdktn. */
function versions() {
  const read = (framework, name) =>
    JSON.parse(readFileSync(join(MODULES[framework], name, "package.json"), "utf8"));
  for (const name of SHARED) {
    const [here, lane] = [read("cdktf", name).version, read("cdktn", name).version];
    ensure(here === lane, `${name} is ${here} in package.json, and ${lane} in compat/cdktn.`);
  }
  return Object.keys(MODULES).map((framework) => {
    const { name, version } = read(framework, "cdktf");
    ensure(name === framework, `"cdktf" is the package ${name} instead of ${framework}.`);
    return version;
  });
}

/** Checks the types of library, application and examples against cdktn. */
async function checkTypes() {
  const output = await tool("tsc", ["--project", LANE, "--listFiles"]).catch((error) => {
    const mistakes = error.message.split("\n").filter((line) => !existsSync(line));
    throw new Error(mistakes.join("\n"));
  });
  const files = output.split("\n");
  const used = files.filter((file) => /\/node_modules\/(cdktf|constructs|@cdktf)\//.test(file));
  const stranger = used.find((file) => !isIn(MODULES.cdktn, file));
  ensure(!stranger, `The types were checked against ${stranger}.`);
  ensure(
    used.some((file) => isIn(join(MODULES.cdktn, "cdktf"), file)),
    "The types were not checked against cdktn.",
  );
}

/** All examples: files for the program, and programs. */
function examples() {
  const named = (name) =>
    readdirSync(join(ROOT, "examples"))
      .map((folder) => `examples/${folder}/${name}`)
      .filter((file) => existsSync(join(ROOT, file)));
  return [
    ...["haks.yaml", ...named("haks.yaml")].map((name) => ({
      name,
      entry: "app/cli.ts",
      commands: (outdir) => [
        ["synth", "--config", name, "--out", outdir],
        ["handoff", "--config", name, "--out", join(outdir, "handoff"), "--no-lock"],
      ],
    })),
    ...named("main.ts").map((name) => ({ name, entry: name, commands: () => [[]] })),
  ];
}

/** Synthesizes an example on cdktf and on cdktn; gives what is in both output folders. */
function synthesize({ name, entry, commands }, scratch) {
  // One bundle for both, in a folder without node_modules: NODE_PATH alone decides for a framework.
  const program = join(scratch, "programs", `${slug(entry)}.cjs`);
  if (!existsSync(program)) {
    bundle(join(ROOT, entry), program);
  }
  const probe = join(scratch, "probe.cjs");
  return Promise.all(
    Object.entries(MODULES).map(async ([framework, modules]) => {
      const outdir = join(scratch, framework, slug(name));
      const lane = { NODE_PATH: modules, LANE_LOADED: `${outdir}.loaded` };
      const cdktf = { CDKTF_OUTDIR: outdir, CDKTF_CONTEXT_JSON: CONTEXT };
      const env = { ...process.env, ...lane, ...cdktf };
      mkdirSync(outdir, { recursive: true });
      for (const args of commands(outdir)) {
        await run(process.execPath, ["--require", probe, program, ...args], { cwd: ROOT, env });
        const loaded = readFileSync(lane.LANE_LOADED, "utf8").split("\n");
        const stranger = loaded.find((file) => !isIn(modules, file) && !isIn(scratch, file));
        ensure(!stranger, `${name} loaded ${stranger}, which is not of ${framework}.`);
      }
      return filesIn(outdir);
    }),
  );
}

/** Synthesizes all examples, one after the other. */
async function synthesizeAll(scratch) {
  const results = [];
  for (const example of examples()) {
    results.push({ name: example.name, outputs: await synthesize(example, scratch) });
  }
  return results;
}

/** The text of each file in a folder, by its path. */
function filesIn(folder) {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return Object.fromEntries(
    paths.map((path) => [relative(folder, path).split(sep).join("/"), readFileSync(path, "utf8")]),
  );
}

/** Where a file says which version of the framework wrote it: the one thing that has to differ. */
function stampIn(file) {
  return isStack(file) ? "//.metadata.version" : file === "manifest.json" ? "version" : undefined;
}

/** The first difference in each file of two output folders, but for the stamps. */
function compare([one, other], stamps) {
  return keysOf(one, other).flatMap((file) => {
    if (!(file in one && file in other)) {
      return [{ file, path: "", values: [file in one, file in other] }];
    }
    const found = differences(parsed(file, one[file]), parsed(file, other[file]));
    const stamp = stampIn(file);
    const isStamp = ({ path, values }) => path === stamp && String(values) === String(stamps);
    if (stamp && !found.some(isStamp)) {
      return [{ file, path: stamp, values: stamps.map((version) => `not ${version}`) }];
    }
    const rest = found.filter((difference) => !isStamp(difference));
    return rest.slice(0, 1).map((first) => ({ file, ...first }));
  });
}

/** The data of a file; what is not JSON is a list of lines. */
function parsed(file, text) {
  return file.endsWith(".json") ? JSON.parse(text) : text.split("\n");
}

/** The paths at which data differ, with both values. */
function differences(one, other, path = []) {
  if ([isObject, Array.isArray].some((is) => is(one) && is(other))) {
    return keysOf(one, other).flatMap((key) => differences(one[key], other[key], [...path, key]));
  }
  return one === other ? [] : [{ path: path.join("."), values: [one, other] }];
}

/** Plants differences, and makes sure that the comparison finds each: else that it finds none says nothing. */
function plant(output, stamps) {
  const file = Object.keys(output).find(isStack);
  const stack = JSON.parse(output[file]);
  const changed = (change) => {
    const copy = JSON.parse(output[file]);
    copy["//"].metadata.version = stamps[1];
    change(copy);
    return { [file]: JSON.stringify(copy) };
  };
  const same = changed(() => undefined);
  const before = { [file]: output[file] };
  ensure(compare([before, same], stamps).length === 0, "Two equal stacks are said to differ.");
  const cases = [
    ["//.metadata.version", changed((copy) => (copy["//"] = stack["//"]))],
    ["//.metadata.more", changed((copy) => (copy["//"].metadata.more = null))],
    ["terraform", changed((copy) => delete copy.terraform)],
    ["terraform.required_version", changed((copy) => (copy.terraform.required_version = "1"))],
    ["provider.azurerm.1", changed((copy) => copy.provider.azurerm.push({}))],
    ["", { ...same, [`more/${file}`]: output[file] }],
    ["", {}],
  ];
  for (const [path, after] of cases) {
    const found = compare([before, after], stamps);
    const isFound = found.length === 1 && found[0].path === path;
    ensure(isFound, `The comparison does not find the planted difference at "${path}".`);
  }
  return cases.length;
}

/** Prints what came of each example; gives the number of files that differ. */
function report(results, stamps) {
  const sum = { stacks: 0, files: 0, differences: 0 };
  for (const { name, outputs } of results) {
    const found = compare(outputs, stamps);
    const files = Object.keys(outputs[0]);
    const stacks = files.filter(isStack);
    ensure(stacks.length > 0, `${name} has no stacks.`);
    const verdict = found.length > 0 ? "DIFFERS" : "equal";
    console.log(`${verdict.padEnd(8)} ${name}: stacks ${stacks.length}, files ${files.length}`);
    for (const { file, path, values } of found) {
      const [before, after] = values.map((value) => JSON.stringify(value));
      console.log(`         ${file}, ${path || "whether it is there"}: ${before}, ${after}`);
    }
    sum.stacks += stacks.length;
    sum.files += files.length;
    sum.differences += found.length;
  }
  console.log(
    `cdktf ${stamps[0]}, cdktn ${stamps[1]}: examples ${results.length}, stacks ${sum.stacks}, ` +
      `files ${sum.files}, files that differ ${sum.differences}`,
  );
  return sum.differences;
}

async function main(scratch) {
  await timed("npm ci", () => run("npm", ["ci"], { cwd: LANE }));
  const stamps = versions();
  writeFileSync(join(scratch, "probe.cjs"), PROBE);
  const work = [timed("synth", () => synthesizeAll(scratch)), checkTypes()];
  // Both have to end before the scratch folder goes.
  await Promise.allSettled(work);
  const [results] = await Promise.all(work);
  console.log(`planted differences found: ${plant(results[0].outputs[0], stamps)}`);
  return report(results, stamps) > 0 ? 1 : 0;
}

const scratch = realpathSync(mkdtempSync(join(tmpdir(), "haks-cdktn-")));
try {
  process.exitCode = await main(scratch);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
