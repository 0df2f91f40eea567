// The rules that send logs and metrics of a cluster to its workspaces. With managed identity, the agents
// send nothing without them.
import { MonitorDataCollectionEndpoint } from "@cdktf/provider-azurerm/lib/monitor-data-collection-endpoint";
import { MonitorDataCollectionRule } from "@cdktf/provider-azurerm/lib/monitor-data-collection-rule";
import { MonitorDataCollectionRuleAssociation } from "@cdktf/provider-azurerm/lib/monitor-data-collection-rule-association";
import { createHash } from "node:crypto";
import { Construct } from "constructs";

/** Properties of both data collection rules. */
export interface DataCollectionProps {
  readonly clusterName: string;
  readonly clusterId: string;
  readonly resourceGroupName: string;
  /** Region of the workspace: a rule is where its workspace is. */
  readonly location: string;
  readonly workspaceId: string;
  readonly tags?: { [key: string]: string };
}

const CONTAINER_LOGS = "Microsoft-ContainerInsights-Group-Default";
const PROMETHEUS = "Microsoft-PrometheusMetrics";

/** Longest name of an endpoint. */
const NAME_LENGTH = 44;

/**
 * Container Insights: logs and inventory to a Log Analytics workspace.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/containers/kubernetes-monitoring-enable
 */
export function collectLogs(scope: Construct, props: DataCollectionProps): void {
  const { location, resourceGroupName, tags } = props;
  const destination = "workspace";
  const extension = "ContainerInsightsExtension";
  const rule = new MonitorDataCollectionRule(scope, "container-insights", {
    name: nameOf("MSCI", props),
    location,
    resourceGroupName,
    tags,
    dataSources: {
      extension: [
        {
          name: extension,
          extensionName: "ContainerInsights",
          streams: [CONTAINER_LOGS],
          extensionJson: JSON.stringify({
            dataCollectionSettings: {
              interval: "1m",
              namespaceFilteringMode: "Off",
              enableContainerLogV2: true,
            },
          }),
        },
      ],
    },
    destinations: {
      logAnalytics: [{ name: destination, workspaceResourceId: props.workspaceId }],
    },
    dataFlow: [{ streams: [CONTAINER_LOGS], destinations: [destination] }],
  });
  new MonitorDataCollectionRuleAssociation(scope, "container-insights-association", {
    // The agent looks for this name.
    name: extension,
    targetResourceId: props.clusterId,
    dataCollectionRuleId: rule.id,
  });
}

/**
 * Managed Prometheus: metrics to an Azure Monitor workspace.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/containers/kubernetes-monitoring-enable
 */
export function collectMetrics(scope: Construct, props: DataCollectionProps): void {
  const { location, resourceGroupName, tags } = props;
  const name = nameOf("MSProm", props);
  const destination = "workspace";
  const endpoint = new MonitorDataCollectionEndpoint(scope, "prometheus-endpoint", {
    name,
    location,
    resourceGroupName,
    tags,
    kind: "Linux",
  });
  const rule = new MonitorDataCollectionRule(scope, "prometheus", {
    name,
    location,
    resourceGroupName,
    tags,
    kind: "Linux",
    dataCollectionEndpointId: endpoint.id,
    dataSources: { prometheusForwarder: [{ name: "prometheus", streams: [PROMETHEUS] }] },
    destinations: {
      monitorAccount: [{ name: destination, monitorAccountId: props.workspaceId }],
    },
    dataFlow: [{ streams: [PROMETHEUS], destinations: [destination] }],
  });
  new MonitorDataCollectionRuleAssociation(scope, "prometheus-association", {
    name,
    targetResourceId: props.clusterId,
    dataCollectionRuleId: rule.id,
  });
}

function nameOf(prefix: string, { location, clusterName }: DataCollectionProps): string {
  const name = `${prefix}-${location}-${clusterName}`;
  // Two long names may be the same at their start.
  const mark = createHash("sha256").update(name).digest("hex").slice(0, 6);
  return name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH - 7)}-${mark}` : name;
}
