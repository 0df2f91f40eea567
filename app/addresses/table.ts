// Renders the address plan as text: a table of the subnets, then the ranges. Pure.
import { AddressPlan, RangePlan } from "../../lib";
import { count, listed } from "../review/text";

const HEAD = ["Subnet", "Range", "Use", "Needed", "Available", "Spare", "Further nodes"];

/** Index of the first column of numbers, which are aligned right. */
const FIRST_NUMBER = 3;

const UNKNOWN = "?";

/** Returns the address plan as a text that ends with a new line. */
export function addressTable(plan: AddressPlan): string {
  const rows = plan.subnets.flatMap(subnetRows);
  return [...aligned([HEAD, ...rows]), "", ...ranges(plan), "", ...notes(plan), ""].join("\n");
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
    return [[name, range, "not used by this cluster", ...total]];
  }
  return [
    ...demands.map(({ what, addresses }, index) => [
      index === 0 ? name : "",
      index === 0 ? range : "",
      what,
      String(addresses),
    ]),
    ["", "", "total", ...total],
  ];
}

/** Kinds of demand that grow with the number of nodes. */
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
      : "in a separate subnet";
  return aligned([
    ["Pods", pods],
    ["Services", serviceCidr],
    ["DNS service", dnsServiceIp ?? UNKNOWN],
  ]);
}

function notes({ subnets, furtherNodes, autoProvisioning }: AddressPlan): string[] {
  const unknown = subnets.filter(({ available }) => available === undefined);
  return [
    "Needed: the maximum number of nodes in each pool, plus nodes for upgrades, with the maximum number of pods on each.",
    ...(furtherNodes === undefined
      ? []
      : [
          `The known ranges have room for ${count(furtherNodes, "further node")}, regardless of the pool.`,
        ]),
    ...(unknown.length === 0
      ? []
      : [
          unknown.length === 1
            ? `The range of ${unknown[0]!.name} is unknown: set it in network.subnets.`
            : `The ranges of ${listed(unknown.map(({ name }) => name))} are unknown: set them in network.subnets.`,
        ]),
    ...(autoProvisioning
      ? ["Nodes of node auto-provisioning need additional addresses, which are not included."]
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
        column < FIRST_NUMBER
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
}
