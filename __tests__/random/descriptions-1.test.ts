// The first half of the random descriptions.
import { RUNS, outcomesOf } from "./outcomes";

test(`${RUNS} random descriptions end in JSON or in findings`, () => {
  const { json, findings } = outcomesOf(RUNS);
  console.log(`${json} ended in JSON, ${findings} in findings.`);
  // Both ends are reached often enough to mean something.
  expect(json).toBeGreaterThan(RUNS / 20);
  expect(findings).toBeGreaterThan(RUNS / 20);
});
