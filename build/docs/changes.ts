// docs/changes.md, from the table of what a change of an attribute does. Pure.
import { EFFECTS, EFFECTS_OF, Effect, effectOf } from "../../app/changes/attribute-effects";
import { table } from "../../app/review/markdown-text";
import { CHANGED_FIELDS } from "./changed-fields";
import { EDITS } from "./edits";

const CLUSTER = "azurerm_kubernetes_cluster";

/** Weaker first: a field does the strongest of what its attributes do. */
const WORDS: { readonly [effect in Effect]: string } = {
  inPlace: "in place",
  rotates: "rotates nodes",
  replaces: "replaces (refused)",
};

/** The page about changes of a cluster that exists. */
export function changesPage(): string {
  return [
    "# Changes of a cluster that exists",
    "",
    `What a change of a field does, with azurerm ${EFFECTS_OF}. Made by \`npm run docs\` from the table that \`check --previous\``,
    "uses, `app/changes/attribute-effects.ts`.",
    "",
    "States of earlier versions have names in their addresses: deploy this version with an unchanged description first, and edit the description then.",
    "",
    "- **in place**: Azure changes what exists.",
    "- **rotates nodes**: Terraform moves the pool to a temporary one and back, without draining nodes.",
    "- **replaces (refused)**: Azure cannot change it. The cluster has `prevent_destroy`, so that the plan fails, unless the exception `replaceableCluster` is taken. A user pool is replaced.",
    "",
    "`npm run check -- --previous cdktf.out` tells what an edit does before Terraform runs, given the output of the version that is deployed. The plan decides.",
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
    "## Edits that were planned",
    "",
    "A test plans each of these edits of a deployed cluster with Terraform. Role assignments are counted.",
    "",
    table(
      ["Edit", "Plan"],
      EDITS.map(({ title, plans }) => [title, plans.length === 0 ? "nothing" : plans.join("; ")]),
    ),
    "",
    "## What stays",
    "",
    "Attributes that keep their value in Azure when the description no longer sets them:",
    "",
    ...Object.entries(EFFECTS).flatMap(([type, { stays = [] }]) =>
      stays.length === 0 ? [] : [`- \`${type}\`: ${stays.map((one) => `\`${one}\``).join(", ")}`],
    ),
    "",
  ].join("\n");
}

const MOVING = `## Moving without losing a right

A cluster still needs the rights on its old subnet, vault, registry or disk encryption set until it has moved. The field \`previous\` says what differed in the version that is deployed:

\`\`\`yaml
network:
  virtualNetwork: { name: spoke-vnet, resourceGroup: network-rg }
  nodeSubnet: aks-nodes-2
  egress: { type: loadBalancer }
previous:
  network:
    nodeSubnet: aks-nodes
\`\`\`

1. The NOC and the identity team deploy: the new rights are added, and the old ones are kept. The access review marks them, and a warning (HAKS-PREV-001) lists them.
2. The platform team deploys: the cluster moves.
3. Remove \`previous\`, and the NOC and the identity team deploy again: the old rights are revoked.

Lists and maps under \`previous\` replace those of the description, and all other fields are merged. \`check --previous\` prints the lines that an edit needs. The same works for another role set. The identities cannot change in this way: rights of another identity are new rights.

## Handing a kind of scope to the other team

\`\`\`yaml
permissions:
  grantedBy:
    privateDnsZone: identity
previous:
  permissions:
    grantedBy: {}
\`\`\`

Both teams deploy, in either order: the stack that granted forgets the role assignments (\`removed\`), and the other one imports them. Nothing is revoked, and no id changes. Then remove \`previous\`. Without it, nothing is revoked either, but the stack that is to grant meets the error RoleAssignmentExists.
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
