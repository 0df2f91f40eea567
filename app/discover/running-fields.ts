// The fields of the description about logs, versions and upgrades, and where az has them: one row for each. Pure.
import { isSameName } from "../../lib/spec/naming";
import { canonicalId } from "../../lib/spec/resource-id";
import { Reading } from "./reading";
import { Row, Source, nonEmpty, reference } from "./source";

/** Where logs and metrics go. */
export const MONITORING_ROWS: readonly Row[] = [
  {
    field: "monitoring.logAnalyticsWorkspace",
    from: "addonProfiles.omsagent.config.logAnalyticsWorkspaceResourceID",
    read: (source) => reference(workspaceId(source), source),
  },
  { field: "monitoring.defender", from: "securityProfile.defender", read: defender },
  {
    field: "monitoring.logCategories",
    from: "logs[].category of az monitor diagnostic-settings list",
    read: logCategories,
  },
  {
    field: "monitoring.prometheusWorkspace",
    from: "azureMonitorProfile.metrics, id of az monitor account show",
    read: prometheus,
  },
  {
    field: "monitoring.location",
    from: "location of az monitor log-analytics workspace show",
    read: (source) => {
      const id = workspaceId(source) ?? "";
      return source.exports.workspaces.find((one) => isSameName(one.id, id))?.location;
    },
  },
];

/** Version and upgrades. */
export const UPGRADE_ROWS: readonly Row[] = [
  {
    field: "kubernetesVersion",
    from: "kubernetesVersion",
    read: (source) => {
      const version = source.cluster.text("kubernetesVersion");
      const channel = channelOf(source);
      // The channel stable or rapid changes the minor version, and patch the patch version.
      const isFixed = channel === "none" || channel === "patch";
      return isFixed ? minor(version) : undefined;
    },
  },
  {
    field: "upgrades.channel",
    from: "autoUpgradeProfile.upgradeChannel",
    read: (source) => {
      if (source.cluster.text("autoUpgradeProfile.upgradeChannel") === "node-image") {
        source.note(
          "upgrades.channel",
          "The channel of the cluster is node-image. The description has a separate channel for the image of the nodes: NodeImage, with none for the version of Kubernetes.",
        );
      }
      return channelOf(source);
    },
  },
  {
    field: "upgrades.nodeOsChannel",
    from: "autoUpgradeProfile.nodeOSUpgradeChannel",
    read: ({ cluster }) =>
      cluster.text("autoUpgradeProfile.upgradeChannel") === "node-image"
        ? "NodeImage"
        : (cluster.text("autoUpgradeProfile.nodeOSUpgradeChannel") ?? "None"),
  },
  {
    field: "upgrades.clusterWindow",
    from: "aksManagedAutoUpgradeSchedule of az aks maintenanceconfiguration list",
    read: (source) => window(source, "aksManagedAutoUpgradeSchedule"),
  },
  {
    field: "upgrades.nodeOsWindow",
    from: "aksManagedNodeOSUpgradeSchedule of az aks maintenanceconfiguration list",
    read: (source) => window(source, "aksManagedNodeOSUpgradeSchedule"),
  },
];

function workspaceId({ cluster }: Source): string | undefined {
  const addOn = cluster.group("addonProfiles.omsagent");
  return addOn?.flag("enabled") === true
    ? addOn.text("config.logAnalyticsWorkspaceResourceID")
    : undefined;
}

function defender(source: Source): unknown {
  const profile = source.cluster.group("securityProfile.defender");
  const isOn = profile?.flag("securityMonitoring.enabled") === true;
  const id = profile?.text("logAnalyticsWorkspaceResourceId");
  const logs = workspaceId(source);
  const workspace = isOn ? reference(id, source) : undefined;
  if (workspace) {
    const isDefault = logs !== undefined && isSameName(canonicalId(id ?? ""), canonicalId(logs));
    return isDefault ? undefined : { type: "workspace", workspace };
  }
  return logs === undefined ? undefined : { type: "off" };
}

