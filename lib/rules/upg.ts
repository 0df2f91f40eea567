// HAKS-UPG: upgrade channels and maintenance windows. Pure.
import { ResolvedWindow } from "../spec/resolved-spec";
import { DayOfWeek, NodeOsChannel, UpgradeChannel, WindowFrequency } from "../spec/upgrades";
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
      "Maintenance windows must have a start, a length of 4 to 24 hours and, if weekly, a day.",
    source: "https://learn.microsoft.com/azure/aks/planned-maintenance",
    check: ({ spec: { upgrades } }, report) => {
      const { clusterWindow, nodeOsWindow } = upgrades;
      checkWindow("upgrades.clusterWindow", clusterWindow, [WindowFrequency.WEEKLY], report);
      checkWindow("upgrades.nodeOsWindow", nodeOsWindow, Object.values(WindowFrequency), report);
    },
  },
  {
    code: "HAKS-UPG-003",
    title: "The upgrade channel must not change a version that is given.",
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
    title: "A new minor version must not be left to Terraform where the channel is patch.",
    source: AUTO_UPGRADE,
    check: ({ spec: { kubernetesVersion = "", upgrades } }, report) => {
      if (upgrades.channel === "patch" && /^1\.\d+$/.test(kubernetesVersion)) {
        report(
          "kubernetesVersion",
          "With the channel patch, AKS refuses that Terraform changes the minor version of a cluster that exists.",
          "Run az aks upgrade before you write another minor version, as docs/upgrades.md says; or leave kubernetesVersion out.",
          "upgrades.channel",
        );
      }
    },
  },
];

function checkWindow(
  path: string,
  { frequency, dayOfWeek, startTime, durationHours, utcOffset }: ResolvedWindow,
  frequencies: string[],
  report: Report,
): void {
  const isWeekly = frequency === "Weekly";
  reportUnlessOneOf(report, `${path}.frequency`, frequency, frequencies);
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
  if (isWeekly && (dayOfWeek === undefined || !Object.values(DayOfWeek).includes(dayOfWeek))) {
    report(
      `${path}.dayOfWeek`,
      dayOfWeek === undefined
        ? "A weekly window needs a day."
        : `"${dayOfWeek}" is not a day of the week.`,
      `Use ${Object.values(DayOfWeek).join(", ")}.`,
    );
  }
  if (!isWeekly && dayOfWeek !== undefined) {
    report(
      `${path}.dayOfWeek`,
      "A window that is not weekly has no day.",
      "Leave dayOfWeek out, or make the window weekly.",
    );
  }
}
