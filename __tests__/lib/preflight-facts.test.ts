// What the preflight finds of network, identities and cluster, evaluated.
import {
  ClusterSpec,
  Egress,
  ExceptionName,
  KeyVaultNetwork,
  PreflightMode,
  PreflightSpec,
  ResourceReference,
} from "../../lib";
import { Attributes, World, failing, scopeOf } from "../hcl/stack";
import { inSentences } from "../preflight-lists";
import { idOf, once } from "../scenarios";
import {
  CONTROL_PLANE,
  CP_IDENTITY,
  Change,
  ClusterJson,
  GRANTS,
  KUBELET,
  SPEC,
  json,
  jsonOf,
  lifecycleOf,
  stopping,
  worldOf,
} from "./preflight-worlds";

describe("the network", () => {
  const PODS = "subnetRanges nodes, pods";
  const SERVICES = "subnetRanges nodes, services";
  const subnet = (values: Attributes): Change => ({
    found: (type) => (type === "azurerm_subnet" ? values : {}),
  });
  const prefixes = (...ranges: string[]) => subnet({ address_prefixes: ranges });
  const network = (values: Attributes): Change => ({
    found: (type) => (type === "azurerm_virtual_network" ? values : {}),
  });
  const spaces = (...ranges: string[]) => network({ address_space: ranges });

  // 16 addresses are needed; pods have 10.244.0.0/16, and services 10.0.0.0/16.
  test.each<[string, Change, string[]]>([
    ["just enough addresses", prefixes("172.16.0.0/28"), []],
    ["too few addresses", prefixes("172.16.0.0/29"), ["subnetSize nodes"]],
    ["enough addresses in two ranges", prefixes("172.16.0.0/29", "172.16.1.0/29"), []],
    [
      "enough addresses of IPv6 alone",
      prefixes("172.16.0.0/29", "fd00::/64"),
      ["subnetSize nodes"],
    ],
    ["a range within that of the pods", prefixes("10.244.3.0/24"), [PODS]],
    ["a range around that of the pods", prefixes("10.240.0.0/12"), [PODS]],
    ["the range of the pods", prefixes("10.244.0.0/16"), [PODS]],
    ["the range before that of the pods", prefixes("10.243.0.0/16"), []],
    ["the range behind that of the pods", prefixes("10.245.0.0/16"), []],
    ["a second range within that of the pods", prefixes("172.16.0.0/24", "10.244.3.0/24"), [PODS]],
    ["a range within that of the services", prefixes("10.0.1.0/24"), [SERVICES]],
    ["a range around both", prefixes("10.0.0.0/8"), [PODS, SERVICES]],
    ["no route table", subnet({ route_table_id: "" }), ["routeTable nodes"]],
    ["no word of a route table", subnet({ route_table_id: null }), ["routeTable nodes"]],
  ])("whose subnet has %s", (_, change, failed) => {
    expect(stopping(json(), change)).toEqual(failed);
  });

  test.each<[string, Change, string[]]>([
    ["in the region, in other words", network({ location: "WestEurope" }), []],
    ["in another region", network({ location: "North Europe" }), ["networkRegion vnet"]],
    ["around the range of the services", spaces("10.0.0.0/8"), ["networkRanges vnet"]],
    ["beside the range of the services", spaces("10.1.0.0/16", "10.244.0.0/16"), []],
    [
      "partly in the range of the services",
      spaces("10.1.0.0/16", "10.0.9.0/24"),
      ["networkRanges vnet"],
    ],
  ])("%s", (_, change, failed) => {
    expect(stopping(json(), change)).toEqual(failed);
  });

  test("is looked at where the cluster uses it", () => {
    const { network, nodePools } = SPEC;
    const spec: ClusterSpec = {
      ...SPEC,
      network: {
        ...network,
        subnets: ["nodes", "apps", "unused"].map((name, index) => ({
          name,
          cidr: `172.16.${index}.0/24`,
        })),
      },
      nodePools: {
        ...nodePools,
        user: [{ name: "apps", vmSize: "Standard_D4ds_v5", subnet: "apps" }],
      },
    };
    const json = jsonOf(spec);
    const read = Object.values(json.data!.azurerm_subnet!).map(({ name }) => name);
    expect(read.sort()).toEqual(["apps", "nodes"]);
    const failed = stopping(json, subnet({ address_prefixes: [], route_table_id: "" }));
    expect(failed.filter((name) => /^(subnetSize|routeTable) /.test(name)).sort()).toEqual([
      "routeTable apps",
      "routeTable nodes",
      "subnetSize apps",
      "subnetSize nodes",
    ]);
    // Each is judged by its own facts.
    const ofOne = (wrong: string) =>
      stopping(json, {
        found: (type, { name }) =>
          type === "azurerm_subnet" && name === wrong ? { route_table_id: "" } : {},
      }).filter((name) => name.startsWith("routeTable"));
    expect(["nodes", "apps"].map(ofOne)).toEqual([["routeTable nodes"], ["routeTable apps"]]);
  });

  test("needs a route table only if egress goes by one", () => {
    const spec = { ...SPEC, network: { ...SPEC.network, egress: Egress.natGateway() } };
    expect(stopping(jsonOf(spec), subnet({ route_table_id: "" }))).toEqual([]);
  });
});

