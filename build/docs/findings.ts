// docs/findings.md, from the rules. Pure.
import { ALL_RULES } from "../../lib/rules/all-rules";
import { FLEET_RULES } from "../../lib/rules/fleet";
import { FleetRule } from "../../lib/rules/fleet/rule";
import { Rule } from "../../lib/rules/rule";
import { FILE_CODES } from "../../app/config/file-codes";
import { table } from "../../app/review/markdown-text";

const HEAD = ["Code", "Severity", "Rule", "Source"];

/** The list of all codes, as Markdown. */
export function findingsPage(): string {
  const rules = ALL_RULES.map(row);
  const fleet = FLEET_RULES.map(row);
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
    "## The clusters of a fleet",
    "",
    table(HEAD, fleet),
    "",
    "## The file and the settings of Terraform",
    "",
    table(HEAD, file),
    "",
  ].join("\n");
}

function row({ code, severity = "error", title, source }: Rule | FleetRule): string[] {
  const links = sourcesOf(source).map((url) => `[source](${url})`);
  return [code, severity, title, links.join(", ")];
}

function sourcesOf(source: Rule["source"] = {}): string[] {
  return typeof source === "string" ? [source] : [...new Set(Object.values(source))];
}
