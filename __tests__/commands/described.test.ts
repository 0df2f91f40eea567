// Files that a release could not express: each comes out as Azure has it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DataAzurermUserAssignedIdentity } from "@cdktf/provider-azurerm/lib/data-azurerm-user-assigned-identity";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { KubernetesCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { TerraformResource, Testing } from "cdktf";
import { loadConfiguration } from "../../app/config/load";
import { renderScript } from "../../app/review/script";
import { ClusterPlan, ClusterStacks } from "../../lib";
import { SMALL, inScratch } from "../scenarios";

/** The plan and the stacks of a file. */
function described(text: string) {
  return inScratch((folder) => {
    const file = join(folder, "haks.yaml");
    writeFileSync(file, text);
    const { spec, terraform } = loadConfiguration(file);
    const plan = new ClusterPlan(spec);
    const { identities, networkPermissions, cluster } = new ClusterStacks(Testing.app(), {
      ...terraform,
      plan,
    });
    return {
      plan,
      identities: Testing.synth(identities, true),
      network: Testing.synth(networkPermissions, true),
      cluster: Testing.synth(cluster, true),
    };
  });
}

/** A file with what most of them share; network, node pools and more follow. */
const demo = (parts: {
  readonly network: string;
  readonly pools?: string;
  readonly more?: string;
}) => `
name: demo
location: westeurope
subscriptionId: 22222222-2222-4222-8222-222222222222
resourceGroup: { name: demo-rg }
${parts.more?.includes("identities:") ? "" : "identities: { resourceGroup: { name: identity-rg } }"}
network:
  virtualNetwork: { name: spoke-vnet, resourceGroup: network-rg }
  nodeSubnet: aks-nodes
${parts.network}
nodePools:
  system: { vmSize: Standard_D4ds_v5 }
  user:
    - { name: apps, vmSize: Standard_D4ds_v5, maxCount: 6 }
${parts.pools ?? ""}
diskEncryption: { type: platformManaged }
${parts.more?.includes("monitoring:") ? "" : "monitoring: { logAnalyticsWorkspace: { name: logs, resourceGroup: logs-rg } }"}
${parts.more ?? ""}
`;

describe("the load balancer of egress", () => {
  const egress = (options: string) =>
    demo({ network: `  egress: { type: loadBalancer${options} }` });

  test("has public IPs of AKS, ports for each node and an idle timeout", () => {
    // 9 nodes, and 3 of upgrades, with 4,000 ports each: 48,000 of 192,000.
    const { cluster } = described(
      egress(", managedOutboundIpCount: 3, outboundPortsAllocated: 4000, idleTimeoutInMinutes: 4"),
    );
    expect(cluster).toHaveResourceWithProperties(KubernetesCluster, {
      network_profile: expect.objectContaining({
        outbound_type: "loadBalancer",
        load_balancer_profile: {
          managed_outbound_ip_count: 3,
          outbound_ports_allocated: 4000,
          idle_timeout_in_minutes: 4,
        },
      }) as unknown,
    });
  });

  test("is left to AKS without options", () => {
    const { network_profile } = clusterIn(described(egress("")).cluster);
    expect(network_profile).not.toHaveProperty("load_balancer_profile");
  });

  test("has every value once it has one, so that removing a line sets its default", () => {
    const profileOf = (options: string) =>
      clusterIn(described(egress(options)).cluster).network_profile;
    expect(profileOf(", idleTimeoutInMinutes: 10")).toMatchObject({
      load_balancer_profile: {
        managed_outbound_ip_count: 1,
        outbound_ports_allocated: 0,
        idle_timeout_in_minutes: 10,
      },
    });
    const ips = "publicIps: [{ name: ip, resourceGroup: network-rg }]";
    const { load_balancer_profile } = profileOf(`, ${ips}, outboundPortsAllocated: 1024`);
    expect(load_balancer_profile).toEqual({
      outbound_ip_address_ids: [expect.stringContaining("/publicIPAddresses/ip")],
      outbound_ports_allocated: 1024,
      idle_timeout_in_minutes: 30,
    });
  });

  test("with too few ports for all nodes is refused, with the numbers", () => {
    expect(() => described(egress(", outboundPortsAllocated: 8000"))).toThrow(
      "With 8000 ports each, 9 nodes and 3 for upgrades need 96000 outbound ports, and 1 × 64000 of public IPs are 64000",
    );
  });
});

