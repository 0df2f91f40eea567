// Runs a file of tests for one mutant: first the tests that noticed the mutants before, and none after the first
// that fails. jest itself would run them all.
const { createEmptyTestResult } = require("@jest/test-result");
const { default: circus } = require("jest-circus/runner");
const { notice, rankOf } = require("./noticed.cjs");

// The runs in which a test failed.
const over = new WeakSet();

const nameOf = ({ parent, name }) => (parent ? `${nameOf(parent)} ${name}` : "");

const rank = (entry) =>
  entry.type === "test" ? rankOf(nameOf(entry)) : Math.max(0, ...entry.children.map(rank));

function sort({ children }) {
  children.sort((one, other) => rank(other) - rank(one));
  children.filter(({ type }) => type !== "test").forEach(sort);
}

// jest refuses a file without any test.
function resultOf(file, title, status, failureMessages = []) {
  const test = { ancestorTitles: [], title, fullName: `${file} ${title}`, status, failureMessages };
  const [numPendingTests, numFailingTests] = status === "failed" ? [0, 1] : [1, 0];
  const counts = { numPendingTests, numFailingTests };
  return { ...createEmptyTestResult(), ...counts, testFilePath: file, testResults: [test] };
}

module.exports = async (run, config, environment, runtime, file, ...others) => {
  if (over.has(run)) {
    return resultOf(file, "is left out", "pending");
  }
  const fails = (name) => {
    over.add(run);
    notice(name, file);
  };
  const handle = environment.handleTestEvent?.bind(environment);
  environment.handleTestEvent = async (event, state) => {
    await handle?.(event, state);
    if (event.name === "run_start") {
      sort(state.rootDescribeBlock);
    } else if (event.name === "test_start" && over.has(run)) {
      event.test.mode = "skip";
    } else if (event.name === "test_done" && event.test.errors.length > 0) {
      fails(nameOf(event.test));
    }
  };
  try {
    return await circus(run, config, environment, runtime, file, ...others);
  } catch (error) {
    if (process.env.__STRYKER_ACTIVE_MUTANT__ === undefined) {
      throw error;
    }
    // A file that does not load notices the mutant, too.
    fails("loads");
    return resultOf(file, "loads", "failed", [String(error)]);
  }
};
