// check --previous: the stacks after the cluster, and the locks of the cluster and of its resource group.
import { join } from "node:path";
import { Edit, at, checked, described, output, run } from "../edited";

describe("the stacks after the cluster", () => {
  const [LOCKED, UNLOCKED] = [{ cluster: true }, { cluster: false }];
  const routing =
    (zones: string[], locks?: object): Edit =>
    (it) => {
      const dnsZones = zones.map((name) => at(name, "dns-rg"));
      it.applicationRouting = zones.length === 0 ? undefined : { dnsZones };
      it.locks = locks;
    };
  const gone = (names: string) => `no longer has anything for ${names}, and no apply destroys`;
  const nothing: Edit = routing([]);

  test.each<[string, Edit, Edit, string | undefined, number]>([
    ["with locks alone", nothing, routing([], LOCKED), "demo-add-ons", 0],
    ["of the NOC", routing([], LOCKED), routing(["a.com"], LOCKED), "demo-add-ons-network", 3],
    [
      "of both teams",
      nothing,
      routing(["a.com"], LOCKED),
      "demo-add-ons and demo-add-ons-network",
      3,
    ],
    ["that stay", routing([], UNLOCKED), routing([], LOCKED), undefined, 3],
  ])(
    "%s are named if, and only if, the description no longer has them",
    async (...[, edit, was, names, status]) => {
      const { out, status: actual } = await checked(edit, was);
      expect(actual).toBe(status);
      expect(out.includes("no longer has anything")).toBe(names !== undefined);
      expect(out).toContain(names === undefined ? "" : gone(names));
      const { out: json } = await checked(edit, was, "--json");
      expect((JSON.parse(json) as { gone: string[] }).gone).toEqual(names?.split(" and ") ?? []);
    },
  );

  test("are named by the review alone, too", async () => {
    const review = join(await output(routing(["a.com"])), "access-review.json");
    const edited = described("gone", nothing);
    const { out } = await run("check", "--config", edited, "--previous", review);
    expect(out).toContain(gone("demo-add-ons-network"));
    const same = described("same", routing(["a.com"]));
    const { out: none } = await run("check", "--config", same, "--previous", review);
    expect(none).not.toContain("no longer has anything");
  });

  test("stay with the others if the cluster gets another name", async () => {
    const { out } = await checked((it) => (it.name = "other"), routing(["a.com"], LOCKED));
    expect(out).toContain("demo-cluster, demo-add-ons and demo-add-ons-network and their states");
    expect(out).not.toContain("no longer has anything");
  });

  test("are not to be destroyed if the other team takes their rights over", async () => {
    const by =
      (team: string, previous?: object): Edit =>
      (it) => {
        routing(["a.com"])(it);
        it.permissions = { grantedBy: { dnsZone: team } };
        it.previous = previous;
      };
    const { out } = await checked(by("identity"), by("network"));
    expect(out).toContain("not handed over");
    expect(out).not.toContain("no longer has anything");
    const handing = by("identity", { permissions: { grantedBy: { dnsZone: "network" } } });
    const afterwards = await checked(by("identity"), handing);
    expect(afterwards.out).toBe("Nothing live changes.\n");
  });

  test("keep a right of an add-on with both resources, since previous cannot", async () => {
    const { out } = await checked(routing(["b.com"]), routing(["a.com"]));
    expect(out).toContain(
      "previous cannot keep 1 lost right of add-ons. To keep it for now, name the old resource beside the new one if the field takes several; otherwise, deploy",
    );
    expect(out).not.toContain("copy the former fields");
    const both = await checked(routing(["a.com", "b.com"]), routing(["a.com"]));
    expect(both.status).toBe(0);
  });
});

