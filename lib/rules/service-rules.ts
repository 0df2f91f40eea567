// Service mesh, autoscaler, monitoring, support and time limits. Pure.
import { allPools } from "../spec/pools";
import { Rule, Violation, isWholeNumber, oneOf } from "./rule";

const TIERS = "https://learn.microsoft.com/azure/aks/free-standard-pricing-tiers";

/** Durations as Go reads them, such as 1h30m. */
const DURATION = /^(?=.*[1-9])(\d{1,6}(?:h|m|s))+$/;

const mesh: Rule = {
  code: "HAKS-MESH-001",
  severity: "error",
  title: "The service mesh has one revision, or two during an upgrade.",
  source: "https://learn.microsoft.com/azure/aks/istio-upgrade",
  check: ({ serviceMesh }) => {
    const path = "serviceMesh.revisions";
    if (!serviceMesh) {
      return [];
    }
    const { revisions } = serviceMesh;
    return revisions.length < 1 ||
      revisions.length > 2 ||
      new Set(revisions).size < revisions.length
      ? [
          {
            path,
            message: `The service mesh has the revisions ${revisions.map((one) => `"${one}"`).join(", ") || "none"}.`,
            remedy: "Name one, or the old and the new one during an upgrade.",
          },
        ]
      : revisions.flatMap((revision, index) =>
          /^asm-1-\d{2}$/.test(revision)
            ? []
            : [
                {
                  path: `${path}.${index}`,
                  message: `"${revision}" is not a revision of the service mesh.`,
                  remedy: "Use one such as asm-1-27, which az aks mesh get-revisions lists.",
                },
              ],
        );
  },
};

const autoscaler: Rule = {
  code: "HAKS-NODE-015",
  severity: "error",
  title: "The autoscaler has durations, shares and an expander that it understands.",
  source: "https://learn.microsoft.com/azure/aks/cluster-autoscaler",
  check: ({ nodePools: { autoscaler: profile } }) => {
    if (!profile) {
      return [];
    }
    const path = "nodePools.autoscaler";
    const { expander = "random", scaleDownUtilizationThreshold: threshold = 0.5 } = profile;
    const { maxGracefulTerminationSeconds: seconds = 600 } = profile;
    const durations: [string, string | undefined][] = [
      ["scaleDownUnneeded", profile.scaleDownUnneeded],
      ["scaleDownDelayAfterAdd", profile.scaleDownDelayAfterAdd],
    ];
    return [
      ...oneOf(`${path}.expander`, expander, ["random", "least-waste", "most-pods", "priority"]),
      ...durations.flatMap(([key, value]) =>
        value === undefined || /^[1-9]\d{0,4}m$/.test(value)
          ? []
          : [
              {
                path: `${path}.${key}`,
                message: `"${value}" is not a number of minutes.`,
                remedy: "Write whole minutes, such as 10m: AKS takes no other unit.",
              },
            ],
      ),
      ...(threshold >= 0 && threshold <= 1
        ? []
        : [
            {
              path: `${path}.scaleDownUtilizationThreshold`,
              message: `A share cannot be ${threshold}.`,
              remedy: "Use a number from 0 to 1.",
            },
          ]),
      ...(isWholeNumber(seconds, 0, 86_400)
        ? []
        : [
            {
              path: `${path}.maxGracefulTerminationSeconds`,
              message: `Pods cannot get ${seconds} seconds to end.`,
              remedy: "Use a whole number from 0 to 86400.",
            },
          ]),
    ];
  },
};

const timeouts: Rule = {
  code: "HAKS-OPS-001",
  severity: "error",
  title: "Time limits of Terraform are durations.",
  source: "https://developer.hashicorp.com/terraform/language/resources/syntax#operation-timeouts",
  check: ({ timeouts: limits }) =>
    limits
      ? [
          ...badDuration("timeouts.create", limits.create),
          ...badDuration("timeouts.update", limits.update),
          ...badDuration("timeouts.delete", limits.destroy),
        ]
      : [],
};

function badDuration(path: string, value: string | undefined): Violation[] {
  return value === undefined || DURATION.test(value)
    ? []
    : [{ path, message: `"${value}" is not a duration.`, remedy: "Write one such as 90m." }];
}

const longTerm: Rule = {
  code: "HAKS-OPS-003",
  severity: "error",
  title: "Long-term support is for clusters without what it excludes, and on one minor version.",
  source: "https://learn.microsoft.com/azure/aks/long-term-support",
  check: ({ longTermSupport, serviceMesh, addOns, network, kms, upgrades }) => {
    if (!longTermSupport) {
      return [];
    }
    const excluded: [boolean, string, string][] = [
      [serviceMesh !== undefined, "serviceMesh", "the service mesh"],
      [addOns.includes("keda"), `addOns.${addOns.indexOf("keda")}`, "KEDA"],
      [network.dataPlane === "azure", "network.dataPlane", "Calico"],
      [kms !== undefined, "kms", "KMS"],
    ];
    const related = ["longTermSupport"];
    return [
      ...excluded
        .filter(([is]) => is)
        .map(([, path, what]) => ({
          path,
          message: `Long-term support does not go with ${what}.`,
          remedy: "Leave one of them out.",
          related,
        })),
      ...(["stable", "rapid"].includes(upgrades.channel)
        ? [
            {
              path: "upgrades.channel",
              message: `The channel ${upgrades.channel} leaves the minor version that long-term support is for.`,
              remedy: "Use the channel patch.",
              related,
            },
          ]
        : []),
    ];
  },
};

