// The tests that need no terraform; jest.terraform.config.js has the others.
/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  runtime: "<rootDir>/__tests__/runtime.js",
  setupFilesAfterEnv: ["<rootDir>/__tests__/setup.ts"],
  testMatch: ["<rootDir>/__tests__/{lib,app}/**/*.test.ts"],
  transform: {
    "\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }],
  },
  moduleNameMapper: {
    // What the command line loads when it is needed.
    "^\\./commands/(.*)\\.js$": "./commands/$1",
    "^(\\.\\./\\.\\./(?:changes|fleet)/.*)\\.js$": "$1",
    // What the examples load as users do.
    "^hardened-aks$": "<rootDir>/lib",
  },
  // Copies of everything, in which mutants are tested.
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
  clearMocks: true,
  // Tests run in a context of their own, where looking up a global is slow.
  sandboxInjectedGlobals: [
    ...["Array", "BigInt", "Boolean", "Error", "JSON", "Map", "Math", "Number", "Object"],
    ...[
      "Promise",
      "Reflect",
      "RegExp",
      "Set",
      "String",
      "Symbol",
      "TypeError",
      "WeakMap",
      "WeakSet",
    ],
  ],
  // Of two cores jest would use one.
  maxWorkers: "100%",
};
