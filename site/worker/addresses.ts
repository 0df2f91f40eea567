// The address plan as bars. Pure.
import { addressTable } from "../../app/addresses/table";
import { AddressPlan, RangePlan } from "../../lib/addresses/address-plan";
import { Addresses, Bar } from "../messages";

/** Returns a bar for each subnet, and one for the pods of an overlay. */
export function addressesOf(plan: AddressPlan): Addresses {
  return {
    bars: [
      ...plan.subnets.map((subnet) => barOf(subnet, "addresses")),
      ...(plan.podRange ? [podBar(plan.podRange)] : []),
    ],
    text: addressTable(plan),
  };
}

function podBar(range: RangePlan): Bar {
  const nodes = { kind: "nodes", words: "a /24 for each node", addresses: range.needed };
  return { ...barOf(range, "/24 blocks"), parts: [nodes] };
}

function barOf({ name, cidr, neededPrefix, _demands: demands, ...plan }: RangePlan, unit: string) {
  const { needed, available, spare, furtherNodes } = plan;
  return {
    name,
    range: cidr ?? `/${neededPrefix} or larger`,
    parts: demands.map(({ kind, what, addresses }) => ({ kind, words: what, addresses })),
    ...{ needed, available, spare, furtherNodes, unit },
  };
}
