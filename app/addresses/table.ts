// The address plan as text: one table of the subnets, then the ranges. Pure.
import { AddressPlan, RangePlan } from "../../lib";

const HEAD = ["Subnet", "Range", "What is in it", "Needed", "Available", "Spare", "Further nodes"];

/** The columns of numbers, which stand to the right. */
const NUMBERS = 3;

const UNKNOWN = "?";

/** The plan for people: a text that ends with a new line. */
export function addressTable(plan: AddressPlan): string {
  const rows = plan.subnets.flatMap(subnetRows);
  return [...aligned([HEAD, ...rows]), "", ...ranges(plan), "", ...words(plan), ""].join("\n");
}

function subnetRows({ name, cidr, _demands: demands, ...plan }: RangePlan): string[][] {
  const { needed, neededPrefix, available, spare, furtherNodes } = plan;
  const range = cidr ?? `/${neededPrefix} or larger`;
  const total = [
    String(needed),
    number(available),
    number(spare),
    demands.some(({ kind }) => GROWING.includes(kind)) ? number(furtherNodes) : "-",
  ];
  if (demands.length === 0) {
    return [[name, range, "nothing of this cluster", ...total]];
  }
  return [
    ...demands.map(({ what, addresses }, index) => [
      index === 0 ? name : "",
      index === 0 ? range : "",
      what,
      String(addresses),
    ]),
    ["", "", "all", ...total],
  ];
}

/** What grows with the number of nodes. */
const GROWING = ["nodes", "nodesAndPods", "pods"];

function ranges({
  _podNetwork: podNetwork,
  podRange,
  serviceCidr,
  dnsServiceIp,
}: AddressPlan): string[] {
  const pods = podRange
    ? [
        `${podRange.cidr},`,
        `a /24 for each node: ${podRange.needed} needed, ${number(podRange.available)} available,`,
        `${number(podRange.spare)} spare, ${number(podRange.furtherNodes)} further nodes`,
      ].join(" ")
    : podNetwork === "flat"
      ? "in the subnets of the nodes"
      : "in a subnet of their own";
  return aligned([
    ["Pods", pods],
    ["Services", serviceCidr],
    ["DNS service", dnsServiceIp ?? UNKNOWN],
  ]);
}

function words({ subnets, furtherNodes, autoProvisioning }: AddressPlan): string[] {
  const unknown = subnets.filter(({ available }) => available === undefined);
  return [
    "Counted are the most nodes of each pool and those that an upgrade adds, with the most pods on each.",
    ...(furtherNodes === undefined
      ? []
      : [
          `The ranges that are known have room for ${furtherNodes} further nodes, whichever pool gets them all.`,
        ]),
    ...(unknown.length === 0
      ? []
      : [
          `The range of ${unknown.map(({ name }) => name).join(", ")} is not known: give it in network.subnets.`,
        ]),
    ...(autoProvisioning
      ? ["Nodes that node auto-provisioning makes come on top; they are not counted."]
      : []),
  ];
}

function number(value: number | undefined): string {
  return value === undefined ? UNKNOWN : String(value);
}

function aligned(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column < NUMBERS ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
}
