// HAKS-UPG: upgrade channels and maintenance windows. Pure.
import { ResolvedWindow } from "../spec/resolved-spec";
import { entryOf } from "../spec/tables";
import {
  DayOfWeek,
  NodeOsChannel,
  UpgradeChannel,
  WeekIndex,
  WindowFrequency,
} from "../spec/upgrades";
import { Report, Rule, isWholeNumber, reportUnlessOneOf } from "./rule";

const AUTO_UPGRADE = "https://learn.microsoft.com/azure/aks/auto-upgrade-cluster";

/** The rules about upgrades. */
export const UPG_RULES: Rule[] = [
  {
    code: "HAKS-UPG-001",
    title: "Upgrade channels must be known.",
    source: AUTO_UPGRADE,
    check: ({ spec: { upgrades } }, report) => {
      const { channel, nodeOsChannel } = upgrades;
      reportUnlessOneOf(report, "upgrades.channel", channel, UpgradeChannel);
      reportUnlessOneOf(report, "upgrades.nodeOsChannel", nodeOsChannel, NodeOsChannel);
    },
  },
  {
    code: "HAKS-UPG-002",
    title:
      "Maintenance windows must have a start, a length of 4 to 24 hours, and the fields of their frequency.",
    source: "https://learn.microsoft.com/azure/aks/planned-maintenance",
    check: ({ spec: { upgrades } }, report) => {
      const { clusterWindow, nodeOsWindow } = upgrades;
      checkWindow("upgrades.clusterWindow", clusterWindow, report);
      checkWindow("upgrades.nodeOsWindow", nodeOsWindow, report);
    },
  },
  {
    code: "HAKS-UPG-003",
    title: "The upgrade channel must not change the Kubernetes version of the description.",
    source: AUTO_UPGRADE,
    check: ({ spec: { kubernetesVersion = "", upgrades } }, report) => {
      const { channel } = upgrades;
      if (kubernetesVersion === "" || channel === "none") {
        return;
      }
      const changed = (what: string, remedy: string): void =>
        report(
          "kubernetesVersion",
          `The channel ${channel} changes the ${what}, and the next apply would ask for ${kubernetesVersion} again.`,
          remedy,
          "upgrades.channel",
        );
      if (channel === "stable" || channel === "rapid") {
        changed("version", "Leave kubernetesVersion out, or use the channel patch.");
      } else if (/^1\.\d+\.\d+$/.test(kubernetesVersion)) {
        const minor = kubernetesVersion.replace(/\.\d+$/, "");
        changed("patch version", `Give the minor version alone, such as "${minor}".`);
      }
    },
  },
  {
    code: "HAKS-UPG-004",
    severity: "warning",
    title: "Terraform should not change the minor version of a cluster with the channel patch.",
    source: AUTO_UPGRADE,
    check: ({ spec: { kubernetesVersion = "", upgrades } }, report) => {
      if (upgrades.channel === "patch" && /^1\.\d+$/.test(kubernetesVersion)) {
        report(
          "kubernetesVersion",
          "With the channel patch, AKS does not allow Terraform to change the minor version of an existing cluster.",
          "Run az aks upgrade before you write another minor version, as docs/upgrades.md says; or leave kubernetesVersion out.",
          "upgrades.channel",
        );
      }
    },
  },
  {
    code: "HAKS-UPG-005",
    title: "Freezes and the end of forced upgrades must be valid times in the format of RFC 3339.",
    source: "https://learn.microsoft.com/azure/aks/planned-maintenance",
    check: ({ spec: { upgrades } }, report) => {
      const { clusterWindow, nodeOsWindow, forcedUntil } = upgrades;
      checkFreezes("upgrades.clusterWindow", clusterWindow, report);
      checkFreezes("upgrades.nodeOsWindow", nodeOsWindow, report);
      if (forcedUntil !== undefined) {
        reportUnlessTime(report, "upgrades.forcedUntil", forcedUntil);
      }
    },
  },
];

