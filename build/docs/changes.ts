// docs/changes.md, from the table of the effects of changed attributes. Pure.
import { Effect, effectOf } from "../../app/changes/attribute-effects";
import { EFFECTS, EFFECTS_OF } from "../../app/changes/effects-table";
import { table } from "../../app/review/markdown-text";
import { CHANGED_FIELDS } from "./changed-fields";
import { Edit } from "./edit";
import { EDITS } from "./edits";
import { LATE_EDITS } from "./late-edits";

const CLUSTER = "azurerm_kubernetes_cluster";

/** Weaker first: a field has the strongest effect of its attributes. */
const WORDS: { readonly [effect in Effect]: string } = {
  inPlace: "in place",
  rotates: "rotates nodes",
  replaces: "replaces (refused)",
};

/** The page about changes of an existing cluster. */
export function changesPage(): string {
  return [
    "# Changes of an existing cluster",
    "",
    `This page lists the effect of changing each field, with azurerm ${EFFECTS_OF}. \`npm run docs\` generates it from`,
    "`app/changes/effects-table.ts`, the table of `check --previous`.",
    "",
    "Addresses in states of earlier versions contain names: deploy this version with an unchanged description before you edit the description.",
    "",
    "- **in place**: Azure changes the existing resource.",
    "- **rotates nodes**: Terraform moves the pool to a temporary pool and back, without draining nodes.",
    "- **replaces (refused)**: Azure cannot change the attribute. The cluster, its extensions and the membership in a fleet have `prevent_destroy`, so the Terraform plan fails, unless the description has the exception `replaceableCluster`. A user pool and the access of a Backup vault are replaced.",
    "",
    "[`check --previous`](cli.md#check) reports the effect of an edit before Terraform runs. The Terraform plan decides.",
    "",
    table(
      ["Field", "Attributes", "Effect"],
      CHANGED_FIELDS.map(({ field, type = CLUSTER, attributes, note }) => [
        `\`${field}\``,
        attributes.map((attribute) => `\`${attribute}\``).join(", "),
        [...effectWords(type, attributes), ...(note === undefined ? [] : [note])].join("; "),
      ]),
    ),
    "",
    ...MOVING,
    "## Planned edits",
    "",
    "A test runs `terraform plan` for each of these edits of a deployed cluster, and compares it with `check --previous`. The tables count role assignments, role definitions and federated credentials.",
    "",
    editTable(EDITS),
    "",
    "The same cluster, with workloads, add-ons, a gateway and locks. Nothing destroys a stack that is no longer part of the output: `check --previous` says when to destroy it.",
    "",
    editTable(LATE_EDITS),
    "",
    "## Values that stay",
    "",
    "These attributes keep their value in Azure when the description no longer sets them:",
    "",
    ...Object.entries(EFFECTS).flatMap(([type, { stays = [] }]) =>
      stays.length === 0 ? [] : [`- \`${type}\`: ${stays.map((one) => `\`${one}\``).join(", ")}`],
    ),
    "",
  ].join("\n");
}

function editTable(edits: readonly Edit[]): string {
  return table(
    ["Edit", "Terraform plan"],
    edits.map(({ title, plans }) => [title, plans.length === 0 ? "nothing" : plans.join("; ")]),
  );
}

const MOVING = `## Moving without losing a right

A cluster still needs the rights on its old subnet, vault, registry or disk encryption set until it has moved. In the field \`previous\`, write the former values of the deployed version:

\`\`\`yaml
network:
  virtualNetwork: { name: spoke-vnet, resourceGroup: network-rg }
  nodeSubnet: aks-nodes-2
  egress: { type: loadBalancer }
previous:
  network:
    nodeSubnet: aks-nodes
\`\`\`

1. The NOC and the identity team deploy: Terraform adds the new rights and keeps the old ones. The access review marks them, and a warning (HAKS-PREV-001) lists them.
2. The platform team deploys: the cluster moves.
3. Remove \`previous\`, and the NOC and the identity team deploy again: Terraform revokes the old rights.

Lists and maps under \`previous\` replace those of the description, and all other fields are merged. \`check --previous\` prints the lines that an edit needs. The same works for a change of the role set. It does not work for the identities, because another identity is another principal.

## Removing a right on a locked identity

A role assignment on an identity inherits its lock, so with \`identities.locked\` Azure refuses to delete or replace it (ScopeLocked): a deployer that goes, another role set. \`check --previous\` says so. The identity team

1. removes \`identities.locked\` from the deployed version, and deploys,
2. deploys the edit, still without \`identities.locked\`,
3. sets \`identities.locked\` again, and deploys.

## Handing a kind of scope to the other team

\`\`\`yaml
permissions:
  grantedBy:
    privateDnsZone: identity
previous:
  permissions:
    grantedBy: {}
\`\`\`

Both teams deploy, in either order: one stack forgets the role assignments (\`removed\`), and the other imports them. No right is revoked, and no id changes. Then remove \`previous\`. Without \`previous\`, no right is revoked either, but the deployment of the new team fails with RoleAssignmentExists.
`.split("\n");

function effectWords(type: string, attributes: readonly string[]): string[] {
  const effects = attributes.map((attribute) =>
    effectOf(type, { attribute, before: "before", after: "after" }),
  );
  const strongest = (["replaces", "rotates"] as const).find((effect) => effects.includes(effect));
  if (strongest === "replaces" && type === "azurerm_kubernetes_cluster_node_pool") {
    return ["replaces the pool"];
  }
  return attributes.length === 0 ? [] : [WORDS[strongest ?? "inPlace"]];
}
