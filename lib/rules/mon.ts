// HAKS-MON: the logs of the control plane. Pure.
import { LogCategory } from "../spec/data";
import { Rule, forEachDuplicate, reportUnlessOneOf } from "./rule";

const LOGS = "https://learn.microsoft.com/azure/aks/monitor-aks-reference";
const PATH = "monitoring.logCategories";

/** The rules about monitoring. */
export const MON_RULES: Rule[] = [
  {
    code: "HAKS-MON-001",
    title: "Log categories must be known and unique.",
    source: LOGS,
    check: ({ spec: { monitoring } }, report) => {
      const { logCategories } = monitoring;
      logCategories.forEach((category, index) => {
        if ((category as string) === "kube-audit") {
          report(
            `${PATH}.${index}`,
            "The category kube-audit adds all read requests to kube-audit-admin, at an additional cost.",
            "Use kube-audit-admin.",
          );
        } else {
          reportUnlessOneOf(report, `${PATH}.${index}`, category, Object.values(LogCategory));
        }
      });
      forEachDuplicate(logCategories, String, (category, index) =>
        report(`${PATH}.${index}`, `Duplicate category "${category}".`, "Remove one."),
      );
    },
  },
  {
    code: "HAKS-MON-002",
    severity: "warning",
    title: "Log categories should not be set without a Log Analytics workspace.",
    source: LOGS,
    check: ({ written: { monitoring } }, report) => {
      if (monitoring?.logCategories && monitoring.logAnalyticsWorkspace === undefined) {
        report(
          PATH,
          "Log categories are set, but there is no workspace for them.",
          "Name monitoring.logAnalyticsWorkspace, or leave the categories out.",
        );
      }
    },
  },
];
