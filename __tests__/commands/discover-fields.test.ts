// The tables of fields: each field of the description has a row, or a reason for none; and each row does what it says.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { FILE_SCHEMA, FileSchema } from "../../app/config/file-schema";
import { ROWS } from "../../app/discover/description";
import { discover } from "../../app/discover/discover";
import { POOL_ROWS } from "../../app/discover/pool-fields";
import { readExports } from "../../app/discover/read-folder";
import { inScratch, once, textOf } from "../scenarios";

interface Fields {
  [name: string]: unknown;
}

/** Fields that no export has. */
const WITHOUT_ROW: { readonly [field: string]: string } = {
  backup: "The report has its extension; its vault and its snapshots are not exported.",
  workloads: "What runs in Kubernetes is not exported.",
  oidcIssuers: "Workloads alone need them.",
  extends: "A description of one cluster extends no other file.",
  exceptions: "They follow from the settings that are weaker than the defaults.",
  overrides: "They have a separate table.",
  gatewayForContainers: "What runs in Kubernetes is not exported.",
  "network.internalLoadBalancers": "Services in Kubernetes are not exported.",
  "permissions.grantedBy": "A role assignment does not tell which team made it.",
  "resourceGroup.create": "It exists.",
  "upgrades.forcedUntil": "The time ends by itself.",
  ignoreChanges: "Terraform alone has it.",
  preflight: "Terraform alone has it.",
  previous: "It is about a change.",
  terraform: "Terraform alone has it.",
  timeouts: "Terraform alone has it.",
};

function leavesOf(schema: FileSchema, path: string[] = []): string[] {
  const fields = Object.entries(schema.properties ?? {});
  return fields.length === 0 || schema["x-class"] !== undefined
    ? [path.join(".")]
    : fields.flatMap(([name, field]) => leavesOf(field, [...path, name]));
}

test("every field of the description has a row, or a reason for none", () => {
  const pools = ["nodePools.system", "nodePools.user"];
  const rows = ROWS.map(({ field }) => field).filter((field) => !pools.includes(field));
  const ofPools = pools.flatMap((pool) => POOL_ROWS.map(({ field }) => `${pool}.${field}`));
  const known = [...rows, ...ofPools, ...Object.keys(WITHOUT_ROW)];
  const isKnown = (field: string) =>
    known.some((one) => field === one || field.startsWith(`${one}.`));
  const system = FILE_SCHEMA.properties!.nodePools!.properties!.system!;
  const user = FILE_SCHEMA.properties!.nodePools!.properties!.user!.items as FileSchema;
  const all = [
    ...leavesOf(FILE_SCHEMA).filter((field) => !field.startsWith("nodePools.user")),
    ...leavesOf(system, ["nodePools", "system"]),
    ...leavesOf(user, ["nodePools", "user"]),
  ];
  expect(all.length).toBeGreaterThan(100);
  expect(all.filter((field) => !isKnown(field))).toEqual([]);
  const unused = Object.keys(WITHOUT_ROW).filter(
    (one) => !all.some((field) => field === one || field.startsWith(`${one}.`)),
  );
  expect(unused).toEqual([]);
});

const BROUGHT = join("__tests__", "app", "discover", "brought", "exports");
const FILES = ["cluster", "node-pools", "maintenance", "diagnostic-settings", "role-assignments"];

/** The description and the notes of the cluster "billing" with other values in its exports. */
function edited(edits: Fields, without: string[] = []) {
  return inScratch((folder) => {
    for (const name of FILES.filter((one) => !without.includes(one))) {
      const content = JSON.parse(textOf(BROUGHT, `${name}.json`)) as Fields;
      for (const [path, value] of Object.entries(edits)) {
        const [file, ...keys] = path.split(".");
        if (file === name) {
          set(content, keys, value);
        }
      }
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));
    }
    const { text, report } = discover(readExports(folder), folder);
    return { description: parse(text) as Fields, report };
  });
}

/** The cluster as it is. */
const unedited = once(() => edited({}));

function set(content: Fields, [first = "", ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    content[first] = value;
  } else {
    content[first] ??= {};
    set(content[first] as Fields, rest, value);
  }
}

function at(content: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, key) => (value as Fields | undefined)?.[key], content);
}

const WINDOW = {
  name: "default",
  type: "Microsoft.ContainerService/managedClusters/maintenanceConfigurations",
};

const REFERENCE = "/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/a/providers";

