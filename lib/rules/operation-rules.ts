// Node pools, versions and upgrades. Pure.
import { Rule, Violation, eachPool, isWholeNumber, oneOf } from "./rule";
import { ResolvedWindow } from "../spec/resolved-spec";

const POOLS = "https://learn.microsoft.com/azure/aks/use-system-pools";
const WINDOWS = "https://learn.microsoft.com/azure/aks/planned-maintenance";
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const counts: Rule = {
  code: "HAKS-NODE-001",
  severity: "error",
  title: "A pool has at least one node, and its fewest nodes are not more than its most.",
  source: POOLS,
  check: eachPool(({ path, minCount, maxCount, name }) => {
    if (!isWholeNumber(minCount, 1, 1000)) {
      const message = `The pool "${name}" cannot have ${minCount} nodes.`;
      const remedy = "Use a whole number from 1 to 1000.";
      return [{ path: `${path}.minCount`, message, remedy }];
    }
    return isWholeNumber(maxCount, minCount, 1000)
      ? []
      : [
          {
            path: `${path}.maxCount`,
            message: `The pool "${name}" has at most ${maxCount} and at least ${minCount} nodes.`,
            remedy: "Use a whole number from minCount to 1000.",
            related: [`${path}.minCount`],
          },
        ];
  }),
};

const maxPods: Rule = {
  code: "HAKS-NODE-002",
  severity: "error",
  title: "A node takes 10 to 250 pods, and a pool 30 or more.",
  source: "https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning",
  check: eachPool(({ path, maxPods: pods, minCount, name }) =>
    isWholeNumber(pods, 10, 250) && pods * Math.max(minCount, 1) >= 30
      ? []
      : [
          {
            path: `${path}.maxPods`,
            message: `The pool "${name}" has ${pods} pods on each of ${minCount} nodes.`,
            remedy: "Use a whole number from 10 to 250, with room for 30 pods on the fewest nodes.",
            related: [`${path}.minCount`],
          },
        ],
  ),
};

const zones: Rule = {
  code: "HAKS-NODE-003",
  severity: "error",
  title: "Zones are 1, 2 or 3, each once.",
  source: "https://learn.microsoft.com/azure/aks/availability-zones",
  check: eachPool(({ path, zones: list, name }) =>
    list.every((zone) => ["1", "2", "3"].includes(zone)) && new Set(list).size === list.length
      ? []
      : [
          {
            path: `${path}.zones`,
            message: `The pool "${name}" has the zones ${list.map((zone) => `"${zone}"`).join(", ")}.`,
            remedy: 'Use "1", "2" and "3", each at most once.',
          },
        ],
  ),
};

const noUserPool: Rule = {
  code: "HAKS-NODE-004",
  severity: "error",
  title: "There is a pool for applications.",
  source: POOLS,
  check: ({ nodePools: { user: userPools } }) =>
    userPools.length > 0
      ? []
      : [
          {
            path: "nodePools.user",
            message: "There is no pool for applications, and the system pool takes none.",
            remedy: "Describe one pool or more.",
          },
        ],
};

const version: Rule = {
  code: "HAKS-K8S-001",
  severity: "error",
  title: "A Kubernetes version is minor or full.",
  source: "https://learn.microsoft.com/azure/aks/supported-kubernetes-versions",
  check: ({ kubernetesVersion }) =>
    kubernetesVersion === undefined || /^1\.\d{1,2}(\.\d{1,2})?$/.test(kubernetesVersion)
      ? []
      : [
          {
            path: "kubernetesVersion",
            message: `"${kubernetesVersion}" is not a Kubernetes version.`,
            remedy: 'Use "1.35" or "1.35.2".',
          },
        ],
};