/** The fields that a frequency needs, and the largest interval that it can have. */
const FREQUENCIES: {
  readonly [frequency: string]: { readonly needs: string[]; readonly interval: number };
} = {
  Daily: { needs: [], interval: 7 },
  Weekly: { needs: ["dayOfWeek"], interval: 4 },
  AbsoluteMonthly: { needs: ["dayOfMonth"], interval: 6 },
  RelativeMonthly: { needs: ["dayOfWeek", "weekIndex"], interval: 6 },
} satisfies { [frequency in WindowFrequency]: unknown };

function checkWindow(path: string, window: ResolvedWindow, report: Report): void {
  const { frequency, interval, startTime, durationHours, utcOffset } = window;
  const { dayOfWeek, dayOfMonth, weekIndex } = window;
  reportUnlessOneOf(report, `${path}.frequency`, frequency, WindowFrequency);
  const known = entryOf(FREQUENCIES, frequency);
  if (known) {
    if (!isWholeNumber(interval, 1, known.interval)) {
      report(
        `${path}.interval`,
        `A window of the frequency ${frequency} cannot have the interval ${interval}.`,
        `Use a whole number from 1 to ${known.interval}.`,
      );
    }
    for (const [field, value] of Object.entries({ dayOfWeek, dayOfMonth, weekIndex })) {
      if ((value !== undefined) !== known.needs.includes(field)) {
        report(
          `${path}.${field}`,
          value === undefined
            ? `A window of the frequency ${frequency} needs ${field}.`
            : `A window of the frequency ${frequency} has no ${field}.`,
          value === undefined ? `Give ${field}.` : `Leave ${field} out, or use another frequency.`,
          `${path}.frequency`,
        );
      }
    }
  }
  if (dayOfWeek !== undefined) {
    reportUnlessOneOf(report, `${path}.dayOfWeek`, dayOfWeek, DayOfWeek);
  }
  if (weekIndex !== undefined) {
    reportUnlessOneOf(report, `${path}.weekIndex`, weekIndex, WeekIndex);
  }
  if (dayOfMonth !== undefined && !isWholeNumber(dayOfMonth, 1, 31)) {
    report(
      `${path}.dayOfMonth`,
      `A month has no day ${dayOfMonth}.`,
      "Use a whole number from 1 to 31.",
    );
  }
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(startTime)) {
    report(`${path}.startTime`, `"${startTime}" is not a time of day.`, 'Use "HH:MM", in quotes.');
  }
  if (!isWholeNumber(durationHours, 4, 24)) {
    report(
      `${path}.durationHours`,
      `A window cannot be ${durationHours} hours long.`,
      "Use 4 to 24 whole hours.",
    );
  }
  if (!/^[+-](0\d|1[0-4]):[0-5]\d$/.test(utcOffset)) {
    report(
      `${path}.utcOffset`,
      `"${utcOffset}" is not an offset from UTC.`,
      'Use "+HH:MM" or "-HH:MM", in quotes.',
    );
  }
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

function checkFreezes(path: string, { notAllowed }: ResolvedWindow, report: Report): void {
  notAllowed.forEach(({ start, end }, index) => {
    const place = `${path}.notAllowed.${index}`;
    const areTimes = [
      reportUnlessTime(report, `${place}.start`, start),
      reportUnlessTime(report, `${place}.end`, end),
    ].every(Boolean);
    if (areTimes && Date.parse(end) <= Date.parse(start)) {
      report(
        `${place}.end`,
        `The freeze ends at ${end}, and starts at ${start}.`,
        "Give an end after the start.",
        `${place}.start`,
      );
    }
  });
}

/** Reports a text that is not a time, and returns whether it is one. */
function reportUnlessTime(report: Report, path: string, text: string): boolean {
  const isTime = TIME.test(text) && !Number.isNaN(Date.parse(text));
  if (!isTime) {
    report(path, `"${text}" is not a time.`, "Write a time such as 2026-12-18T00:00:00Z.");
  }
  return isTime;
}