describe("a pod subnet of a pool", () => {
  const pools = (podSubnet: string) =>
    described(
      demo({
        network:
          "  egress: { type: loadBalancer }\n  podNetwork: { type: podSubnet, subnet: pods-1 }",
        pools: `    - { name: more, vmSize: Standard_D4ds_v5, subnet: nodes-2${podSubnet} }`,
        more: DEPLOYERS,
      }),
    );
  const podSubnetOf = (cluster: string, pool: string) =>
    resourcesIn(cluster, "azurerm_kubernetes_cluster_node_pool")[`cluster_${pool}`]!.pod_subnet_id;

  test("is that of its pods, and the others have that of the network", () => {
    const { cluster, plan } = pools(", podSubnet: pods-2");
    expect(podSubnetOf(cluster, "more")).toContain("data.azurerm_subnet.spoke-vnet_pods-2.id");
    expect(podSubnetOf(cluster, "apps")).toContain("data.azurerm_subnet.spoke-vnet_pods-1.id");
    expect(clusterIn(cluster).default_node_pool).toMatchObject({
      pod_subnet_id: expect.stringContaining("spoke-vnet_pods-1.id") as unknown,
    });
    // System: 4 nodes, apps: 8, more: 4; each has 128 addresses, and Azure keeps 5.
    expect(["pods-1", "pods-2"].map((name) => plan.addresses.subnet(name)?.needed)).toEqual([
      12 * 128 + 5,
      4 * 128 + 5,
    ]);
  });

  test("takes the rights to join it, which the NOC grants and the preflight looks up", () => {
    const joins = (file: string) => {
      const { network, cluster } = pools(file);
      expect(cluster).toContain('"pods-1"');
      return [network, cluster].map((stack) => stack.includes('"pods-2"'));
    };
    expect(joins(", podSubnet: pods-2")).toEqual([true, true]);
    expect(joins("")).toEqual([false, false]);
    const { plan } = pools(", podSubnet: pods-2");
    expect(
      plan._grants
        .filter(({ scope }) => scope.name === "pods-2")
        .map(({ team, principal, needs }) => [team, principal.kind, ...needs]),
    ).toEqual(
      ["controlPlane", "deployer"].map((kind) => [
        "network",
        kind,
        "Microsoft.Network/virtualNetworks/subnets/join/action",
        "Microsoft.Network/virtualNetworks/subnets/read",
      ]),
    );
  });
});

