// hardened-aks complete: prints a script that completes commands, options and values in a shell.
import { Command } from "commander";
import { STACK_ROLES } from "../../handoff/stack-roles";
import { BASH_SCRIPT, ZSH_PRELUDE } from "../completion-scripts";
import { STATUS, reportUsage } from "../findings";
import { Io } from "../io";
import { SHELLS } from "../program";

/** Options whose value is a file or a folder, by the name of the value in the help. */
const TAKES_PATH = /<(file|dir|path)>/;

/** Tells the scripts to complete files. */
const FILES = ":0\n";

/**
 * Prints the script for a shell, or the completions of the command line after `--`.
 *
 * @param program the commands to complete
 */
export async function complete(args: string[], io: Io, program: Command): Promise<number> {
  const [shell = ""] = args;
  if (shell === "--help" || shell === "-h") {
    program.commands.find((one) => one.name() === "complete")?.outputHelp();
    return STATUS.ok;
  }
  if (shell === "--") {
    return completeLine(args.slice(1), io, program);
  }
  if (!SHELLS.includes(shell)) {
    return reportUsage(io, `Name a shell: ${SHELLS.join(", ")}.`, args.includes("--json"));
  }
  if (shell === "bash") {
    io.stdout(BASH_SCRIPT);
    return STATUS.ok;
  }
  io.stdout(shell === "zsh" ? ZSH_PRELUDE : "");
  (await completionOf(program)).setup(program.name(), program.name(), shell);
  return STATUS.ok;
}

async function completeLine(words: string[], io: Io, program: Command): Promise<number> {
  if (takesPath(words, program) || isPath(words, program)) {
    io.stdout(FILES);
  } else {
    (await completionOf(program)).parse(words);
  }
  return STATUS.ok;
}

/** Whether the last word is the value of an option that takes a path. */
function takesPath(words: string[], program: Command): boolean {
  const [before = "", last = ""] = words.slice(-2);
  const name = /^(--[\w-]+)=/.exec(last)?.[1] ?? before;
  const options = program.commands.flatMap((command) => command.options);
  return options.some(({ long, flags }) => long === name && TAKES_PATH.test(flags));
}

/** Whether the last word is an argument of a command that takes a path. */
function isPath([name, ...words]: string[], program: Command): boolean {
  const command = program.commands.find((one) => one.name() === name);
  const [before = "", last = ""] = ["", ...words].slice(-2);
  const isValue = command?.options.some(
    ({ long, required, optional }) => long === before && (required || optional),
  );
  const takes = command?.registeredArguments.some((one) => one.name() === "folder") ?? false;
  return takes && words.length > 0 && !last.startsWith("-") && isValue !== true;
}

async function completionOf(program: Command) {
  const { default: addCompletion } = await import("@bomb.sh/tab/commander");
  // The library adds its own command with this name.
  const others = program.commands.filter((one) => one.name() !== "complete");
  const completed = new Command(program.name());
  others.forEach((one) => completed.addCommand(one));
  const completion = addCompletion(completed);
  const { commands } = completion;
  const offer = (values: readonly string[]) => (add: (value: string, about: string) => void) => {
    values.forEach((value) => {
      add(value, "");
    });
  };
  commands.get("complete")?.argument("shell", offer(SHELLS));
  commands.get("help")?.argument("command", offer(others.map((one) => one.name())));
  commands.get("handoff")?.option("stack", "only these stacks", offer(STACK_ROLES));
  return completion;
}
