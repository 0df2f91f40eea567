// The documentation site, built from the pages: every link, no other host, and the search with messages of Azure.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import MiniSearch from "minisearch";
import { SEARCH } from "../../build/docs-site/search";
import { ENVIRONMENT, ROOT, bin, newScratch } from "../package/tools";
import { textOf } from "../scenarios";
import { PAGES } from "./pages";

const site = join(newScratch(), "site");

beforeAll(() => {
  const args = ["build", "build/docs-site", "--outDir", site];
  const { status, stderr } = spawnSync(bin("vitepress"), args, {
    cwd: ROOT,
    env: ENVIRONMENT,
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([0, expect.anything()]);
});

/** The files of the site with an ending. */
function files(ending: string): string[] {
  const all = readdirSync(site, { recursive: true, encoding: "utf8" });
  return all.filter((file) => file.endsWith(ending)).sort();
}

const htmlOf = (page: string): string =>
  page.replace(/README\.md$/, "index.html").replace(/\.md$/, ".html");

describe("the pages", () => {
  const ids = new Map<string, Set<string>>();

  test("are those of the repository, all in the sidebar, each with its heading", () => {
    const all = [...PAGES, "API.md"];
    expect(files(".html")).toEqual([...all.map(htmlOf), "404.html"].sort());
    const start = textOf(site, "index.html");
    const missing = PAGES.map(htmlOf).filter(
      (file) => !start.includes(`href="/${file.replace(/index\.html$/, "")}"`),
    );
    expect(missing).toEqual([]);
    for (const page of PAGES) {
      const [, heading = ""] = /^# ([\w ]+)/m.exec(textOf(page)) ?? [];
      expect(textOf(site, htmlOf(page))).toMatch(new RegExp(`<h1[^>]*>${heading}`));
    }
  });

  test("have links that lead somewhere, also to a place in a page and to a file", () => {
    const dead = files(".html").flatMap((file) =>
      hrefsIn(textOf(site, file)).filter((href) => !leadsSomewhere(file, href)),
    );
    expect(dead).toEqual([]);
    const index = hrefsIn(textOf(site, "index.html"));
    expect(index.filter((href) => href.includes("#")).length).toBeGreaterThan(5);
    expect(index).toContain("examples/enterprise/haks.yaml");
    expect(leadsSomewhere("docs/cli.html", "nothing.html")).toBe(false);
    expect(leadsSomewhere("docs/cli.html", "#nothing")).toBe(false);
    expect(leadsSomewhere("docs/cli.html", "#init")).toBe(true);
  });

  test("ask no other host for anything", () => {
    const requests = /(?:src|srcset)="https?:|<link[^>]*href="https?:|url\(["']?https?:|@import/g;
    const found = [...files(".html"), ...files(".css")].flatMap((file) =>
      (textOf(site, file).match(requests) ?? []).map((one) => `${file}: ${one}`),
    );
    expect(found).toEqual([]);
    expect('<script src="https://example.org/x.js">'.match(requests)).toHaveLength(1);
    // The search of a service would be in a script.
    expect(files(".js").filter((file) => /algolia(net)?\./.test(textOf(site, file)))).toEqual([]);
  });

  test.each(["index.html", "docs/concepts.html"])("have the picture of %s as SVG", (file) => {
    const html = textOf(site, file);
    expect(html).toMatch(/<div class="diagram"><svg /);
    expect(html).not.toContain("flowchart");
  });

  function hrefsIn(html: string): string[] {
    const all = [...html.matchAll(/<a\b[^>]*\bhref="([^"]*)"/g)].map(([, href = ""]) => href);
    return [...new Set(all)].filter((href) => !/^(https?|mailto):/.test(href));
  }

  function leadsSomewhere(file: string, href: string): boolean {
    const [path = "", anchor] = decodeURIComponent(href).split("#");
    const from = path.startsWith("/") ? "" : dirname(file);
    const target = path === "" ? file : join(from, path, path.endsWith("/") ? "index.html" : "");
    const at = join(site, relative("/", join("/", target)));
    return existsSync(at) && (!anchor || idsIn(at).has(anchor));
  }

  function idsIn(file: string): Set<string> {
    const known =
      ids.get(file) ??
      new Set([...textOf(file).matchAll(/\bid="([^"]+)"/g)].map(([, id = ""]) => id));
    ids.set(file, known);
    return known;
  }
});

describe("the search", () => {
  let index: MiniSearch;

  // As the search box of VitePress loads it.
  beforeAll(() => {
    const [file = ""] = files(".js").filter((one) => one.includes("@localSearchIndexroot"));
    const text = textOf(site, file).replace(
      /export\s*\{\s*(\w+) as default\s*\};?\s*$/,
      "return $1",
    );
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const json = (new Function(text) as () => string)();
    index = MiniSearch.loadJSON(json, {
      fields: ["title", "titles", "text"],
      storeFields: ["title", "titles"],
      searchOptions: {
        boost: { title: 4, text: 2, titles: 1 },
        ...SEARCH.miniSearch.searchOptions,
      },
    });
  });

  const best = (query: string) =>
    index
      .search(query)
      .slice(0, 2)
      .map(({ id }) => String(id));
  const ID = "00000000-1111-4222-8333-444455556666";
  const CLUSTER = `/subscriptions/${ID}/resourceGroups/shop/providers/Microsoft.ContainerService/managedClusters/shop`;
  const linked = (operation: string, scope: string) =>
    `(LinkedAuthorizationFailed) The client '${ID}' with object id '${ID}' has permission to perform action 'Microsoft.ContainerService/managedClusters/write' on scope '${CLUSTER}'; however, it does not have permission to perform action(s) '${operation}' on the linked scope(s) '/subscriptions/${ID}/resourceGroups/network-rg/providers/${scope}' (respectively) or the linked scope(s) are invalid.`;

  test.each([
    [
      `ERROR: ${linked("Microsoft.Network/virtualNetworks/subnets/join/action", "Microsoft.Network/virtualNetworks/spoke-vnet/subnets/aks-nodes")} Code: LinkedAuthorizationFailed`,
      "linkedauthorizationfailed--subnetsjoinaction-naming-the-deployer",
    ],
    [
      `Error: creating Kubernetes Cluster (Subscription: "${ID}"\nResource Group Name: "shop"\nKubernetes Cluster Name: "shop"): performing CreateOrUpdate: unexpected status 403 (403 Forbidden) with error: ${linked("Microsoft.ManagedIdentity/userAssignedIdentities/assign/action", "Microsoft.ManagedIdentity/userAssignedIdentities/shop-cp-mi")}`,
      "linkedauthorizationfailed--userassignedidentitiesassignaction",
    ],
    [
      `Code="CustomKubeletIdentityMissingPermissionError" Message="The cluster using user-assigned managed identity must be granted 'Managed Identity Operator' role to assign kubelet identity. You can run 'az role assignment create' to grant the permission."`,
      "customkubeletidentitymissingpermissionerror",
    ],
    [
      "(InsufficientSubnetSize) Pre-allocated IPs 341 exceeds IPs available 251 in Subnet Cidr 10.240.0.0/24, Subnet Name aks-nodes. If Autoscaler is enabled, the max-count from each nodepool is counted towards this total.",
      "insufficientsubnetsize",
    ],
    [
      "Error: Instance cannot be destroyed\n\n  on cdk.tf.json line 50, in resource.azurerm_kubernetes_cluster.shop:\n\nResource azurerm_kubernetes_cluster.shop has lifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed.",
      "instance-cannot-be-destroyed",
    ],
    [
      "VMExtensionProvisioningError: VM has reported a failure when processing extension 'vmssCSE'. Error message: exit status=52 K8SAPIServerDNSLookupFailVMExtensionError",
      "k8sapiserverdnslookupfailvmextensionerror-52",
    ],
    ["SubnetIsFull", "insufficientsubnetsize"],
  ])("finds the message %s", (message, section) => {
    expect(best(message)[0]).toBe(`/docs/troubleshooting.html#${section}`);
  });

  test("finds fields, codes of findings and pages", () => {
    expect(best("serviceCidr").join()).toMatch(/fields\.html#network|troubleshooting/);
    expect(best("HAKS-NET-002")).toContain("/docs/findings.html#the-description-of-the-cluster");
    expect(best("upgrades of kubernetes").join()).toContain("/docs/upgrades.html");
    expect(best("xylophone")).toEqual([]);
  });
});
