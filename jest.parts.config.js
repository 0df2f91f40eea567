// The tests of jest.config.js, many files as one: jest loads the library anew for each file that it runs.
const { existsSync, readdirSync } = require("node:fs");
const { availableParallelism } = require("node:os");
const { basename, dirname, join } = require("node:path");

const testFiles = ["lib", "app"].flatMap((folder) =>
  readdirSync(join(__dirname, "__tests__", folder))
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join(__dirname, "__tests__", folder, name)),
);
// jest finds snapshots by the file that it runs.
const hasSnapshots = (file) =>
  existsSync(join(dirname(file), "__snapshots__", `${basename(file)}.snap`));
const inParts = testFiles.filter((file) => !hasSnapshots(file));

// One part for each core, of the four in __tests__/parts.
const parts = Array.from({ length: Math.min(4, Math.max(2, availableParallelism())) }).map(
  (_, part, all) => inParts.filter((file, index) => index % all.length === part),
);

// With more arguments than those of the script, such as a file name, each file runs by itself.
const isAll = process.argv.slice(2).join(" ") === "--ci --config jest.parts.config.js";

/** @type {import("jest").Config} */
module.exports = {
  ...require("./jest.config.js"),
  ...(isAll && {
    testMatch: [
      ...parts.map((_, part) => `<rootDir>/__tests__/parts/part-${part + 1}.ts`),
      ...testFiles.filter(hasSnapshots),
    ],
    globals: { PARTS: parts },
  }),
};
