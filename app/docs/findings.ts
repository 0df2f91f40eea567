// Writes docs/findings.md from the rules: npm run docs.
import { writeFileSync } from "node:fs";
import { ALL_RULES } from "../../lib/rules/check";
import { FILE_CODES } from "../config/file-codes";

/** The list of all codes, as Markdown. */
export function findingsPage(): string {
  const rules = ALL_RULES.map(({ code, severity, title, source }) =>
    row(code, severity, title, source === undefined ? "" : `[source](${source})`),
  );
  const file = Object.entries(FILE_CODES).map(([code, title]) => row(code, "error", title, ""));
  return [
    "# Findings",
    "",
    "Every code that a run can report, with what holds if it is not reported. An error stops the synth;",
    "a warning is to be read. Made from the rules by `npm run docs`.",
    "",
    "## The description of the cluster",
    "",
    ...table(rules),
    "",
    "## The file and the settings of Terraform",
    "",
    ...table(file),
    "",
  ].join("\n");
}

function table(rows: string[]): string[] {
  return [
    row("Code", "Severity", "What holds", "Source"),
    row("---", "---", "---", "---"),
    ...rows,
  ];
}

function row(...cells: string[]): string {
  return `| ${cells.join(" | ")} |`;
}

if (require.main === module) {
  writeFileSync("docs/findings.md", findingsPage());
}
