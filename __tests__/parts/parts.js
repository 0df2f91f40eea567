// Which test files are in which part of `npm test`: jest loads the library anew for each file that it runs.
const { existsSync, readdirSync } = require("node:fs");
const { availableParallelism } = require("node:os");
const { basename, dirname, join, relative, sep } = require("node:path");

const TESTS = join(__dirname, "..");

// What the slowest files take, in tenths of a second, so that the parts take the same time.
const TIMES = {
  "lib/rules.test.ts": 52,
  "app/synth.test.ts": 36,
  "app/review.test.ts": 38,
  "app/config.test.ts": 41,
  "lib/preflight.test.ts": 25,
  "lib/stacks.test.ts": 23,
  "lib/cluster.test.ts": 17,
  "lib/examples.test.ts": 15,
  "lib/misuse.test.ts": 15,
  "lib/preflight-facts.test.ts": 15,
  "lib/preflight-grants.test.ts": 15,
  "lib/review.test.ts": 15,
  "app/discover/discover.test.ts": 35,
  "app/discover/hostile.test.ts": 17,
  "app/decisions.test.ts": 17,
  "lib/effective-rights.test.ts": 8,
  "lib/extension.test.ts": 8,
  "lib/settings.test.ts": 8,
};
const timeOf = (file) => TIMES[relative(TESTS, file)] ?? 3;
const total = (files) => files.reduce((sum, file) => sum + timeOf(file), 0);

/** The path of the snapshots of a test file. */
const snapshotsOf = (file) => join(dirname(file), "__snapshots__", `${basename(file)}.snap`);

const depthOf = (file) => file.split(sep).length;

const files = ["lib", "app"].flatMap((folder) =>
  readdirSync(join(TESTS, folder), { recursive: true })
    .filter((name) => name.endsWith(".test.ts"))
    // Files in folders come last: the first ones with snapshots are those that parts have.
    .sort((one, other) => depthOf(one) - depthOf(other) || (one < other ? -1 : 1))
    .map((name) => join(TESTS, folder, name)),
);

// One part for each core, of the four in this folder. jest reads the snapshots of one file for each.
const withSnapshots = files.filter((file) => existsSync(snapshotsOf(file)));
const parts = Array.from({ length: Math.min(4, Math.max(2, availableParallelism())) }).map(
  (_, index) => withSnapshots.slice(index, index + 1),
);
const others = files.filter((file) => !withSnapshots.includes(file));
for (const file of others.sort((one, other) => timeOf(other) - timeOf(one))) {
  const least = Math.min(...parts.map(total));
  parts.find((part) => total(part) === least).push(file);
}

module.exports = {
  snapshotsOf,
  parts: parts.map((part, index) => ({
    path: join(__dirname, `part-${index + 1}.ts`),
    withSnapshots: part.find((file) => withSnapshots.includes(file)),
    others: part.filter((file) => !withSnapshots.includes(file)),
  })),
  /** The files whose snapshots no part can have. */
  alone: withSnapshots.slice(parts.length),
};
