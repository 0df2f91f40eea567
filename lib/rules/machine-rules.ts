// The machines of node pools: sizes, systems, spot, graphics processors, labels, taints, upgrades. Pure.
import { SURGE } from "../addresses/demands";
import { Pool, rotationName, surgeOf } from "../spec/pools";
import { allPools } from "../spec/pools";
import { Rule, Violation, eachPool, isWholeNumber, oneOf } from "./rule";

const POOLS = "https://learn.microsoft.com/azure/aks/create-node-pools";
const SIZES = "https://learn.microsoft.com/azure/aks/concepts-storage#ephemeral-os-disk";
const SPOT = "https://learn.microsoft.com/azure/aks/spot-node-pool";

/** D and E sizes since version 4: their features have a d if there is a local disk, but for Das and Eas of version 4. */
const DISKLESS = /^Standard_(?:D|E|DC|EC)\d+(?:-\d+)?(?![a-z]*d)(?!as_v4)[a-z]*_v(?:[4-9]|\d\d)$/;

/** What AKS takes for a disk whose size is not given, in GiB. */
const DEFAULT_DISK = 128;

/** D and E sizes of versions 4 and 5 with a local disk of 37.5 GiB for each processor. */
const LOCAL_DISK = /^Standard_(?:D|E)(\d+)(?:-\d+)?[a-z]*d[a-z]*_v[45]$/;
const GIB_PER_PROCESSOR = 37.5;

const localDisk: Rule = {
  code: "HAKS-NODE-005",
  severity: "error",
  title: "An ephemeral disk fits onto the local disk of the virtual machine.",
  source: SIZES,
  check: (spec) =>
    spec.exceptions.some(({ name }) => name === "managedOsDisk")
      ? []
      : allPools(spec).flatMap(({ path, name, vmSize, osDiskSizeGb }): Violation[] => {
          if (DISKLESS.test(vmSize)) {
            return [
              {
                path: `${path}.vmSize`,
                message: `The pool "${name}" has ephemeral disks, and ${vmSize} has no local disk for them.`,
                remedy: `Use a size with a d, such as Standard_D4ds_v5, or take the exception "managedOsDisk", with its reason.`,
              },
            ];
          }
          const [, processors] = LOCAL_DISK.exec(vmSize) ?? [];
          const room = Number(processors) * GIB_PER_PROCESSOR;
          const disk = osDiskSizeGb ?? DEFAULT_DISK;
          return disk > room
            ? [
                {
                  path: `${path}.osDiskSizeGb`,
                  message: `The local disk of ${vmSize} has ${room} GiB, and the ephemeral disk of the pool "${name}" ${disk}.`,
                  remedy: "Give the disk a size that fits, or use a larger size of machines.",
                  related: [`${path}.vmSize`],
                },
              ]
            : [];
        }),
};

const sizes: Rule = {
  code: "HAKS-NODE-006",
  severity: "error",
  title: "A size of virtual machines is named as Azure names it, and its disk has 30 to 2048 GiB.",
  source: POOLS,
  check: eachPool(({ path, vmSize, osDiskSizeGb }) => [
    ...(/^Standard_[A-Za-z0-9_-]{2,60}$/.test(vmSize)
      ? []
      : [
          {
            path: `${path}.vmSize`,
            message: `"${vmSize}" is not a size of virtual machines.`,
            remedy: "Use one such as Standard_D4ds_v5.",
          },
        ]),
    ...(osDiskSizeGb === undefined || isWholeNumber(osDiskSizeGb, 30, 2048)
      ? []
      : [
          {
            path: `${path}.osDiskSizeGb`,
            message: `A disk cannot have ${osDiskSizeGb} GiB.`,
            remedy: "Use a whole number from 30 to 2048, or leave it out.",
          },
        ]),
  ]),
};

const LINUX = ["AzureLinux", "AzureLinux3", "Ubuntu", "Ubuntu2204"];
const WINDOWS = ["Windows2022"];

const systems: Rule = {
  code: "HAKS-NODE-007",
  severity: "error",
  title: "The operating system of a pool is one that AKS has, and a Windows pool has a short name.",
  source: "https://learn.microsoft.com/azure/aks/upgrade-os-version",
  check: eachPool(({ path, name, os, osSku }) => [
    ...oneOf(`${path}.os`, os, ["Linux", "Windows"]),
    ...(osSku === undefined
      ? []
      : oneOf(`${path}.osSku`, osSku, os === "Windows" ? WINDOWS : LINUX)),
    ...(os === "Windows" && name.length > 6
      ? [
          {
            path: `${path}.name`,
            message: `The name of the Windows pool "${name}" has ${name.length} characters.`,
            remedy: "Use at most 6.",
          },
        ]
      : []),
  ]),
};

