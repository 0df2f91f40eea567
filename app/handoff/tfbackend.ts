// Renders an example of the backend settings that a pipeline passes to terraform init. Pure.
import { HandedBackend } from "./backend";
import { Json, JsonObject } from "./stack-json";

/** Settings for a team to fill in, if the description omits them. */
const AZURERM: JsonObject = {
  resource_group_name: "tfstate-rg",
  storage_account_name: "examplestates",
  container_name: "tfstate",
  use_azuread_auth: true,
};

/** Returns the text of the file, in the format of `terraform fmt`. */
export function exampleBackend({ type, fixed, shared }: HandedBackend): string {
  const missing = Object.entries(type === "azurerm" ? AZURERM : {}).filter(
    ([key]) => !(key in fixed),
  );
  const config: JsonObject = { ...Object.fromEntries(missing), ...shared };
  const width = Math.max(0, ...Object.keys(config).map((key) => key.length));
  return [
    "# Copy this file, fill it in, and run: terraform init -backend-config=<copy>",
    ...Object.keys(config)
      .sort()
      .map((key) => `${key.padEnd(width)} = ${literal(config[key] ?? null)}`),
    "",
  ].join("\n");
}

function literal(value: Json): string {
  return JSON.stringify(value).replace(/[$%](?=\{)/g, "$&$&");
}
