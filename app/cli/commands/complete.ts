// hardened-aks complete: prints a script that completes commands and options in a shell.
import { Command } from "commander";
import { STATUS } from "../findings";
import { Io } from "../io";
import { SHELLS } from "../program";

/**
 * Prints the script for a shell, or the completions of the command line after `--`.
 *
 * @param program the commands to complete
 */
export async function complete(args: string[], io: Io, program: Command): Promise<number> {
  const [shell = ""] = args;
  if (shell === "--help" || shell === "-h") {
    io.stdout(program.commands.find((one) => one.name() === "complete")?.helpInformation() ?? "");
    return STATUS.ok;
  }
  if (shell !== "--" && !SHELLS.includes(shell)) {
    io.stderr(`Name a shell: ${SHELLS.join(", ")}.\n`);
    return STATUS.usage;
  }
  // The library adds its own command with this name.
  const others = program.commands.filter((one) => one.name() !== "complete");
  const completed = new Command(program.name());
  others.forEach((one) => completed.addCommand(one));
  const { default: addCompletion } = await import("@bomb.sh/tab/commander");
  addCompletion(completed);
  await completed.parseAsync(["complete", ...args], { from: "user" });
  return STATUS.ok;
}
