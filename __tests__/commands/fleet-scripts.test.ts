// The scripts of the example pipelines of a fleet, run on files of engines and with a stand-in for terraform.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { engineFiles } from "../../app/fleet/engines/engines";
import { writeFiles } from "../../app/files";
import { indexOf } from "../fleet-indexes";
import { PIPELINES, azure, index, scriptOf } from "../fleet-pipelines";
import { inScratch, textOf } from "../scenarios";

const FOLDERS = ["stacks/one", "stacks/two"];

/** Runs a script in a checkout, with a terraform whose plans of stacks/two end with a status. */
function run(option: string, script: string, env: { [name: string]: string }, status = 0) {
  return inScratch((folder) => {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    for (const one of FOLDERS) {
      mkdirSync(join(folder, "fleet", one), { recursive: true });
    }
    mkdirSync(join(folder, "teams", "identity"), { recursive: true });
    writeFileSync(join(folder, "teams", "identity", ".terraform.lock.hcl"), "# lock\n");
    const program = [
      "#!/bin/bash",
      `echo "$*" >> "${join(folder, "calls")}"`,
      `test -f "\${1#-chdir=}/.terraform.lock.hcl" || exit 9`,
      `case "$1 $2" in *two" plan") exit ${status} ;; esac`,
    ].join("\n");
    writeFileSync(join(bin, "terraform"), program);
    chmodSync(join(bin, "terraform"), 0o755);
    const result = spawnSync("bash", ["--norc", option, "-c", script], {
      cwd: folder,
      encoding: "utf8",
      env: {
        PATH: `${bin}${delimiter}${process.env.PATH}`,
        GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
        FOLDERS: FOLDERS.join(" "),
        TEAM: "identity",
        ...env,
      },
    });
    return {
      exit: result.status,
      printed: result.stdout,
      stderr: result.stderr,
      calls: textOf(folder, "calls").split("\n").filter(Boolean),
      summary: env.MODE === undefined ? "" : textOf(folder, "summary.md"),
    };
  });
}

