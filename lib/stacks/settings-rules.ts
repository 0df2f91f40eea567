// HAKS-TF: the settings of Terraform. Pure.
import { insteadOf } from "../spec/nearest";
import { Severity } from "../spec/custom-rule";
import { Finding } from "../rules/finding";
import { invalidGuid } from "../rules/texts";
import { isKnown } from "../spec/known";
import { isGuid } from "../spec/resource-id";
import { namesStack, saysPlace } from "./backend-types";
import { isStackPrefix } from "./stack-prefix";
import { BackendSpec, BackendType, TeamStackProps } from "./terraform-settings";

const SECRETS =
  /(^|_)(access_key|secret(_key)?|client_secret|sas_token|password|token|credentials|client_certificate_password)$/;

/** The constraint of Terraform versions by default: older ones do not know the blocks `removed`. */
export const REQUIRED_VERSION = ">= 1.7.0";

const VERSION = /^(=|!=|>|>=|<|<=|~>)?\s*v?(\d+)(?:\.(\d+))?(?:\.\d+)?(?:-[0-9A-Za-z.-]+)?$/;

/** Returns findings about the settings of one stack. */
export function checkSettings(settings: TeamStackProps): Finding[] {
  const { backend, stackPrefix, subscriptionId, requiredVersion } = settings;
  return [
    ...checkSubscription(subscriptionId),
    ...checkPrefix(stackPrefix),
    ...checkVersion(requiredVersion),
    ...checkType(backend),
    ...checkSecrets(backend),
  ];
}

/** Returns findings about settings that several stacks have. */
export function checkSharedSettings({ backend }: TeamStackProps): Finding[] {
  return backend && sharesState(backend)
    ? [
        {
          code: "HAKS-TF-002",
          severity: Severity.ERROR,
          path: "terraform.backend.config",
          message: "The stacks would share one state.",
          remedy: "Write {stack} into the setting that tells states apart, such as key or path.",
        },
      ]
    : [];
}

function checkSubscription(id: string | undefined): Finding[] {
  if (id === undefined || isGuid(id) || !isKnown(id)) {
    return [];
  }
  const [message, remedy] = invalidGuid(id, "subscriptionId");
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

function checkVersion(constraint: string | undefined): Finding[] {
  if (constraint === undefined || !isKnown(constraint)) {
    return [];
  }
  const parts = constraint.split(",").map((part) => VERSION.exec(part.trim()));
  const finding = {
    code: "HAKS-TF-006",
    severity: Severity.ERROR,
    path: "terraform.requiredVersion",
  };
  const remedy = `Use "${REQUIRED_VERSION}", or a newer version after >=, = or ~>.`;
  if (parts.some((part) => part === null)) {
    return [{ ...finding, message: `"${constraint}" is not a version constraint.`, remedy }];
  }
  return parts.some((part) => part !== null && excludesOld(part))
    ? []
    : [
        {
          ...finding,
          message: `"${constraint}" accepts versions of Terraform before 1.7.0, which do not know the blocks "removed" of the stacks.`,
          remedy,
        },
      ];
}

/** Whether a part of a constraint accepts no version before the one that is required. */
function excludesOld([, operator = "", major, minor]: RegExpExecArray): boolean {
  const isNew = Number(major) > 1 || (Number(major) === 1 && Number(minor ?? 0) >= 7);
  return isNew && ["", "=", ">", ">=", "~>"].includes(operator);
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