const freeTier: Rule = {
  code: "HAKS-OPS-002",
  severity: "error",
  title: "Long-term support and cost analysis have a tier that is paid for.",
  source: TIERS,
  check: (spec) => {
    if (!spec.exceptions.some(({ name }) => name === "freeTier")) {
      return [];
    }
    const remedy = 'Leave it out, or the exception "freeTier".';
    const related = ["exceptions"];
    return [
      ...(spec.longTermSupport
        ? [
            {
              path: "longTermSupport",
              message: "Long-term support comes with the tier Premium, not with Free.",
              remedy,
              related,
            },
          ]
        : []),
      ...spec.addOns.flatMap((name, index) =>
        name === "costAnalysis"
          ? [
              {
                path: `addOns.${index}`,
                message: "Cost analysis comes with the tiers Standard and Premium, not with Free.",
                remedy,
                related,
              },
            ]
          : [],
      ),
    ];
  },
};

const LOGS = "https://learn.microsoft.com/azure/aks/monitor-aks-reference";
const CATEGORIES = "monitoring.logCategories";

/** Categories of logs that AKS has; kube-audit is left out, which holds every read as well. */
const LOG_CATEGORIES = [
  "cloud-controller-manager",
  "cluster-autoscaler",
  "csi-azuredisk-controller",
  "csi-azurefile-controller",
  "csi-snapshot-controller",
  "fleet-member-agent",
  "guard",
  "karpenter-events",
  "kube-apiserver",
  "kube-audit-admin",
  "kube-controller-manager",
  "kube-scheduler",
];

const logs: Rule = {
  code: "HAKS-MON-001",
  severity: "error",
  title: "Categories of logs are ones of AKS, each once.",
  source: LOGS,
  check: ({ monitoring: { logCategories } }) =>
    logCategories.flatMap((category, index) => [
      ...(category === "kube-audit"
        ? [
            {
              path: `${CATEGORIES}.${index}`,
              message:
                "The category kube-audit holds every read, at a price, and what kube-audit-admin has.",
              remedy: "Use kube-audit-admin.",
            },
          ]
        : oneOf(`${CATEGORIES}.${index}`, category, LOG_CATEGORIES)),
      ...(logCategories.indexOf(category) < index
        ? [
            {
              path: `${CATEGORIES}.${index}`,
              message: `The category "${category}" is there twice.`,
              remedy: "Remove one.",
            },
          ]
        : []),
    ]),
};

const logsWithoutWorkspace: Rule = {
  code: "HAKS-MON-002",
  severity: "warning",
  title: "Logs whose categories are chosen have a workspace that they go to.",
  source: LOGS,
  check: (_, { monitoring }) =>
    monitoring?.logCategories !== undefined && monitoring.logAnalyticsWorkspace === undefined
      ? [
          {
            path: CATEGORIES,
            message: "There are categories of logs, and no workspace that they go to.",
            remedy: "Name monitoring.logAnalyticsWorkspace, or leave the categories out.",
          },
        ]
      : [],
};

const nodeResourceGroup: Rule = {
  code: "HAKS-NAME-006",
  severity: "error",
  title: "The resource group of the nodes has a name of at most 80 characters and is no other one.",
  source: "https://learn.microsoft.com/azure/aks/faq",
  check: (spec) => {
    const { name, location, resourceGroup, identities } = spec;
    const group = spec.nodeResourceGroup ?? `MC_${resourceGroup.name}_${name}_${location}`;
    const path = "nodeResourceGroup";
    if (group.length > 80) {
      const message = `The name of the nodes' resource group, "${group}", has ${group.length} characters.`;
      return [
        { path, message, remedy: "Give one of at most 80.", related: ["resourceGroup.name"] },
      ];
    }
    const others = [resourceGroup.name, identities.resourceGroup.name];
    return others.some((other) => other.toLowerCase() === group.toLowerCase())
      ? [
          {
            path,
            message: `AKS makes the resource group of the nodes and deletes it, so it cannot be "${group}", which is there.`,
            remedy: "Give another name, or leave it out.",
          },
        ]
      : [];
  },
};

const onlySpot: Rule = {
  code: "HAKS-NODE-016",
  severity: "error",
  title: "There is a pool of regular Linux machines for applications.",
  source: "https://learn.microsoft.com/azure/aks/spot-node-pool",
  check: (spec) => {
    const [, ...pools] = allPools(spec);
    return pools.length > 0 && pools.every(({ spot, os }) => spot ?? os === "Windows")
      ? [
          {
            path: "nodePools.user",
            message:
              "All pools for applications are spot or Windows, and the system pool takes none.",
            remedy: "Describe a pool of regular Linux machines.",
          },
        ]
      : [];
  },
};

/** The rules about what runs beside the cluster's own workload. */
export const SERVICE_RULES: Rule[] = [
  mesh,
  autoscaler,
  timeouts,
  freeTier,
  longTerm,
  logs,
  logsWithoutWorkspace,
  nodeResourceGroup,
  onlySpot,
];
