// check --previous: the forms of what is compared and of what is said, and the page about changes.
import { join } from "node:path";
import { CHANGED_FIELDS } from "../../build/docs/changed-fields";
import { changesPage } from "../../build/docs/changes";
import { textOf } from "../scenarios";
import { Edit, Fields, at, kms, folder, run, described, output, checked } from "../edited";

describe("the earlier version", () => {
  const vault: Edit = (it) => (it.kms = kms("vault-two"));

  test("may be a review alone: it compares rights, and says that resources are not compared", async () => {
    const file = described("edited", vault);
    const review = join(await output(), "access-review.json");
    const { status, out } = await run("check", "--config", file, "--previous", review);
    expect(status).toBe(3);
    expect(out).toContain("name: vault-one");
    expect(out).toContain("Only rights were compared for demo-identities");
  });

  test("may be stacks alone: then assignments tell of rights", async () => {
    const file = described("edited", vault);
    const out = await output();
    const stack = join(out, "stacks", "demo-identities");
    const result = await run("check", "--config", file, "--previous", stack);
    expect(result.status).toBe(3);
    expect(result.out).toContain("keys-rg-vault-one is destroyed.");
  });

  test("may be a folder that was handed over", async () => {
    const handed = join(folder, "handed");
    const file = described("handed");
    await run("handoff", "--config", file, "--out", handed, "--no-lock");
    const same = await run("check", "--config", file, "--previous", handed);
    expect([same.status, same.out]).toEqual([0, "Nothing live changes.\n"]);
    const other = await run("check", "--config", described("edited", vault), "--previous", handed);
    expect(other.status).toBe(3);
  });

  test.each([
    ["docs", "The folder contains neither access-review.json nor stacks."],
    ["nowhere", "The path cannot be read: no such file or directory."],
    ["package.json/x", "The path cannot be read: a part of the path is a file, not a folder."],
    ["package.json", "This is not an access review:"],
    ["help", "The file is not JSON:"],
  ])("%s is refused", async (path, words) => {
    const { status, err } = await run("check", "--config", described("edited"), "--previous", path);
    expect(status).toBe(1);
    expect(err).toContain(`${path}: error HAKS-FILE-007: ${words}`);
    expect(err).not.toContain("--out");
  });
});

describe("another line of azurerm", () => {
  const shop: Fields = {
    name: "shop",
    serviceAccounts: [{ namespace: "web", name: "shop" }],
    rights: [
      {
        role: "Key Vault Secrets User",
        resourceType: "Microsoft.KeyVault/vaults",
        scope: at("shop-vault", "shop-rg"),
        why: "The shop reads its password.",
      },
    ],
  };
  const onLine =
    (azurermVersion: string, why = "The shop reads its password."): Edit =>
    (it) => {
      it.workloads = [{ ...shop, rights: [{ ...(shop.rights as Fields[])[0], why }] }];
      it.terraform = { azurermVersion };
    };

  test.each(["~> 4.73", "~> 5.0"])("%s replaces nothing", async (line) => {
    const { status, out } = await checked(onLine(line), onLine("~> 4.55"));
    expect(status).toBe(0);
    expect(
      out
        .trimEnd()
        .split("\n")
        .map((text) => text.trim()),
    ).toEqual([
      "Platform team, demo-cluster",
      expect.stringMatching(/^updated in place .*: node_provisioning_profile\.mode\.$/),
      "Identity team, demo-workloads",
      expect.stringMatching(/^retained .*cluster_web_shop keeps the value of resource_group_name,/),
      "Nothing live is lost: 1 retained, 1 updated in place.",
    ]);
  });

  test.each(["~> 4.73", "~> 5.0"])("%s: other words of a right replace nothing", async (line) => {
    const words = onLine(line, "The shop reads its password and its key.");
    const { status, out } = await checked(words, onLine(line));
    expect([status, out]).toEqual([0, "Nothing live changes.\n"]);
  });
});

