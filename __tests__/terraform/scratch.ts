// Folders for what the tests write; they are gone when the tests of a file are done.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A new folder. */
export function newScratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "haks-terraform-"));
  folders.push(folder);
  return folder;
}
