// Renders the README of a hand-off folder from the sources of its JSON. Pure.
import { ClusterPlan } from "../../lib";
import { EXTENSION_PRINCIPAL } from "../../lib/spec/backup";
import { issuerVariable } from "../../lib/spec/workloads";
import { listed } from "../review/text";
import { table, tableOrNone } from "../review/markdown-text";
import { HandedBackend, blockOf, takesSettings } from "./backend";
import { IdentityMode } from "./identities";
import { Variable } from "./variable";
import { runnerRights } from "./rights";
import { StackRole } from "./stack-roles";
import { JsonObject, StackJson, objectAt } from "./stack-json";

/** Input of `renderReadme`. */
export interface ReadmeProps {
  readonly kind: "root" | "module";
  readonly role: StackRole;
  /** Name of the stack. */
  readonly name: string;
  /** Names of all stacks, in the order of deployment. */
  readonly order: string[];
  readonly identities: IdentityMode;
  readonly plan: ClusterPlan;
  readonly json: StackJson;
  readonly variables: Variable[];
  readonly backend: HandedBackend;
}

const OWNERS: { readonly [role in StackRole]: string } = {
  identities: "the identity team: the identities of the cluster, and the rights to use them",
  "network-permissions": "the NOC: the role assignments on its network, and nothing else",
  cluster: "the platform team: the cluster. It grants no rights",
  workloads:
    "the identity team: the identities of workloads, their federated credentials, and their rights",
  "workloads-network":
    "the NOC: the role assignments of workloads on its network, and nothing else",
  "add-ons":
    "the identity team: the role assignments of identities of add-ons, which exist only after the cluster, the access of a Backup vault, and the locks of the cluster",
  "add-ons-network":
    "the NOC: the role assignments of identities of add-ons on its network, and nothing else",
};

/** Returns the text of the README. */
export function renderReadme(props: ReadmeProps): string {
  const { name, kind, role } = props;
  return [
    `# ${name}`,
    "",
    `A Terraform ${kind === "root" ? "root module" : "module"} for ${OWNERS[role]}.`,
    "`hardened-aks handoff` generates it from the description of the cluster. Do not edit its files: set variables, or add separate files.",
    "",
    "## Usage",
    "",
    ...(kind === "root" ? useOfRoot(props) : useOfModule(props)),
    "",
    "## Order",
    "",
    ...props.order.map((stack, at) => `${at + 1}. ${stack === name ? `**${stack}**` : stack}`),
    ...orderNotes(props),
    "",
    "## Rights of the runner",
    "",
    ...runnerRights(role, props.plan, props.json).map((right) => `- ${right}`),
    "",
    "## Resources",
    "",
    table(["Resource"], addressesIn(props.json, "resource")),
    "",
    ...reads(props.json),
    "## Requirements",
    "",
    table(["Name", "Version"], requirements(props.json)),
    "",
    "## Inputs",
    "",
    table(["Name", "Description", "Type", "Default", "Required"], props.variables.map(input)),
    "",
    "## Outputs",
    "",
    tableOrNone(["Name", "Description"], outputs(props.json)),
    "",
    "## Tests",
    "",
    "`terraform init -backend=false` and `terraform test` need no access to Azure: `tests/handoff.tftest.json` has mocked providers. Its runs plan with everything as described, and then with one thing wrong each: a condition must fail.",
    "",
    "## Scanners",
    "",
    "Scanners read all files as they are. `terraform.tf` is in the native syntax: Checkov cannot read version constraints and moves in JSON.",
    "",
  ].join("\n");
}

function useOfRoot({ backend }: ReadmeProps): string[] {
  return [
    "```sh",
    takesSettings(backend)
      ? `terraform init -input=false -backend-config=team.tfbackend   # backend ${backend.type}; see example.tfbackend`
      : "terraform init -input=false",
    "terraform plan -input=false -out=plan",
    "terraform apply plan",
    "```",
    "",
    "To verify, plan again: the Terraform plan should report no changes. To undo, change the description, run `hardened-aks handoff` again, and apply. `access-review.md` lists all role assignments with their reasons.",
    ...(blockOf(backend)
      ? []
      : [
          "",
          "It contains no backend: add one in a separate file, such as `backend.tf`, with a separate state for this stack. Without a backend, the state is a file in this folder.",
        ]),
  ];
}

