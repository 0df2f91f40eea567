// Programs that the tests of the package run, and folders for what these write.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The folder of the repository. */
export const ROOT = join(__dirname, "..", "..");

/** What npm and cdktf read of the environment is not that of the test. */
export const ENVIRONMENT: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_|HAKS_|CDKTF_|NODE_ENV$)/i.test(name)),
);

/** A tool of the repository. */
export function bin(name: string): string {
  return join(ROOT, "node_modules", ".bin", name);
}

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A folder outside the repository, which is gone when the tests of a file are done. */
export function newScratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "haks-package-"));
  folders.push(folder);
  return folder;
}

/**
 * Runs a program; gives what it printed.
 *
 * @throws if it fails, unless it may
 */
export function run(
  program: string,
  args: string[],
  cwd = ROOT,
  env: NodeJS.ProcessEnv = {},
  mayFail = false,
): string {
  const { status, stdout, stderr, error } = spawned(program, args, cwd, env);
  if (error ?? (status !== 0 && !mayFail)) {
    throw new Error(`${program} ${args.join(" ")} ended with ${status}:\n${stdout}\n${stderr}`);
  }
  return stdout;
}

/** Runs a program, which may fail; gives everything that it printed. */
export function allOf(program: string, args: string[], cwd = ROOT): string {
  const { stdout, stderr } = spawned(program, args, cwd, {});
  return `${stdout}${stderr}`;
}

function spawned(program: string, args: string[], cwd: string, env: NodeJS.ProcessEnv) {
  return spawnSync(program, args, {
    cwd,
    env: { ...ENVIRONMENT, ...env },
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
}
