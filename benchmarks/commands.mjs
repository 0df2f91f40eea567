// Measures the commands check and fleet on descriptions that extend one file: whole processes from start to end.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EXAMPLES } from "./programs.mjs";
import { timed } from "./processes.mjs";

const name = (index) => `aks-${String(index).padStart(4, "0")}`;

/** Measures a fleet of so many clusters. */
export function ofCommands(command, clusters, scratch) {
  const folder = join(scratch, `commands-${clusters}`);
  const out = join(folder, "out");
  writeFleet(folder, clusters);
  const config = ["--config", join(folder, "clusters", "*.yaml")];
  const seconds = (args) => timed(command, [...args, ...config]) / 1000;
  const fleet = ["fleet", "--out", out];
  const checkSeconds = seconds(["check"]);
  const memory = join(folder, "memory.json");
  process.env.NODE_OPTIONS = `--require=${recorder(folder, memory)}`;
  const coldSeconds = seconds(fleet);
  delete process.env.NODE_OPTIONS;
  describe(folder, 0, "tags: { cost: low }\n");
  const changedSeconds = seconds(fleet);
  const { stacks } = readJson(join(out, "fleet.json"));
  const rssMb = readJson(memory);
  if (stacks.length !== 3 * clusters + 2) {
    throw new Error(`${stacks.length} stacks for ${clusters} clusters.`);
  }
  rmSync(folder, { recursive: true });
  return { clusters, checkSeconds, coldSeconds, changedSeconds, rssMb };
}

function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

function writeFleet(folder, clusters) {
  mkdirSync(join(folder, "clusters"), { recursive: true });
  const text = readFileSync(EXAMPLES.enterprise, "utf8");
  const defaults = text.replace(/^name: .*\n/m, "").replace(/^identities:\n( .*\n)+/m, "");
  writeFileSync(join(folder, "defaults.yaml"), defaults);
  for (let index = 0; index < clusters; index++) {
    describe(folder, index, "");
  }
}

// Each cluster has a resource group, identities and a subnet for itself. A subscription takes 4,000 role assignments.
function describe(folder, index, more) {
  const cidr = `10.${Math.floor(index / 64)}.${(index % 64) * 4}.0/22`;
  const text = `extends: ../defaults.yaml
name: ${name(index)}
subscriptionId: 22222222-2222-4222-8222-2222222222${String(Math.floor(index / 100)).padStart(2, "0")}
resourceGroup: { name: ${name(index)} }
identities: { resourceGroup: { name: identity-rg } }
network:
  nodeSubnet: ${name(index)}-nodes
  subnets: [{ name: ${name(index)}-nodes, cidr: ${cidr} }]
${more}`;
  writeFileSync(join(folder, "clusters", `${name(index)}.yaml`), text);
}

// All threads of a process are in its peak memory.
function recorder(folder, file) {
  const source = `if (require("node:worker_threads").isMainThread) process.on("exit", () =>
  require("node:fs").writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS / 1024)));`;
  const path = join(folder, "recorder.cjs");
  writeFileSync(path, source);
  return path;
}
