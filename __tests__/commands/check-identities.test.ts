// check --previous: identities that are other ones than before, and resources whose ids Terraform knows only after apply.
import { join } from "node:path";
import { Edit, Fields, at, checked, described, output, run } from "../edited";

const records = {
  actions: ["Microsoft.Network/dnsZones/A/read"],
  resourceType: "Microsoft.Network/dnsZones",
  scope: at("example.com", "dns-rg"),
  why: "The mailer reads its records.",
};
const vault = {
  role: "Key Vault Secrets User",
  resourceType: "Microsoft.KeyVault/vaults",
  scope: at("mail-kv", "mail-rg"),
  why: "The mailer reads its password.",
};
const mail =
  (identity: Fields | undefined, ...rights: Fields[]): Edit =>
  (it) => {
    const serviceAccounts = [{ namespace: "mail", name: "mail" }];
    it.workloads = [{ name: "mail", identity, serviceAccounts, rights }];
  };
const identity = (resourceGroup: string, existing?: boolean) => ({
  ...at("mail-mi", resourceGroup),
  existing,
});

const linesOf = ({ out }: { out: string }) => out.split("\n").map((line) => line.trim());
const reasonIn = (out: string, address: string) =>
  new RegExp(`${address} is replaced because of ([^.]*)\\.`).exec(out)?.[1];

describe("an identity in another resource group is another one", () => {
  const becomes =
    '"mail-mi" (mail-rg) becomes "mail-mi" (other-rg): the old one loses its rights while';
  const before = mail(identity("mail-rg", true), records);
  const edit = mail(identity("other-rg", true), records);

  test("which the NOC is told, although its role assignments are created first", async () => {
    const { status, out } = await checked(edit, before);
    expect(status).toBe(3);
    expect(out).toMatch(/NOC, demo-workloads-network\n +replaced +The workload identity/);
    expect(out).toContain(becomes);
  });

  test("which the review alone tells", async () => {
    const review = join(await output(before), "access-review.json");
    const file = described("moved", edit);
    const { status, out } = await run("check", "--config", file, "--previous", review);
    expect([status, out]).toEqual([3, expect.stringContaining(becomes)]);
  });

  test("which the stacks alone tell", async () => {
    const stack = join(await output(before), "stacks", "demo-workloads-network");
    const file = described("moved", edit);
    const { status, out } = await run("check", "--config", file, "--previous", stack);
    expect(status).toBe(3);
    expect(reasonIn(out, "dns-zones-dns-rg-example-com-[0-9a-f]+")).toBe("principal_id");
  });

  test("unless only one of the versions says where it is", async () => {
    const subscriptionId = "22222222-2222-4222-8222-222222222222";
    const same = mail({ ...identity("mail-rg", true), subscriptionId }, records);
    const { status, out } = await checked(same, before);
    expect([status, out]).toEqual([0, "Nothing live changes.\n"]);
  });
});

describe("an identity that existed, and that a stack is to create", () => {
  test("replaces its role assignments and credentials, since Terraform does not know its id", async () => {
    const { status, out } = await checked(
      mail(identity("mail-rg"), vault),
      mail(identity("mail-rg", true), vault),
    );
    expect(status).toBe(3);
    expect(out).toContain("azurerm_user_assigned_identity.mail is created.");
    expect(reasonIn(out, "azurerm_federated_identity_credential.\\S+")).toBe("parent_id");
    expect(reasonIn(out, "azurerm_role_assignment.workload-mail_\\S+")).toBe("principal_id");
  });

  test("does so as one of the cluster, too", async () => {
    const existing: Edit = (it) => {
      it.identities = { ...it.identities, kubelet: { existing: true } };
    };
    const { status, out } = await checked(() => undefined, existing);
    expect(status).toBe(3);
    expect(reasonIn(out, "azurerm_role_assignment.kubelet_acrpull_\\S+")).toBe("principal_id");
  });

  test("changes nothing in the other direction", async () => {
    const { status, out } = await checked(
      mail(identity("mail-rg", true), vault),
      mail(identity("mail-rg"), vault),
    );
    expect(status).toBe(0);
    expect(out).not.toContain("replaced");
  });
});

test("a cluster that is replaced replaces its parts", async () => {
  const replaceable: Edit = (it) =>
    (it.exceptions = [{ name: "replaceableCluster", reason: "The cluster is made again." }]);
  const { out } = await checked((it) => {
    replaceable(it);
    it.network.dataPlane = "cilium";
  }, replaceable);
  const [cluster, pool] = ["cluster.cluster", "cluster_node_pool.cluster_apps"];
  expect(reasonIn(out, `azurerm_kubernetes_${cluster}`)).toBe("network_profile");
  expect(reasonIn(out, `azurerm_kubernetes_${pool}`)).toBe("kubernetes_cluster_id");
});

describe("another spelling", () => {
  test("of a scope replaces its role assignment", async () => {
    const shop = (name: string) => mail(undefined, { ...vault, scope: at(name, "mail-rg") });
    const { status, out } = await checked(shop("Mail-KV"), shop("mail-kv"));
    expect(status).toBe(3);
    expect(reasonIn(out, "azurerm_role_assignment.workload-mail_\\S+")).toBe("scope");
  });

  test("of a subnet replaces its role assignments, although others are created first", async () => {
    const { status, out } = await checked((it) => (it.network.nodeSubnet = "AKS-nodes"));
    expect(status).toBe(3);
    expect(reasonIn(out, "azurerm_role_assignment.control_plane_network\\S+-aks-nodes")).toBe(
      "scope",
    );
    expect(out).toContain("gets new nodes because of default_node_pool.vnet_subnet_id.");
  });
});

test("another role on a resource that is given by its id is kept by the id", async () => {
  const id =
    "/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/dns-rg/providers/Microsoft.Network/dnsZones/example.com";
  const by = (action: string): Edit =>
    mail(undefined, {
      actions: [`Microsoft.Network/dnsZones/${action}/read`],
      scope: { id },
      why: records.why,
    });
  const { out } = await checked(by("TXT"), by("A"), "--json");
  const { remedy } = JSON.parse(out) as { remedy?: { previous: Fields } };
  const kept = await checked((it) => {
    by("TXT")(it);
    it.previous = remedy?.previous;
  }, by("A"));
  expect([kept.status, linesOf(kept)]).toEqual([
    0,
    expect.arrayContaining(["Nothing live is lost: 1 kept, 1 added."]) as string[],
  ]);
});

test("a cluster with another name shares the rights of identities that exist", async () => {
  const shared = async (edit: Edit) => {
    const { out } = await checked((it) => {
      edit(it);
      it.name = "other";
    }, edit);
    return Number(/(\d+) rights may already exist/.exec(out)?.[1]);
  };
  const people = await shared(() => undefined);
  expect(people).toBeGreaterThan(0);
  expect(await shared(mail(identity("mail-rg", true), vault, records))).toBe(people + 1);
  expect(await shared(mail(undefined, vault))).toBe(people);
});
