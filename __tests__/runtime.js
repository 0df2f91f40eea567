// Modules as jest loads them for each file of tests, except packages: Node.js loads those once for all files.
const { createRequire } = require("node:module");
const { default: Runtime } = require("jest-runtime");

// cdktf keeps a stack trace for every token, which no test reads.
require("cdktf/lib/tokens/private/stack-trace").captureStackTrace = () => [];

// Files, modules of Node.js and of jest, the library by its name, and the matchers, which need the `expect` of jest.
const NOT_SHARED = /^([./]|node:|@jest\/|hardened-aks$|cdktf\/lib\/testing\/adapters\/jest$)/;

module.exports = class extends Runtime {
  constructor(config, environment, ...others) {
    super(config, environment, ...others);
    // cdktf reads there where to write.
    environment.global.process.env = process.env;
  }

  requireModuleOrMock(from, name) {
    const isInPackage = /[\\/]node_modules[\\/]/.test(from);
    return NOT_SHARED.test(name) && !isInPackage
      ? super.requireModuleOrMock(from, name)
      : createRequire(from)(name);
  }
};
