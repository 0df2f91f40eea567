// Writes the page and bundles the command line, once for all tests.
const { execFileSync } = require("node:child_process");

module.exports = () => {
  execFileSync("node", ["--import", "tsx", "build/site/write.ts"]);
  execFileSync("node", ["build/bundle.mjs"]);
};
