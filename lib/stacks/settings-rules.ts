// HAKS-TF: the settings of Terraform. Pure.
import { insteadOf } from "../spec/nearest";
import { Severity } from "../spec/custom-rule";
import { Finding } from "../rules/finding";
import { invalidSubscriptionId } from "../rules/texts";
import { isKnown } from "../spec/known";
import { isGuid } from "../spec/resource-id";
import { namesStack, saysPlace } from "./backend-types";
import { isStackPrefix } from "./stack-names";
import { BackendSpec, BackendType, TeamStackProps } from "./terraform-settings";

const SECRETS =
  /(^|_)(access_key|secret(_key)?|client_secret|sas_token|password|token|credentials|client_certificate_password)$/;

/** Findings about the settings of one stack. */
export function checkSettings({ backend, stackPrefix, subscriptionId }: TeamStackProps): Finding[] {
  return [
    ...checkSubscription(subscriptionId),
    ...checkPrefix(stackPrefix),
    ...checkType(backend),
    ...checkSecrets(backend),
  ];
}

/** Findings about settings that several stacks have. */
export function checkSharedSettings({ backend }: TeamStackProps): Finding[] {
  return backend && sharesState(backend)
    ? [
        {
          code: "HAKS-TF-002",
          severity: Severity.ERROR,
          path: "terraform.backend.config",
          message: "The three stacks would share one state.",
          remedy: "Write {stack} into the setting that tells states apart, such as key or path.",
        },
      ]
    : [];
}

function checkSubscription(id: string | undefined): Finding[] {
  if (id === undefined || isGuid(id) || !isKnown(id)) {
    return [];
  }
  const [message, remedy] = invalidSubscriptionId(id);
  return [
    { code: "HAKS-NAME-003", severity: Severity.ERROR, path: "subscriptionId", message, remedy },
  ];
}

function checkPrefix(prefix: string | undefined): Finding[] {
  return prefix === undefined || isStackPrefix(prefix)
    ? []
    : [
        {
          code: "HAKS-TF-003",
          severity: Severity.ERROR,
          path: "terraform.stackPrefix",
          message: `"${prefix}" cannot be a part of the name of a stack.`,
          remedy:
            "Use letters, digits, - and _, with a letter or a digit at both ends, such as prod.",
        },
      ];
}

function checkType(backend: BackendSpec | undefined): Finding[] {
  const { backendType, config = {} } = backend ?? { backendType: BackendType.NONE };
  const finding = { code: "HAKS-TF-004", severity: Severity.ERROR };
  if (!Object.values(BackendType).includes(backendType)) {
    return [
      {
        ...finding,
        path: "terraform.backend.type",
        message: `Terraform has no backend "${backendType}".`,
        remedy: `Use ${insteadOf(backendType, Object.values(BackendType))}.`,
      },
    ];
  }
  return backendType === BackendType.NONE && Object.keys(config).length > 0
    ? [
        {
          ...finding,
          path: "terraform.backend.config",
          message: "Without a backend there is nothing that takes these settings.",
          remedy: "Remove them, or name the type of the backend.",
        },
      ]
    : [];
}

function checkSecrets(backend: BackendSpec | undefined): Finding[] {
  return Object.keys(backend?.config ?? {})
    .filter((key) => SECRETS.test(key))
    .map((key) => ({
      code: "HAKS-TF-001",
      severity: Severity.ERROR,
      path: `terraform.backend.config.${key}`,
      message: `"${key}" is a secret, and would stand in the JSON of the stack.`,
      remedy: "Sign in with Entra ID or OIDC, or pass it to terraform init -backend-config=….",
    }));
}

function sharesState(backend: BackendSpec): boolean {
  return saysPlace(backend) && !namesStack(backend.config);
}
