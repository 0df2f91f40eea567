// Modules as jest loads them for each test file, except packages: Node.js loads those once for all files.
const Runtime = require("jest-runtime").default ?? require("jest-runtime");

// cdktf keeps a stack trace for every token, which no test reads.
require("cdktf/lib/tokens/private/stack-trace").captureStackTrace = () => [];

const SHARED = /^(constructs|cdktf|@cdktf|yaml|fast-check)(\/|$)/;
// It needs the `expect` of the test file.
const MATCHERS = "cdktf/lib/testing/adapters/jest";

module.exports = class extends Runtime {
  constructor(config, environment, ...others) {
    super(config, environment, ...others);
    // cdktf reads there where to write.
    environment.global.process.env = process.env;
  }

  requireModuleOrMock(from, name) {
    return SHARED.test(name) && name !== MATCHERS
      ? require(name)
      : super.requireModuleOrMock(from, name);
  }
};