const channels: Rule = {
  code: "HAKS-UPG-001",
  severity: "error",
  title: "Upgrade channels are ones that there are.",
  source: "https://learn.microsoft.com/azure/aks/auto-upgrade-cluster",
  check: ({ upgrades: { channel, nodeOsChannel } }) => [
    ...oneOf("upgrades.channel", channel, ["patch", "stable", "rapid", "none"]),
    ...oneOf("upgrades.nodeOsChannel", nodeOsChannel, ["NodeImage", "SecurityPatch", "None"]),
  ],
};

const heldVersion: Rule = {
  code: "HAKS-UPG-003",
  severity: "error",
  title: "A version that is given is one that the upgrade channel leaves alone.",
  source: "https://learn.microsoft.com/azure/aks/auto-upgrade-cluster",
  check: ({ kubernetesVersion, upgrades: { channel } }) => {
    const path = "kubernetesVersion";
    const related = ["upgrades.channel"];
    if (kubernetesVersion === undefined || channel === "none") {
      return [];
    }
    if (channel === "stable" || channel === "rapid") {
      return [
        {
          path,
          message: `The channel ${channel} changes the version, and the next apply would ask for ${kubernetesVersion} again.`,
          remedy: "Leave kubernetesVersion out, or use the channel patch.",
          related,
        },
      ];
    }
    return /^1\.\d+\.\d+$/.test(kubernetesVersion)
      ? [
          {
            path,
            message: `The channel ${channel} changes the patch version, and the next apply would ask for ${kubernetesVersion} again.`,
            remedy: `Give the minor version alone, such as "${kubernetesVersion.replace(/\.\d+$/, "")}".`,
            related,
          },
        ]
      : [];
  },
};

const windows: Rule = {
  code: "HAKS-UPG-002",
  severity: "error",
  title: "Maintenance windows have a start, a length of 4 to 24 hours and, if weekly, a day.",
  source: WINDOWS,
  check: ({ upgrades: { clusterWindow, nodeOsWindow } }) => [
    ...window("upgrades.clusterWindow", clusterWindow, ["Weekly"]),
    ...window("upgrades.nodeOsWindow", nodeOsWindow, ["Daily", "Weekly"]),
  ],
};

/** The rules about nodes, versions and upgrades. */
export const OPERATION_RULES: Rule[] = [
  counts,
  maxPods,
  zones,
  noUserPool,
  version,
  channels,
  heldVersion,
  windows,
];

function window(
  path: string,
  { frequency, dayOfWeek, startTime, durationHours, utcOffset }: ResolvedWindow,
  frequencies: string[],
): Violation[] {
  const checks: [boolean, string, string, string][] = [
    [
      /^([01]\d|2[0-3]):[0-5]\d$/.test(startTime),
      "startTime",
      `"${startTime}" is not a time of day.`,
      'Use "HH:MM", in quotes.',
    ],
    [
      isWholeNumber(durationHours, 4, 24),
      "durationHours",
      `A window cannot be ${durationHours} hours long.`,
      "Use 4 to 24 whole hours.",
    ],
    [
      /^[+-](0\d|1[0-4]):[0-5]\d$/.test(utcOffset),
      "utcOffset",
      `"${utcOffset}" is not an offset from UTC.`,
      'Use "+HH:MM" or "-HH:MM", in quotes.',
    ],
    [
      frequency !== "Weekly" || WEEKDAYS.includes(dayOfWeek ?? ""),
      "dayOfWeek",
      dayOfWeek === undefined
        ? "A weekly window needs a day."
        : `"${dayOfWeek}" is not a day of the week.`,
      `Use ${WEEKDAYS.join(", ")}.`,
    ],
    [
      frequency === "Weekly" || dayOfWeek === undefined,
      "dayOfWeek",
      `A window that is not weekly has no day.`,
      "Leave dayOfWeek out, or make the window weekly.",
    ],
  ];
  return [
    ...oneOf(`${path}.frequency`, frequency, frequencies),
    ...checks
      .filter(([holds]) => !holds)
      .map(([, key, message, remedy]) => ({ path: `${path}.${key}`, message, remedy })),
  ];
}
