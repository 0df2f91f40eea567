// The snippets for a shell, run by bash with stand-ins for the programs that would reach out. A stand-in does
// nothing but write its call down, and what was called is compared with what the program knows.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommanderError } from "commander";
import { createProgram } from "../../app/cli/program";
import { devDependencies, scripts, version } from "../../package.json";
import { inScratch } from "../scenarios";

const STAND_INS = [
  "npm",
  "npx",
  "terraform",
  "az",
  "bash",
  "cat",
  "cd",
  "cp",
  "git",
  "mkdir",
  "python3",
];

/** The calls of a snippet, as arguments. @throws if bash does not understand it, or calls something else */
export function callsIn(text: string): string[][] {
  return inScratch((folder) => {
    const log = join(folder, "calls");
    const file = join(folder, "snippet.sh");
    const functions = STAND_INS.map(
      (name) => `${name}() { printf '%s\\0' ${name} "$@" >>"$LOG"; printf '\\1\\0' >>"$LOG"; }`,
    );
    // No other program is there, so that a snippet that calls one fails.
    const head = ["set -euo pipefail", "PATH=", ...functions];
    writeFileSync(file, [...head, text, ""].join("\n"));
    writeFileSync(log, "");
    const env = { LOG: log, HOME: folder, GITHUB_STEP_SUMMARY: join(folder, "summary") };
    const { status, stderr } = spawnSync("/bin/bash", [file], {
      cwd: folder,
      env,
      encoding: "utf8",
    });
    if (status !== 0) {
      throw new Error(`bash ended with ${status}: ${stderr}`);
    }
    const calls = readFileSync(log, "utf8").split("\x01\0").slice(0, -1);
    return calls.map((call) => call.split("\0").slice(0, -1));
  });
}

/** What is wrong with a call; nothing if the program knows it. */
export function problemWith(call: string[]): string | undefined {
  const [program = "", ...args] = call;
  return CHECKS[program]?.(args) ? undefined : `Unknown: "${call.join(" ")}".`;
}

/** The folder of a new cluster. */
const NEW_FOLDER = "shop";

const CHECKS: { readonly [program: string]: (args: string[]) => boolean } = {
  bash: ([script = "", ...args]) =>
    /^cdktf\.out\/access-requests\/(identity|network)\.sh$/.test(script)
      ? args.length === 0
      : // It needs the names of the cluster and of its group; the others follow from its files.
        { "platform.sh": 2, "network.sh": 0, "identity.sh": 0 }[script] === args.length,
  cat: (args) => args.length > 0 && args.every((file) => existsSync(file)),
  cd: ([folder = ""]) =>
    [NEW_FOLDER, "dist/cdktn"].includes(folder) || folder.startsWith("handoff/haks-prod-"),
  cp: (args) => args.length === 2 && args[0] === "team.tfbackend" && CHECKS.cd!([args[1] ?? ""]),
  mkdir: (args) => args.join(" ") === NEW_FOLDER,
  git: (args) => args.join(" ") === "worktree add ../deployed origin/main",
  npm: ([command = "", ...all]) => {
    const args = all.filter((arg) => arg !== "--silent");
    switch (command) {
      case "run":
        return args[0] !== undefined && args[0] in scripts && knowsOptions(args[0], args.slice(1));
      case "install":
        return args.every(isOurs);
      case "ci":
      case "ls":
      case "pack":
      case "test":
        return true;
      default:
        return false;
    }
  },
  npx: ([command = "", ...args]) => {
    switch (command) {
      case "cdktf":
      case "cdktn":
        return isOfCdktf(args);
      case "hardened-aks":
        return parses(args);
      case "tsx":
        return args.every((file) => existsSync(file));
      default:
        return false;
    }
  },
  terraform: (all) => {
    const [command = "", ...args] = all.filter(
      (arg) =>
        !/^-chdir=(cdktf\.out\/stacks|handoff)\/(example|haks-prod)-(identities|network-permissions|cluster|(workloads|add-ons)(-network)?)$/.test(
          arg,
        ),
    );
    // No one answers; a saved plan is applied without a question.
    const asksNothing =
      args.includes("-input=false") || (command === "apply" && args[0] === "plan");
    if (command === "state") {
      // Both ask nothing: they change the state, and no resource.
      return args[0] === "rm" && args.slice(1).every((arg) => /^azurerm_\w+\.\w+$/.test(arg));
    }
    return (
      (asksNothing || command === "test") &&
      ["init", "plan", "apply", "test"].includes(command) &&
      args.every((arg) =>
        /^(-input=false|-backend=false|-backend-config=.+|-destroy|-out=plan|plan)$/.test(arg),
      )
    );
  },
  python3: ([first = "", ...args]) =>
    first === "-m"
      ? args.join(" ") === "pip install ./dist/jsii/python"
      : args.length === 0 && existsSync(first),
  az: (args) => AZ.some((known) => known.test(args.join(" "))),
};

const AZ = [
  /^login$/,
  /^provider register --namespace Microsoft\.\w+ --subscription \S+$/,
  /^feature register --namespace Microsoft\.\w+ --name \w+ --subscription \S+$/,
  /^acr import --name \S+ --source mcr\.microsoft\.com\/\S+ --image \S+$/,
  /^aks get-upgrades --resource-group \S+ --name \S+ --output table$/,
  /^aks upgrade --resource-group \S+ --name \S+ --kubernetes-version 1\.\d+$/,
  /^aks command invoke --resource-group \S+ --name \S+ --command .+$/,
];

function isOurs(dependency: string): boolean {
  const [, name = "", wanted] = /^(.+)@(.+)$/.exec(dependency) ?? [];
  return (
    [".", ".."].some((folder) => dependency === `${folder}/hardened-aks-${version}.tgz`) ||
    devDependencies[name as keyof typeof devDependencies] === wanted
  );
}

function knowsOptions(script: string, args: string[]): boolean {
  return args.length === 0 || (args[0] === "--" && parses([script, ...args.slice(1)]));
}

function parses(args: string[]): boolean {
  const program = createProgram(() => Promise.resolve());
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeErr: () => undefined });
  }
  try {
    program.parse(args, { from: "user" });
    return true;
  } catch (error) {
    if (error instanceof CommanderError) {
      return false;
    }
    throw error;
  }
}

const OPTIONS = ["--ignore-missing-stack-dependencies", "--outputs-file", "--app"];
const STACK =
  /^(haks(-prod)?-(identities|network-permissions|cluster|(workloads|add-ons)(-network)?|\*)|sandbox)$/;

function isOfCdktf([command = "", ...args]: string[]): boolean {
  const options = args.filter((arg) => arg.startsWith("--"));
  const [stack] = args.filter((arg) => !arg.startsWith("--"));
  return (
    ["synth", "diff", "deploy", "destroy", "list", "output"].includes(command) &&
    options.every((option) => OPTIONS.includes(option)) &&
    (stack === undefined ? command === "synth" : STACK.test(stack))
  );
}
