// Writes files so that no reader and no accident meets half of them.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { at } from "./refusal";

/** A file: its path in a folder, and its content. */
export type TextFile = readonly [path: string, text: string];

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const LOCK = ".hardened-aks.lock";
const WAIT_MS = 20;
// A lock that is older was left by a run that was killed.
const STALE_MS = 10_000;

/** Writes files into a folder: all of them, or none if there is no room or no permission for one. */
export function writeFiles(folder: string, files: readonly TextFile[]): void {
  const drafts = files.map(([path, text], index) => {
    const file = join(folder, path);
    return { file, text, draft: join(dirname(file), `.draft-${process.pid}-${index}`) };
  });
  const made: string[] = [];
  try {
    for (const { file, text, draft } of drafts) {
      at(file, () => {
        makeFolder(dirname(file));
        made.push(draft);
        writeFileSync(draft, text);
      });
    }
    for (const { file, draft } of drafts) {
      at(file, () => {
        renameSync(draft, file);
      });
    }
  } finally {
    for (const draft of made) {
      rmSync(draft, { force: true });
    }
  }
}

/** Does something with a folder for drafts, which is gone afterwards. */
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

/** Does something with a folder while no other run does; makes the folder if it is not there. */
export function locked<T>(folder: string, work: () => T): T {
  const lock = join(folder, LOCK);
  return uninterrupted(() => {
    at(folder, () => {
      makeFolder(folder);
      while (!takes(lock)) {
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

// With "recursive", Node.js tries for ever where the system makes no folder, such as in /proc.
function makeFolder(folder: string): void {
  const parent = dirname(folder);
  if (parent !== folder && !existsSync(parent)) {
    makeFolder(parent);
  }
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST" || !statSync(folder).isDirectory()) {
      throw error;
    }
  }
}

function takes(lock: string): boolean {
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

// A signal that comes meanwhile ends the process afterwards: with a listener, Node.js keeps it until then.
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
