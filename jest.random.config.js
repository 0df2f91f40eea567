// The test of random descriptions.
/** @type {import("jest").Config} */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/__tests__/random/**/*.test.ts"],
  testTimeout: 600_000,
};