describe("a value of az becomes a field", () => {
  test.each<[string, unknown, string, unknown]>([
    ["cluster.dnsPrefix", "other", "dnsPrefix", "other"],
    ["cluster.nodeResourceGroup", "nodes", "nodeResourceGroup", "nodes"],
    ["cluster.location", "North Europe", "location", "northeurope"],
    ["cluster.tags", { a: "b" }, "tags", { a: "b" }],
    [
      "cluster.networkProfile.podCidr",
      "10.9.0.0/16",
      "network.podNetwork",
      { type: "overlay", podCidr: "10.9.0.0/16" },
    ],
    ["cluster.networkProfile.networkPluginMode", null, "network.podNetwork", { type: "flat" }],
    ["cluster.networkProfile.serviceCidr", "10.1.0.0/16", "network.serviceCidr", "10.1.0.0/16"],
    ["cluster.networkProfile.dnsServiceIp", "10.0.0.20", "network.dnsServiceIp", "10.0.0.20"],
    ["cluster.networkProfile.networkDataplane", "azure", "network.dataPlane", "azure"],
    [
      "cluster.networkProfile.outboundType",
      "userAssignedNATGateway",
      "network.egress",
      { type: "natGateway" },
    ],
    [
      "cluster.networkProfile.loadBalancerProfile.managedOutboundIPs.count",
      3,
      "network.egress.managedOutboundIpCount",
      3,
    ],
    [
      "cluster.networkProfile.loadBalancerProfile.outboundIpPrefixes.publicIpPrefixes",
      [{ id: `${REFERENCE}/Microsoft.Network/publicIPPrefixes/p` }],
      "network.egress.publicIpPrefixes",
      [{ name: "p", resourceGroup: "a" }],
    ],
    [
      "cluster.networkProfile.advancedNetworking",
      { enabled: true, observability: { enabled: true }, security: { enabled: false } },
      "network.advancedNetworking",
      { observability: true },
    ],
    [
      "cluster.apiServerAccessProfile",
      { enablePrivateCluster: true, enablePrivateClusterPublicFqdn: true, privateDnsZone: "none" },
      "privateDns",
      { type: "none" },
    ],
    ["cluster.nodeProvisioningProfile.mode", "Auto", "nodePools.autoProvisioning", true],
    [
      "cluster.autoScalerProfile",
      { "skip-nodes-with-system-pods": "false" },
      "nodePools.autoscaler.skipNodesWithSystemPods",
      false,
    ],
    ["cluster.autoUpgradeProfile.upgradeChannel", "rapid", "upgrades.channel", "rapid"],
    ["cluster.autoUpgradeProfile.upgradeChannel", "patch", "kubernetesVersion", "1.35"],
    [
      "cluster.autoUpgradeProfile.nodeOsUpgradeChannel",
      "SecurityPatch",
      "upgrades.nodeOsChannel",
      "SecurityPatch",
    ],
    ["cluster.securityProfile.defender", null, "monitoring.defender", { type: "off" }],
    [
      "cluster.diskEncryptionSetId",
      `${REFERENCE}/Microsoft.Compute/diskEncryptionSets/d`,
      "diskEncryption.diskEncryptionSet.name",
      "d",
    ],
    [
      "cluster.linuxProfile",
      { adminUsername: "me", ssh: { publicKeys: [{ keyData: "ssh-rsa A" }] } },
      "overrides.cluster.linux_profile.ssh_key.key_data",
      "ssh-rsa A",
    ],
    [
      "cluster.ingressProfile",
      {
        webAppRouting: {
          enabled: true,
          dnsZoneResourceIds: [
            "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/dns-rg/providers/Microsoft.Network/dnszones/example.com",
            "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/dns-rg/providers/Microsoft.Network/privateDnsZones/internal.example.com",
          ],
          nginx: { defaultIngressControllerType: "External" },
        },
      },
      "applicationRouting",
      {
        controller: "External",
        dnsZones: [
          {
            name: "example.com",
            resourceGroup: "dns-rg",
            subscriptionId: "44444444-4444-4444-8444-444444444444",
          },
        ],
        privateDnsZones: [
          {
            name: "internal.example.com",
            resourceGroup: "dns-rg",
            subscriptionId: "44444444-4444-4444-8444-444444444444",
          },
        ],
      },
    ],
    [
      "cluster.serviceMeshProfile",
      {
        mode: "Istio",
        istio: {
          revisions: ["asm-1-30"],
          certificateAuthority: {
            plugin: {
              keyVaultId:
                "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/mesh-rg/providers/Microsoft.KeyVault/vaults/authority",
              certObjectName: "signing",
            },
          },
        },
      },
      "serviceMesh.certificateAuthority",
      {
        keyVault: {
          name: "authority",
          resourceGroup: "mesh-rg",
          subscriptionId: "44444444-4444-4444-8444-444444444444",
        },
        certificate: "signing",
      },
    ],
    [
      "cluster.storageProfile.diskCsiDriver.enabled",
      false,
      "overrides.cluster.storage_profile.disk_driver_enabled",
      false,
    ],
    [
      "cluster.httpProxyConfig",
      { httpProxy: "http://p.example.com:3128", httpsProxy: null, noProxy: ["localhost"] },
      "overrides.cluster.http_proxy_config",
      { http_proxy: "http://p.example.com:3128", no_proxy: ["localhost"] },
    ],
    [
      "cluster.securityProfile.customCaTrustCertificates",
      ["QQ=="],
      "overrides.cluster.custom_ca_trust_certificates_base64",
      ["QQ=="],
    ],
    [
      "node-pools.1.linuxOsConfig",
      {
        sysctls: {
          vmMaxMapCount: 262144,
          netIpv4TcpkeepaliveIntvl: 60,
          netIpv4IpLocalPortRange: "32000 60999",
          netIpv4TcpTwReuse: true,
        },
        swapFileSizeMb: 1500,
        transparentHugePageEnabled: "madvise",
      },
      "overrides.nodePools.apps.linux_os_config",
      {
        swap_file_size_mb: 1500,
        sysctl_config: {
          net_ipv4_ip_local_port_range_max: 60999,
          net_ipv4_ip_local_port_range_min: 32000,
          net_ipv4_tcp_keepalive_intvl: 60,
          net_ipv4_tcp_tw_reuse: true,
          vm_max_map_count: 262144,
        },
        transparent_huge_page: "madvise",
      },
    ],
    [
      "maintenance.2",
      { ...WINDOW, timeInWeek: [{ day: "Sunday", hourSlots: [1, 2] }], notAllowedTime: null },
      "overrides.cluster.maintenance_window",
      { allowed: [{ day: "Sunday", hours: [1, 2] }] },
    ],
    [
      "node-pools.1.upgradeSettings.maxUnavailable",
      "1",
      "nodePools.user.0.upgrade",
      { maxUnavailable: "1" },
    ],
    [
      "node-pools.1.upgradeSettings.undrainableNodeBehavior",
      "Cordon",
      "nodePools.user.0.upgrade.undrainableNodeBehavior",
      "Cordon",
    ],
    ["node-pools.1.osSku", "AzureLinux", "nodePools.user.0.osSku", "AzureLinux"],
    ["node-pools.1.enableFips", true, "nodePools.user.0.fips", true],
    ["node-pools.1.enableUltraSsd", true, "overrides.nodePools.apps.ultra_ssd_enabled", true],
    ["node-pools.1.maxPods", 60, "nodePools.user.0.maxPods", 60],
    [
      "maintenance.0.maintenanceWindow.startTime",
      "05:00",
      "upgrades.clusterWindow.startTime",
      "05:00",
    ],
    [
      "maintenance.1.maintenanceWindow.schedule.daily.intervalDays",
      2,
      "upgrades.nodeOsWindow.interval",
      2,
    ],
  ])("%s", (path, value, field, expected) => {
    const before = at(unedited().description, field);
    const after = at(edited({ [path]: value }).description, field);
    expect({ before: JSON.stringify(before) === JSON.stringify(expected), after }).toEqual({
      before: false,
      after: expected,
    });
  });
});

