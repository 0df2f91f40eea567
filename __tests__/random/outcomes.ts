// Any description ends in JSON or in findings with codes, and never in an exception.
import * as fc from "fast-check";
import { App, Testing } from "cdktf";
import { ClusterPlan, ClusterSpec, ClusterStacks, Finding } from "../../lib";
import { SPECS } from "./specs";

/** Runs of one file; there are two, one for each core. */
const RUNS = 5_000;

function outcomeOf(spec: ClusterSpec): "json" | "findings" {
  const plan = new ClusterPlan(spec);
  const { findings } = plan;
  const nameless = findings.filter((finding) => !isTold(finding));
  if (nameless.length > 0) {
    throw new Error(`Findings without code or sentences: ${JSON.stringify(nameless)}`);
  }
  if (findings.some(({ severity }) => severity === "error")) {
    return "findings";
  }
  const { identities, networkPermissions, cluster } = new ClusterStacks(
    Testing.stubVersion(new App({ stackTraces: false })),
    { plan },
  );
  for (const stack of [identities, networkPermissions, cluster]) {
    const text = Testing.synth(stack, true);
    if (!text.includes('"required_version"') || plan.addresses.subnets.length === 0) {
      throw new Error(`This is no stack: ${text.slice(0, 100)}`);
    }
  }
  return "json";
}

function isTold({ code, path, message, remedy }: Finding): boolean {
  return (
    /^HAKS-[A-Z0-9]+-\d{3}$/.test(code) &&
    path !== "" &&
    message.endsWith(".") &&
    remedy.endsWith(".")
  );
}

/** Counts how random descriptions end. */
function outcomesOf(runs: number): { json: number; findings: number } {
  const outcomes = { json: 0, findings: 0 };
  fc.assert(
    fc.property(SPECS, (spec) => {
      outcomes[outcomeOf(spec)] += 1;
    }),
    // The first failure is told as it is: to make it smaller would take longer than all runs.
    { numRuns: runs, endOnFailure: true },
  );
  return outcomes;
}

/** Declares the test of one file. */
export function testRandomDescriptions(): void {
  test(`${RUNS} random descriptions end in JSON or in findings`, () => {
    const { json, findings } = outcomesOf(RUNS);
    console.log(`${json} ended in JSON, ${findings} in findings.`);
    // Both ends are reached often enough to mean something.
    expect(json).toBeGreaterThan(RUNS / 20);
    expect(findings).toBeGreaterThan(RUNS / 20);
  });
}
