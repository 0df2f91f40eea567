// First the files of tests that noticed the mutants before.
const { default: Sequencer } = require("@jest/test-sequencer");
const { rankOf } = require("./noticed.cjs");

module.exports = class extends Sequencer {
  sort(tests) {
    return [...tests].sort((one, other) => rankOf(other.path) - rankOf(one.path));
  }
};