describe("Private Link policies", () => {
  const specWith = (change: Partial<ClusterSpec["network"]>): ClusterSpec => ({
    ...SPEC,
    network: { ...SPEC.network, privateLinkServices: true, ...change },
  });
  const off: Change = {
    found: (type) =>
      type === "azurerm_subnet" ? { private_link_service_network_policies_enabled: false } : {},
  };
  const CHECK = "privateLinkPolicies";

  test.each<[string, Partial<ClusterSpec["network"]>, string[]]>([
    ["of the node subnets must be off", {}, [`${CHECK} nodes`]],
    [
      "of the load balancer subnets must be off, if there are any",
      { loadBalancerSubnets: ["front"] },
      [`${CHECK} front`],
    ],
    ["may be on if AKS turns them off", { privateLinkPolicies: {} }, []],
    ["may be on without Private Link services", { privateLinkServices: false }, []],
  ])("%s", (_, change, failed) => {
    const checks = (world: Change) =>
      stopping(jsonOf(specWith(change)), world).filter((name) => name.startsWith(CHECK));
    expect(checks({})).toEqual(failed);
    expect(checks(off)).toEqual([]);
  });
});

describe("the key vault of KMS", () => {
  const keyVault = ResourceReference.byName({ name: "vault1", resourceGroup: "kv-rg" });
  const specWith = (network: KeyVaultNetwork, preflight: PreflightSpec = {}): ClusterSpec => ({
    ...SPEC,
    network: { ...SPEC.network, apiServerSubnet: "api" },
    kms: { keyVault, keyId: "https://vault1.vault.azure.net/keys/etcd/1", network },
    preflight,
  });
  const vault = (enabled: boolean): Change => ({
    found: (type) => (type === "azurerm_key_vault" ? { rbac_authorization_enabled: enabled } : {}),
  });
  const CHECK = "vaultPermissions vault1";

  test("must use Azure RBAC, if it is private and so can be read", () => {
    const whenPrivate = jsonOf(specWith(KeyVaultNetwork.PRIVATE));
    expect(stopping(whenPrivate, vault(false))).toContain(CHECK);
    expect(stopping(whenPrivate, vault(true))).not.toContain(CHECK);
  });

  test("is not read if it is public, unless reading may fail", () => {
    expect(jsonOf(specWith(KeyVaultNetwork.PUBLIC)).data).not.toHaveProperty("azurerm_key_vault");
    const watched = jsonOf(
      specWith(KeyVaultNetwork.PUBLIC, { identityGrants: PreflightMode.WARN }),
    );
    const { data, assert } = watched.check!["cluster_key-vault"]!;
    expect(data).toEqual({
      azurerm_key_vault: { "cluster_key-vault": { name: "vault1", resource_group_name: "kv-rg" } },
    });
    expect(assert.map(({ condition }) => condition)).toEqual([
      "${data.azurerm_key_vault.cluster_key-vault.rbac_authorization_enabled}",
    ]);
    const off = specWith(KeyVaultNetwork.PRIVATE, { identityGrants: PreflightMode.OFF });
    expect(JSON.stringify(jsonOf(off))).not.toContain("azurerm_key_vault");
  });

  test("is not read if it is given by its id", () => {
    const id = idOf("Microsoft.KeyVault/vaults", "vault1");
    const kms = { ...specWith(KeyVaultNetwork.PUBLIC).kms!, keyVault: ResourceReference.byId(id) };
    const json = jsonOf({
      ...SPEC,
      kms,
      preflight: { identityGrants: PreflightMode.WARN },
    });
    expect(json.check).not.toHaveProperty("cluster_key-vault");
  });
});