describe("a resource group of an identity", () => {
  const identity = (resourceGroup: string, name: string, subscription: string) => `
    ids:
      id: /subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}
      principalId: 66666666-6666-4666-8666-666666666662
      clientId: 77777777-7777-4777-8777-777777777772`;
  const where = (identities: string) =>
    described(
      demo({
        network: "  egress: { type: userDefinedRouting }",
        more: `${DEPLOYERS}\nidentities:\n  resourceGroup: { name: identity-rg }\n${identities}`,
      }),
    );
  const scopesOf = ({ plan }: ReturnType<typeof described>) =>
    plan
      .review()
      .grants.filter(({ scope: { kind } }) => ["controlPlane", "kubelet"].includes(kind))
      .map(({ principal, scope }) => [
        principal.name,
        scope.name,
        scope.resourceGroup,
        scope.subscriptionId,
      ]);
  const OWN = "22222222-2222-4222-8222-222222222222";
  const OTHER = "44444444-4444-4444-8444-444444444444";

  test("is that of its ids, also in another subscription", () => {
    const outcome = where(
      `  controlPlane: { name: cp-mi }\n  kubelet:\n    name: kb-mi${identity("other-rg", "kb-mi", OTHER)}`,
    );
    expect(scopesOf(outcome)).toEqual([
      ["cp-mi", "kb-mi", "other-rg", OTHER],
      ["engineers", "cp-mi", "identity-rg", OWN],
      ["engineers", "kb-mi", "other-rg", OTHER],
    ]);
    expect(resourcesIn(outcome.identities, "azurerm_user_assigned_identity")).toMatchObject({
      control_plane: { name: "cp-mi", resource_group_name: "identity-rg" },
      kubelet: {
        name: "kb-mi",
        resource_group_name: "other-rg",
        provider: `azurerm.subscription-${OTHER}`,
      },
    });
    expect(clusterIn(outcome.cluster).kubelet_identity).toMatchObject({
      user_assigned_identity_id: expect.stringContaining("/resourceGroups/other-rg/") as unknown,
    });
  });

  test("of an identity that exists is that of its ids", () => {
    const outcome = where(
      `  kubelet:\n    name: shared-kubelet-mi\n    existing: true${identity("shared-identity-rg", "shared-kubelet-mi", OWN)}`,
    );
    expect(scopesOf(outcome)).toEqual([
      ["demo-cp-mi", "shared-kubelet-mi", "shared-identity-rg", OWN],
      ["engineers", "demo-cp-mi", "identity-rg", OWN],
      ["engineers", "shared-kubelet-mi", "shared-identity-rg", OWN],
    ]);
    const made = resourcesIn(outcome.identities, "azurerm_user_assigned_identity");
    expect(Object.keys(made)).toEqual(["control_plane"]);
  });

  test("can be named, and is where the other teams look it up", () => {
    const outcome = where(
      "  kubelet: { resourceGroup: other-rg, existing: true }\n  controlPlane: { resourceGroup: cp-rg }\n  locked: true",
    );
    expect(outcome.identities).toHaveResourceWithProperties(UserAssignedIdentity, {
      name: "demo-cp-mi",
      resource_group_name: "cp-rg",
    });
    for (const stack of [outcome.identities, outcome.cluster]) {
      expect(stack).toHaveDataSourceWithProperties(DataAzurermUserAssignedIdentity, {
        name: "demo-kubelet-mi",
        resource_group_name: "other-rg",
      });
    }
    expect(outcome.cluster).toHaveDataSourceWithProperties(DataAzurermUserAssignedIdentity, {
      name: "demo-cp-mi",
      resource_group_name: "cp-rg",
    });
    const script = renderScript(outcome.plan.review(), "network");
    expect(script).toContain("az identity show --name demo-cp-mi --resource-group cp-rg");
  });
});

test("a public IP prefix of services takes the right to join it, and to read it", () => {
  const { plan, network } = described(
    demo({
      network:
        "  egress: { type: userDefinedRouting }\n  servicePublicIpPrefixes: [{ name: pfx1, resourceGroup: ips-rg }]",
      more: DEPLOYERS,
    }),
  );
  expect(
    plan._grants
      .filter(({ scope }) => scope.name === "pfx1")
      .map(({ team, principal, needs }) => [team, principal.kind, ...needs]),
  ).toEqual([
    [
      "network",
      "controlPlane",
      "Microsoft.Network/publicIPPrefixes/join/action",
      "Microsoft.Network/publicIPPrefixes/read",
    ],
  ]);
  expect(network).toHaveResourceWithProperties(RoleAssignment, {
    scope:
      "/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/ips-rg/providers/Microsoft.Network/publicIPPrefixes/pfx1",
  });
});

