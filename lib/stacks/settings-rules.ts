// Mistakes in the settings of Terraform. Pure.
import { Token } from "cdktf";
import { Finding } from "../rules/finding";
import { Mistake } from "../rules/mistakes";
import { isGuid } from "../spec/resource-id";
import { BackendSpec, TerraformSettings } from "./terraform-settings";

const SECRETS =
  /(^|_)(access_key|secret(_key)?|client_secret|sas_token|password|token|credentials|client_certificate_password)$/;

/** Findings about the settings of one stack. */
export function checkSettings({ backend, subscriptionId }: TerraformSettings): Finding[] {
  return [...checkSubscription(subscriptionId), ...checkSecrets(backend)];
}

/** Findings about settings that several stacks have. */
export function checkSharedSettings({ backend }: TerraformSettings): Finding[] {
  return backend && sharesState(backend)
    ? [
        {
          code: "HAKS-TF-002",
          severity: "error",
          path: "terraform.backend.config",
          message: "The three stacks would share one state.",
          remedy: "Write {stack} into the setting that tells states apart, such as key or path.",
        },
      ]
    : [];
}

/** A text that is not the id of a subscription. */
export function subscriptionMistake(value: string): Mistake {
  return {
    message: `"${value}" is not a GUID.`,
    remedy: "Use the id of the subscription, not its name.",
  };
}

function checkSubscription(subscriptionId: string | undefined): Finding[] {
  return subscriptionId === undefined ||
    isGuid(subscriptionId) ||
    Token.isUnresolved(subscriptionId)
    ? []
    : [
        {
          code: "HAKS-NAME-003",
          severity: "error",
          path: "subscriptionId",
          ...subscriptionMistake(subscriptionId),
        },
      ];
}

function checkSecrets(backend: BackendSpec | undefined): Finding[] {
  return Object.keys(backend?.config ?? {})
    .filter((key) => SECRETS.test(key))
    .map((key) => ({
      code: "HAKS-TF-001",
      severity: "error",
      path: `terraform.backend.config.${key}`,
      message: `"${key}" is a secret, and would stand in the JSON of the stack.`,
      remedy: "Sign in with Entra ID or OIDC, or pass it to terraform init -backend-config=….",
    }));
}

// The key of azurerm is named after the stack by itself; elsewhere a complete backend must say it.
function sharesState({ backendType, config = {} }: BackendSpec): boolean {
  const { key } = config;
  return backendType === "azurerm"
    ? typeof key === "string" && !key.includes("{stack}")
    : Object.keys(config).length > 0 && !JSON.stringify(config).includes("{stack}");
}
