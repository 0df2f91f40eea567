// docs/azurerm-5.md, from the table that knows versions of azurerm. Pure.
import {
  AZURERM_5,
  AZURERM_LINES,
  AzurermTraits,
  DEFAULT_AZURERM_LINE,
} from "../../lib/terraform/azurerm-versions";
import { table } from "../../app/review/markdown-text";

/** The page about versions of azurerm. */
export function azurerm5Page(): string {
  return [
    "# azurerm 5",
    "",
    `By default the stacks accept azurerm \`${DEFAULT_AZURERM_LINE}\`: \`terraform init\` does not install version 5, which was`,
    "released in July 2026. The setting `terraform.azurermVersion` of the description writes the stacks for a later line:",
    "",
    "```yaml",
    "terraform:",
    '  azurermVersion: "~> 4.73"',
    "```",
    "",
    "The classes of `@cdktf/provider-azurerm` end at 4.55; those of [cdktn](cdktn.md) continue. `npm run docs` generates",
    "this page from `lib/terraform/azurerm-versions.ts`, the only file with differences between versions.",
    "",
    "## Lines",
    "",
    table(
      [
        "`azurermVersion`",
        "`node_provisioning_profile`",
        "Federated credentials",
        "Role assignments",
      ],
      Object.entries(AZURERM_LINES).map(([line, traits]) => [
        `\`${line}\``,
        provisioning(line, traits),
        traits.formerCredential.length > 0 ? "`user_assigned_identity_id`" : "`parent_id`",
        traits.updatesDescriptions === undefined
          ? "Changes of the description are ignored, since they would replace the assignment"
          : `Descriptions change in place; stacks with role assignments accept \`${traits.updatesDescriptions}\``,
      ]),
    ),
    "",
    "To change the line of stacks that are deployed: change the setting, run `terraform init -upgrade`, and plan with",
    "refresh, which reads the attributes of the new line into the state. The plan then changes the cluster at most in",
    "place, for the block `node_provisioning_profile`. Do not go back: later versions of azurerm can upgrade the state.",
    "",
    "## Changes of version 5",
    "",
    table(
      ["Resource", "Attributes", "Change", "Effect on the stacks"],
      AZURERM_5.map(({ type, attributes, change, here }) => [
        `\`${type}\``,
        attributes.map((attribute) => `\`${attribute}\``).join(", "),
        change,
        here,
      ]),
    ),
    "",
    "Identities and locks do not change, and another kubelet identity in Terraform still replaces a cluster: az changes it in place.",
    "More changes can affect resources that you add to the stacks: see the",
    "[upgrade guide](https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/guides/5.0-upgrade-guide).",
    "",
    "## Tests",
    "",
    "- `~> 4.55`: all stacks of all examples are validated, planned and applied with Terraform, against the schema of 4.55.",
    "- `~> 4.73`: `npm run compat:azurerm` compares the stacks of all examples with the classes of `@cdktn/provider-azurerm`",
    "  16.1.0, which are those of 4.73: names of attributes and blocks, and required ones. No plan was run.",
    "- `~> 5.0`: npm has no classes of version 5. Tests check that no stack has an attribute that version 5 removes, and",
    "  that attributes with a changed default are always set. Neither validation nor a plan was run, and the change from",
    "  4.55 to 5 was not tried.",
    "",
  ].join("\n");
}

function provisioning(line: string, { provisioning, alwaysProvisions }: AzurermTraits): string {
  if (alwaysProvisions) {
    return "Always, with the mode Auto or Manual";
  }
  return `Only with \`nodePools.autoProvisioning\`${provisioning === line ? "" : `; the stack then accepts \`${provisioning}\``}`;
}
