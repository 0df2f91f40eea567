// Runs programs and waits for them.
import { execFile } from "node:child_process";
import { ENVIRONMENT, ROOT } from "./environment";

const TIMEOUT_MS = 300_000;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** What a program left behind. */
export interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where a program runs. */
export interface RunOptions {
  /** Folder; the repository if it is not given. */
  readonly cwd?: string;
  /** Variables on top of the environment of terraform. */
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a program, whatever its exit status. Rejects if it cannot run, or runs too long. */
export function run(
  program: string,
  args: string[],
  { cwd = ROOT, env = {} }: RunOptions = {},
): Promise<Run> {
  const options = {
    cwd,
    env: { ...ENVIRONMENT, ...env },
    timeout: TIMEOUT_MS,
    maxBuffer: MAX_OUTPUT_BYTES,
  };
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (error && typeof error.code !== "number") {
        reject(new Error(`${program} was not run to its end: ${error.message}`, { cause: error }));
      } else {
        resolve({ exitCode: Number(error?.code ?? 0), stdout, stderr });
      }
    });
    // No one answers a question.
    child.stdin?.end();
  });
}

/** Does the same for each item, two at a time. The results are in the order of the items. */
export async function twoAtATime<T, R>(items: T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) {
      results[index] = await work(item);
    }
  };
  await Promise.all([worker(), worker()]);
  return results;
}
