// Each attribute whose difference would replace the cluster or a pool is refused before Terraform.
import { EFFECTS } from "../../app/changes/effects-table";
import { valueAt } from "../../app/adopt/existing-stack";
import { objectAt } from "../../app/handoff/stack-json";
import {
  Edits,
  Fields,
  adoptionWith,
  descriptionOf,
  inside,
  stacksOf,
} from "../app/adopt.fixtures";

const CLUSTER = "azurerm_kubernetes_cluster";
const POOL = "azurerm_kubernetes_cluster_node_pool";

const ID = "/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/other-rg/providers";
const GROUP = `${ID}/Microsoft.Compute/proximityPlacementGroups/near`;
const PREFIX = `${ID}/Microsoft.Network/publicIPPrefixes/nodes`;
const RESERVED = `${ID}/Microsoft.Compute/capacityReservationGroups/reserved`;
const HOSTS = `${ID}/Microsoft.Compute/hostGroups/hosts`;
const SUBNET = `${ID}/Microsoft.Network/virtualNetworks/other-vnet/subnets/api`;

/** Edits of an export of a cluster: the paths, and the values there. */
const azure = (values: Fields): Edits => ({
  cluster: (cluster) => {
    set(cluster, values);
  },
});

/** The same of a pool. */
const pool = (name: string, values: Fields): Edits => ({
  pool: (one) => {
    if (one.name === name) {
      set(one, values);
    }
  },
});

function set(content: Fields, values: Fields): void {
  for (const [path, value] of Object.entries(values)) {
    const parts = path.split(".");
    inside(content, ...parts.slice(0, -1))[parts[parts.length - 1]!] = value;
  }
}

const dualStack = (values: Fields): Edits => ({
  description: (content) => {
    inside(content, "network", "ipv6").podCidr = "fd00:10:244::/64";
    inside(content, "network", "ipv6").serviceCidr = "fd00:10::/108";
  },
  ...azure({
    "networkProfile.ipFamilies": ["IPv4", "IPv6"],
    "networkProfile.podCidrs": ["10.244.0.0/16", "fd00:10:244::/64"],
    "networkProfile.serviceCidrs": ["10.0.0.0/16", "fd00:10::/108"],
    ...values,
  }),
});

