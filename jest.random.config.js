// The test of random descriptions, many runs of the properties that npm test tries a few times, and what takes seconds.
/** @type {import("jest").Config} */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: [
    "<rootDir>/__tests__/random/*.test.ts",
    "<rootDir>/__tests__/lib/{addresses,review}.test.ts",
  ],
  globals: { PROPERTY_RUNS: 250 },
  testTimeout: 600_000,
};