describe("a prefix of the stacks", () => {
  const prefix = (stackPrefix: string): Edit => {
    return (it) => (it.terraform = { stackPrefix });
  };
  const prod = prefix("prod");
  const moved = "demo-identities is now prod-demo-identities, demo-network-permissions is now";

  test("that comes later moves the states, which is said", async () => {
    const { out } = await checked(prod);
    expect(out).toContain(moved);
    expect(out).toMatch(/\nNothing live changes, once the states are moved\.\n$/);
    const { out: json } = await checked(prod, undefined, "--json");
    expect(JSON.parse(json)).toMatchObject({
      notCompared: [],
      renamed: expect.arrayContaining([
        { from: "demo-cluster", to: "prod-demo-cluster" },
      ]) as object,
    });
  });

  test("that comes later is said from the stacks alone, and other edits are compared", async () => {
    const stacks = join(await output(), "stacks", "demo-identities");
    const edited = described("prefixed", (it) => {
      prod(it);
      it.registries = [];
    });
    const { status, out } = await run("check", "--config", edited, "--previous", stacks);
    expect(status).toBe(3);
    expect(out).toContain("demo-identities is now prod-demo-identities. Terraform");
    expect(out).toContain("is destroyed.");
  });

  test("that changes or goes moves them, too", async () => {
    const { out: other } = await checked(prefix("test"), prod);
    expect(other).toContain("prod-demo-cluster is now test-demo-cluster");
    const { out: none } = await checked(() => undefined, prod);
    expect(none).toContain("prod-demo-cluster is now demo-cluster");
  });

  test("that stays moves nothing, and stacks with it are compared", async () => {
    const { out } = await checked(prod, prod);
    expect(out).toBe("Nothing live changes.\n");
  });

  test("is not taken for that of a cluster with another name", async () => {
    const { out } = await checked(
      () => undefined,
      (it) => (it.name = "my-demo"),
    );
    expect(out).toContain('The name changes from "my-demo" to "demo"');
    expect(out).not.toContain("is now");
  });
});

describe("the lines to add", () => {
  test("lose nothing when they are added", async () => {
    const edit: Edit = (it) => {
      it.kms = kms("vault-two");
      it.network.nodeSubnet = "other-nodes";
      it.registries = [at("registrytwo", "registry-rg")];
    };
    const { out } = await checked(edit, undefined, "--json");
    const { remedy, rights } = JSON.parse(out) as {
      readonly remedy: { readonly previous: Fields; readonly rights: unknown[] };
      readonly rights: { readonly change: string }[];
    };
    expect(remedy.rights).toHaveLength(rights.filter(({ change }) => change === "lost").length);
    const kept = await checked((it) => {
      edit(it);
      it.previous = remedy.previous;
    });
    expect(kept.status).toBe(0);
    expect(kept.out).not.toContain(" lost ");
  });
});