describe("the membership in a fleet", () => {
  const fleetManager = { fleet: at("production", "fleet-rg") };
  const member: Edit = (it) => (it.fleetManager = fleetManager);
  const leaves: Edit = () => undefined;

  test("takes its right to leave: the lines to add keep it until then", async () => {
    const { status, out } = await checked(leaves, member);
    expect(status).toBe(3);
    expect(out).toContain("To keep 1 right until the cluster has left its fleet, add");
    expect(out).not.toContain("no action is needed");
    const kept = await checked((it) => (it.previous = { fleetManager }), member);
    expect(kept.out).toContain("fleet-member is destroyed.");
    expect(kept.out).not.toContain("loses");
  });

  test("has nothing to do with rights of other people", async () => {
    const without: Edit = (it) => {
      member(it);
      it.access.kubernetes = [];
    };
    const { out } = await checked(without, member);
    expect(out).toContain("no action is needed");
  });
});

describe("a lock of the cluster or of its resource group", () => {
  const BLOCKED =
    /The locks of the cluster keep (.*) from being deleted.*First set (.*) to false in/;
  const locked =
    (locks: object, edit: Edit = () => undefined): Edit =>
    (it) => {
      it.locks = locks;
      edit(it);
    };
  const [CLUSTER, GROUP] = [{ cluster: true }, { resourceGroup: true }];
  const leaves: Edit = (it) => it.nodePools.user.pop();
  const admins: Edit = (it) => (it.access.kubernetes = []);
  const noMonitoring: Edit = (it) => {
    it.monitoring = {};
    it.exceptions = [{ name: "noMonitoring", reason: "The lab has no log workspace." }];
  };
  const gateway: Edit = (it) =>
    (it.gatewayForContainers = {
      subnet: "aks-gateway",
      gateway: at("shop-gateway", "gateway-rg"),
    });
  const vaultIn =
    (name: string): Edit =>
    (it) =>
      (it.keyVaultProvider = { secretVaults: [at(name, "demo-rg")] });

  test.each<[string, object, Edit, Edit, string, string]>([
    ["a pool", CLUSTER, leaves, locked(CLUSTER), "1 resource", "locks.cluster"],
    ["a pool", GROUP, leaves, locked(GROUP), "1 resource", "locks.resourceGroup"],
    [
      "nodes that rotate",
      CLUSTER,
      (it) => (it.nodePools.system.vmSize = "Standard_D8ds_v5"),
      locked(CLUSTER),
      "1 resource",
      "locks.cluster",
    ],
    ["monitoring", CLUSTER, noMonitoring, locked(CLUSTER), "2 resources", "locks.cluster"],
    ["monitoring", GROUP, noMonitoring, locked(GROUP), "3 resources", "locks.resourceGroup"],
    [
      "rights in the group",
      GROUP,
      admins,
      locked(GROUP),
      "2 role assignments",
      "locks.resourceGroup",
    ],
    ["a pool, and goes later", {}, leaves, locked(CLUSTER), "1 resource", "locks.cluster"],
    [
      "a right of an add-on",
      GROUP,
      vaultIn("two"),
      locked(GROUP, vaultIn("one")),
      "1 role assignment",
      "locks.resourceGroup",
    ],
  ])("keeps %s from being deleted", async (...[, locks, edit, before, what, field]) => {
    const { out } = await checked(locked(locks, edit), before);
    expect(BLOCKED.exec(out)?.slice(1)).toEqual([what, field]);
  });

  test.each<[string, object, Edit, Edit]>([
    ["rights in the group", CLUSTER, admins, locked(CLUSTER)],
    ["a right on the node resource group", GROUP, () => undefined, locked(GROUP, gateway)],
    ["a pool that was not locked", CLUSTER, leaves, () => undefined],
    [
      "a right of an add-on that goes after the lock",
      {},
      vaultIn("two"),
      locked(GROUP, vaultIn("one")),
    ],
    ["an update in place", CLUSTER, (it) => (it.tags = { env: "test" }), locked(CLUSTER)],
  ])("does not keep %s", async (...[, locks, edit, before]) => {
    const { out } = await checked(locked(locks, edit), before);
    expect(out).not.toMatch(BLOCKED);
  });
});
