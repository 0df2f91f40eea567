// The fields of node pools in haks.yaml. Pure.
import {
  AutoscalerExpander,
  EvictionPolicy,
  GpuDriver,
  GpuInstance,
  OperatingSystem,
  OsSku,
} from "../../lib";
import * as v from "valibot";
import { NAME_RULES } from "../../lib/spec/naming";
import {
  choice,
  flag,
  group,
  list,
  meta,
  named,
  resource,
  text,
  wholeNumber,
} from "./schema-fields";

const { optional } = v;

export const poolFields = {
  vmSize: text(
    "Size of the virtual machines; with a local disk of 128 GiB or more.",
    "Standard_D4ds_v5",
  ),
  minCount: optional(wholeNumber("Fewest nodes. Default: 3.", 1, 1000)),
  maxCount: optional(
    wholeNumber("Most nodes; more than minCount turns autoscaling on. Default: minCount.", 1, 1000),
  ),
  zones: optional(
    list(
      "Availability zones: 1, 2, 3. Default: all three.",
      v.pipe(v.union([v.string(), v.number()]), v.transform(String)),
    ),
  ),
  maxPods: optional(wholeNumber("Most pods on a node. Default: 110.", 10, 250)),
  subnet: optional(
    named(
      NAME_RULES.subnet,
      "Name of a subnet in the cluster's virtual network. Default: network.nodeSubnet.",
      "aks-nodes",
    ),
  ),
  capacityReservationGroup: optional(
    resource(
      "Capacity reservation group that the nodes take their capacity from. Default: none.",
      "Microsoft.Compute/capacityReservationGroups",
    ),
  ),
  hostGroup: optional(
    resource(
      "Dedicated host group that the nodes run on. Default: none.",
      "Microsoft.Compute/hostGroups",
    ),
  ),
  osSku: optional(
    choice(
      "Operating system. Default: that of AKS for the Kubernetes version.",
      Object.values(OsSku),
    ),
  ),
  osDiskSizeGb: optional(
    wholeNumber("Size of the disk in GiB. Default: as large as the local disk.", 30, 2048),
  ),
  fips: optional(
    flag("Whether the cryptographic modules are those validated for FIPS 140. Default: false."),
  ),
  labels: optional(
    v.pipe(v.record(v.string(), v.string()), meta("Labels of the nodes. Default: none.")),
  ),
  upgrade: optional(
    group("How the pool is upgraded; not for spot pools.", {
      maxSurge: optional(
        text(
          'Nodes that an upgrade adds, in quotes: "2", or a share such as "33%". Default: "33%".',
          "33%",
        ),
      ),
      drainTimeoutMinutes: optional(
        wholeNumber("Minutes that an upgrade waits for the pods of a node. Default: 30.", 1, 1440),
      ),
      nodeSoakMinutes: optional(
        wholeNumber("Minutes that an upgrade waits after each node. Default: none.", 0, 30),
      ),
    }),
  ),
};

export const userPoolFields = {
  ...poolFields,
  os: optional(choice("Operating system. Default: Linux.", Object.values(OperatingSystem))),
  taints: optional(
    list(
      "Taints of the nodes. Default: none; spot pools have the one of AKS.",
      text("A taint.", "sku=gpu:NoSchedule"),
    ),
  ),
  spot: optional(
    group("Spare capacity, which Azure takes back when it needs it.", {
      maxPrice: optional(
        v.pipe(
          v.number(),
          meta("Most US dollars an hour; -1 for the price of a regular one. Default: -1."),
        ),
      ),
      evictionPolicy: optional(
        choice(
          "What happens to a node that is taken back. Default: Delete.",
          Object.values(EvictionPolicy),
        ),
      ),
    }),
  ),
  gpu: optional(
    group("The graphics processors, if the size has any.", {
      driver: optional(
        choice(
          "Who brings the driver: AKS, or an operator in the cluster. Default: Install.",
          Object.values(GpuDriver),
        ),
      ),
      instance: optional(
        choice("How a processor is divided. Default: not divided.", Object.values(GpuInstance)),
      ),
    }),
  ),
};

const duration = (description: string) => text(description, "10m");

export const autoscaler = group("When the autoscaler adds and removes nodes, for all pools.", {
  expander: optional(
    choice("Which pool grows. Default: random.", Object.values(AutoscalerExpander)),
  ),
  balanceSimilarNodeGroups: optional(
    flag("Whether pools of one kind grow evenly. Default: false."),
  ),
  scaleDownUnneeded: optional(
    duration("How long a node is not needed before it goes. Default: 10m."),
  ),
  scaleDownDelayAfterAdd: optional(
    duration("How long after a node was added the first may go. Default: 10m."),
  ),
  scaleDownUtilizationThreshold: optional(
    v.pipe(
      v.number(),
      meta("Share of a node's resources below which it is not needed. Default: 0.5.", {
        minimum: 0,
        maximum: 1,
      }),
    ),
  ),
  maxGracefulTerminationSeconds: optional(
    wholeNumber("Seconds that pods get to end when their node goes. Default: 600.", 0, 86_400),
  ),
  skipNodesWithLocalStorage: optional(
    flag("Whether nodes stay that have pods with local storage. Default: false."),
  ),
  skipNodesWithSystemPods: optional(
    flag("Whether nodes stay that have pods of the system. Default: true."),
  ),
});

export const poolName = (description: string) => named(NAME_RULES.nodePool, description, "apps");
