// Writes the description of a cluster that exists, and the report.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TextFile } from "../files";
import { FindingsError } from "../finding";
import { publish } from "../output-folder";
import { renderJson } from "../review/json";
import { DESCRIPTION_FILE, Discovered } from "./discover";
import { renderHtml, renderMarkdown } from "./render";

/** Returns the files. */
export function discoverFiles({ text, report }: Discovered): TextFile[] {
  return [
    [DESCRIPTION_FILE, text],
    ["discover-report.md", renderMarkdown(report)],
    ["discover-report.html", renderHtml(report)],
    ["discover-report.json", renderJson(report)],
  ];
}

/**
 * Writes the files.
 *
 * @returns their paths, relative to the folder
 * @throws FindingsError if the folder has another description, which may have been edited
 */
export function writeDiscovered(discovered: Discovered, folder: string): string[] {
  const files = discoverFiles(discovered);
  const file = join(folder, DESCRIPTION_FILE);
  const before = existsSync(file) ? readFileSync(file, "utf8") : undefined;
  if (before !== undefined && before !== discovered.text) {
    throw new FindingsError([
      {
        severity: "error",
        code: "HAKS-FILE-009",
        file,
        message: "The description is there already, and differs from that of these exports.",
        remedy: "Name another folder with --out, and compare the two descriptions.",
      },
    ]);
  }
  publish(
    folder,
    files.filter(([path]) => path !== DESCRIPTION_FILE || before === undefined),
    false,
  );
  return files.map(([path]) => path);
}
