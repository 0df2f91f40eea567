// A description, the exports of the cluster that its stacks make, and the description of these exports.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseConfiguration } from "../../app/config/configuration";
import { discover } from "../../app/discover/discover";
import { readExports } from "../../app/discover/read-folder";
import { ClusterSpec, Principal, ResourceReference } from "../../lib";
import { ResolvedSpec, resolveSpec } from "../../lib/spec/resolved-spec";
import { addressesOf, inScratch, once, specOf, stackJson } from "../scenarios";
import { SUBSCRIPTION, TENANT } from "../hcl/azure";
import { exportsOf, objectIdOf } from "../app/discover/exports-of";

/** A description that was made from the exports of a cluster. */
function discovered(spec: ClusterSpec) {
  return inScratch((folder) => {
    for (const [file, content] of Object.entries(exportsOf(spec))) {
      writeFileSync(join(folder, file), JSON.stringify(content));
    }
    const { text, report } = discover(readExports(folder), folder);
    return { spec: parseConfiguration("haks.yaml", text).spec, report, text };
  });
}

interface Values {
  readonly [name: string]: unknown;
}

/**
 * A description for comparisons: references and principals by their ids, and without what Azure does not have, each
 * for its reason.
 */
function comparable(spec: ClusterSpec): Values {
  const resolved = resolveSpec(spec);
  const home = spec.subscriptionId ?? SUBSCRIPTION.split("/").at(-1)!;
  const { network, identities, nodePools, permissions, resourceGroup, ...rest } = resolved;
  const used = usedSubnets(resolved);
  return byId(
    {
      ...rest,
      // Who creates what exists does not show.
      resourceGroup: { name: resourceGroup.name },
      identities: ["controlPlane", "kubelet"].map((kind) => {
        const {
          name,
          resourceGroup: group,
          subscriptionId,
        } = identities[kind as "controlPlane" | "kubelet"];
        return { name, group, subscriptionId };
      }),
      // Nor does the team that grants, a range that no subnet of the cluster has, and a guess about services.
      permissions: { roleSet: permissions.roleSet.kind },
      network: {
        ...network,
        subnets: network.subnets.filter(({ name }) => used.includes(name)),
        internalLoadBalancers: undefined,
      },
      nodePools: {
        ...nodePools,
        user: [...nodePools.user].sort((a, b) => (a.name < b.name ? -1 : 1)),
      },
      // A list of az has an order of its own.
      flux: resolved.flux && {
        ...resolved.flux,
        configurations: [...resolved.flux.configurations].sort((a, b) =>
          a.name < b.name ? -1 : 1,
        ),
      },
      // Terraform has these alone.
      timeouts: undefined,
      preflight: undefined,
      ignoreChanges: undefined,
      subscriptionId: home,
      tenantId: spec.tenantId ?? TENANT,
      exceptions: resolved.exceptions.map(({ name }) => name).sort(),
      // Reasons, and the order of lists, are for people.
      registries: sorted(resolved.registries.map((one) => byId(one, home))),
      access: Object.fromEntries(
        Object.entries(resolved.access).map(([name, list]) => [
          name,
          sorted((list as unknown[]).map((one) => byId(one, home))),
        ]),
      ),
    },
    home,
  ) as Values;
}

function usedSubnets({ network, nodePools }: ResolvedSpec): string[] {
  const pools = [nodePools.system, ...nodePools.user];
  return [
    ...pools.flatMap(({ subnet, podSubnet }) => [subnet, podSubnet ?? ""]),
    network.apiServerSubnet ?? "",
    ...network.loadBalancerSubnets,
  ];
}

function sorted(list: unknown[]): unknown[] {
  return list.map((one) => JSON.stringify(one)).sort();
}

function byId(value: unknown, home: string): unknown {
  if (value instanceof ResourceReference) {
    const [, subscription = value.subscriptionId ?? home] =
      /^\/subscriptions\/([^/]+)/.exec(value.id ?? "") ?? [];
    return [subscription, value.resourceGroup, value.name].join("/").toLowerCase();
  }
  if (value instanceof Principal) {
    return { type: value.principalType, id: value.objectId ?? objectIdOf(value.name) };
  }
  if (Array.isArray(value)) {
    return value.map((one) => byId(one, home));
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, byId(one, home)]))
    : value;
}

const NAMES = ["lab", "enterprise", "every-feature", "landing-zone"];

const made = Object.fromEntries(NAMES.map((name) => [name, once(() => discovered(specOf(name)))]));

const found = (name: string) => made[name]!();

describe.each(NAMES)("the cluster of %s", (name) => {
  test("has the description that it was made from", () => {
    expect(comparable(found(name).spec)).toEqual(comparable(specOf(name)));
  });

  test("has the rights that its stacks grant, and no others", () => {
    const { rights, excess } = found(name).report;
    expect(rights.filter(({ status }) => status !== "has")).toEqual([]);
    expect(rights.length).toBeGreaterThan(0);
    expect(excess).toEqual([]);
  });

  test("has no setting that is weaker than the hardened defaults without an exception", () => {
    const { exceptions = [] } = specOf(name);
    const known = exceptions.map((one): string => one.name);
    expect(
      found(name).report.weaker.filter(({ exception = "" }) => !known.includes(exception)),
    ).toEqual([]);
  });
});

// In every-feature, deployers are found by their names, and addresses have their object ids after discover.
test.each(NAMES.filter((name) => name !== "every-feature"))(
  "the description of %s has the resources of the original in its stacks",
  (name) => {
    for (const role of ["identities", "network-permissions", "cluster"] as const) {
      const resources = (spec: ClusterSpec) =>
        addressesOf(stackJson(spec, role)).filter(
          // Who creates the resource group does not show.
          (one) => !/^data\.|^azurerm_resource_group\./.test(one),
        );
      expect(resources(found(name).spec)).toEqual(resources(specOf(name)));
      expect(resources(specOf(name)).length).toBeGreaterThan(0);
    }
  },
);