const deallocated: Rule = {
  code: "HAKS-NODE-017",
  severity: "error",
  title: "Nodes with ephemeral disks are deleted when Azure takes them back.",
  source: SPOT,
  check: (spec) =>
    spec.exceptions.some(({ name }) => name === "managedOsDisk")
      ? []
      : allPools(spec)
          .filter(({ spot }) => spot?.evictionPolicy === "Deallocate")
          .map(({ path, name }) => ({
            path: `${path}.spot.evictionPolicy`,
            message: `The nodes of the pool "${name}" have ephemeral disks, which cannot be kept.`,
            remedy: 'Use Delete, or take the exception "managedOsDisk", with its reason.',
          })),
};

const spotPools: Rule = {
  code: "HAKS-NODE-008",
  severity: "error",
  title: "A spot pool has no reserved machines, and a price that Azure understands.",
  source: SPOT,
  check: eachPool(({ path, name, spot, capacityReservationGroup, hostGroup, upgrade }) => {
    if (!spot) {
      return [];
    }
    const reserved = capacityReservationGroup ?? hostGroup;
    return [
      ...oneOf(`${path}.spot.evictionPolicy`, spot.evictionPolicy, ["Delete", "Deallocate"]),
      ...(spot.maxPrice === -1 || /^\d{1,6}(\.\d{1,5})?$/.test(String(spot.maxPrice || "none"))
        ? []
        : [
            {
              path: `${path}.spot.maxPrice`,
              message: `A node cannot cost at most ${spot.maxPrice} US dollars an hour.`,
              remedy:
                "Use -1 for the price of a regular one, or more than 0, with at most five decimals.",
            },
          ]),
      ...(reserved
        ? [
            {
              path: `${path}.spot`,
              message: `The pool "${name}" has spare capacity and reserved machines.`,
              remedy: "Leave spot out, or the capacity reservation group and the host group.",
            },
          ]
        : []),
      ...(Object.values(upgrade).some((value) => value !== undefined)
        ? [
            {
              path: `${path}.upgrade`,
              message: `The pool "${name}" has spare capacity, which upgrades do not add to.`,
              remedy: "Leave upgrade out.",
            },
          ]
        : []),
    ];
  }),
};

const graphics: Rule = {
  code: "HAKS-NODE-009",
  severity: "error",
  title: "Graphics processors are described for sizes that have them.",
  source: "https://learn.microsoft.com/azure/aks/gpu-cluster",
  check: eachPool(({ path, vmSize, gpu }) =>
    gpu
      ? [
          ...oneOf(`${path}.gpu.driver`, gpu.driver ?? "Install", ["Install", "None"]),
          ...(gpu.instance === undefined
            ? []
            : oneOf(`${path}.gpu.instance`, gpu.instance, [
                "MIG1g",
                "MIG2g",
                "MIG3g",
                "MIG4g",
                "MIG7g",
              ])),
          ...(isGraphicsSize(vmSize)
            ? []
            : [
                {
                  path: `${path}.gpu`,
                  message: `${vmSize} has no graphics processors.`,
                  remedy: "Use a size whose name starts with Standard_N, or leave gpu out.",
                },
              ]),
        ]
      : [],
  ),
};

const patchedGraphics: Rule = {
  code: "HAKS-NODE-010",
  severity: "error",
  title: "Graphics nodes with Azure Linux are not patched by the channel SecurityPatch.",
  source: "https://learn.microsoft.com/azure/aks/auto-upgrade-node-os-image",
  check: (spec) =>
    spec.upgrades.nodeOsChannel === "SecurityPatch"
      ? allPools(spec)
          .filter(({ vmSize, osSku }) => isGraphicsSize(vmSize) && osSku?.startsWith("AzureLinux"))
          .map(({ path, name }) => ({
            path: `${path}.osSku`,
            message: `The channel SecurityPatch does not patch the graphics nodes of the pool "${name}" with Azure Linux.`,
            remedy: "Use the channel NodeImage, or Ubuntu.",
            related: ["upgrades.nodeOsChannel"],
          }))
      : [],
};

