// The tests of the packages of other languages, and of a program in Python.
/** @type {import("jest").Config} */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/__tests__/languages/**/*.test.ts"],
  testTimeout: 300_000,
};
