// The programs that are measured, all bundled in one way: everything but cdktf and its providers.
import { deepStrictEqual } from "node:assert";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../build/bundle.mjs";
import { plainProgram } from "./plain.mjs";
import { run } from "./processes.mjs";

export const EXAMPLES = {
  lab: "haks.yaml",
  enterprise: join("examples", "enterprise", "haks.yaml"),
};

/** The name that `measure` gives to the first cluster. */
const FIRST = "fleet-0000";

/** The command line, and for each example the fleet and the plain program with the same resources. */
export function buildPrograms(folder, scratch) {
  const bundled = (source, name) => {
    const file = join(folder, `${name}.js`);
    bundle(source, file);
    return file;
  };
  const command = bundled("app/cli.ts", "cli");
  const fleet = bundled("benchmarks/fleet.ts", "fleet");
  const programs = Object.entries(EXAMPLES).map(([example, config]) => {
    const ours = stacksOf(fleet, join(scratch, example), config);
    const source = join(folder, `plain-${example}.ts`);
    writeFileSync(source, plainProgram(ours, FIRST));
    const plain = bundled(source, `plain-${example}`);
    // What is compared has to be the same.
    deepStrictEqual(
      stacksOf(plain, join(scratch, `${example}-plain`)).map(withoutStamps),
      ours.map(withoutStamps),
    );
    return [example, { fleet, plain }];
  });
  return { command, ...Object.fromEntries(programs) };
}

function stacksOf(program, outdir, config) {
  run(program, [outdir], config);
  const { stacks } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8"));
  return ["identities", "network-permissions", "cluster"].map((stack) =>
    JSON.parse(
      readFileSync(join(outdir, stacks[`${FIRST}-${stack}`].synthesizedStackPath), "utf8"),
    ),
  );
}

// cdktf writes the paths of constructs beside the resources.
function withoutStamps(value) {
  if (Array.isArray(value)) {
    return value.map(withoutStamps);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([key]) => key !== "//")
          .map(([key, item]) => [key, withoutStamps(item)]),
      )
    : value;
}