/** For each attribute a difference: the cluster, and what Azure has otherwise. */
const DIFFERENCES: { readonly [attribute: string]: readonly [name: string, edits: Edits] } = {
  "api_server_access_profile.subnet_id": [
    "brought",
    azure({
      "apiServerAccessProfile.enableVnetIntegration": true,
      "apiServerAccessProfile.subnetId": SUBNET,
    }),
  ],
  disk_encryption_set_id: [
    "private-hub-zone",
    azure({ diskEncryptionSetId: `${ID}/Microsoft.Compute/diskEncryptionSets/other` }),
  ],
  dns_prefix: ["brought", azure({ dnsPrefix: "other" })],
  dns_prefix_private_cluster: ["private-hub-zone", azure({ fqdnSubdomain: "other" })],
  edge_zone: ["brought", azure({ extendedLocation: { name: "losangeles", type: "EdgeZone" } })],
  "linux_profile.admin_username": [
    "service-principal",
    azure({ "linuxProfile.adminUsername": "other" }),
  ],
  "linux_profile.ssh_key.key_data": [
    "service-principal",
    azure({ "linuxProfile.ssh.publicKeys": [{ keyData: "ssh-rsa other" }] }),
  ],
  location: ["brought", azure({ location: "North Europe" })],
  "network_profile.dns_service_ip": [
    "brought",
    azure({ "networkProfile.dnsServiceIp": "10.0.0.11" }),
  ],
  "network_profile.ip_versions": ["brought", dualStack({ "networkProfile.ipFamilies": ["IPv4"] })],
  "network_profile.load_balancer_sku": [
    "brought",
    azure({ "networkProfile.loadBalancerSku": "Basic" }),
  ],
  "network_profile.load_balancer_profile": [
    "everything",
    azure({ "networkProfile.loadBalancerProfile": null }),
  ],
  "network_profile.network_data_plane": [
    "brought",
    azure({ "networkProfile.networkDataplane": "azure" }),
  ],
  "network_profile.network_plugin": [
    "brought",
    azure({ "networkProfile.networkPlugin": "kubenet" }),
  ],
  "network_profile.network_plugin_mode": [
    "service-principal",
    azure({ "networkProfile.networkPluginMode": "overlay" }),
  ],
  "network_profile.network_policy": ["brought", azure({ "networkProfile.networkPolicy": "azure" })],
  "network_profile.pod_cidr": ["brought", azure({ "networkProfile.podCidr": "10.99.0.0/16" })],
  "network_profile.pod_cidrs": [
    "brought",
    dualStack({ "networkProfile.podCidrs": ["10.99.0.0/16", "fd00:10:244::/64"] }),
  ],
  "network_profile.service_cidr": [
    "brought",
    azure({ "networkProfile.serviceCidr": "10.99.0.0/16" }),
  ],
  "network_profile.service_cidrs": [
    "brought",
    dualStack({ "networkProfile.serviceCidrs": ["10.99.0.0/16", "fd00:10::/108"] }),
  ],
  node_resource_group: ["private-hub-zone", azure({ nodeResourceGroup: "other-rg" })],
  private_cluster_enabled: [
    "brought",
    azure({ "apiServerAccessProfile.enablePrivateCluster": false }),
  ],
  private_dns_zone_id: [
    "private-hub-zone",
    azure({ "apiServerAccessProfile.privateDnsZone": "system" }),
  ],
  role_based_access_control_enabled: ["brought", azure({ enableRbac: false })],
  "default_node_pool.name": ["brought", pool("system", { name: "other" })],
  "default_node_pool.type": [
    "brought",
    pool("system", { typePropertiesType: "AvailabilitySet", type: "AvailabilitySet" }),
  ],
  "default_node_pool.capacity_reservation_group_id": [
    "brought",
    pool("system", { capacityReservationGroupId: RESERVED }),
  ],
  "default_node_pool.gpu_driver": ["brought", pool("system", { gpuProfile: { driver: "None" } })],
  "default_node_pool.gpu_instance": ["brought", pool("system", { gpuInstanceProfile: "MIG1g" })],
  "default_node_pool.host_group_id": ["brought", pool("system", { hostGroupId: HOSTS })],
  "default_node_pool.node_network_profile.node_public_ip_tags": [
    "brought",
    pool("system", {
      networkProfile: { nodePublicIpTags: [{ ipTagType: "RoutingPreference", tag: "Internet" }] },
    }),
  ],
  "default_node_pool.node_public_ip_prefix_id": [
    "brought",
    pool("system", { nodePublicIpPrefixId: PREFIX }),
  ],
  "default_node_pool.proximity_placement_group_id": [
    "brought",
    pool("system", { proximityPlacementGroupId: GROUP }),
  ],
};

const OF_POOLS: { readonly [attribute: string]: Edits } = {
  capacity_reservation_group_id: pool("apps", { capacityReservationGroupId: null }),
  eviction_policy: pool("spare", { scaleSetEvictionPolicy: "Deallocate" }),
  gpu_driver: pool("graph", { gpuProfile: { driver: "Install" } }),
  gpu_instance: pool("graph", { gpuInstanceProfile: "MIG1g" }),
  host_group_id: pool("dedicated", { hostGroupId: null }),
  "node_network_profile.node_public_ip_tags": pool("apps", {
    networkProfile: { nodePublicIpTags: [{ ipTagType: "RoutingPreference", tag: "Internet" }] },
  }),
  node_public_ip_prefix_id: pool("apps", { nodePublicIpPrefixId: PREFIX }),
  os_sku: pool("window", { osSku: "Windows2019" }),
  os_type: pool("window", { osType: "Linux" }),
  priority: pool("spare", { scaleSetPriority: null }),
  proximity_placement_group_id: pool("apps", { proximityPlacementGroupId: GROUP }),
  spot_max_price: pool("spare", { spotMaxPrice: 0.5 }),
  // A description of a spot pool has no settings of upgrades.
  "upgrade_settings.drain_timeout_in_minutes": pool("spare", {
    "upgradeSettings.drainTimeoutInMinutes": 45,
  }),
  "upgrade_settings.undrainable_node_behavior": pool("spare", {
    "upgradeSettings.undrainableNodeBehavior": "Cordon",
  }),
};

/** Attributes that never differ: they decide whether it is the same resource, or no stack sets them. */
const NEVER: {
  readonly [type: string]: { readonly [attribute: string]: "identifies" | "unset" | "ignored" };
} = {
  [CLUSTER]: {
    name: "identifies",
    resource_group_name: "identifies",
    kubelet_identity: "ignored",
    "default_node_pool.upgrade_settings.drain_timeout_in_minutes": "ignored",
    "default_node_pool.upgrade_settings.undrainable_node_behavior": "ignored",
    "network_profile.nat_gateway_profile": "unset",
    "network_profile.network_mode": "unset",
    "service_principal.client_id": "unset",
    "windows_profile.admin_username": "unset",
    "windows_profile.gmsa": "unset",
  },
  [POOL]: { name: "identifies", kubernetes_cluster_id: "identifies", windows_profile: "ignored" },
};

