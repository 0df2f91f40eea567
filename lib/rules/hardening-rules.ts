// The hardened defaults: weakening one takes a named exception with a reason. Pure.
import { CHOICE_EXCEPTIONS, CONTROLS, EXCEPTION_NAMES } from "../spec/controls";
import { LOG_CATEGORIES } from "../spec/defaults";
import { allPools } from "../spec/pools";
import { ResolvedSpec, isPrivate } from "../spec/resolved-spec";
import { hasEntry } from "../spec/tables";
import { Rule, Violation } from "./rule";

const BASELINE = "https://learn.microsoft.com/azure/aks/operator-best-practices-cluster-security";

const unknownException: Rule = {
  code: "HAKS-HARD-001",
  severity: "error",
  title: "Exceptions are ones that there are, each once.",
  source: BASELINE,
  check: ({ exceptions }) =>
    exceptions.flatMap(({ name }, index): Violation[] => {
      const path = `exceptions.${index}.name`;
      if (!EXCEPTION_NAMES.includes(name)) {
        const message = `There is no exception "${name}".`;
        return [{ path, message, remedy: `Use ${EXCEPTION_NAMES.join(", ")}.` }];
      }
      return exceptions.findIndex((other) => other.name === name) < index
        ? [{ path, message: `The exception "${name}" is there twice.`, remedy: "Remove one." }]
        : [];
    }),
};

const noReason: Rule = {
  code: "HAKS-HARD-002",
  severity: "error",
  title: "Every exception has a reason that somebody can judge.",
  source: BASELINE,
  check: ({ exceptions }) =>
    exceptions.flatMap(({ name, reason }, index) =>
      reason.replace(/[^\p{L}]/gu, "").length >= 10
        ? []
        : [
            {
              path: `exceptions.${index}.reason`,
              message: `"${reason}" is no reason for the exception "${name}".`,
              remedy: "Say in a sentence why it is taken, and until when.",
            },
          ],
    ),
};

const weaker: Rule = {
  code: "HAKS-HARD-003",
  severity: "error",
  title: "What is weaker than the hardened default has an exception.",
  source: BASELINE,
  check: (spec) =>
    weakChoices(spec)
      .filter(({ exception }) => !isTaken(spec, exception))
      .map(({ exception, ...violation }) => ({
        ...violation,
        remedy: `${violation.remedy} Or take the exception "${exception}", with its reason.`,
      })),
};

const unusedException: Rule = {
  code: "HAKS-HARD-004",
  severity: "error",
  title: "An exception is taken only where something is weaker.",
  source: BASELINE,
  check: (spec) =>
    spec.exceptions.flatMap(({ name }, index) =>
      hasEntry(CHOICE_EXCEPTIONS, name) &&
      !weakChoices(spec).some(({ exception }) => exception === name)
        ? [
            {
              path: `exceptions.${index}.name`,
              message: `Nothing in the description needs the exception "${name}".`,
              remedy: "Remove it.",
            },
          ]
        : [],
    ),
};

const taken: Rule = {
  code: "HAKS-HARD-005",
  severity: "warning",
  title: "No exception is taken.",
  source: BASELINE,
  check: (spec) =>
    spec.exceptions
      .map(({ name, reason }, index) => ({ name, reason, path: `exceptions.${index}.name` }))
      .filter(({ name }) => EXCEPTION_NAMES.includes(name))
      .map(({ name, reason, path }) => ({
        path,
        message: `The exception "${name}" is taken${where(spec, name)}: ${lost(name)} The reason given is: ${reason.replace(/\.?$/, ".")}`,
        remedy: "Remove it as soon as the reason is gone.",
      })),
};

/** The rules about the hardened defaults. */
export const HARDENING_RULES: Rule[] = [unknownException, noReason, weaker, unusedException, taken];

function isTaken({ exceptions }: ResolvedSpec, exception: string): boolean {
  return exceptions.some(({ name }) => name === exception);
}

// An exception is for all pools: whoever reviews it has to know which ones it lets through.
function where(spec: ResolvedSpec, name: string): string {
  const pools = allPools(spec)
    .filter((pool) => weakPool(pool).some(({ exception }) => exception === name))
    .map((pool) => `"${pool.name}"`);
  return pools.length === 0 ? "" : ` for ${pools.join(" and ")}`;
}

function lost(name: string): string {
  const control = CONTROLS.find(({ exception }) => exception === name);
  return control ? `it gives up this: ${control.why}` : (CHOICE_EXCEPTIONS[name] ?? "");
}

interface WeakChoice extends Violation {
  readonly exception: string;
}

function weakChoices(spec: ResolvedSpec): WeakChoice[] {
  const {
    upgrades,
    monitoring: { logAnalyticsWorkspace, logCategories },
  } = spec;
  const missing = LOG_CATEGORIES.filter((category) => !logCategories.includes(category));
  const choices: [boolean, WeakChoice][] = [
    [
      !isPrivate(spec),
      {
        exception: "publicApiServer",
        path: "apiServer",
        message: "The API server can be reached from the internet.",
        remedy: "Make it private.",
      },
    ],
    [
      missing.length > 0,
      {
        exception: "fewLogs",
        path: "monitoring.logCategories",
        message: `The logs leave out ${missing.join(", ")}, which auditors look for.`,
        remedy: "Add them, or leave logCategories out.",
      },
    ],
    [
      upgrades.channel === "none",
      {
        exception: "noUpgrades",
        path: "upgrades.channel",
        message: "The cluster is not upgraded by itself.",
        remedy: "Use the channel stable, patch or rapid.",
      },
    ],
    [
      upgrades.nodeOsChannel === "None",
      {
        exception: "noNodeOsUpgrades",
        path: "upgrades.nodeOsChannel",
        message: "The nodes are not patched by themselves.",
        remedy: "Use NodeImage or SecurityPatch.",
      },
    ],
    [
      logAnalyticsWorkspace === undefined,
      {
        exception: "noMonitoring",
        path: "monitoring.logAnalyticsWorkspace",
        message:
          "There is no Log Analytics workspace, and so no Container Insights, Defender and audit logs.",
        remedy: "Name a Log Analytics workspace.",
        related: ["monitoring"],
      },
    ],
  ];
  return [
    ...choices.filter(([weak]) => weak).map(([, choice]) => choice),
    ...allPools(spec).flatMap(weakPool),
  ];
}

function weakPool(pool: ReturnType<typeof allPools>[number]): WeakChoice[] {
  const { name, path, minCount, zones, maxPods } = pool;
  const choices: [boolean, WeakChoice][] = [
    [
      minCount < 3 && pool.spot === undefined,
      {
        exception: "fewNodes",
        path: `${path}.minCount`,
        message: `The pool "${name}" can have ${minCount} nodes, fewer than three.`,
        remedy: "Use 3 or more.",
      },
    ],
    [
      zones.length < 3,
      {
        exception: "fewZones",
        path: `${path}.zones`,
        message: `The pool "${name}" is in ${zones.length} zones, fewer than three.`,
        remedy: "Use all three zones, or leave zones out.",
      },
    ],
    [
      maxPods < 50,
      {
        exception: "fewPods",
        path: `${path}.maxPods`,
        message: `The pool "${name}" has ${maxPods} pods on a node, fewer than 50.`,
        remedy: "Use 50 or more.",
      },
    ],
  ];
  return choices.filter(([weak]) => weak).map(([, choice]) => choice);
}