describe("identities", () => {
  const identity = (name: string, values: Attributes): Change => ({
    found: (type, args) =>
      type === "azurerm_user_assigned_identity" && args.name === name ? values : {},
  });
  const DISTINCT = "distinctIdentities small-cp-mi, small-kubelet-mi";

  test.each<[string, Change, string]>([
    [
      "of another tenant (control plane)",
      identity("small-cp-mi", { tenant_id: "x" }),
      "identityTenant small-cp-mi",
    ],
    [
      "of another tenant (kubelet)",
      identity("small-kubelet-mi", { tenant_id: "x" }),
      "identityTenant small-kubelet-mi",
    ],
    ["with one id", identity("small-kubelet-mi", { id: CP_IDENTITY.toUpperCase() }), DISTINCT],
    [
      "with one object id",
      identity("small-kubelet-mi", { principal_id: CONTROL_PLANE.toUpperCase() }),
      DISTINCT,
    ],
  ])("%s are told", (_, change, failed) => {
    expect(stopping(json(), change)).toContain(failed);
  });

  test("are looked at whether or not their grants are", () => {
    const spec = { ...SPEC, preflight: { identityGrants: PreflightMode.OFF } };
    const json = jsonOf(spec);
    expect(stopping(json, {})).toEqual([]);
    expect(stopping(json, identity("small-cp-mi", { tenant_id: "x" }))).toEqual([
      "identityTenant small-cp-mi",
    ]);
  });

  test("of the tenant in capitals are of the tenant", () => {
    const tenant = { tenant_id: "AAAAAAAA-0000-4000-8000-000000000000" };
    const found: World = (type) =>
      type === "azurerm_client_config" ? { tenant_id: tenant.tenant_id.toLowerCase() } : {};
    const upper: World = (type, args) =>
      type === "azurerm_user_assigned_identity" ? tenant : found(type, args);
    expect(stopping(json(), { found: upper })).toEqual([]);
  });
});

describe("the cluster that was made", () => {
  const made = {
    kubelet_identity: [{ object_id: KUBELET.toUpperCase() }],
    local_account_disabled: true,
    oidc_issuer_url: "https://issuer.example/",
  };
  const told = (of: ClusterJson, change: object) =>
    failing(lifecycleOf(of).postcondition ?? [], {
      ...scopeOf(of, worldOf({})),
      self: { ...made, ...change },
    });
  const warned = (of: ClusterJson, change: object) =>
    failing(
      Object.values(of.check ?? {}).flatMap(({ assert }) => assert),
      {
        ...scopeOf({ ...of, resource: {} }, worldOf({})),
        azurerm_kubernetes_cluster: { cluster: { ...made, ...change } },
      },
    );

  test("passes if it is as it should be", () => {
    expect(lifecycleOf(json()).postcondition).toHaveLength(2);
    expect([told(json(), {}), warned(json(), {})]).toEqual([[], []]);
  });

  test.each([
    ["another kubelet identity", [{ object_id: "x" }], /act as x, and not as/],
    ["a service principal", [], /act as a service principal, and not as/],
  ])("may still move from %s: a warning", (_, found, message) => {
    expect(warned(json(), { kubelet_identity: found })).toEqual([expect.stringMatching(message)]);
    expect(told(json(), { kubelet_identity: found })).toEqual([]);
  });

  test.each<[string, object, RegExp]>([
    ["local accounts", { local_account_disabled: false }, /has local accounts/],
    ["no issuer", { oidc_issuer_url: "" }, /has no OIDC issuer/],
    ["no word of an issuer", { oidc_issuer_url: null }, /has no OIDC issuer/],
  ])("is told with %s", (_, change, message) => {
    expect(told(json(), change)).toEqual([expect.stringMatching(message)]);
  });

  test.each([
    ["localAccounts", { local_account_disabled: false }, { oidc_issuer_url: "" }],
    ["noWorkloadIdentity", { oidc_issuer_url: "" }, { local_account_disabled: false }],
  ])("is not told with the exception %s, and the other is", (name, change, other) => {
    const exceptions = [{ name: name as ExceptionName, reason: "It is part of this test." }];
    const json = jsonOf({ ...SPEC, exceptions });
    expect(told(json, change)).toEqual([]);
    expect(told(json, other)).toHaveLength(1);
  });
});

