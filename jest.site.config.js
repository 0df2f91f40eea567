// The tests of the page, in Chromium.
/** @type {import("jest").Config} */
module.exports = {
  ...require("./jest.config.js"),
  globalSetup: "<rootDir>/__tests__/site/build.js",
  testMatch: ["<rootDir>/__tests__/site/**/*.test.ts"],
  testTimeout: 120_000,
};
