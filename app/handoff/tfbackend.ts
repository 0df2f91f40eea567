// An example of the settings that a pipeline gives to terraform init. Pure.
import { HandedBackend } from "./backend";
import { Json, JsonObject } from "./stack-json";

/** What a team fills in, where the description leaves it out. */
const AZURERM: JsonObject = {
  resource_group_name: "tfstate-rg",
  storage_account_name: "examplestates",
  container_name: "tfstate",
  use_azuread_auth: true,
};

/** The file, as `terraform fmt` has it. */
export function exampleBackend({ type, own, given }: HandedBackend): string {
  const asked = Object.entries(type === "azurerm" ? AZURERM : {}).filter(([key]) => !(key in own));
  const config: JsonObject = { ...Object.fromEntries(asked), ...given };
  const width = Math.max(0, ...Object.keys(config).map((key) => key.length));
  return [
    "# Copy it to a file of your own, fill it in, and run: terraform init -backend-config=<file>",
    ...Object.keys(config)
      .sort()
      .map((key) => `${key.padEnd(width)} = ${literal(config[key] ?? null)}`),
    "",
  ].join("\n");
}

function literal(value: Json): string {
  return JSON.stringify(value).replace(/[$%](?=\{)/g, "$&$&");
}