test("a Windows pool has the profile that Azure would fill in, and keeps the one that it has", () => {
  const { cluster } = described(
    demo({
      network: "  egress: { type: userDefinedRouting }\n  dataPlane: azure",
      pools: "    - { name: win, vmSize: Standard_D4ds_v5, os: Windows, osSku: Windows2022 }",
    }),
  );
  const pools = resourcesIn(cluster, "azurerm_kubernetes_cluster_node_pool");
  const ignored = (name: string) =>
    (pools[`cluster_${name}`]!.lifecycle as { ignore_changes: string[] }).ignore_changes;
  expect(pools.cluster_win).toMatchObject({ windows_profile: { outbound_nat_enabled: true } });
  expect(ignored("win")).toContain("windows_profile");
  expect(pools.cluster_apps).not.toHaveProperty("windows_profile");
  expect(ignored("apps")).not.toContain("windows_profile");
});

describe("a diagnostic setting", () => {
  const types = (more: string) => {
    const { cluster } = described(
      demo({
        network: "  egress: { type: userDefinedRouting }",
        more: `monitoring: { logAnalyticsWorkspace: { name: logs, resourceGroup: monitor-rg }${more}`,
      }),
    );
    const { resource } = JSON.parse(cluster) as { resource: Attributes };
    expect(clusterIn(cluster)).toHaveProperty("oms_agent.log_analytics_workspace_id");
    return Object.keys(resource).filter((type) => type.startsWith("azurerm_monitor"));
  };
  const INSIGHTS = [
    "azurerm_monitor_data_collection_rule",
    "azurerm_monitor_data_collection_rule_association",
  ];

  test("is left to a policy without log categories, and Container Insights stays", () => {
    const exception =
      "exceptions: [{ name: fewLogs, reason: The policy of the landing zone makes the diagnostic setting of all clusters. }]";
    expect(types(`, logCategories: [] }\n${exception}`)).toEqual(INSIGHTS);
    expect(() => types(", logCategories: [] }")).toThrow(
      "unless a policy creates a diagnostic setting",
    );
  });

  test("is there with any log category", () => {
    const one =
      ", logCategories: [guard] }\nexceptions: [{ name: fewLogs, reason: It is part of a test. }]";
    for (const more of [" }", one]) {
      expect(types(more)).toEqual([...INSIGHTS, "azurerm_monitor_diagnostic_setting"]);
    }
  });
});

describe("Defender", () => {
  const SECURITY =
    "/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/sec-rg/providers/Microsoft.OperationalInsights/workspaces/sec";
  const monitored = (defender: string, more = "") =>
    described(
      demo({
        network: "  egress: { type: userDefinedRouting }",
        more: `${DEPLOYERS}\nmonitoring:\n  logAnalyticsWorkspace: { name: logs, resourceGroup: logs-rg }\n${defender}\n${more}`,
      }),
    );
  const IN_OTHER =
    "  defender: { type: workspace, workspace: { name: sec, resourceGroup: sec-rg } }";
  const ignored = (cluster: string) =>
    (clusterIn(cluster).lifecycle as { ignore_changes: string[] }).ignore_changes;

  test("has another workspace, with the rights of the deployer on it", () => {
    const { cluster, plan } = monitored(IN_OTHER);
    expect(clusterIn(cluster)).toMatchObject({
      microsoft_defender: { log_analytics_workspace_id: SECURITY },
      oms_agent: { log_analytics_workspace_id: expect.stringMatching(/logs$/) as unknown },
    });
    expect(
      plan._grants
        .filter(({ scope }) => scope.name === "sec")
        .map(({ principal, needs }) => [principal.name, ...needs]),
    ).toEqual([
      [
        "engineers",
        "Microsoft.OperationalInsights/workspaces/read",
        "Microsoft.OperationalInsights/workspaces/sharedKeys/read",
      ],
    ]);
    expect(ignored(cluster)).not.toContain("microsoft_defender");
  });

  test("is off with an exception, and the rest of monitoring stays", () => {
    const off = "  defender: { type: off }";
    expect(() => monitored(off)).toThrow("HAKS-HARD-003");
    const exception = "exceptions: [{ name: noDefender, reason: Another product does it. }]";
    const cluster = clusterIn(monitored(off, exception).cluster);
    expect(cluster).not.toHaveProperty("microsoft_defender");
    expect(cluster).toHaveProperty("oms_agent");
  });

  test("is left as a policy sets it", () => {
    const { cluster } = monitored("  defender: { type: policy }");
    expect(clusterIn(cluster)).not.toHaveProperty("microsoft_defender");
    expect(ignored(cluster)).toContain("microsoft_defender");
  });

  test("is in the workspace of the logs by default", () => {
    const { cluster } = monitored("");
    expect(clusterIn(cluster)).toMatchObject({
      microsoft_defender: { log_analytics_workspace_id: expect.stringMatching(/logs$/) as unknown },
    });
  });

  test("is a field for overrides, too", () => {
    const overrides = `overrides: { cluster: { microsoft_defender: { log_analytics_workspace_id: "${SECURITY}" } } }`;
    expect(() => monitored("", overrides)).toThrow("Write monitoring.defender.");
  });
});