const LABEL_NAME =
  /^((?=.{1,253}\/)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;
const TAINT = /^([^=:]+)(?:=([^:]*))?:(?:NoSchedule|PreferNoSchedule|NoExecute)$/;
const OF_AKS = /^([^/]*\.)?(kubernetes\.azure\.com|kubernetes\.io|k8s\.io)\//;

const labels: Rule = {
  code: "HAKS-NODE-011",
  severity: "error",
  title: "Labels and taints are ones that Kubernetes takes, and not those of AKS.",
  source: "https://learn.microsoft.com/azure/aks/use-labels",
  check: eachPool(({ path, labels: set = {}, taints }) => [
    ...Object.entries(set)
      .filter(
        ([key, value]) => !LABEL_NAME.test(key) || OF_AKS.test(key) || !LABEL_VALUE.test(value),
      )
      .map(([key, value]) => ({
        path: `${path}.labels.${key}`,
        message: `"${key}: ${value}" is not a label that can be set.`,
        remedy:
          "Use names and values of at most 63 letters, digits, _ . -, and no prefix of Kubernetes or AKS.",
      })),
    ...taints.flatMap((taint, index) => {
      const [, key = "", value = ""] = TAINT.exec(taint) ?? [];
      return LABEL_NAME.test(key) && LABEL_VALUE.test(value) && !OF_AKS.test(key)
        ? []
        : [
            {
              path: `${path}.taints.${index}`,
              message: `"${taint}" is not a taint that can be set.`,
              remedy:
                "Write key=value:NoSchedule, with NoSchedule, PreferNoSchedule or NoExecute, and no prefix of Kubernetes or AKS.",
            },
          ];
    }),
  ]),
};

const poolUpgrades: Rule = {
  code: "HAKS-NODE-012",
  severity: "error",
  title: "An upgrade adds a number of nodes or a share of the pool, and its waits are in minutes.",
  source: "https://learn.microsoft.com/azure/aks/upgrade-options",
  check: eachPool((pool) => {
    const { path, upgrade } = pool;
    const { drainTimeoutMinutes = 30, nodeSoakMinutes = 0 } = upgrade;
    const maxSurge = surgeOf(pool);
    const checks: [boolean, string, string, string][] = [
      [
        SURGE.test(maxSurge) &&
          parseInt(maxSurge, 10) > 0 &&
          !(maxSurge.endsWith("%") && parseInt(maxSurge, 10) > 100),
        "maxSurge",
        `"${maxSurge}" is not a number of nodes or a share of the pool.`,
        'Write "2" or "33%", in quotes: more than 0, and not more than 100%.',
      ],
      [
        isWholeNumber(drainTimeoutMinutes, 1, 1440),
        "drainTimeoutMinutes",
        `An upgrade cannot wait ${drainTimeoutMinutes} minutes for pods.`,
        "Use a whole number from 1 to 1440.",
      ],
      [
        isWholeNumber(nodeSoakMinutes, 0, 30),
        "nodeSoakMinutes",
        `An upgrade cannot wait ${nodeSoakMinutes} minutes after each node.`,
        "Use a whole number from 0 to 30.",
      ],
    ];
    return checks
      .filter(([holds]) => !holds)
      .map(([, key, message, remedy]) => ({ path: `${path}.upgrade.${key}`, message, remedy }));
  }),
};

const rotationNames: Rule = {
  code: "HAKS-NODE-013",
  severity: "error",
  title: "What pools are called while Terraform replaces them is no other pool's name.",
  source: POOLS,
  check: (spec) => {
    const pools = allPools(spec);
    return pools.flatMap((pool, index) =>
      pools.some((other, at) => at < index && isMixedUp(pool, other))
        ? [
            {
              path: `${pool.path}.name`,
              message: `While the pool "${pool.name}" is replaced it is called "${rotationName(pool)}", which another pool is, too.`,
              remedy:
                "Let the names of pools differ in their first nine characters, three for Windows.",
            },
          ]
        : [],
    );
  },
};

/** The rules about machines. */
export const MACHINE_RULES: Rule[] = [
  localDisk,
  sizes,
  systems,
  spotPools,
  deallocated,
  graphics,
  patchedGraphics,
  labels,
  poolUpgrades,
  rotationNames,
];

function isGraphicsSize(vmSize: string): boolean {
  return /^Standard_N/i.test(vmSize);
}

function isMixedUp(one: Pool, other: Pool): boolean {
  // Pools of one name are another rule's.
  return (
    one.name !== other.name &&
    (rotationName(one) === rotationName(other) ||
      rotationName(one) === other.name ||
      rotationName(other) === one.name)
  );
}
