// The lines of azurerm: which versions the stacks accept, and what they write for each.
import { Testing } from "cdktf";
import { loadConfiguration } from "../../app/config/load";
import { AzurermLine, ClusterSpec, TeamStack, TeamStackProps } from "../../lib";
import { DEFAULT_AZURERM_LINE } from "../../lib/terraform/azurerm-versions";
import { SMALL, StackJson, render, stackJson, stacksOf } from "../scenarios";

const AUTO: ClusterSpec = {
  ...SMALL,
  network: { ...SMALL.network, podNetwork: undefined },
  nodePools: { ...SMALL.nodePools, autoProvisioning: true },
};

const versionOf = ({ terraform }: StackJson) =>
  (terraform.required_providers as { azurerm: { version: string } }).azurerm.version;

const clusterIn = ({ resource }: StackJson) =>
  Object.values(resource?.azurerm_kubernetes_cluster ?? {})[0]!;

describe("the line", () => {
  test("is that of the classes by default", () => {
    expect(DEFAULT_AZURERM_LINE).toBe("~> 4.55");
    expect(versionOf(stackJson(SMALL, "cluster"))).toBe("~> 4.55");
  });

  test.each(Object.values(AzurermLine))("can be %s", (azurermVersion) => {
    expect(versionOf(render(new TeamStack(Testing.app(), "stack", { azurermVersion })))).toBe(
      azurermVersion,
    );
  });

  test("is not another one", () => {
    const azurermVersion = "~> 4.60" as AzurermLine;
    expect(() => new TeamStack(Testing.app(), "stack", { azurermVersion })).toThrow(
      '[stack] azurermVersion "~> 4.60" is not one of ~> 4.55, ~> 4.73, ~> 5.0.',
    );
  });

  const cluster = (spec: ClusterSpec, azurermVersion?: AzurermLine) =>
    stackJson(spec, "cluster", { azurermVersion });

  test("4.55 has node auto-provisioning only where it is on, from 4.57", () => {
    expect(clusterIn(cluster(SMALL))).not.toHaveProperty("node_provisioning_profile");
    expect(clusterIn(cluster(AUTO))).toMatchObject({ node_provisioning_profile: { mode: "Auto" } });
    expect(versionOf(cluster(AUTO))).toBe("~> 4.57");
  });

  test.each([AzurermLine.V4_73, AzurermLine.V5_0])("%s always says it", (line) => {
    expect(clusterIn(cluster(SMALL, line))).toMatchObject({
      node_provisioning_profile: { mode: "Manual" },
    });
    expect(clusterIn(cluster(AUTO, line))).toMatchObject({
      node_provisioning_profile: { mode: "Auto" },
    });
    expect([SMALL, AUTO].map((spec) => versionOf(cluster(spec, line)))).toEqual([line, line]);
  });
});

describe("role assignments", () => {
  const identities = (azurermVersion: AzurermLine) =>
    stackJson(SMALL, "identities", { azurermVersion });
  const ignoredIn = ({ resource }: StackJson) =>
    Object.values(resource?.azurerm_role_assignment ?? {}).map(
      ({ lifecycle }) => (lifecycle as { ignore_changes: string[] }).ignore_changes,
    );

  test.each([AzurermLine.V4_55, AzurermLine.V4_73])(
    "are not replaced for other words in %s",
    (line) => {
      const ignored = ignoredIn(identities(line));
      expect(ignored.length).toBeGreaterThan(0);
      expect(ignored).toEqual(ignored.map(() => ["name", "description"]));
      expect(versionOf(identities(line))).toBe(line);
    },
  );

  test("take other words in place from 5.2 on, and then only that is accepted", () => {
    const ignored = ignoredIn(identities(AzurermLine.V5_0));
    expect(ignored.length).toBeGreaterThan(0);
    expect(ignored).toEqual(ignored.map(() => ["name"]));
    expect(versionOf(identities(AzurermLine.V5_0))).toBe("~> 5.2");
  });
});

describe("federated credentials", () => {
  const { spec } = loadConfiguration("__tests__/workloads.yaml");
  const shop = (props: TeamStackProps) => {
    const { workloads } = stacksOf(spec, props);
    return render(workloads!).resource?.azurerm_federated_identity_credential?.cluster_web_shop;
  };
  const identity = "${azurerm_user_assigned_identity.shop.id}";

  test("have parent_id in 4.55", () => {
    expect(shop({})).toMatchObject({ parent_id: identity, resource_group_name: "hardenedaks" });
    expect(shop({})).not.toHaveProperty("user_assigned_identity_id");
  });

  test.each([AzurermLine.V4_73, AzurermLine.V5_0])(
    "have user_assigned_identity_id in %s",
    (azurermVersion) => {
      const credential = shop({ azurermVersion });
      expect(credential).toMatchObject({ user_assigned_identity_id: identity });
      expect(credential).not.toHaveProperty("parent_id");
      expect(credential).not.toHaveProperty("resource_group_name");
    },
  );
});
