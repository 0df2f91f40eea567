// HAKS-NODE-001 to 004, 011 to 013, 015, 016, 019 and 020: counts, zones, labels, upgrades and scaling of pools. Pure.
import { AutoscalerExpander } from "../../spec/autoscaler";
import { SURGE } from "../../addresses/demands";
import { UndrainableNodeBehavior } from "../../spec/nodes";
import { Pool, SYSTEM_POOL_PATH, rotationName, surgeOf } from "../../spec/pools";
import { Report, Rule, forEachPool, isWholeNumber, reportUnlessOneOf } from "../rule";

const POOLS = "https://learn.microsoft.com/azure/aks/use-system-pools";

const LABEL_NAME =
  /^((?=.{1,253}\/)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;
const TAINT = /^([^=:]+)(?:=([^:]*))?:(?:NoSchedule|PreferNoSchedule|NoExecute)$/;
const OF_AKS =
  /^(?:([^/]*\.)?(kubernetes\.azure\.com|kubernetes\.io|k8s\.io)\/|(?:agentpool|storageprofile|storagetier|accelerator)$)/;

/** Regions without availability zones, as of the list of Azure regions of 2025-03. */
const WITHOUT_ZONES = [
  "australiacentral",
  "australiacentral2",
  "australiasoutheast",
  "brazilsoutheast",
  "canadaeast",
  "francesouth",
  "germanynorth",
  "jioindiacentral",
  "jioindiawest",
  "koreasouth",
  "northcentralus",
  "norwaywest",
  "southafricawest",
  "southindia",
  "swedensouth",
  "switzerlandwest",
  "uaecentral",
  "ukwest",
  "westcentralus",
  "westindia",
  "westus",
];

/** The rules about node pools. */
export const POOL_RULES: Rule[] = [
  {
    code: "HAKS-NODE-001",
    title:
      "A system pool must have at least one node, and minCount must not be more than maxCount.",
    source: POOLS,
    check: forEachPool(({ path, minCount, maxCount, name }, report, { nodePools }) => {
      const minimum = path === SYSTEM_POOL_PATH ? 1 : 0;
      // The autoscaler must be able to add a node.
      const minimumOfMaximum = Math.max(minCount, nodePools.autoProvisioning ? 0 : 1);
      if (!isWholeNumber(minCount, minimum, 1000)) {
        report(
          `${path}.minCount`,
          `The pool "${name}" cannot have ${minCount} nodes.`,
          `Use a whole number from ${minimum} to 1000.`,
        );
      } else if (!isWholeNumber(maxCount, minimumOfMaximum, 1000)) {
        report(
          `${path}.maxCount`,
          `The pool "${name}" has at most ${maxCount} and at least ${minCount} nodes.`,
          `Use a whole number from ${minimumOfMaximum} to 1000.`,
          `${path}.minCount`,
        );
      }
    }),
  },
  {
    code: "HAKS-NODE-002",
    title: "A node must have room for 10 to 250 pods, and a pool for 30 or more.",
    source: "https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning",
    check: forEachPool(({ path, maxPods, minCount, name }, report) => {
      // A number that is not one is not enough, either.
      const isEnough = maxPods * Math.max(minCount, 1) >= 30;
      if (!isWholeNumber(maxPods, 10, 250) || !isEnough) {
        report(
          `${path}.maxPods`,
          `The pool "${name}" has ${maxPods} pods on each of ${minCount} nodes.`,
          "Use a whole number from 10 to 250, with room for 30 pods on the fewest nodes.",
          `${path}.minCount`,
        );
      }
    }),
  },
  {
    code: "HAKS-NODE-003",
    title: "Zones must be 1, 2 or 3, without duplicates.",
    source: "https://learn.microsoft.com/azure/aks/availability-zones",
    check: forEachPool(({ path, zones, name }, report) => {
      if (
        zones.some((zone) => !["1", "2", "3"].includes(zone)) ||
        new Set(zones).size < zones.length
      ) {
        report(
          `${path}.zones`,
          `The pool "${name}" has the zones ${zones.map((zone) => `"${zone}"`).join(", ")}.`,
          'Use "1", "2" and "3", each at most once.',
        );
      }
    }),
  },
  {
    code: "HAKS-NODE-004",
    title: "A cluster must have a user pool or node auto-provisioning.",
    source: POOLS,
    check: ({ spec: { nodePools } }, report) => {
      if (nodePools.user.length === 0 && !nodePools.autoProvisioning) {
        report(
          "nodePools.user",
          "There is no pool for applications, and the system pool takes none.",
          "Describe one pool or more, or set nodePools.autoProvisioning to true.",
        );
      }
    },
  },
  {
    code: "HAKS-NODE-011",
    title: "Labels and taints must be valid in Kubernetes, and must not use names of AKS.",
    source: "https://learn.microsoft.com/azure/aks/use-labels",
    check: forEachPool(({ path, labels = {}, taints }, report) => {
      const isValid = (key: string, value: string): boolean =>
        LABEL_NAME.test(key) && LABEL_VALUE.test(value) && !OF_AKS.test(key);
      for (const [key, value] of Object.entries(labels)) {
        if (!isValid(key, value)) {
          report(
            `${path}.labels.${key}`,
            `"${key}: ${value}" is not a label that can be set.`,
            "Use names and values of at most 63 letters, digits, _ . -, and no name or prefix of Kubernetes or AKS.",
          );
        }
      }
      taints.forEach((taint, index) => {
        const [, key = "", value = ""] = TAINT.exec(taint) ?? [];
        if (!isValid(key, value)) {
          report(
            `${path}.taints.${index}`,
            `"${taint}" is not a taint that can be set.`,
            "Write key=value:NoSchedule, with NoSchedule, PreferNoSchedule or NoExecute, and no prefix of Kubernetes or AKS.",
          );
        }
      });
    }),
  },
  {
    code: "HAKS-NODE-012",
    title: "Upgrade settings must be valid, and must not combine maxSurge with maxUnavailable.",
    source: "https://learn.microsoft.com/azure/aks/upgrade-options",
    check: forEachPool((pool, report) => {
      const path = `${pool.path}.upgrade`;
      const { drainTimeoutMinutes = 30, nodeSoakMinutes = 0 } = pool.upgrade;
      const { undrainableNodeBehavior } = pool.upgrade;
      checkUpgradedNodes(pool, report);
      if (undrainableNodeBehavior !== undefined) {
        const place = `${path}.undrainableNodeBehavior`;
        reportUnlessOneOf(report, place, undrainableNodeBehavior, UndrainableNodeBehavior);
      }
      if (!isWholeNumber(drainTimeoutMinutes, 1, 1440)) {
        report(
          `${path}.drainTimeoutMinutes`,
          `An upgrade cannot wait ${drainTimeoutMinutes} minutes for pods.`,
          "Use a whole number from 1 to 1440.",
        );
      }
      if (!isWholeNumber(nodeSoakMinutes, 0, 30)) {
        report(
          `${path}.nodeSoakMinutes`,
          `An upgrade cannot wait ${nodeSoakMinutes} minutes after each node.`,
          "Use a whole number from 0 to 30.",
        );
      }
    }),
  },
  {
    code: "HAKS-NODE-013",
    title: "The temporary name of a node pool must not be the name of another pool.",
    source: "https://learn.microsoft.com/azure/aks/create-node-pools",
    check: ({ pools }, report) =>
      pools.forEach((pool, index, all) => {
        if (all.slice(0, index).some((earlier) => isMixedUp(pool, earlier))) {
          report(
            `${pool.path}.name`,
            `While Terraform replaces the pool "${pool.name}", its temporary name "${rotationName(pool)}" is also that of another pool.`,
            "Choose names that differ in their first nine characters, three for Windows.",
          );
        }
      }),
  },
  {
    code: "HAKS-NODE-015",
    title: "The autoscaler must have valid durations, a valid threshold and a known expander.",
    source: "https://learn.microsoft.com/azure/aks/cluster-autoscaler",
    check: ({ spec: { nodePools } }, report) => {
      const path = "nodePools.autoscaler";
      const {
        expander = "random",
        scaleDownUnneeded = "10m",
        scaleDownDelayAfterAdd = "10m",
        scaleDownUtilizationThreshold = 0.5,
        maxGracefulTerminationSeconds = 600,
      } = nodePools.autoscaler ?? {};
      reportUnlessOneOf(report, `${path}.expander`, expander, AutoscalerExpander);
      for (const [key, value] of Object.entries({ scaleDownUnneeded, scaleDownDelayAfterAdd })) {
        if (!/^[1-9]\d{0,4}m$/.test(value)) {
          report(
            `${path}.${key}`,
            `"${value}" is not a number of minutes.`,
            "Write whole minutes, such as 10m: AKS accepts no other unit.",
          );
        }
      }
      if (!(scaleDownUtilizationThreshold >= 0 && scaleDownUtilizationThreshold <= 1)) {
        report(
          `${path}.scaleDownUtilizationThreshold`,
          `A share cannot be ${scaleDownUtilizationThreshold}.`,
          "Use a number from 0 to 1.",
        );
      }
      if (!isWholeNumber(maxGracefulTerminationSeconds, 0, 86_400)) {
        report(
          `${path}.maxGracefulTerminationSeconds`,
          `Pods cannot get ${maxGracefulTerminationSeconds} seconds to end.`,
          "Use a whole number from 0 to 86400.",
        );
      }
    },
  },
  {
    code: "HAKS-NODE-016",
    severity: "warning",
    title: "A cluster should have a user pool of regular Linux nodes.",
    source: "https://learn.microsoft.com/azure/aks/spot-node-pool",
    check: ({ spec, pools }, report) => {
      const [, ...user] = pools;
      if (spec.nodePools.autoProvisioning) {
        return;
      }
      if (user.length > 0 && user.every(({ spot, os }) => spot ?? os === "Windows")) {
        report(
          "nodePools.user",
          "All pools for applications are spot or Windows, and the system pool takes none: applications that need regular Linux machines stay pending.",
          "Describe a pool of regular Linux machines, unless there are no such applications.",
        );
      }
    },
  },
  {
    code: "HAKS-NODE-019",
    title: "A node pool with a host group must be in at most one zone.",
    source: "https://learn.microsoft.com/azure/aks/use-azure-dedicated-hosts",
    check: forEachPool(({ path, name, hostGroup, zones }, report) => {
      if (hostGroup && zones.length > 1) {
        report(
          `${path}.zones`,
          `The pool "${name}" is in ${zones.length} zones, and a host group is in one at most.`,
          'Name the zone of the host group, with the exception "fewZones", and describe a pool for each zone.',
          `${path}.hostGroup`,
        );
      }
    }),
  },
  {
    code: "HAKS-NODE-020",
    severity: "warning",
    title: "Node pools should not have zones in a region without availability zones.",
    source: "https://learn.microsoft.com/azure/reliability/regions-list",
    check: forEachPool(({ path, name, zones }, report, { location }) => {
      if (zones.length > 0 && WITHOUT_ZONES.includes(location)) {
        report(
          `${path}.zones`,
          `The pool "${name}" is in ${zones.length} zones, and ${location} had none in 2025-03.`,
          'Set zones to [], with the exception "fewZones", or use another region.',
          "location",
        );
      }
    }),
  },
];

const NO_SHARE = "is not a number of nodes or a share of the pool";

function checkUpgradedNodes(pool: Pool, report: Report): void {
  const { maxUnavailable } = pool.upgrade;
  const maxSurge = surgeOf(pool);
  const invalid = (field: string, message: string, remedy: string): void =>
    report(`${pool.path}.upgrade.${field}`, message, remedy);
  if (maxUnavailable === undefined) {
    if (!isShare(maxSurge, 1)) {
      const remedy = 'Write "2" or "33%", in quotes: more than 0, and not more than 100%.';
      invalid("maxSurge", `"${maxSurge}" ${NO_SHARE}.`, remedy);
    }
    return;
  }
  if (!/^0%?$/.test(maxSurge)) {
    const message = "An upgrade either adds nodes or takes nodes out of service.";
    invalid("maxSurge", message, 'Write "0", or leave maxUnavailable out.');
  }
  if (pool.path === SYSTEM_POOL_PATH) {
    const message = "The provider azurerm 4 has no attribute for this in the system pool.";
    invalid("maxUnavailable", message, "Use maxSurge.");
  } else if (!isShare(maxUnavailable, 1)) {
    const remedy = 'Write "1" or "10%", in quotes: more than 0, and not more than 100%.';
    invalid("maxUnavailable", `"${maxUnavailable}" ${NO_SHARE}.`, remedy);
  }
}

/** Whether a text is a number of nodes, or a share of at most 100%. */
function isShare(text: string, minimum: number): boolean {
  const number = parseInt(text, 10);
  return SURGE.test(text) && number >= minimum && !(text.endsWith("%") && number > 100);
}

function isMixedUp(one: Pool, other: Pool): boolean {
  // HAKS-NAME-002 reports pools of one name.
  return (
    one.name !== other.name &&
    (rotationName(one) === rotationName(other) ||
      rotationName(one) === other.name ||
      rotationName(other) === one.name)
  );
}
