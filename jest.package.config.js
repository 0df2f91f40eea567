// The tests of the package as others get it: packed, installed and used in a project of its own.
/** @type {import("jest").Config} */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/__tests__/package/**/*.test.ts"],
  testTimeout: 600_000,
};