describe("the forms", () => {
  const edit: Edit = (it) => it.nodePools.user.pop();

  test("JSON has the same facts", async () => {
    const { status, out } = await checked(edit, undefined, "--json");
    expect(status).toBe(3);
    expect(JSON.parse(out)).toMatchObject({
      cluster: "demo",
      lost: true,
      rights: [],
      resources: [
        {
          change: "destroyed",
          team: "platform",
          stack: "demo-cluster",
          address: "azurerm_kubernetes_cluster_node_pool.cluster_more",
          attributes: [],
        },
      ],
      notCompared: [],
    });
  });

  test("Markdown has them for a pull request", async () => {
    const { status, out } = await checked(edit, undefined, "--markdown");
    expect(status).toBe(3);
    expect(out).toMatch(/^## Changes to the deployed cluster\n/);
    expect(out).toContain("- **destroyed**: azurerm");
  });

  test("cannot be two at once", async () => {
    const { status, out } = await checked(edit, undefined, "--markdown", "--json");
    expect([status, out]).toEqual([2, expect.stringContaining("without --json")]);
  });

  test("of findings stay as they are without an earlier version", async () => {
    const { status, out } = await run("check", "--config", described("edited"));
    expect([status, out]).toEqual([0, expect.stringContaining("no errors")]);
    expect(textOf("app/cli/program.ts")).toContain("--previous <path>");
  });
});

describe("rights of workloads", () => {
  const right = (name: string, more: Fields = { role: "Key Vault Secrets User" }) => ({
    ...more,
    resourceType: "Microsoft.KeyVault/vaults",
    scope: at(name, "shop-rg"),
    why: "The shop reads its password.",
  });
  const actions = ["Microsoft.KeyVault/vaults/read"];
  const shop =
    (...rights: Fields[]): Edit =>
    (it) => {
      const serviceAccounts = [{ namespace: "web", name: "shop" }];
      it.workloads = [{ name: "shop", serviceAccounts, rights }];
    };

  test("are kept by the lines to add, all in one list", async () => {
    const before = shop(right("one"), right("two"), right("three", { actions }));
    const edit = shop(right("one"));
    const { status, out } = await checked(edit, before, "--json");
    const { remedy, rights } = JSON.parse(out) as {
      readonly remedy: { readonly previous: Fields; readonly rights: unknown[] };
      readonly rights: { readonly change: string }[];
    };
    expect([status, rights.map(({ change }) => change)]).toEqual([3, ["lost", "lost"]]);
    expect(remedy.rights).toHaveLength(2);
    const kept = await checked((it) => {
      edit(it);
      it.previous = remedy.previous;
    }, before);
    expect([kept.status, kept.out]).toEqual([0, expect.stringContaining("2 kept")]);
  });

  test("are handed over by the lines to add", async () => {
    const by = (grantedBy: string) =>
      shop(right("one"), right("two", { role: "Key Vault Secrets User", grantedBy }));
    const { out } = await checked(by("identity"), by("network"), "--json");
    const { remedy, gone } = JSON.parse(out) as {
      readonly remedy?: { readonly previous: Fields };
      readonly gone: string[];
    };
    expect(gone).toEqual([]);
    const handed = await checked((it) => {
      by("identity")(it);
      it.previous = remedy?.previous;
    }, by("network"));
    expect([handed.status, handed.out]).toEqual([0, expect.stringContaining("1 handed over")]);
  });

  test("are lost with the workload, and no lines help", async () => {
    const { status, out } = await checked((it) => (it.workloads = []), shop(right("one")));
    expect(status).toBe(3);
    expect(out).toContain(
      "no longer has anything for demo-workloads, and no apply destroys it: role assignments, trusted access role bindings, identities and locks in it stay. Destroy it with the deployed version",
    );
    expect(out).not.toContain("no action is needed");
  });
});

describe("rights of the controller of a gateway", () => {
  const gateway =
    (subnet: string, resourceGroup: string): Edit =>
    (it) => {
      it.gatewayForContainers = { subnet, gateway: at("shop-gateway", resourceGroup) };
    };

  test.each([
    ["on its subnet", gateway("aks-gateway-2", "gateway-rg")],
    ["on the resource group of the gateway", gateway("aks-gateway", "other-rg")],
  ])("%s are kept by the lines to add", async (_, edit) => {
    const before = gateway("aks-gateway", "gateway-rg");
    const { status, out } = await checked(edit, before, "--json");
    const { remedy, rights } = JSON.parse(out) as {
      readonly remedy: { readonly previous: Fields };
      readonly rights: { readonly change: string }[];
    };
    expect([status, rights.map(({ change }) => change)]).toEqual([3, ["lost", "added"]]);
    expect(Object.keys(remedy.previous)).toEqual(["gatewayForContainers"]);
    const kept = await checked((it) => {
      edit(it);
      it.previous = remedy.previous;
    }, before);
    expect([kept.status, kept.out]).toEqual([0, expect.stringContaining("1 kept")]);
  });

  test("are lost with the gateway", async () => {
    const { status } = await checked(() => undefined, gateway("aks-gateway", "gateway-rg"));
    expect(status).toBe(3);
  });
});

describe("an edit of Flux", () => {
  const flux =
    (...kustomizations: Fields[]): Edit =>
    (it) => {
      const repository = { url: "https://github.com/example/apps" };
      const apps = { name: "apps", namespace: "apps", repository, kustomizations };
      it.flux = { configurations: kustomizations.length === 0 ? [] : [apps] };
    };
  const base = { name: "base", path: "./base" };
  const shop = { name: "shop", path: "./shop", prune: true };

  test.each<[string, Edit]>([
    ["removes a kustomization", flux(base)],
    ["gives one another path", flux(base, { ...shop, path: "./other" })],
    ["leaves one of two", flux({ ...base, prune: true })],
  ])("that %s with prune deletes what it applied", async (_, edit) => {
    const { status, out } = await checked(edit, flux(base, shop));
    expect(status).toBe(3);
    expect(out.replace(/\s+/g, " ")).toMatch(
      /pruned azurerm_kubernetes_flux_configuration.cluster_apps changes kustomizations[^:]*: Flux deletes everything/,
    );
  });

  test.each<[string, Edit, Edit]>([
    ["removes one without prune", flux(shop), flux(base, shop)],
    ["turns prune off", flux(base, { ...shop, prune: false }), flux(base, shop)],
    ["adds one", flux(base, shop), flux(shop)],
    ["changes an interval", flux({ ...shop, syncIntervalSeconds: 60 }), flux(shop)],
  ])("that %s deletes nothing", async (_, edit, before) => {
    const { status, out } = await checked(edit, before);
    expect(status).toBe(0);
    expect(out).toContain("1 updated in place");
  });

  test("that removes a configuration is destroyed, and said so", async () => {
    const { status, out } = await checked(flux(), flux(shop));
    expect(status).toBe(3);
    expect(out.replace(/\s+/g, " ")).toContain(
      "cluster_apps is destroyed, and Flux deletes everything that its kustomizations with prune have applied.",
    );
  });
});

describe("a lock on an identity", () => {
  const LOCKED = "The locks on";
  const removal: Edit = (it) => (it.access.deployers = []);
  const unlock: Edit = (it) => (it.identities = { ...it.identities, locked: false });

  test("keeps role assignments there: the order is said, with stack and field", async () => {
    const { status, out } = await checked(removal);
    expect(status).toBe(3);
    expect(out.replace(/\s+/g, " ")).toContain(
      'The locks on "demo-cp-mi" and "demo-kubelet-mi" keep 2 role assignments there from being deleted, and the apply fails with ScopeLocked. First remove identities.locked from the deployed version and deploy demo-identities; then deploy this edit without identities.locked',
    );
    const { out: json } = await checked(removal, undefined, "--json");
    const { underLock } = JSON.parse(json) as { underLock: { scope: { kind: string } }[] };
    expect(underLock.map(({ scope }) => scope.kind)).toEqual(["controlPlane", "kubelet"]);
  });

  test("also keeps those that another role set replaces", async () => {
    const { out } = await checked((it) => (it.permissions = { roleSet: { type: "minimal" } }));
    expect(out).toContain(LOCKED);
  });

  test("is told from the review alone", async () => {
    const review = join(await output(), "access-review.json");
    const { out } = await run("check", "--config", described("x", removal), "--previous", review);
    expect(out).toContain(LOCKED);
  });

  test("keeps nothing if it was not there, goes in the same edit, or the right is elsewhere", async () => {
    const both: Edit = (it) => {
      removal(it);
      unlock(it);
    };
    const outs = [
      await checked(removal, unlock),
      await checked(both),
      await checked((it) => (it.registries = [])),
    ];
    expect(outs.map(({ out }) => out.includes(LOCKED))).toEqual([false, false, false]);
    expect(outs.map(({ status }) => status)).toEqual([3, 3, 3]);
  });
});

describe("a disk encryption set", () => {
  const refusal = /kubernetes_cluster\.cluster would be replaced because of disk_encryption_set_id/;
  const withSet = (name: string) =>
    checked((description) => {
      description.diskEncryption = {
        type: "customerManaged",
        diskEncryptionSet: at(name, "keys-rg"),
      };
    });

  test("that is another one is refused, although Terraform ignores the attribute", async () => {
    const { status, out } = await withSet("set-two");
    expect([status, out]).toEqual([3, expect.stringMatching(refusal)]);
  });

  test("in another spelling is the same", async () => {
    const { out } = await withSet("SET-one");
    expect(out).not.toMatch(refusal);
    expect(out).not.toContain("disk_encryption_set_id");
  });
});

describe("the page about changes", () => {
  test("is made from the table", () => {
    expect(textOf("docs/changes.md")).toBe(changesPage());
    expect(changesPage()).toContain(
      "| `network.podNetwork.podCidr` | `network_profile.pod_cidr` | replaces (refused) |",
    );
  });

  test("names existing fields", () => {
    const { properties } = JSON.parse(textOf("haks.schema.json")) as { properties: Fields };
    const unknown = CHANGED_FIELDS.filter(
      ({ field }) => properties[field.replace(/[.,].*/, "")] === undefined,
    );
    expect(unknown).toEqual([]);
  });
});
