// The tests of what commands write, and of the bundled program as a process: pipes, full devices, and several
// commands at once.
/** @type {import("jest").Config} */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/__tests__/{commands,program}/**/*.test.ts"],
  testTimeout: 600_000,
};
