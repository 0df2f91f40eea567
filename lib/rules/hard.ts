// HAKS-HARD: weakening a hardened default takes a named exception with a reason. Pure.
import { insteadOf } from "../spec/nearest";
import {
  CHOICE_EXCEPTIONS,
  CONTROLS,
  EXCEPTION_NAMES,
  SAFEGUARD_EXCEPTIONS,
} from "../spec/controls";
import { LOG_CATEGORIES } from "../spec/defaults";
import { Pool, allPools } from "../spec/pools";
import { ResolvedSpec, isPrivate } from "../spec/resolved-spec";
import { entryOf, hasEntry } from "../spec/tables";
import { Report, Rule, hasException } from "./rule";

const BASELINE = "https://learn.microsoft.com/azure/aks/operator-best-practices-cluster-security";

/** Fewest letters of a reason. */
const REASON_LENGTH = 10;

/** The rules about the hardened defaults. */
export const HARD_RULES: Rule[] = [
  {
    code: "HAKS-HARD-001",
    title: "Exceptions must be known and unique.",
    source: BASELINE,
    check: ({ spec: { exceptions } }, report) =>
      exceptions.forEach(({ name }, index) => {
        const path = `exceptions.${index}.name`;
        if (!EXCEPTION_NAMES.includes(name)) {
          report(path, `Unknown exception "${name}".`, `Use ${insteadOf(name, EXCEPTION_NAMES)}.`);
        } else if (exceptions.findIndex((other) => other.name === name) < index) {
          report(path, `Duplicate exception "${name}".`, "Remove one.");
        }
      }),
  },
  {
    code: "HAKS-HARD-002",
    title: "Every exception must have a reason.",
    source: BASELINE,
    check: ({ spec: { exceptions } }, report) =>
      exceptions.forEach(({ name, reason }, index) => {
        if (reason.replace(/[^\p{L}]/gu, "").length < REASON_LENGTH) {
          report(
            `exceptions.${index}.reason`,
            `"${reason}" is not a sufficient reason for the exception "${name}".`,
            "Explain in a sentence why it is necessary, and until when.",
          );
        }
      }),
  },
  {
    code: "HAKS-HARD-003",
    title: "A choice that is weaker than the hardened default must have an exception.",
    source: BASELINE,
    check: ({ spec }, report) =>
      weakChoices(spec).forEach(([exception, path, message, remedy, ...related]) => {
        if (!hasException(spec, exception)) {
          const alternative = `Or add the exception "${exception}", with a reason.`;
          report(path, message, `${remedy} ${alternative}`, ...related);
        }
      }),
  },
  {
    code: "HAKS-HARD-004",
    title: "Exceptions must be necessary.",
    source: BASELINE,
    check: ({ spec }, report) => {
      spec.exceptions.forEach(({ name }, index) => {
        if (!isNeeded(spec, name)) {
          report(
            `exceptions.${index}.name`,
            `Nothing in the description needs the exception "${name}".`,
            "Remove it.",
          );
        }
      });
    },
  },
  {
    code: "HAKS-HARD-005",
    severity: "warning",
    title: "A cluster should not have exceptions.",
    source: BASELINE,
    check: ({ spec }, report) =>
      spec.exceptions.forEach(({ name, reason }, index) => {
        // The others are errors.
        const isFirst = spec.exceptions.findIndex((other) => other.name === name) === index;
        if (EXCEPTION_NAMES.includes(name) && isFirst && isNeeded(spec, name)) {
          report(
            `exceptions.${index}.name`,
            `The description has the exception "${name}"${poolsWith(spec, name)}: ${lossOf(name)} The reason given is: ${reason.replace(/\.?$/, ".")}`,
            "Remove it as soon as the reason is gone.",
            `exceptions.${index}.reason`,
          );
        }
      }),
  },
];

/** Whether a choice in the description needs an exception; those of controls and safeguards always are. */
function isNeeded(spec: ResolvedSpec, name: string): boolean {
  return (
    !hasEntry(CHOICE_EXCEPTIONS, name) || weakChoices(spec).some(([choice]) => choice === name)
  );
}

/** Returns the pools that an exception is needed for, in words: an exception holds for all pools. */
function poolsWith(spec: ResolvedSpec, name: string): string {
  const pools = allPools(spec)
    .filter((pool) => weakChoicesOfPool(pool).some(([exception]) => exception === name))
    .map((pool) => `"${pool.name}"`);
  return pools.length === 0 ? "" : ` for ${pools.join(" and ")}`;
}

