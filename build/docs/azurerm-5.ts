// docs/azurerm-5.md, from the table that knows versions of azurerm. Pure.
import { AZURERM_5, PROVIDER_VERSIONS } from "../../lib/terraform/azurerm-versions";
import { table } from "../../app/review/markdown-text";

/** The page about version 5 of azurerm. */
export function azurerm5Page(): string {
  return [
    "# azurerm 5",
    "",
    `The stacks accept azurerm \`${PROVIDER_VERSIONS.azurerm.version}\`, so \`terraform init\` does not install version 5, which was`,
    "released in July 2026. The classes of `@cdktf/provider-azurerm` end at 4.55; those of [cdktn](cdktn.md)",
    "continue. This page lists the changes of version 5 to resources in the stacks. `npm run docs` generates",
    "it from `lib/terraform/azurerm-versions.ts`, the only file with differences between versions.",
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
    "A test checks that no stack of an example has an attribute that version 5 removes, and that attributes with",
    "a changed default are always set. Only the required block remains to be done.",
    "",
    "Role assignments, identities and locks do not change, and another kubelet identity in Terraform still replaces a cluster: az changes it in place.",
    "More changes can affect resources that you add to the stacks: see the",
    "[upgrade guide](https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/guides/5.0-upgrade-guide).",
    "",
  ].join("\n");
}
