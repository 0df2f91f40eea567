// The tests that run the real terraform.
/** @type {import("jest").Config} */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/__tests__/terraform/**/*.test.ts"],
  testTimeout: 600_000,
};
