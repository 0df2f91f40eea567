// Mutation tests: a tool makes wrong edits, one at a time, and says how many of them a test notices.
// node mutation/run.mjs [room …] [file.ts …] [--again]: in all rooms unless some are named, and in all of a
// room unless files are; --again looks only at what changed since the last run.
import { Stryker } from "@stryker-mutator/core";
import { ROOMS } from "./rooms.mjs";

const args = process.argv.slice(2);
const files = args.filter((arg) => arg.endsWith(".ts"));
const named = args.filter((arg) => arg !== "--again" && !files.includes(arg));
if (files.length > 0 && named.length !== 1) {
  console.error("Name the one room that the files are in, such as rules lib/rules/upg.ts.");
  process.exit(2);
}
const unknown = named.filter((name) => !(name in ROOMS));
if (unknown.length > 0) {
  console.error(`There is no room ${unknown.join(", ")}. Use ${Object.keys(ROOMS).join(", ")}.`);
  process.exit(2);
}
for (const [room, { mutate, tests, hasExpressions = false }] of Object.entries(ROOMS)) {
  if (named.length > 0 && !named.includes(room)) {
    continue;
  }
  console.log(`\n== ${room}`);
  // It sets the exit status if the score is below the threshold.
  await new Stryker({
    mutate: files.length > 0 ? files : mutate,
    testRunner: "jest",
    plugins: ["@stryker-mutator/jest-runner"],
    jest: {
      config: {
        testMatch: tests.map((name) => `<rootDir>/__tests__/lib/${name}.test.ts`),
        testRunner: "<rootDir>/mutation/test-runner.cjs",
        testSequencer: "<rootDir>/mutation/sequencer.cjs",
      },
    },
    // All tests for each mutant: what several of them share, only the first one makes, and only it would be tried.
    coverageAnalysis: "all",
    // Sentences for people: which words they have, no test asks.
    mutator: { excludedMutations: hasExpressions ? [] : ["StringLiteral"] },
    thresholds: { high: 95, low: 90, break: 85 },
    // A busy machine is no endless loop; a timeout counts as killed.
    timeoutMS: 60_000,
    // The tokens of cdktf hold all that tests made.
    maxTestRunnerReuse: 50,
    concurrency: Number(process.env.CONCURRENCY ?? 2),
    reporters: ["clear-text", "progress-append-only", "html", "json"],
    clearTextReporter: { reportTests: false, reportMutants: false },
    htmlReporter: { fileName: `dist/mutation/${room}.html` },
    jsonReporter: { fileName: `dist/mutation/${room}.json` },
    incremental: args.includes("--again"),
    incrementalFile: `dist/mutation/${room}.incremental.json`,
    tempDirName: "dist/mutation/sandbox",
    warnings: { slow: false },
  }).runMutationTest();
}
