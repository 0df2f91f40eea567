// Sends logs and metrics of a cluster to its workspaces.
import { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import { Construct } from "constructs";
import { keepAsMade } from "../hcl/kept";
import { ResolvedSpec } from "../spec/resolved-spec";
import { auditLogs } from "./audit-logs";
import { collectLogs, collectMetrics } from "./data-collection";
import { ClusterSurroundings } from "./surroundings";

/** Adds what the description asks for. */
export function addMonitoring(
  scope: Construct,
  clusterId: string,
  spec: ResolvedSpec,
  { resourceGroupName, resourceId }: ClusterSurroundings,
): void {
  const {
    monitoring: { logAnalyticsWorkspace, prometheusWorkspace },
  } = spec;
  const collection = {
    clusterName: spec.name,
    clusterId,
    resourceGroupName,
    location: spec.monitoring.location,
    tags: spec.tags,
  };
  if (logAnalyticsWorkspace) {
    const workspaceId = resourceId(
      "Microsoft.OperationalInsights/workspaces",
      logAnalyticsWorkspace,
    );
    const { logCategories } = spec.monitoring;
    // Without logs it would still send the metrics, and contradict the setting that a policy makes.
    if (logCategories.length > 0) {
      const config = auditLogs(clusterId, workspaceId, logCategories);
      keepAsMade(new MonitorDiagnosticSetting(scope, "audit", config));
    }
    collectLogs(scope, { ...collection, workspaceId });
  }
  if (prometheusWorkspace) {
    const workspaceId = resourceId("Microsoft.Monitor/accounts", prometheusWorkspace);
    collectMetrics(scope, { ...collection, workspaceId });
  }
}
