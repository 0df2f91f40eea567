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
    "This page lists the hardened defaults of a cluster, and the exceptions that turn them off. `npm run docs`",
    "generates it from the table that sets the attributes.",
    "",
    "To weaken a control, add an exception with a reason to the description:",
    "",
    "```yaml",
    "exceptions:",
    "  - name: runCommand",
    "    reason: The support team needs it until the bastion exists.",
    "```",
    "",
    "The exception then shows in a warning of each synth, in the output `hardening_exceptions` of the cluster stack",
    "and in the access review. An unnecessary exception is an error.",
    "",
    "The checks are from Checkov (`CKV`), trivy (`AZU`), KICS (the first eight digits), PSRule.Rules.Azure",
    "(the name after `Azure.AKS.`), Azure Policy (`P` and the first eight digits) and CIS.",
    "",
    "## Values",
    "",
    table(
      ["Resource", "Attribute", "Value", "Purpose", "Exception", "Checks"],
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
      ["Exception", "Effect"],
      Object.entries({ ...CHOICE_EXCEPTIONS, ...SAFEGUARD_EXCEPTIONS }).map(([name, words]) => [
        `\`${name}\``,
        words,
      ]),
    ),
    "",
    "## Run a scanner",
    "",
    "Checkov and KICS read the files of `synth` and of the hand-off as they are:",
    "",
    "- `checkov --directory cdktf.out/stacks --framework terraform_json --skip-download --compact`",
    "- `kics scan --path cdktf.out/stacks`",
    "",
    "The version constraint of Terraform, moves and imports are in `terraform.tf`, since Checkov cannot read them in",
    "JSON. A program that calls `app.synth()` has them in `cdk.tf.json`: let Checkov read a copy without them, from",
    "`jq 'del(.moved, .import, .removed, .terraform.required_version)'`. trivy does not see nested blocks in JSON, and",
    "reads the Terraform plan instead: `terraform show -json plan > plan.json && trivy config plan.json`.",
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