function logCategories(source: Source): unknown {
  const { exports, note } = source;
  const logs = workspaceId(source);
  if (logs === undefined || exports.diagnostics === undefined) {
    return undefined;
  }
  const settings = exports.diagnostics.filter((one) =>
    isSameName(canonicalId(one.text("workspaceId") ?? ""), canonicalId(logs)),
  );
  const others = exports.diagnostics.filter((one) => !settings.includes(one));
  for (const one of others) {
    note(
      "monitoring.logCategories",
      `The diagnostic setting "${one.text("name") ?? ""}" sends logs to another place than the workspace of Container Insights. It is not carried over, and stays as it is.`,
    );
  }
  const enabled = settings
    .flatMap((one) => one.list("logs"))
    .filter((one) => one.flag("enabled") === true);
  const groups = enabled.flatMap((one) => one.text("categoryGroup") ?? []);
  if (groups.length > 0) {
    note(
      "monitoring.logCategories",
      `The diagnostic setting has the category groups ${groups.join(", ")}; the description names categories, and has those of the default.`,
    );
    return undefined;
  }
  const categories = enabled.flatMap((one) => one.text("category") ?? []).sort();
  if (categories.includes("kube-audit")) {
    note(
      "monitoring.logCategories",
      "The category kube-audit, which also logs every read, is not supported; kube-audit-admin has the rest.",
    );
  }
  return categories.filter((one) => one !== "kube-audit");
}

function prometheus(source: Source): unknown {
  const { cluster, exports, note } = source;
  if (cluster.flag("azureMonitorProfile.metrics.enabled") !== true) {
    return undefined;
  }
  const [first, ...more] = exports.monitorWorkspaces;
  if (!first || more.length > 0) {
    note(
      "monitoring.prometheusWorkspace",
      "Managed Prometheus is on, and the exports have not exactly one Azure Monitor workspace (az monitor account show). Without this field, the next apply turns it off.",
    );
    return undefined;
  }
  return reference(first.id, source);
}

function minor(version: string | undefined): string | undefined {
  return version === undefined ? undefined : (/^1\.\d+/.exec(version)?.[0] ?? version);
}

function channelOf({ cluster }: Source): string {
  const channel = cluster.text("autoUpgradeProfile.upgradeChannel") ?? "none";
  return channel === "node-image" ? "none" : channel;
}

function window({ exports, note }: Source, name: string): unknown {
  const found = exports.maintenance?.find((one) => isSameName(one.text("name") ?? "", name));
  const given = found?.group("maintenanceWindow");
  if (!given) {
    return undefined;
  }
  const schedule = scheduleOf(given);
  if (!schedule) {
    note(name, "The schedule of this maintenance configuration has a form that is not known here.");
    return undefined;
  }
  const fields = {
    ...schedule,
    startTime: given.text("startTime"),
    durationHours: given.number("durationHours"),
    utcOffset: given.text("utcOffset"),
    notAllowed: nonEmpty(freezesIn(given)),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Returns the times without maintenance of a window. */
export function freezesIn(given: Reading): { readonly start: string; readonly end: string }[] {
  return given.list("notAllowedDates").flatMap((one) => {
    const [start, end] = [one.text("start"), one.text("end")].map(time);
    return start !== undefined && end !== undefined ? [{ start, end }] : [];
  });
}

function scheduleOf(given: Reading) {
  const of = (name: string) => given.group(`schedule.${name}`);
  const [daily, weekly] = [of("daily"), of("weekly")];
  const [absolute, relative] = [of("absoluteMonthly"), of("relativeMonthly")];
  if (daily) {
    return { frequency: "Daily", interval: daily.number("intervalDays") };
  }
  if (weekly) {
    const dayOfWeek = weekly.text("dayOfWeek");
    return { frequency: "Weekly", interval: weekly.number("intervalWeeks"), dayOfWeek };
  }
  if (absolute) {
    const dayOfMonth = absolute.number("dayOfMonth");
    return {
      frequency: "AbsoluteMonthly",
      interval: absolute.number("intervalMonths"),
      dayOfMonth,
    };
  }
  return (
    relative && {
      frequency: "RelativeMonthly",
      interval: relative.number("intervalMonths"),
      dayOfWeek: relative.text("dayOfWeek"),
      weekIndex: relative.text("weekIndex"),
    }
  );
}

/** Returns a time for a date: its first moment in UTC. */
function time(date: string | undefined): string | undefined {
  return date !== undefined && /^\d{4}-\d\d-\d\d$/.test(date) ? `${date}T00:00:00Z` : date;
}
