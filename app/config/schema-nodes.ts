// The fields of node pools in haks.yaml. Pure.
import * as v from "valibot";
import { NAME_RULES } from "../../lib/spec/naming";
import { list, named, resource, text, wholeNumber } from "./schema-fields";

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
};

export const poolName = (description: string) => named(NAME_RULES.nodePool, description, "apps");
