// node compat/azurerm/run.mjs: the stacks of all examples for azurerm 4.73, compared with the classes of that version.
// Its provider is not needed: names of attributes and blocks, and whether they are required, stand in the classes.
import { execFile } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { bundle } from "../../build/bundle.mjs";
import { ROOT, timed } from "../../build/processes.mjs";

const run = promisify(execFile);
const LANE = join(ROOT, "compat", "azurerm");
const CLASSES = join(LANE, "node_modules", "@cdktn", "provider-azurerm", "lib");
const LINE = "~> 4.73";

const META = ["//", "provider", "depends_on", "lifecycle", "for_each", "count"];

/** The structs of a class, by name; members by their names in Terraform. */
function structsIn(folder) {
  const text = readFileSync(join(CLASSES, folder, "index.d.ts"), "utf8");
  const structs = {};
  for (const [, name, body] of text.matchAll(/^export interface (\w+)[^{]*\{\n(.*?)^\}/gms)) {
    const members = body.matchAll(/#(\w+) \w+#\w+\}.*?readonly \w+(\??): ([^;]+);/gs);
    structs[name] = Object.fromEntries(
      [...members].map(([, member, optional, type]) => [
        member,
        { required: optional === "", type: type.replace(/\[\]| \| .*/g, "") },
      ]),
    );
  }
  const config = Object.keys(structs).find((name) => name.endsWith("Config"));
  return { structs, config };
}

const known = new Map();

function classOf(folder) {
  if (!known.has(folder)) {
    const exists = existsSync(join(CLASSES, folder));
    known.set(folder, exists ? structsIn(folder) : undefined);
  }
  return known.get(folder);
}

/** What is wrong with a block: attributes that the class does not have, and required ones that are missing. */
function problemsIn(block, structs, name, path) {
  const members = structs[name];
  const unknown = Object.keys(block)
    .filter((key) => !(key in members) && !META.includes(key))
    .map((key) => `${path}.${key} is unknown`);
  const missing = Object.keys(members)
    .filter((key) => members[key].required && !(key in block))
    .map((key) => `${path}.${key} is missing`);
  const nested = Object.entries(block).flatMap(([key, value]) => {
    const type = members[key]?.type;
    return type in structs
      ? [value]
          .flat()
          .filter((one) => typeof one === "object" && one !== null)
          .flatMap((one) => problemsIn(one, structs, type, `${path}.${key}`))
      : [];
  });
  return [...unknown, ...missing, ...nested];
}

/** The blocks of azurerm in a stack: the folder of the class, address and content of each. */
function blocksIn({ provider, resource = {}, data = {}, check = {} }) {
  const typed = (types, prefix) =>
    Object.entries(types)
      .filter(([type]) => type.startsWith("azurerm_"))
      .flatMap(([type, blocks]) =>
        Object.entries(blocks).map(([name, block]) => ({
          folder: `${prefix}${prefix === "" ? type.slice(8) : type}`.replaceAll("_", "-"),
          address: `${type}.${name}`,
          block,
        })),
      );
  return [
    ...provider.azurerm.map((block) => ({ folder: "provider", address: "provider", block })),
    ...typed(resource, ""),
    ...[data, ...Object.values(check).map((one) => one.data ?? {})].flatMap((types) =>
      typed(types, "data-"),
    ),
  ];
}

function problemsOf(stack) {
  return blocksIn(stack).flatMap(({ folder, address, block }) => {
    const found = classOf(folder);
    return found === undefined
      ? [`${address} has no class`]
      : problemsIn(block, found.structs, found.config, address);
  });
}

/** Makes mistakes, and makes sure that each is found. */
function plant(stack) {
  const mistakes = [
    ["provider.enhanced is unknown", ({ provider }) => (provider.azurerm[0].enhanced = true)],
    [
      "azurerm_unknown.one has no class",
      ({ resource }) => (resource.azurerm_unknown = { one: {} }),
    ],
    [".location is missing", ({ cluster }) => delete cluster.location],
    [".default_node_pool.name is missing", ({ cluster }) => delete cluster.default_node_pool.name],
    [".default_node_pool.size is unknown", ({ cluster }) => (cluster.default_node_pool.size = 1)],
  ];
  for (const [expected, make] of mistakes) {
    const copy = JSON.parse(JSON.stringify(stack));
    const [cluster] = Object.values(copy.resource.azurerm_kubernetes_cluster);
    make({ ...copy, cluster });
    const found = problemsOf(copy);
    if (found.length !== 1 || !found[0].endsWith(expected)) {
      throw new Error(`The comparison does not find that ${expected}: ${found.join(", ")}`);
    }
  }
  return mistakes.length;
}

/** Synthesizes a description for the line; gives its stacks. */
async function synthesize(program, description, scratch) {
  const folder = mkdtempSync(join(scratch, "description-"));
  const file = join(folder, "haks.yaml");
  const base = relative(folder, join(ROOT, description));
  writeFileSync(file, `extends: ${base}\nterraform: { azurermVersion: "${LINE}" }\n`);
  const out = join(folder, "out");
  const env = { ...process.env, NODE_PATH: join(ROOT, "node_modules") };
  await run(process.execPath, [program, "synth", "--config", file, "--out", out], {
    cwd: ROOT,
    env,
  });
  return readdirSync(join(out, "stacks")).map((name) =>
    JSON.parse(readFileSync(join(out, "stacks", name, "cdk.tf.json"), "utf8")),
  );
}

async function main(scratch) {
  await timed("npm ci", () => run("npm", ["ci"], { cwd: LANE }));
  const program = join(scratch, "cli.cjs");
  bundle(join(ROOT, "app", "cli.ts"), program);
  const examples = readdirSync(join(ROOT, "examples"))
    .map((name) => `examples/${name}/haks.yaml`)
    .filter((file) => existsSync(join(ROOT, file)));
  let problems = 0;
  let planted;
  for (const description of ["haks.yaml", ...examples, "__tests__/workloads.yaml"]) {
    const stacks = await synthesize(program, description, scratch);
    const found = stacks.flatMap(problemsOf);
    const blocks = stacks.flatMap(blocksIn).length;
    console.log(`${description}: stacks ${stacks.length}, blocks ${blocks}`);
    found.forEach((problem) => console.log(`  ${problem}`));
    problems += found.length;
    planted ??= plant(stacks.find(({ resource }) => resource.azurerm_kubernetes_cluster));
  }
  console.log(`planted mistakes found: ${planted}; problems: ${problems}`);
  return problems > 0 ? 1 : 0;
}

const scratch = realpathSync(mkdtempSync(join(tmpdir(), "haks-azurerm-")));
try {
  process.exitCode = await main(scratch);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
