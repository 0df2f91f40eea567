// docs/azurerm-5.md, from the table that knows versions of azurerm. Pure.
import { AZURERM_5, PROVIDER_VERSIONS } from "../../lib/terraform/azurerm-versions";
import { table } from "../../app/review/markdown-text";

/** The page about version 5 of azurerm. */
export function azurerm5Page(): string {
  return [
    "# azurerm 5",
    "",
    `The stacks accept azurerm \`${PROVIDER_VERSIONS.azurerm.version}\`, so that version 5, which came in July 2026, does not come by`,
    "itself. The classes of `@cdktf/provider-azurerm` end at 4.55; those of the successor go on (see",
    "[cdktn.md](cdktn.md)). This is what version 5 asks for, of resources that the stacks hold. Made by",
    "`npm run docs` from `lib/terraform/azurerm-versions.ts`, the one file that knows what differs.",
    "",
    table(
      ["Resource", "Attributes", "What changes", "What is done here"],
      AZURERM_5.map(({ type, attributes, change, here }) => [
        `\`${type}\``,
        attributes.map((attribute) => `\`${attribute}\``).join(", "),
        change,
        here,
      ]),
    ),
    "",
    "A test holds that no stack of an example has an attribute that is gone in version 5, and that those whose",
    "default changes are always set. What is left to do is the one block that is required.",
    "",
    "Role assignments, identities, locks and the fact that another kubelet identity replaces a cluster stay as",
    "they are. Resources of your own beside the cluster may be concerned by more: see the",
    "[upgrade guide](https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/guides/5.0-upgrade-guide).",
    "",
  ].join("\n");
}
