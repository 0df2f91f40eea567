// docs/findings.md, from the rules. Pure.
import { ALL_RULES } from "../../lib/rules/all-rules";
import { FLEET_SHARING_RULES } from "../../lib/rules/fleet-sharing";
import { Rule } from "../../lib/rules/rule";
import { FILE_CODES } from "../../app/config/file-codes";
import { table } from "../../app/review/markdown-text";

const HEAD = ["Code", "Severity", "Rule", "Source"];

/** The list of all codes, as Markdown. */
export function findingsPage(): string {
  const rules = ALL_RULES.map(({ code, severity = "error", title, source }) => [
    code,
    severity,
    title,
    sourcesOf(source)
      .map((url) => `[source](${url})`)
      .join(", "),
  ]);
  const sharing = FLEET_SHARING_RULES.map(({ code, title, source }) => [
    code,
    "error",
    title,
    source === undefined ? "" : `[source](${source})`,
  ]);
  const severityOf = (title: string) => (title.includes(" should ") ? "warning" : "error");
  const file = Object.entries(FILE_CODES).map(([code, title]) => [
    code,
    severityOf(title),
    title,
    "",
  ]);
  return [
    "# Findings",
    "",
    "This page lists the codes of all findings. An error stops the synth; a warning does not.",
    "`npm run docs` generates it from the rules.",
    "",
    "## The description of the cluster",
    "",
    table(HEAD, rules),
    "",
    "## What the clusters of a fleet share",
    "",
    table(HEAD, sharing),
    "",
    "## The file and the settings of Terraform",
    "",
    table(HEAD, file),
    "",
  ].join("\n");
}

function sourcesOf(source: Rule["source"] = {}): string[] {
  return typeof source === "string" ? [source] : [...new Set(Object.values(source))];
}