describe("a setting that is weaker has its exception", () => {
  test.each([
    ["cluster.disableLocalAccounts", false, "localAccounts"],
    ["cluster.apiServerAccessProfile.disableRunCommand", null, "runCommand"],
    ["cluster.apiServerAccessProfile.enablePrivateClusterPublicFqdn", true, "publicFqdn"],
    ["cluster.addonProfiles.azurepolicy.enabled", false, "noAzurePolicy"],
    ["cluster.sku.tier", "Free", "freeTier"],
    ["cluster.securityProfile.workloadIdentity", null, "noWorkloadIdentity"],
    ["cluster.securityProfile.imageCleaner", null, "noImageCleaner"],
    ["cluster.addonProfiles.azureKeyvaultSecretsProvider", null, "noSecretsProvider"],
    ["node-pools.1.enableEncryptionAtHost", false, "noHostEncryption"],
    ["node-pools.1.osDiskType", "Managed", "managedOsDisk"],
    ["node-pools.1.availabilityZones", ["1"], "fewZones"],
    ["node-pools.1.minCount", 1, "fewNodes"],
    ["node-pools.1.maxPods", 30, "fewPods"],
    ["cluster.autoUpgradeProfile.upgradeChannel", null, "noUpgrades"],
    ["cluster.autoUpgradeProfile.nodeOsUpgradeChannel", null, "noNodeOsUpgrades"],
    ["cluster.addonProfiles.omsagent.enabled", false, "noMonitoring"],
    ["cluster.securityProfile.defender", null, "noDefender"],
    ["diagnostic-settings.0.logs", [], "fewLogs"],
  ])("%s", (path, value, exception) => {
    const { description, report } = edited({ [path]: value });
    const names = ((description.exceptions ?? []) as Fields[]).map(({ name }) => name);
    expect(names).toContain(exception);
    expect(report.weaker.map((one) => one.exception)).toContain(exception);
    expect(unedited().description.exceptions).toBeUndefined();
  });

  test("but those that the description always hardens have none", () => {
    const { description, report } = edited({
      "cluster.oidcIssuerProfile.enabled": false,
      "cluster.enableRbac": false,
      "node-pools.1.enableNodePublicIp": true,
    });
    expect(description.exceptions).toBeUndefined();
    expect(report.weaker.map(({ setting, exception }) => [setting, exception])).toEqual([
      ["role_based_access_control_enabled", undefined],
      ["oidc_issuer_enabled", undefined],
      ["node_public_ip_enabled", undefined],
    ]);
  });
});

