// HAKS-FLEET-024 to 029: names and places that only one cluster can have. Pure.
import { placeKey } from "../../access/fleet-rows";
import { ResolvedSpec } from "../../spec/resolved-spec";
import { NODES, groupsOf } from "../own-groups";
import { networkKey } from "./networks";
import { FleetRule, clusterNames, forEachShared, grouped, lastByName, specsOf } from "./rule";

const ZONES = "https://learn.microsoft.com/azure/dns/private-dns-virtual-network-links";

/** The rule about names, by which findings and stacks tell clusters apart. */
export const UNIQUE_NAMES: FleetRule = {
  code: "HAKS-FLEET-024",
  title: "Clusters of a fleet must have unique names.",
  check: (members, report) => {
    forEachShared(
      members,
      ({ spec }) => spec.name.toLowerCase(),
      ({ spec }, others) => {
        const isOne = others.some((other) => clusterKey(other.spec) === clusterKey(spec));
        report(
          spec,
          "name",
          isOne
            ? `The cluster "${spec.name}" in the resource group "${spec.resourceGroup.name}" has ${others.length + 1} descriptions.`
            : `${others.length + 1} clusters have the name "${spec.name}", and stacks, folders and states are named after clusters.`,
          "Give each cluster a unique name, and one description.",
        );
      },
    );
  },
};

/** The rules about places. */
export const FLEET_PLACE_RULES: readonly FleetRule[] = [
  {
    code: "HAKS-FLEET-025",
    title: "Clusters of a fleet must be in one tenant.",
    check: (members, report) => {
      const tenants = grouped(members, ({ spec }) => spec.tenantId?.toLowerCase());
      const [first = [], ...rest] = tenants.values();
      for (const others of rest) {
        const { spec } = lastByName(others);
        report(
          spec,
          "tenantId",
          `${clusterNames(specsOf(others))} and ${clusterNames(specsOf(first))} are in different tenants: ${spec.tenantId} and ${first[0]?.spec.tenantId}.`,
          "Make a fleet of each tenant: they share no identity, role or group.",
        );
      }
    },
  },
  {
    code: "HAKS-FLEET-026",
    title:
      "The node resource group must have a name that no other resource group of the subscription has.",
    source: "https://learn.microsoft.com/azure/aks/faq",
    check: (members, report) => {
      const groups = members.flatMap(({ spec }) => groupsOf(spec));
      for (const uses of grouped(groups, ({ key }) => key).values()) {
        const made = uses.filter(({ path }) => path === NODES);
        const last = lastByName(uses);
        const rest = specsOf(uses.filter(({ path }) => path !== NODES));
        if (made.some(({ spec }) => uses.some((use) => use.spec !== spec))) {
          report(
            last.spec,
            last.path,
            `AKS creates and deletes the resource group "${last.name}" for the nodes of ${clusterNames(specsOf(made))}${rest.length > 0 ? `, and ${clusterNames(rest)} cannot be in it` : ", and can do so for one cluster only"}.`,
            "Give nodeResourceGroup another name, or use another resource group.",
          );
        }
      }
    },
  },
  {
    code: "HAKS-FLEET-027",
    title: "A resource group must be created by at most one cluster.",
    check: (members, report) => {
      const created = members.flatMap(({ spec }) => groupsOf(spec).filter(({ create }) => create));
      forEachShared(
        created,
        ({ key }) => key,
        ({ spec, path, name }, others) => {
          report(
            spec,
            path.replace(/name$/, "create"),
            `The stacks of ${clusterNames(specsOf(others))} create the resource group "${name}", too.`,
            "Set create in one description, or in none.",
          );
        },
      );
    },
  },
  {
    code: "HAKS-FLEET-028",
    title: "Private API servers must have different names in a private DNS zone.",
    source: "https://learn.microsoft.com/azure/aks/private-clusters",
    check: (members, report) => {
      forEachShared(
        members,
        ({ spec }) => {
          const { zone, fqdnSubdomain } = spec.privateDns;
          return zone && fqdnSubdomain && `${placeKey(zone, spec)} ${fqdnSubdomain}`.toLowerCase();
        },
        ({ spec }, others) => {
          const { zone, fqdnSubdomain = "" } = spec.privateDns;
          report(
            spec,
            "privateDns.fqdnSubdomain",
            `The API servers of ${clusterNames([...specsOf(others), spec])} have the name "${fqdnSubdomain}" in the zone "${zone?.name}".`,
            "Give each another subdomain.",
          );
        },
      );
    },
  },
  {
    code: "HAKS-FLEET-029",
    title: "Clusters of one virtual network must not use different private DNS zones of one name.",
    source: ZONES,
    check: (members, report) => {
      const zones = members.flatMap(({ spec }) =>
        spec.privateDns.zone ? [{ spec, zone: spec.privateDns.zone }] : [],
      );
      const keyOf = ({ spec, zone }: (typeof zones)[number]) =>
        `${networkKey(spec)} ${zone.name}`.toLowerCase();
      for (const group of grouped(zones, keyOf).values()) {
        const { spec, zone } = lastByName(group);
        const others = group.filter((one) => placeKey(one.zone, one.spec) !== placeKey(zone, spec));
        if (others.length > 0) {
          report(
            spec,
            "privateDns.zone",
            `The zone "${zone.name}" is another one in ${clusterNames(specsOf(others))}, and a virtual network can have a link to only one zone of a name.`,
            "Use one zone for all clusters of the virtual network.",
          );
        }
      }
    },
  },
];

function clusterKey({ name, resourceGroup, subscriptionId = "" }: ResolvedSpec): string {
  return `${subscriptionId} ${resourceGroup.name} ${name}`.toLowerCase();
}
