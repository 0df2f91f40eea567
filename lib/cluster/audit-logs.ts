// The logs of the control plane, by category: what auditors and scanners ask for.
import { MonitorDiagnosticSettingConfig } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";

/** The diagnostic setting of a cluster, with these categories of logs. */
export function auditLogs(
  clusterId: string,
  logAnalyticsWorkspaceId: string,
  categories: string[],
): MonitorDiagnosticSettingConfig {
  return {
    name: "audit",
    targetResourceId: clusterId,
    logAnalyticsWorkspaceId,
    logAnalyticsDestinationType: "Dedicated",
    enabledLog: categories.map((category) => ({ category })),
    enabledMetric: [{ category: "AllMetrics" }],
  };
}