describe.each(PIPELINES)("the scripts of %s", (_, steps, _text, option) => {
  const planned = (mode: string, status: number, first = "3") =>
    run(option, scriptOf(steps, "Plan"), { MODE: mode, STAGE: "3", FIRST: first }, status);

  test.each([
    ["plan", 0, 0],
    ["plan", 2, 0],
    ["plan", 1, 1],
    ["plan", 127, 1],
    ["drift", 0, 0],
    ["drift", 2, 1],
    ["drift", 1, 1],
  ])("end for a %s whose terraform ends with %i with %i", (mode, status, exit) => {
    const result = planned(mode, status);
    expect([result.exit, result.stderr]).toEqual([exit, ""]);
    expect(result.printed.includes("differ from the stack")).toBe(mode === "drift" && status === 2);
    expect(result.summary.match(/^### stacks\/(one|two)$/gm)).toHaveLength(2);
    // The row goes on after a failure.
    expect(result.calls.map((call) => call.split(" ").slice(0, 2).join(" "))).toEqual(
      FOLDERS.flatMap((folder) => ["init", "plan"].map((one) => `-chdir=fleet/${folder} ${one}`)),
    );
  });

  test("only warn of a plan that may wait for an earlier stage, and never of drift", () => {
    expect(planned("plan", 1, "1")).toMatchObject({ exit: 0 });
    expect(planned("plan", 1, "1").printed).toContain("an earlier stage of this pull request");
    expect(planned("drift", 1, "1").exit).toBe(1);
  });

  test("apply the other stacks of a row after a failure, and end with an error", () => {
    const applying = (status: number) => run(option, scriptOf(steps, "Apply"), {}, status);
    expect(applying(0)).toMatchObject({ exit: 0, calls: { length: 6 } });
    const [one, two] = [FOLDERS, [...FOLDERS].reverse()].map((folders) =>
      run(option, scriptOf(steps, "Apply"), { FOLDERS: folders.join(" ") }, 1),
    );
    expect([one!.exit, one!.calls.length, two!.exit, two!.calls.length]).toEqual([1, 5, 1, 5]);
    expect(two!.calls.at(-1)).toBe(
      "-chdir=fleet/stacks/one apply -input=false -lock-timeout=10m plan",
    );
  });
});

describe.each(PIPELINES)("%s writes the fleet", (_, steps, _text, option) => {
  /** The call of the program in a repository with some references. */
  const callOf = (previous: string, references: string) =>
    inScratch((folder) => {
      const git = "git -c user.name=test -c user.email=test@example.com";
      const program = 'npx() { printf "%s\\n" "$*"; }';
      const script = [
        `git init -q && ${git} commit -q --allow-empty -m first && ${references}`,
        ...[program, scriptOf(steps, "Write the fleet")],
      ].join("\n");
      const { status, stdout } = spawnSync("bash", ["--norc", option, "-c", script], {
        cwd: folder,
        encoding: "utf8",
        env: { PATH: process.env.PATH!, PREVIOUS: previous },
      });
      expect(status).toBe(0);
      return stdout.trim().replace(/ --engine .*/, "");
    });

  test.each([
    ["fleet-applied", "true", ""],
    ["fleet-applied", "git tag fleet-applied", " --previous fleet-applied"],
    ["origin/main", "git update-ref refs/remotes/origin/main HEAD", " --previous origin/main"],
  ])("compared with %s, after: %s", (previous, references, options) => {
    expect(callOf(previous, references)).toBe(
      `hardened-aks fleet --config clusters/*.yaml --force${options}`,
    );
  });
});

// On all runners of GitHub and Azure Pipelines.
const withJq = spawnSync("jq", ["--version"]).status === 0 ? describe : describe.skip;

withJq("the rows of a run", () => {
  /** Runs a script of the job index beside the files of a fleet in which one stack has changed. */
  const rowsOf = (script: string, env: { [name: string]: string }, changed: string) =>
    inScratch((folder) => {
      const fleet = indexOf(["dev", "prod"], (name) => name === changed);
      writeFiles(join(folder, "fleet"), [
        ["fleet.json", JSON.stringify(fleet)],
        ...engineFiles(fleet, ["github", "azure-pipelines"]),
      ]);
      cpSync(join(folder, "fleet", "engines"), join(folder, "engines"), { recursive: true });
      const output = join(folder, "output");
      const { status, stdout, stderr } = spawnSync("bash", ["--norc", "-e", "-c", script], {
        cwd: folder,
        encoding: "utf8",
        env: {
          PATH: process.env.PATH!,
          PIPELINE_WORKSPACE: folder,
          GITHUB_OUTPUT: output,
          GITHUB_STEP_SUMMARY: output,
          MODE: "apply",
          ...env,
        },
      });
      expect([status, stderr]).toEqual([0, ""]);
      return stdout === "" ? textOf(output) : stdout;
    });
  const outputsOf = (text: string) =>
    Object.fromEntries(
      text
        .split("\n")
        .filter(Boolean)
        .map((line) => /(?:variable=)?(\w+)(?:=|;isOutput=true\])(.*)$/.exec(line)!.slice(1)),
    ) as { [name: string]: string };
  const row = { name: "prod-identities", folders: "stacks/prod-identities" };

  test.each([
    ["pull_request", "plan", "3", [0, 0, 1, 0, 0]],
    ["push", "apply", "3", [0, 0, 1, 0, 0]],
    ["schedule", "drift", "1", [1, 1, 2, 2, 2]],
    ["workflow_dispatch", "apply", "1", [1, 1, 2, 2, 2]],
  ])("of GitHub Actions for %s", (event, mode, first, counts) => {
    const script = scriptOf(index.steps, "Rows of the stages");
    const outputs = outputsOf(rowsOf(script, { EVENT: event }, "prod-identities"));
    const matrices = JSON.parse(outputs.stages!) as { include: object[] }[];
    expect([outputs.mode, outputs.first]).toEqual([mode, first]);
    expect(matrices.map(({ include }) => include.length)).toEqual(counts);
    expect(matrices[2]!.include).toContainEqual(row);
  });

  test("of GitHub Actions are none if nothing has changed", () => {
    const script = scriptOf(index.steps, "Rows of the stages");
    expect(outputsOf(rowsOf(script, { EVENT: "push" }, "none")).first).toBe("0");
  });

  test.each([
    ["changed", "3", ["0", "0", "1", "0", "0"]],
    ["all", "1", ["1", "1", "2", "2", "2"]],
  ])("of Azure Pipelines, %s", (rows, first, counts) => {
    const outputs = outputsOf(
      rowsOf(scriptOf(azure, "Rows of the stages"), { ROWS: rows }, "prod-identities"),
    );
    expect(outputs.first).toBe(first);
    expect([1, 2, 3, 4, 5].map((stage) => outputs[`stage${stage}`])).toEqual(counts);
    const env = { ROWS: rows, STAGE: "3" };
    const { matrix } = outputsOf(
      rowsOf(scriptOf(azure, "Rows of the stage"), env, "prod-identities"),
    );
    expect(JSON.parse(matrix!)).toHaveProperty("prod_identities", {
      ROW: row.name,
      FOLDERS: row.folders,
    });
  });

  test.each([
    ["GitHub Actions", index.steps, "Changed stacks as summary"],
    ["Azure Pipelines", azure, "Changed stacks as summary and comment"],
  ] as const)("are in the summary of %s", (_, steps, title) => {
    const script = `${scriptOf(steps, title)}\ncat comment.md`;
    expect(rowsOf(script, {}, "prod-identities")).toContain("| 3 | identity | prod-identities |");
  });
});