describe("what the description cannot say is in the report", () => {
  test.each([
    ["cluster.networkProfile.networkPlugin", "kubenet", "network plugin kubenet"],
    ["cluster.networkProfile.networkPolicy", null, "No network policies are enforced"],
    ["cluster.networkProfile.outboundType", "managedNATGateway", "by managedNATGateway"],
    ["cluster.networkProfile.loadBalancerSku", "basic", "the load balancer Basic"],
    ["cluster.aadProfile", null, "does not use the integration with Entra ID"],
    ["cluster.sku.name", "Automatic", "The cluster is AKS Automatic"],
    ["cluster.podIdentityProfile.enabled", true, "Pod identities are retired"],
    ["cluster.powerState.code", "Stopped", "The cluster is stopped"],
    ["cluster.provisioningState", "Failed", "did not succeed"],
    ["cluster.sku.tier", "Premium", "The tier is Premium"],
    [
      "cluster.addonProfiles.ingressApplicationGateway",
      { enabled: true },
      "ingressApplicationGateway is on",
    ],
    ["cluster.addonProfiles.omsagent.config.useAADAuth", "false", "the key of the workspace"],
    ["cluster.azureMonitorProfile.metrics.enabled", true, "Managed Prometheus is on"],
    ["node-pools.1.typePropertiesType", "AvailabilitySet", "is of the type AvailabilitySet"],
    ["node-pools.1.mode", "Gateway", "has the mode Gateway"],
    ["node-pools.1.windowsProfile.disableOutboundNat", true, "have no outbound NAT"],
    ["node-pools.1.availabilityZones", ["$(id)"], 'has the zones "$(id)"'],
    ["node-pools.1.tags", { a: "b" }, "has other tags than the cluster"],
    ["node-pools.1.osSku", "Ubuntu2404", "have the image Ubuntu2404"],
    ["node-pools.0.nodeTaints", null, "also runs applications"],
    ["node-pools.1.mode", "System", "is a second system pool"],
    ["diagnostic-settings.0.logs.0.categoryGroup", "allLogs", "the category groups allLogs"],
    ["diagnostic-settings.0.workspaceId", null, "to another place"],
  ])("%s", (path, value, words) => {
    const told = ({ report }: ReturnType<typeof edited>) =>
      report.differences.filter(({ message }) => message.includes(words)).length;
    expect([told(unedited()), told(edited({ [path]: value }))]).toEqual([0, 1]);
  });

  test("missing exports, too", () => {
    const { report, description } = edited({}, [
      "role-assignments",
      "maintenance",
      "diagnostic-settings",
    ]);
    expect(report.differences.map(({ field }) => field).sort()).toEqual([
      "access",
      "fleetManager",
      "flux",
      "identities",
      "identities",
      "locks",
      "monitoring.logCategories",
      "upgrades.clusterWindow",
      "upgrades.nodeOsWindow",
    ]);
    expect(report.rights.map(({ status }) => status)).not.toContain("lacks");
    expect(description.registries).toBeUndefined();
  });

  test("and fields that are not known, by their paths", () => {
    const { report } = edited({
      "cluster.newProfile": { enabled: true, off: false, none: null },
      "node-pools.1.newField": "a",
    });
    expect(report.notCarriedOver).toEqual([
      { field: "nodePools (apps).newField", message: '"a".' },
      { field: "newProfile.enabled", message: "true." },
    ]);
  });
});

