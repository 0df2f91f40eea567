// HAKS-TF: the settings of Terraform. Pure.
import { insteadOf } from "../spec/nearest";
import { Severity } from "../spec/custom-rule";
import { Finding } from "../rules/finding";
import { FleetFinding, clusterNames, grouped } from "../rules/fleet/rule";
import { invalidSubscriptionId } from "../rules/texts";
import { isKnown } from "../spec/known";
import { isGuid } from "../spec/resource-id";
import { namesStack, saysPlace, statePlace } from "./backend-types";
import { isStackPrefix, stackName } from "./stack-names";
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

/** A stack of a fleet, with its settings, which may differ from cluster to cluster. */
export interface StackSettings {
  /** Name without the prefix of the settings. */
  readonly name: string;
  /** Name of its cluster. */
  readonly cluster: string;
  readonly settings: TeamStackProps;
}

/** Findings about stacks of different clusters that have one name or one state: once for the same clusters. */
export function checkFleetSettings(stacks: readonly StackSettings[]): FleetFinding[] {
  const nameOf = ({ name, settings }: StackSettings) => stackName(name, settings);
  const placeOf = (stack: StackSettings) =>
    stack.settings.backend && statePlace(stack.settings.backend, nameOf(stack));
  return [
    ...forEachShared(
      stacks,
      (stack) => nameOf(stack).toLowerCase(),
      (stack, others) => ({
        code: "HAKS-TF-005",
        path: "terraform.stackPrefix",
        message: `The stack "${nameOf(stack)}" has the name of a stack of ${others}.`,
        remedy: "Use another prefix, or rename one of the clusters.",
      }),
    ),
    ...forEachShared(stacks, placeOf, (stack, others) => ({
      code: "HAKS-TF-006",
      path: "terraform.backend.config",
      message: `The stack "${nameOf(stack)}" keeps its state in the same place as a stack of ${others}.`,
      remedy: "Write {stack} into the setting that tells states apart, such as key or path.",
    })),
  ];
}

function forEachShared(
  stacks: readonly StackSettings[],
  keyOf: (stack: StackSettings) => string | undefined,
  finding: (stack: StackSettings, others: string) => Omit<Finding, "severity">,
): FleetFinding[] {
  const found = new Map<string, FleetFinding>();
  for (const group of grouped(stacks, keyOf).values()) {
    const stack = group.at(-1);
    const clusters = [...new Set(group.map(({ cluster }) => cluster))];
    const others = clusters.filter((name) => name !== stack?.cluster);
    if (stack && others.length > 0) {
      const named = clusterNames(others.map((name) => ({ name })));
      const { cluster } = stack;
      found.set(clusters.join(" "), {
        ...finding(stack, named),
        severity: Severity.ERROR,
        cluster,
      });
    }
  }
  return [...found.values()];
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
