// The commands, their options and their help. The code of a command is loaded when it runs.
import { Command, Option } from "commander";
import { version } from "../../package.json";
import { ENGINES } from "../fleet/engines/names";
import { ALL_QUESTIONS, STARTS } from "../init/questions";
import { WAYS } from "../move/ways";

/** Names of the commands. */
export type CommandName =
  | "init"
  | "synth"
  | "check"
  | "review"
  | "addresses"
  | "workloads"
  | "handoff"
  | "fleet"
  | "discover"
  | "adopt"
  | "move";

/** Shells that `complete` supports. */
export const SHELLS = ["bash", "zsh", "fish", "powershell"];

const FOOTER = `
The description is haks.yaml, or the file in HAKS_CONFIG. NO_COLOR disables colors.
Exit status: 0 for success, 1 for errors and outdated folders, 2 for wrong usage, 3 if
review --live finds that rights are missing or too much, or check --previous finds that
an edit loses a right, or replaces or destroys a resource.
`;

/** Returns the output of `--help` for the program or one of its commands, on a terminal of 80 columns. */
export function helpText(command?: CommandName): string {
  let text = "";
  const program = createProgram(() => Promise.resolve());
  const found = program.commands.find((one) => one.name() === command) ?? program;
  found.configureOutput({
    writeOut: (part) => (text += part),
    getOutHelpWidth: () => 80,
    getOutHasColors: () => false,
  });
  found.outputHelp();
  return text.trimEnd();
}

/**
 * Creates the program.
 *
 * @param run called with the name of the command to run and its options
 */