test("the system pool is the reserved one, wherever it is in the list", () => {
  const [system, apps] = JSON.parse(textOf(BROUGHT, "node-pools.json")) as [Fields, Fields];
  const inOther = String(apps.vnetSubnetId).replace("billing-nodes", "billing-apps");
  const { description } = edited({
    "node-pools.0": { ...apps, vnetSubnetId: inOther, mode: "System" },
    "node-pools.1": system,
  });
  expect(description).toMatchObject({
    network: { nodeSubnet: "billing-nodes" },
    nodePools: { user: [{ name: "apps", subnet: "billing-apps" }] },
  });
  expect(at(description, "nodePools.system.name")).toBeUndefined();
});

describe("a role assignment", () => {
  const statusOf = (edits: Fields) =>
    edited(edits).report.rights.find(({ scopeKind }) => scopeKind === "subnet")?.status;

  test("with a condition may give a right, or not", () => {
    expect(statusOf({})).toBe("has");
    expect(statusOf({ "role-assignments.0.condition": "@Resource[a] StringEquals 'b'" })).toBe(
      "unknown",
    );
  });

  test("of a principal without a name is to look up; of one that az could not look up, it is not", () => {
    const excess = (principalName: unknown) =>
      edited({ "role-assignments.5.principalName": principalName }).report.excess;
    const found = excess("").find(({ kind }) => kind === "unresolved");
    expect(found?.command).toMatch(/^az ad group show --group [0-9a-f-]{36}$/);
    // The principal may be alive.
    expect(found?.why).not.toMatch(/no longer|has no effect/);
    expect(excess(null).map(({ kind }) => kind)).not.toContain("unresolved");
  });

  test("of an identity of the cluster without a name is judged as any other", () => {
    const kinds = edited({ "role-assignments.0.principalName": "" }).report.excess;
    expect(kinds.map(({ kind }) => kind)).not.toContain("unresolved");
  });

  test("of a deployer without a name is in the report, since the description leaves it out", () => {
    const found = (principalName: string) => {
      const { description, report } = edited({
        "role-assignments.5.principalName": principalName,
        "role-assignments.6.principalName": principalName,
      });
      const notes = report.differences.filter(({ message }) => message.includes("not be resolved"));
      const deployers = at(description, "access.deployers") as Fields[] | undefined;
      return [deployers?.length, notes.map(({ field }) => field)];
    };
    expect(found("platform-engineers")).toEqual([1, []]);
    expect(found("")).toEqual([undefined, ["access.deployers", "access.deployers"]]);
  });
});

test("the pools in the export of the cluster are enough", () => {
  const from = (without: string[], edits: Fields = {}) => edited(edits, without);
  expect(from(["node-pools"]).description).toEqual(from([]).description);
  const { report } = from(["node-pools"], {
    "cluster.agentPoolProfiles.1.type": "AvailabilitySet",
  });
  expect(report.differences.map(({ field }) => field)).toContain("nodePools (apps)");
});

test("an open API server is not closed without a word", () => {
  const { description, report } = edited({ "cluster.apiServerAccessProfile": null });
  expect(description.apiServer).toEqual({ type: "public", authorizedRanges: [] });
  expect(report.differences.map(({ field }) => field)).toContain("apiServer.authorizedRanges");
});

test("ranges of the API server are found where older versions have them", () => {
  const { description } = edited({
    "cluster.apiServerAccessProfile": null,
    "cluster.apiServerAuthorizedIpRanges": ["203.0.113.0/24"],
  });
  expect(at(description, "apiServer.authorizedRanges")).toEqual(["203.0.113.0/24"]);
});

test("the output of the REST API has the same description", () => {
  const nested = (one: Fields): Fields => {
    const { id, name, type, location, tags, sku, identity, ...properties } = one;
    return { id, name, type, location, tags, sku, identity, properties };
  };
  const [plain, rest] = [(one: Fields) => one, nested].map((form) =>
    inScratch((folder) => {
      for (const name of FILES) {
        const content = JSON.parse(textOf(BROUGHT, `${name}.json`)) as Fields | Fields[];
        const formed = Array.isArray(content) ? { value: content.map(form) } : form(content);
        writeFileSync(join(folder, `${name}.json`), JSON.stringify(formed));
      }
      return discover(readExports(folder), folder).text;
    }),
  );
  expect(rest).toBe(plain);
});