describe("the name of the API server", () => {
  const zone = `privateDns:
  type: zone
  zone: { name: privatelink.westeurope.azmk8s.io, resourceGroup: dns-rg }`;
  const named = (more: string) =>
    clusterIn(described(demo({ network: "  egress: { type: loadBalancer }", more })).cluster);

  test("in an existing zone is the subdomain, instead of a prefix", () => {
    const cluster = named(`${zone}\n  fqdnSubdomain: demo`);
    expect(cluster).toMatchObject({ dns_prefix_private_cluster: "demo" });
    expect(cluster).not.toHaveProperty("dns_prefix");
  });

  test("starts with the prefix, by default that of the cluster's name", () => {
    for (const [more, prefix] of [
      [`${zone}\ndnsPrefix: demo-demo-rg-abc123`, "demo-demo-rg-abc123"],
      [zone, "demo"],
      ["", "demo"],
    ] as const) {
      const cluster = named(more);
      expect(cluster).toMatchObject({ dns_prefix: prefix });
      expect(cluster).not.toHaveProperty("dns_prefix_private_cluster");
    }
  });

  test("is a field for overrides, too", () => {
    const overrides = (attributes: string) =>
      named(`${zone}\noverrides: { cluster: { ${attributes} } }`);
    expect(() => overrides("dns_prefix_private_cluster: demo")).toThrow(
      "Write privateDns.fqdnSubdomain, beside the zone.",
    );
    expect(() => overrides("dns_prefix: demo")).toThrow("Write dnsPrefix.");
  });
});

test("a program imports a cluster with the DNS prefix that it has", () => {
  const stacks = new ClusterStacks(Testing.app(), {
    plan: new ClusterPlan({ ...SMALL, dnsPrefix: "demo-demo-rg-abc123" }),
  });
  const id =
    "/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/demo-rg/providers/Microsoft.ContainerService/managedClusters/demo";
  (stacks.hardenedCluster.node.defaultChild as TerraformResource).importFrom(id);
  const stack = Testing.synth(stacks.cluster, true);
  expect(clusterIn(stack).dns_prefix).toBe("demo-demo-rg-abc123");
  expect((JSON.parse(stack) as { import: unknown }).import).toEqual([
    expect.objectContaining({ to: "azurerm_kubernetes_cluster.cluster", id }),
  ]);
});

const DEPLOYERS = `access:
  deployers:
    - { type: group, name: engineers, objectId: 55555555-5555-4555-8555-555555555552 }`;

/** The resources of a type in a stack. */
function resourcesIn(stack: string, type: string): { [name: string]: Attributes } {
  const { resource = {} } = JSON.parse(stack) as {
    resource?: { [type: string]: { [name: string]: Attributes } };
  };
  return resource[type] ?? {};
}

/** The attributes of the cluster in a stack. */
function clusterIn(stack: string) {
  return Object.values(resourcesIn(stack, "azurerm_kubernetes_cluster"))[0]! as Attributes & {
    network_profile: Attributes;
  };
}

interface Attributes {
  readonly [name: string]: unknown;
}