export function createProgram(
  run: (name: CommandName, options: { readonly [name: string]: unknown }) => Promise<void>,
): Command {
  const program = new Command("hardened-aks")
    .description("One description of a cluster, three Terraform stacks, one for each team.")
    .version(version, "--version", "print the version of the program")
    .helpCommand("help [command]", "print the help of a command")
    .showHelpAfterError("(run with --help for all options)")
    .addHelpText("after", FOOTER);
  const add = (name: CommandName, description: string, ...options: Option[]): void => {
    const command = program.command(name).description(description);
    const config = SEVERAL.includes(name) ? CONFIGS : CONFIG;
    for (const option of [config, ...options, JSON_OUTPUT]) {
      command.addOption(option);
    }
    command.action((values: { [name: string]: unknown }) => run(name, values));
  };
  add(
    "init",
    "Write a description to start from, after a few questions",
    new Option("--for <start>", "starting point").choices(Object.keys(STARTS)),
    ...ALL_QUESTIONS.map(({ option, words }) => new Option(`--${option} <value>`, words)),
    new Option("--yes", "ask nothing: what no option answers is a default or a placeholder"),
  );
  add(
    "synth",
    "Write the Terraform JSON of the stacks, and the access review",
    OUT_OF_SYNTH,
    COMMIT,
  );
  add(
    "check",
    "Report findings and, with --previous, the effects of an edit; write nothing",
    new Option(
      "--previous <path>",
      "output of the deployed version: the folder of synth or handoff, or access-review.json",
    ),
    new Option("--markdown", "print the changes as Markdown, for a pull request"),
  );
  add(
    "review",
    "Write only the access review",
    OUT_OF_SYNTH,
    COMMIT,
    new Option(
      "--from <file>",
      "access-review.json that a program wrote, instead of a description",
    ).conflicts("config"),
    new Option("--previous <file>", "access-review.json of an earlier run, to show the changes"),
    new Option(
      "--live <path...>",
      "exports of az, such as role assignments: files or folders, to compare the plan with Azure",
    ).conflicts("from"),
  );
  add("addresses", "Print the addresses that the cluster needs and has in each subnet");
  add(
    "workloads",
    "Print the service accounts of the workloads, for Kubernetes",
    new Option(
      "--client-ids <file>",
      "output of terraform output -json in the stack of the workloads",
    ),
  );
  add(
    "handoff",
    "Write the stacks as Terraform root modules or modules, for pipelines without Node.js",
    new Option("--out <dir>", "folder to write to (default: handoff, or handoff/modules)"),
    new Option("--stack <name...>", "only these stacks, such as cluster or haks-cluster"),
    new Option("--as <kind>", "root module, or module to call from another root module")
      .choices(["root", "module"])
      .default("root"),
    new Option(
      "--identities <way>",
      "where the ids of the identities come from (default: literal if the description has them, else lookup)",
    ).choices(["lookup", "literal", "variable"]),
    new Option("--check", "write nothing; exit status 1 if a folder is outdated"),
    new Option("--force", "overwrite files that were edited by hand"),
    new Option("--no-lock", "do not create .terraform.lock.hcl"),
  );
  add(
    "fleet",
    "Write the stacks, the access reviews and the index of several clusters",
    new Option("--out <dir>", "folder to write to (default: fleet)"),
    new Option(
      "--previous <index>",
      "earlier fleet.json, or a commit or branch that has it: what changed since then",
    ),
    COMMIT,
    new Option("--engine <name...>", "write files for the engines that deploy the stacks").choices(
      ENGINES,
    ),
    new Option(
      "--joining <cluster...>",
      "clusters that were deployed by themselves: the fleet takes over their role assignments",
    ),
    new Option("--force", "write also clusters that did not change"),
  );
  add(
    "move",
    "Write the steps that move an existing cluster to brought identities, and how far it is",
    new Option("--from <dir>", "folder with the exports of the cluster").makeOptionMandatory(),
    new Option(
      "--out <dir>",
      "folder to write to, which also keeps the start of the move (default: move)",
    ),
    new Option("--way <way>", "way to go (default: the one that the exports call for)").choices([
      ...WAYS,
    ]),
    new Option("--confirm <step...>", "steps that are done and that no export shows"),
  );
  program
    .command("discover")
    .description("Describe a cluster that exists, from what az prints about it")
    .argument("[folder]", "folder of the exports, same as --from")
    .option("--from <dir>", "folder of the exports: files of JSON, with any names")
    .option("--out <dir>", "folder to write to", "discovered")
    .addOption(
      new Option(
        "--commands [team]",
        "print a script with the commands that export a cluster, which only read",
      ).choices(["platform", "network", "identity"]),
    )
    .addOption(JSON_OUTPUT)
    .action((folder: string | undefined, values: { [name: string]: unknown }) =>
      run("discover", { ...values, from: values.from ?? folder }),
    );
  add(
    "adopt",
    "Write import blocks for a cluster that exists, and print what the first plan changes",
    new Option("--from <dir>", "folder of the exports, as for discover"),
    new Option(
      "--out <dir>",
      "folder of synth or handoff, with the stacks of the description (default: cdktf.out)",
    ),
    new Option("--markdown", "print the list as Markdown, for a ticket"),
  );
  program
    .command("complete")
    .description("Print a script that completes commands, options and values in a shell")
    .argument("<shell>", `one of ${SHELLS.join(", ")}`)
    .addHelpText("after", COMPLETE_FOOTER);
  return program;
}

const COMPLETE_FOOTER = `
Where hardened-aks is a command, add one line to the settings of the shell:
  ~/.bashrc                   eval "$(hardened-aks complete bash)"
  ~/.zshrc                    eval "$(hardened-aks complete zsh)"
  ~/.config/fish/config.fish  hardened-aks complete fish | source
`;

/** Commands for several descriptions. */
const SEVERAL: readonly CommandName[] = ["check", "fleet"];

const CONFIG = new Option("--config <file>", "description of the cluster");
const CONFIGS = new Option(
  "--config <file...>",
  "descriptions of the clusters: files, and patterns such as 'clusters/*.yaml'",
);
const OUT_OF_SYNTH = new Option("--out <dir>", "folder to write to (default: cdktf.out)");
const COMMIT = new Option(
  "--commit <id>",
  "commit of the description, for the access review (default: HAKS_COMMIT)",
);
const JSON_OUTPUT = new Option("--json", "print the result as JSON");