function useOfModule({ name, variables, json }: ReadmeProps): string[] {
  const required = variables.filter(({ value }) => value === undefined);
  const aliases = Object.entries(objectAt(json, "terraform", "required_providers")).flatMap(
    ([provider, constraint]) => {
      const list = (constraint as JsonObject).configuration_aliases;
      return Array.isArray(list) ? [provider, ...list.map(String)] : [];
    },
  );
  const longest = Math.max(0, ...aliases.map((alias) => alias.length));
  const width = Math.max(6, ...required.map((variable) => variable.name.length));
  return [
    "```hcl",
    `module "${name}" {`,
    `  ${"source".padEnd(width)} = "./${name}"`,
    ...required.map((variable) => `  ${variable.name.padEnd(width)} = "…"`),
    ...(aliases.length > 0
      ? [
          "",
          "  providers = {",
          ...aliases.map((alias) => `    ${alias.padEnd(longest)} = ${alias}`),
          "  }",
        ]
      : []),
    "}",
    "```",
    "",
    "It contains no provider and no backend, so that `for_each` works. Values that differ between clusters are variables: give each cluster different names, or Azure rejects the second one.",
  ];
}

function orderNotes({ role, identities, order, plan, variables }: ReadmeProps): string[] {
  if (variables.some(({ name }) => name === EXTENSION_PRINCIPAL)) {
    return [
      "",
      `Set ${code(EXTENSION_PRINCIPAL)} from the output of the same name of ${code(order[2]!)}, and again for a cluster that is created again.`,
    ];
  }
  if (role === "workloads") {
    const { oidcIssuers } = plan._resolved;
    const names = oidcIssuers.filter(({ url }) => url === undefined).map(issuerVariable);
    return names.length === 0
      ? []
      : [
          "",
          `Set ${listed(names.map(code))} from the output \`oidc_issuer_url\` of \`${order[2]}\`, or of the stack of the other cluster.`,
        ];
  }
  return identities === "variable" && ["network-permissions", "cluster"].includes(role)
    ? [
        "",
        `It does not look up the identities: set the variables for their ids from the outputs of \`${order[0]}\` with the same names.`,
      ]
    : [];
}

function reads(json: StackJson): string[] {
  const addresses = addressesIn(json, "data");
  return addresses.length === 0
    ? []
    : ["The module reads:", "", table(["Data source"], addresses), ""];
}

function addressesIn(json: StackJson, block: "resource" | "data"): string[][] {
  const prefix = block === "data" ? "data." : "";
  return Object.entries(objectAt(json, block))
    .flatMap(([type, names]) =>
      Object.keys(names as JsonObject).map((name) => `${prefix}${type}.${name}`),
    )
    .sort()
    .map((address) => [`\`${address}\``]);
}

function requirements(json: StackJson): string[][] {
  const { required_version: version, required_providers: providers } = json.terraform;
  return [
    ["terraform", code(version ?? "")],
    ...byName((providers ?? {}) as JsonObject).map(([name, { version: constraint }]) => [
      name,
      code(constraint ?? ""),
    ]),
  ];
}

function input({ name, description, type, value }: Variable): string[] {
  const given = value === undefined ? ["", "yes"] : [code(value), "no"];
  return [code(name), description, code(type), ...given];
}

function outputs(json: StackJson): string[][] {
  return byName(objectAt(json, "output")).map(([name, { description }]) => [
    code(name),
    text(description),
  ]);
}

function byName(blocks: JsonObject): [string, JsonObject][] {
  const entries = Object.entries(blocks) as [string, JsonObject][];
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}

function code(value: unknown): string {
  return `\`${text(value).replace(/\|/g, "\\|")}\``;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
