// Mistakes in the settings of Terraform. Pure.
import { Finding, TerraformSettings } from "../../lib";
import { Mistake } from "../../lib/rules/mistakes";
import { isGuid } from "../../lib/spec/resource-id";

const SECRETS =
  /(^|_)(access_key|secret(_key)?|client_secret|sas_token|password|token|credentials|client_certificate_password)$/;

/** Findings about the settings of Terraform. */
export function checkTerraformSettings({ backend, subscriptionId }: TerraformSettings): Finding[] {
  return [...checkSubscription(subscriptionId), ...checkBackend(backend)];
}

/** A text that is not the id of a subscription. */
export function subscriptionMistake(value: string): Mistake {
  return {
    message: `"${value}" is not a GUID.`,
    remedy: "Use the id of the subscription, not its name.",
  };
}

function checkSubscription(subscriptionId: string | undefined): Finding[] {
  return subscriptionId === undefined || isGuid(subscriptionId)
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

function checkBackend(backend: TerraformSettings["backend"]): Finding[] {
  if (!backend) {
    return [];
  }
  const config = backend.config ?? {};
  const keys = Object.keys(config);
  const secrets = keys
    .filter((key) => SECRETS.test(key))
    .map((key) => ({
      code: "HAKS-TF-001",
      severity: "error",
      path: `terraform.backend.config.${key}`,
      message: `"${key}" is a secret, and this file is no place for it.`,
      remedy: "Sign in with Entra ID or OIDC, or pass it to terraform init -backend-config=….",
    }));
  // The key of azurerm is named after the stack by itself; elsewhere a complete backend must say it.
  const shared =
    backend.backendType !== "azurerm" &&
    keys.length > 0 &&
    !JSON.stringify(config).includes("{stack}");
  const sharedKey = backend.backendType === "azurerm" && isShared(config.key);
  return [
    ...secrets,
    ...(shared || sharedKey
      ? [
          {
            code: "HAKS-TF-002",
            severity: "error",
            path: "terraform.backend.config",
            message: "The three stacks would share one state.",
            remedy: "Write {stack} into the setting that tells states apart, such as key or path.",
          },
        ]
      : []),
  ];
}

function isShared(key: unknown): boolean {
  return typeof key === "string" && !key.includes("{stack}");
}