function lossOf(name: string): string {
  const control = CONTROLS.find(({ exception }) => exception === name);
  return control
    ? `it turns off the control for this purpose: ${control.why}`
    : (entryOf({ ...CHOICE_EXCEPTIONS, ...SAFEGUARD_EXCEPTIONS }, name) ?? "");
}

/** The exception that a weak choice needs, and the finding. */
export type WeakChoice = readonly [exception: string, ...finding: Parameters<Report>];

/** Returns the choices of a description that are weaker than the hardened defaults. */
export function weakChoices(spec: ResolvedSpec): WeakChoice[] {
  const { upgrades, monitoring } = spec;
  const missing = LOG_CATEGORIES.filter((one) => !monitoring.logCategories.includes(one));
  return [
    ...choiceIf(
      !isPrivate(spec),
      "publicApiServer",
      "apiServer",
      "The API server can be reached from the internet.",
      "Make it private.",
    ),
    ...choiceIf(
      !isPrivate(spec) && spec.apiServer.authorizedRanges.length === 0,
      "openApiServer",
      "apiServer.authorizedRanges",
      "Every address of the internet reaches the API server.",
      "Name the ranges that administrators, pipelines and nodes come from.",
    ),
    ...choiceIf(
      missing.length > 0,
      "fewLogs",
      "monitoring.logCategories",
      monitoring.logCategories.length === 0
        ? "There are no logs of the control plane, unless a policy creates a diagnostic setting."
        : `The logs leave out ${missing.join(", ")}, which auditors expect.`,
      "Add them, or leave logCategories out.",
    ),
    ...choiceIf(
      upgrades.channel === "none",
      "noUpgrades",
      "upgrades.channel",
      "The cluster is not upgraded automatically.",
      "Use the channel stable, patch or rapid.",
    ),
    ...choiceIf(
      ["None", "Unmanaged"].includes(upgrades.nodeOsChannel),
      "noNodeOsUpgrades",
      "upgrades.nodeOsChannel",
      "AKS does not patch the nodes.",
      "Use NodeImage or SecurityPatch.",
    ),
    ...choiceIf(
      upgrades.forcedUntil !== undefined,
      "forcedUpgrades",
      "upgrades.forcedUntil",
      "Upgrades are forced: AKS does not check for APIs that are removed.",
      "Leave it out.",
    ),
    ...choiceIf(
      monitoring.defender?._kind === "off",
      "noDefender",
      "monitoring.defender",
      "Microsoft Defender for Containers is off.",
      "Leave defender out, or name its workspace.",
    ),
    ...choiceIf(
      monitoring.logAnalyticsWorkspace === undefined,
      "noMonitoring",
      "monitoring.logAnalyticsWorkspace",
      "There is no Log Analytics workspace, and so no Container Insights, no Defender and no audit logs.",
      "Name a Log Analytics workspace.",
      "monitoring",
    ),
    ...choiceIf(
      spec.flux?.multiTenancy === false,
      "noFluxMultiTenancy",
      "flux.multiTenancy",
      "Each Flux configuration applies with the rights of Flux, which administers the cluster.",
      "Leave multiTenancy out.",
    ),
    ...allPools(spec).flatMap(weakChoicesOfPool),
  ];
}

function weakChoicesOfPool({ name, path, minCount, zones, maxPods, spot }: Pool): WeakChoice[] {
  return [
    ...choiceIf(
      minCount < 3 && spot === undefined,
      "fewNodes",
      `${path}.minCount`,
      `The pool "${name}" can have fewer than three nodes: its minCount is ${minCount}.`,
      "Use 3 or more.",
    ),
    ...choiceIf(
      // Other zones are errors.
      zones.length < 3 && zones.every((zone) => /^[123]$/.test(zone)),
      "fewZones",
      `${path}.zones`,
      `The pool "${name}" is in fewer than three zones: it has ${zones.length}.`,
      "Use all three zones, or leave zones out.",
    ),
    ...choiceIf(
      maxPods < 50,
      "fewPods",
      `${path}.maxPods`,
      `The pool "${name}" has room for fewer than 50 pods on a node: its maxPods is ${maxPods}.`,
      "Use 50 or more.",
    ),
  ];
}

function choiceIf(isWeak: boolean, ...choice: WeakChoice): WeakChoice[] {
  return isWeak ? [choice] : [];
}
