// The README of a folder, from the same sources as its JSON. Pure.
import { ClusterPlan } from "../../lib";
import { table, tableOrNone } from "../review/markdown-text";
import { HandedBackend, blockOf, takesSettings } from "./backend";
import { IdentityMode } from "./identities";
import { LateValue } from "./late-value";
import { StackRole, runnerRights } from "./rights";
import { JsonObject, StackJson, objectAt } from "./stack-json";

/** What a README is made from. */
export interface ReadmeProps {
  readonly kind: "root" | "module";
  readonly role: StackRole;
  /** Name of the stack. */
  readonly name: string;
  /** Names of all three, in the order of deployment. */
  readonly order: string[];
  readonly identities: IdentityMode;
  readonly plan: ClusterPlan;
  readonly json: StackJson;
  readonly variables: LateValue[];
  readonly backend: HandedBackend;
}

const OWNERS: { readonly [role in StackRole]: string } = {
  identities: "the identity team: the identities of the cluster, and who may use them",
  "network-permissions": "the NOC: what it grants over its own network, and nothing else",
  cluster: "the platform team: the cluster. It grants nothing to anybody",
};

/** The README. */
export function renderReadme(props: ReadmeProps): string {
  const { name, kind, role } = props;
  return [
    `# ${name}`,
    "",
    `A Terraform ${kind === "root" ? "root module" : "module"} for ${OWNERS[role]}.`,
    "It is made from the description of the cluster by `hardened-aks handoff`. Leave its files as they are: what is yours goes into variables, and into files of your own.",
    "",
    "## Use",
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
    "## What it creates",
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
      ? `terraform init -input=false -backend-config=team.tfbackend   # backend ${backend.type}; example.tfbackend shows what it takes`
      : "terraform init -input=false",
    "terraform plan -input=false -out=plan",
    "terraform apply plan",
    "```",
    ...(blockOf(backend)
      ? []
      : [
          "",
          "It holds no backend: put one into a file of your own, such as `backend.tf`, with a place for the state of this stack alone. Without one, the state is a file in this folder.",
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
    "It holds no provider and no backend, so that `for_each` works. What differs between two clusters is a variable: name them apart, or Azure refuses the second.",
  ];
}

function orderNotes({ role, identities, order }: ReadmeProps): string[] {
  return identities === "variable" && role !== "identities"
    ? [
        "",
        `The identities are not read: their ids come as variables, from the outputs of \`${order[0]}\` with the same names.`,
      ]
    : [];
}

function reads(json: StackJson): string[] {
  const addresses = addressesIn(json, "data");
  return addresses.length === 0 ? [] : ["It reads:", "", table(["Lookup"], addresses), ""];
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

function input({ name, description, type, value }: LateValue): string[] {
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
