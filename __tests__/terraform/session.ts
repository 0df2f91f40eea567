// A shell that runs one block of commands after the other: its folder and its variables stay, as in a terminal.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Run, run } from "./processes";
import { newScratch } from "./scratch";

/** A shell in a folder. */
export class Session {
  public constructor(
    private folder: string,
    private env: NodeJS.ProcessEnv,
  ) {}

  /** Another shell that starts like this one. */
  public fork(folder = this.folder): Session {
    return new Session(folder, this.env);
  }

  /** Runs a block up to its first command that fails. */
  public async run(block: string): Promise<Run> {
    const after = join(newScratch(), "after");
    const script = `set -eo pipefail\n${block}\n{ pwd; env -0; } >"${after}"`;
    const result = await run("bash", ["-c", script], { cwd: this.folder, env: this.env });
    if (result.exitCode === 0) {
      const [, folder = "", variables = ""] = /^(.*)\n([^]*)$/.exec(readFileSync(after, "utf8"))!;
      this.folder = folder;
      this.env = Object.fromEntries(
        variables
          .split("\0")
          .filter(Boolean)
          .map((one) => [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)]),
      );
    }
    return result;
  }
}
