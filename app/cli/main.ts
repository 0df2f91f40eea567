// Runs the program with arguments, and returns the exit status.
import "../lazy-modules";
import { CommanderError } from "commander";
import { STATUS, report, reportUsage } from "./findings";
import { Io } from "./io";
import { CommandName, createProgram } from "./program";

/** Runs a command with its options; returns the exit status. */
type Action = (options: never, io: Io) => Promise<number>;

/** Runs the program with the arguments of a command line; returns the exit status. */
export async function main(args: string[], io: Io): Promise<number> {
  let status: number = STATUS.ok;
  const program = createProgram(async (name, options) => {
    try {
      status = await (await load(name))(options as never, io);
    } catch (error) {
      status = report(io, error, options.json === true);
    }
  });
  const isJson = args.includes("--json");
  const writeErr = isJson ? () => undefined : io.stderr;
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeOut: io.stdout, writeErr });
  }
  if (args[0] === "complete") {
    const { complete } = await import("./commands/complete.js");
    return complete(
      args.slice(1),
      io,
      createProgram(() => Promise.resolve()),
    );
  }
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      throw error;
    }
    if (error.exitCode === 0) {
      return STATUS.ok;
    }
    if (isJson) {
      reportUsage(io, error.message.replace(/^error: /, ""), true);
    }
    return STATUS.usage;
  }
  return status;
}

async function load(name: CommandName): Promise<Action> {
  switch (name) {
    case "init":
      return (await import("./commands/init.js")).init;
    case "synth":
      return (await import("./commands/synth.js")).synth;
    case "check":
      return (await import("./commands/check.js")).check;
    case "review":
      return (await import("./commands/review.js")).review;
    case "addresses":
      return (await import("./commands/addresses.js")).addresses;
    case "workloads":
      return (await import("./commands/workloads.js")).workloads;
    case "adopt":
      return (await import("./commands/adopt.js")).adopt;
    case "handoff":
      return (await import("./commands/handoff.js")).handoff;
    case "fleet":
      return (await import("./commands/fleet.js")).fleet;
    case "discover":
      return (await import("./commands/discover.js")).discover;
    case "move":
      return (await import("./commands/move.js")).move;
  }
}
