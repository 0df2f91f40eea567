// docs/hardening.md, from the table that sets the attributes. Pure.
import {
  CHOICE_EXCEPTIONS,
  CONTROLS,
  Control,
  DERIVED,
  SAFEGUARD_EXCEPTIONS,
} from "../../lib/spec/controls";
import { table } from "../../app/review/markdown-text";
import { UNMET_CHECKS } from "./unmet-checks";

/** The page about hardened defaults, exceptions and scanners. */
export function hardeningPage(): string {
  return [
    "# Hardening",
    "",
    "What a cluster has without being asked, and how to give it up. Made by `npm run docs` from the table",
    "that sets the attributes.",
    "",
    "A weakening takes an exception with a reason in the description:",
    "",
    "```yaml",
    "exceptions:",
    "  - name: runCommand",
    "    reason: The support team needs it until the bastion is there.",
    "```",
    "",
    "It then shows in a warning of every run, in the output `hardening_exceptions` of the cluster stack and",
    "in the access review. An exception that nothing needs is an error.",
    "",
    "Checks are those of Checkov (`CKV`), trivy (`AZU`), KICS (the first eight digits), PSRule.Rules.Azure",
    "(the name behind `Azure.AKS.`), Azure Policy (`P` and the first eight digits) and CIS.",
    "",
    "## Values",
    "",
    table(
      ["Resource", "Attribute", "Value", "What for", "Exception", "Checks"],
      CONTROLS.map(controlRow),
    ),
    "",
    "## Values that follow from the description",
    "",
    table(
      ["Resource", "Attribute", "Value", "Checks"],
      DERIVED.map(({ resource, attribute, value, checks }) => [
        resource,
        `\`${attribute}\``,
        value,
        checks.join(", "),
      ]),
    ),
    "",
    "## Exceptions for choices in the description",
    "",
    table(
      ["Exception", "What is given up"],
      Object.entries({ ...CHOICE_EXCEPTIONS, ...SAFEGUARD_EXCEPTIONS }).map(([name, words]) => [
        `\`${name}\``,
        words,
      ]),
    ),
    "",
    "## Checks that are not satisfied",
    "",
    table(
      ["Checks", "Why"],
      UNMET_CHECKS.map(({ checks, reason }) => [checks, reason]),
    ),
    "",
  ].join("\n");
}

function controlRow({ on, attribute, value, why, exception, checks }: Control): string[] {
  const words =
    typeof value === "object" ? JSON.stringify(value) : `${value as string | number | boolean}`;
  return [
    on,
    `\`${attribute}\``,
    `\`${words}\``,
    why,
    exception === undefined ? "none" : `\`${exception}\``,
    checks.join(", "),
  ];
}
