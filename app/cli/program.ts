// The commands, their options and their help. What a command does is loaded when it runs.
import { Command, Option } from "commander";

/** The names of the commands. */
export type CommandName = "synth" | "check" | "review" | "addresses" | "handoff";

/** What `complete` completes for. */
export const SHELLS = ["bash", "zsh", "fish", "powershell"];

const FOOTER = `
The description is haks.yaml, or the file in HAKS_CONFIG. NO_COLOR turns colours off.
Exit status: 0 if all is well, 1 for findings and for what is out of date, 3 if check --previous
finds that something live is lost, 2 for wrong usage.
`;

/** What `--help` prints for the program, or for one of its commands, on a terminal of 80 columns. */
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
 * The program.
 *
 * @param run is told which command runs, with its options
 */
export function createProgram(
  run: (name: CommandName, options: { readonly [name: string]: unknown }) => Promise<void>,
): Command {
  const program = new Command("hardened-aks")
    .description("One description of a cluster, three Terraform stacks, one for each team.")
    .helpCommand(false)
    .showHelpAfterError("(--help tells what there is)")
    .addHelpText("after", FOOTER);
  const add = (name: CommandName, description: string, ...options: Option[]): void => {
    const command = program.command(name).description(description);
    for (const option of [CONFIG, ...options, JSON_OUTPUT]) {
      command.addOption(option);
    }
    command.action((values: { [name: string]: unknown }) => run(name, values));
  };
  add("synth", "Write the Terraform JSON of the stacks, and the access review", OUT_OF_SYNTH);
  add(
    "check",
    "Report findings, and what an edit does to what is live; write nothing",
    new Option(
      "--previous <path>",
      "output of the version that is deployed: the folder of synth or handoff, or access-review.json",
    ),
    new Option("--markdown", "print what changes as Markdown, for a pull request"),
  );
  add(
    "review",
    "Write the access review alone",
    OUT_OF_SYNTH,
    new Option(
      "--from <file>",
      "access-review.json that a program wrote, in place of a description",
    ).conflicts("config"),
    new Option("--previous <file>", "access-review.json of an earlier run, to show what changed"),
  );
  add("addresses", "Print what the cluster needs of each subnet, and what there is");
  add(
    "handoff",
    "Write the stacks as Terraform root modules or modules, for pipelines without node",
    new Option("--out <dir>", "folder to write to (default: handoff, or handoff/modules)"),
    new Option("--stack <name...>", "only these stacks, such as cluster or haks-cluster"),
    new Option("--as <kind>", "root module, or module for a root module of yours")
      .choices(["root", "module"])
      .default("root"),
    new Option(
      "--identities <way>",
      "where the ids of the identities come from (default: literal if the description has them, else lookup)",
    ).choices(["lookup", "literal", "variable"]),
    new Option("--check", "write nothing; exit status 1 if something is out of date"),
    new Option("--force", "overwrite what was edited by hand"),
    new Option("--no-lock", "make no .terraform.lock.hcl"),
  );
  program
    .command("complete")
    .description("Print a script that completes commands and options in a shell")
    .argument("<shell>", `one of ${SHELLS.join(", ")}`);
  return program;
}

const CONFIG = new Option("--config <file>", "description of the cluster");
const OUT_OF_SYNTH = new Option("--out <dir>", "folder to write to (default: cdktf.out)");
const JSON_OUTPUT = new Option("--json", "print the result as JSON");
