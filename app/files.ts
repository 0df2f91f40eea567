// Writes files atomically: readers and interrupted runs never see incomplete files.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { at } from "./refusal";

/** A file: its path, relative to a folder, and its content. */
export type TextFile = readonly [path: string, text: string];

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const LOCK = ".hardened-aks.lock";
const WAIT_MS = 20;
// An older lock was left by a run that was killed.
const STALE_MS = 10_000;

/** Writes files into a folder: all of them, or none if space or a permission is missing for one. */
export function writeFiles(folder: string, files: readonly TextFile[]): void {
  const drafts = files.map(([path, text], index) => {
    const file = join(folder, path);
    return { path, file, text, draft: join(dirname(file), `.draft-${process.pid}-${index}`) };
  });
  const created: string[] = [];
  const folders: string[] = [];
  try {
    for (const { path, file, text, draft } of drafts) {
      at(dirname(file), () => {
        makeFolder(dirname(file), folders);
      });
      at(file, () => {
        refuseFolder(file);
        created.push(draft);
        writeFileSync(draft, text, { mode: path.endsWith(".sh") ? 0o777 : 0o666 });
      });
    }
    for (const { file, draft } of drafts) {
      at(file, () => {
        renameSync(draft, file);
      });
    }
  } finally {
    for (const draft of created) {
      rmSync(draft, { force: true });
    }
    folders.reverse().forEach(removeIfEmpty);
  }
}

// Before anything is written: the file is renamed into its place at the end, and a folder there would stop that.
function refuseFolder(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
    readFileSync(file);
  }
}

function removeIfEmpty(folder: string): void {
  if (readdirSync(folder).length === 0) {
    rmdirSync(folder);
  }
}

/** Runs work with a temporary folder, and removes the folder afterwards. */
export function withDraft<T>(work: (folder: string) => T): T {
  return uninterrupted(() => {
    const parent = tmpdir();
    const folder = at(parent, () => mkdtempSync(join(parent, "haks-")));
    try {
      return work(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

/** Runs work while holding the lock of a folder; creates the folder if it is missing. */
export function locked<T>(folder: string, work: () => T): T {
  const lock = join(folder, LOCK);
  return uninterrupted(() => {
    at(folder, () => {
      makeFolder(folder);
      while (!acquire(lock)) {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
      }
    });
    try {
      return work();
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  });
}

// With "recursive", Node.js retries forever where the system creates no folders, such as in /proc.
function makeFolder(folder: string, created: string[] = []): void {
  const parent = dirname(folder);
  if (parent !== folder && !existsSync(parent)) {
    makeFolder(parent, created);
  }
  try {
    mkdirSync(folder);
    created.push(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST" || !statSync(folder).isDirectory()) {
      throw error;
    }
  }
}

function acquire(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
      throw error;
    }
    if (since !== undefined && Date.now() - since > STALE_MS) {
      rmSync(lock, { recursive: true, force: true });
    }
    return false;
  }
}

// Defers signals until the work is done: with a listener, Node.js does not end the process at once.
function uninterrupted<T>(work: () => T): T {
  if (!process.listeners(SIGNALS[0]).includes(end)) {
    SIGNALS.forEach((signal) => process.on(signal, end));
  }
  try {
    return work();
  } finally {
    // The event loop delivers signals before it runs this.
    setImmediate(stopListening);
  }
}

function end(signal: NodeJS.Signals): void {
  stopListening();
  process.kill(process.pid, signal);
}

function stopListening(): void {
  SIGNALS.forEach((signal) => process.off(signal, end));
}
