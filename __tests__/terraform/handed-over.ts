// Stacks as they are handed over: written into folders, and made ready for terraform.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadConfiguration } from "../../app/config/load";
import { HandoffOptions, Placed, handoffsOf, place, writeAll } from "../../app/handoff/handoff";
import { Json, JsonObject } from "../../app/handoff/stack-json";
import { newScratch } from "./scratch";
import { TerraformRoot } from "./terraform";

/** Writes the folders of a description. */
export function handOver(file: string, out: string, options: HandoffOptions): Placed[] {
  const placed = place(handoffsOf(loadConfiguration(file), options), out);
  writeAll(placed);
  return placed;
}

/** Reads a file of a folder as JSON. */
export function jsonOf(folder: string, name: string): JsonObject {
  return JSON.parse(readFileSync(join(folder, name), "utf8")) as JsonObject;
}

/** The defaults of the variables of a folder. */
export function defaultsOf(folder: string): JsonObject {
  const variables = jsonOf(folder, "variables.tf.json").variable as { [name: string]: JsonObject };
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, variable]) =>
      variable.default === undefined ? [] : [[name, variable.default]],
    ),
  );
}

/** Options that set variables, in the form of the command line. */
export function vars(values: { [name: string]: Json }): string[] {
  return Object.entries(values).map(
    ([name, value]) => `-var=${name}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
}

// What init leaves behind, with both providers and a local state: init takes as long as all the rest.
let initialized: Promise<string> | undefined;

/** Makes a folder ready as if by `terraform init`, with its state beside it. */
export async function ready(folder: string, env?: NodeJS.ProcessEnv): Promise<TerraformRoot> {
  initialized ??= initialize();
  const backend = { terraform: { backend: { local: {} } } };
  // Terraform lets a file of this name replace the backend.
  writeFileSync(join(folder, "backend_override.tf.json"), JSON.stringify(backend));
  const missing = existsSync(join(folder, ".terraform"))
    ? []
    : [".terraform", ".terraform.lock.hcl"];
  for (const name of missing) {
    cpSync(join(await initialized, name), join(folder, name), {
      recursive: true,
      verbatimSymlinks: true,
    });
  }
  return new TerraformRoot(folder, env);
}

async function initialize(): Promise<string> {
  const folder = newScratch();
  const provider = (name: string, version: string) => ({ source: `hashicorp/${name}`, version });
  const terraform = {
    backend: { local: {} },
    required_providers: {
      azuread: provider("azuread", "~> 3.7"),
      azurerm: provider("azurerm", "~> 4.55"),
    },
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform }));
  await new TerraformRoot(folder).init();
  return folder;
}
