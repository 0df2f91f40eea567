// The tests of the package for cdktn, which `npm run build:cdktn` makes in dist/cdktn.
/** @type {import("jest").Config} */
module.exports = {
  ...require("./jest.package.config.js"),
  testMatch: ["<rootDir>/__tests__/cdktn/**/*.test.ts"],
};
