// The tests of README and docs: every snippet runs, every link leads somewhere.
/** @type {import("jest").Config} */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/__tests__/docs/**/*.test.ts"],
  testTimeout: 120_000,
};
