// The tests in the folders that are handed over: they pass, and each run that is to fail fails for its condition.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { JsonObject, objectAt } from "../../app/handoff/stack-json";
import { TEST_FILE } from "../../app/handoff/tests/test-file";
import { INPUTS } from "../scenarios";
import { handOver, jsonOf, ready } from "./handed-over";
import { inputWith } from "./inputs";
import { describeOffline } from "./offline";
import { run, twoAtATime } from "./processes";
import { newScratch } from "./scratch";
import { Diagnostic } from "./terraform";

interface TestRun {
  readonly command: string;
  readonly expect_failures?: string[];
}

interface TestFile {
  readonly override_resource?: { readonly override_during?: string }[];
  readonly run: { [name: string]: TestRun }[];
}

interface Line {
  readonly type: string;
  readonly "@testrun"?: string;
  readonly test_summary?: { readonly status: string; readonly passed: number };
  readonly diagnostic?: Diagnostic & { readonly snippet?: { readonly code: string } };
}

const EVERY = (mode: string) => ({
  identityGrants: mode,
  peopleGrants: mode,
  network: mode,
  cluster: mode,
});

describeOffline("terraform test", () => {
  const root = { kind: "root" } as const;
  const cluster = ["cluster"];
  const folders = [
    ...Object.values(INPUTS).map((file) => ({ file, options: root })),
    {
      file: "__tests__/workloads.yaml",
      options: { ...root, stacks: ["workloads", "workloads-network"] },
    },
    {
      file: INPUTS.lab!,
      options: { kind: "module", identities: "variable", stacks: cluster } as const,
    },
    {
      file: inputWith(INPUTS.lab!, ["preflight"], EVERY("warn")),
      options: { ...root, stacks: cluster },
    },
    { file: handedOver(), options: { ...root, stacks: ["identities", "network-permissions"] } },
  ].map(({ file, options }) => handOver(file, newScratch(), options));

  test("passes in every folder", async () => {
    const results = await twoAtATime(
      folders.flat().map(({ folder }) => folder),
      async (folder) => {
        await ready(folder);
        const runs = runsIn(folder).length;
        const lines = await terraformTest(folder);
        const errors = lines.flatMap(({ diagnostic }) => diagnostic?.detail ?? []);
        const summary = lines.find(({ type }) => type === "test_summary")?.test_summary;
        return { runs, errors, status: summary?.status, passed: summary?.passed };
      },
    );
    expect(results.length).toBeGreaterThan(15);
    for (const { runs, ...result } of results) {
      expect(result).toEqual({ errors: [], status: "pass", passed: runs });
      expect(runs).toBeGreaterThan(1);
    }
  });

  test("does not import what a mocked provider would have to read", () => {
    const texts = folders
      .flat()
      .map(({ folder }) => readFileSync(join(folder, "terraform.tf"), "utf8"));
    const importing = texts.map((text) => text.includes("import {"));
    const overriding = folders
      .flat()
      .map(
        ({ folder }) =>
          fileOf(folder).override_resource?.some(
            ({ override_during }) => override_during === undefined,
          ) ?? false,
      );
    expect(overriding).toEqual(importing);
    expect(importing).toContain(true);
  });

  test("has a run for each precondition, each check of rights, and all variables", () => {
    for (const { folder } of folders.flat()) {
      const expected = runsIn(folder).flatMap(([, { expect_failures = [] }]) => expect_failures);
      const count = (address: string) => expected.filter((one) => one === address).length;
      for (const [address, conditions] of preconditionsIn(folder)) {
        expect([address, count(address)]).toEqual([address, conditions.length]);
      }
      const checks = Object.keys(objectAt(jsonOf(folder, "terraform.tf.json"), "check"));
      for (const name of checks.filter((check) => check !== "cluster_cluster")) {
        expect([name, count(`check.${name}`) > 0]).toEqual([name, true]);
      }
      const variables = Object.keys(objectAt(jsonOf(folder, "variables.tf.json"), "variable"));
      expect(variables.map((name) => count(`var.${name}`))).toEqual(variables.map(() => 1));
    }
  });

  test("fails in each run by its condition", async () => {
    const { folder } = handOver(INPUTS.enterprise!, newScratch(), root).at(-1)!;
    await ready(folder);
    const conditions = [...preconditionsIn(folder).values()].flat();
    const names = separate(folder);
    const lines = await terraformTest(folder);
    const failed = names.map((name) =>
      lines
        .filter((line) => line["@testrun"] === name && line.diagnostic?.severity === "error")
        .map(({ diagnostic }) => diagnostic?.snippet?.code.trim()),
    );
    expect(conditions.length).toBeGreaterThan(9);
    const codes = conditions.map(({ condition }) => `"condition": ${JSON.stringify(condition)},`);
    expect(failed.map((found) => found[0])).toEqual(codes);
    // Two identities that are one lack the rights of the other.
    expect(failed.flatMap((found) => found.slice(1))).toHaveLength(1);
  });
});

/** A description whose identity team imports a role assignment of the NOC. */
function handedOver(): string {
  const before = inputWith(INPUTS.enterprise!, ["previous"], { permissions: { grantedBy: {} } });
  return inputWith(before, ["permissions", "grantedBy"], { privateDnsZone: "identity" });
}

function fileOf(folder: string): TestFile {
  return JSON.parse(readFileSync(join(folder, TEST_FILE), "utf8")) as TestFile;
}

function runsIn(folder: string): [string, TestRun][] {
  return fileOf(folder).run.flatMap((run) => Object.entries(run));
}

/** The preconditions of a folder, by the address of their resource. */
function preconditionsIn(folder: string): Map<string, JsonObject[]> {
  const types = Object.entries(objectAt(jsonOf(folder, "main.tf.json"), "resource"));
  return new Map(
    types.flatMap(([type, names]) =>
      Object.entries(names as JsonObject).map(([name, block]): [string, JsonObject[]] => [
        `${type}.${name}`,
        [objectAt(block as JsonObject, "lifecycle").precondition ?? []].flat() as JsonObject[],
      ]),
    ),
  );
}

/** Puts each run that a condition fails into a file, and expects no failure; gives the names of the runs. */
function separate(folder: string): string[] {
  const { run: runs, ...rest } = fileOf(folder);
  rmSync(join(folder, TEST_FILE));
  const failing = runs.filter((one) => Object.keys(one)[0]!.startsWith("fails_"));
  return failing.map((one, index) => {
    const [[name, body]] = Object.entries(one) as [[string, TestRun]];
    const text = JSON.stringify({ ...rest, run: [{ [name]: { ...body, expect_failures: [] } }] });
    writeFileSync(join(folder, "tests", `${index}.tftest.json`), text);
    return name;
  });
}

async function terraformTest(folder: string): Promise<Line[]> {
  const { stdout } = await run("terraform", ["test", "-json"], { cwd: folder });
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
}