/** The attributes of the table of effects that replace a resource, some of them only under a condition. */
function replacing(type: string): string[] {
  const { replaces, replacesWhen = {} } = EFFECTS[type]!;
  return [...replaces, ...Object.keys(replacesWhen)].sort();
}

const errorsOf = (name: string, edits?: Edits) =>
  adoptionWith(name, edits).findings.filter(({ severity }) => severity === "error");

/** The identities of this cluster are in another region, and stay with those who made them. */
const KEPT: Edits = {
  description: (content) => {
    inside(content, "identities", "controlPlane").existing = true;
    inside(content, "identities", "kubelet").existing = true;
  },
};

/** Network policies that the description cannot say are removed first. */
const REMOVED = azure({ "networkProfile.networkPolicy": "none" });

/** What it takes to adopt a cluster. */
const PREPARED: { readonly [name: string]: Edits } = {
  everything: KEPT,
  "service-principal": REMOVED,
};

function prepared(name: string, edits: Edits): Edits {
  const first = PREPARED[name] ?? {};
  return {
    ...first,
    ...edits,
    cluster: (cluster) => {
      first.cluster?.(cluster);
      edits.cluster?.(cluster);
    },
  };
}

test("the tables have each attribute of the table of effects", () => {
  expect([...Object.keys(DIFFERENCES), ...Object.keys(NEVER[CLUSTER]!)].sort()).toEqual(
    replacing(CLUSTER),
  );
  expect([...Object.keys(OF_POOLS), ...Object.keys(NEVER[POOL]!)].sort()).toEqual(replacing(POOL));
});

test.each(["brought", "everything", "private-hub-zone", "service-principal"])(
  "the cluster of %s is adopted as it is",
  (name) => {
    expect(errorsOf(name, prepared(name, {}))).toEqual([]);
  },
);

test.each(Object.entries(DIFFERENCES))("%s is refused", (attribute, [name, edits]) => {
  const errors = errorsOf(name, prepared(name, edits));
  const own = errors.filter(({ message }) => message.includes(` ${attribute}`));
  expect(own).not.toEqual([]);
  expect(own[0]).toMatchObject({ code: "HAKS-ADOPT-002" });
  expect(own[0]!.message).toContain(`Terraform would replace ${CLUSTER}.cluster`);
  expect(own[0]!.path).toMatch(/^(overrides\.)?[a-z]/);
});

test("another engine of network policies comes with the time in which none is enforced", () => {
  const [name, edits] = DIFFERENCES["network_profile.network_policy"]!;
  const errors = errorsOf(name, prepared(name, edits));
  const [own] = errors.filter(({ message }) => message.includes("network_policy differs"));
  expect(own!.remedy).toMatch(
    /--network-policy none and right after it .*No network policy is enforced from/,
  );
});

test.each(Object.entries(OF_POOLS))("%s of a pool is refused", (attribute, edits) => {
  const errors = errorsOf("everything", prepared("everything", edits));
  const own = errors.filter(({ message }) => message.includes(` ${attribute} differs`));
  expect(own.map(({ code }) => code)).toEqual(["HAKS-ADOPT-002"]);
  expect(own[0]!.message).toContain(`Terraform would replace ${POOL}.cluster_`);
});

test("no stack sets the attributes that never differ, or it ignores them", () => {
  const named = [
    ["brought", "billing-cluster", CLUSTER, "cluster"],
    ["everything", "everything-cluster", POOL, "cluster_window"],
  ] as const;
  for (const [name, stack, type, label] of named) {
    const { stacks } = stacksOf(descriptionOf(name, PREPARED[name]));
    const block = objectAt(stacks.get(stack)!, "resource", type, label);
    const ignored = (objectAt(block, "lifecycle").ignore_changes as string[]).map((one) =>
      one.replace(/\[0\]/g, ""),
    );
    const never = Object.entries(NEVER[type]!).map(([path, why]) => ({
      path,
      why,
      holds:
        why === "identifies" ||
        (why === "unset" ? valueAt(block, path) === undefined : ignored.includes(path)),
    }));
    expect(never.filter(({ holds }) => !holds)).toEqual([]);
  }
});