describe("in the mode warn", () => {
  const every = (mode: PreflightMode): PreflightSpec => ({
    identityGrants: mode,
    peopleGrants: mode,
    network: mode,
    cluster: mode,
  });
  const warned = once(() => jsonOf({ ...SPEC, preflight: every(PreflightMode.WARN) }));
  const warnings = (change: Change) => {
    const asserted = Object.values(warned().check ?? {}).flatMap(({ assert }) => assert);
    const cluster = {
      kubelet_identity: [{ object_id: KUBELET }],
      local_account_disabled: true,
      oidc_issuer_url: "https://issuer.example/",
    };
    const scope = scopeOf({ ...warned(), resource: {} }, worldOf(change));
    return failing(asserted, { ...scope, azurerm_kubernetes_cluster: { cluster } });
  };
  const sentences = (change: Change) =>
    inSentences(failing(lifecycleOf(json()).precondition ?? [], scopeOf(json(), worldOf(change))));

  test("a world in which everything is as it should be gives no warning", () => {
    expect(warnings({})).toEqual([]);
  });

  test("missing role assignments are one list for each team, which names its stack", () => {
    const all = failing(
      lifecycleOf(json()).precondition ?? [],
      scopeOf(json(), worldOf({ grants: [] })),
    );
    const heads = all.map((message) => message.split("\n"));
    expect(heads.map(([head]) => head).sort()).toEqual([
      "The NOC has to deploy the stack small-network-permissions:",
      "The identity team has to deploy the stack small-identities:",
    ]);
    const items = heads.flatMap(([, ...list]) => list);
    expect(items).toHaveLength(Object.keys(GRANTS).length);
    expect(items).toEqual(
      items.map(() => expect.stringMatching(/^- The .* lacks the role .*\.$/) as string),
    );
    expect(new Set(items).size).toBe(items.length);
  });

  test("a world in which nothing is gives the sentences of the mode enforce", () => {
    const change: Change = {
      grants: [],
      found: (type) => ({
        ...(type === "azurerm_user_assigned_identity"
          ? { id: "x", principal_id: "x", tenant_id: "x" }
          : {}),
        ...(type === "azurerm_subnet"
          ? { address_prefixes: ["10.244.0.0/30", "10.0.0.0/30"], route_table_id: "" }
          : {}),
        ...(type === "azurerm_virtual_network"
          ? { address_space: ["10.0.0.0/8"], location: "North Europe" }
          : {}),
      }),
    };
    const expected = sentences(change);
    expect(expected).toHaveLength(Object.keys(GRANTS).length + 9);
    // That of the cluster, whose kubelet identity is another one now, is said as well.
    expect(warnings(change)).toHaveLength(expected.length + 1);
    expect(warnings(change)).toEqual(expect.arrayContaining(expected));
    // They say of which thing, and what was found.
    for (const text of [
      'The subnet "nodes" (10.244.0.0/30, 10.0.0.0/30) has 8 addresses, and the cluster needs 16',
      'The subnet "nodes" (10.244.0.0/30, 10.0.0.0/30) overlaps the range of the pods, 10.244.0.0/16',
      'The subnet "nodes" (10.244.0.0/30, 10.0.0.0/30) overlaps the range of the services, 10.0.0.0/16',
      'The subnet "nodes" has no route table',
      'The virtual network "vnet" is in North Europe, and the cluster is to be in westeurope',
      'The virtual network "vnet" (10.0.0.0/8) overlaps the range of the services, 10.0.0.0/16',
      'The control plane identity "small-cp-mi" belongs to the tenant x',
      'The kubelet identity "small-kubelet-mi" belongs to the tenant x',
      'The control plane identity "small-cp-mi" and the kubelet identity "small-kubelet-mi" are one',
    ]) {
      expect(expected).toContainEqual(expect.stringContaining(text));
    }
    const conditional = expected.filter((text) => text.includes("condition"));
    expect(conditional).toEqual([
      expect.stringMatching(
        / "images", without a condition or with the one of the plan, which it /,
      ),
    ]);
  });
});
