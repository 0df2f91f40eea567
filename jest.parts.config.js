// The tests of jest.config.js, many files as one: jest loads the library anew for each file that it runs.
const { alone, parts } = require("./__tests__/parts/parts");

// With more arguments than those of the script, such as a file name, each file runs by itself.
const isAll = process.argv.slice(2).join(" ") === "--ci --config jest.parts.config.js";

/** @type {import("jest").Config} */
module.exports = {
  ...require("./jest.config.js"),
  ...(isAll && {
    testMatch: [...parts.map(({ path }) => path), ...alone],
    snapshotResolver: "<rootDir>/__tests__/parts/snapshots.js",
    globals: { PARTS: parts },
  }),
};
