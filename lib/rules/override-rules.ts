// Attributes of azurerm that the description has no words for: which ones may be set that way. Pure.
import { allPools } from "../spec/pools";
import { ResolvedSpec } from "../spec/resolved-spec";
import { hasEntry } from "../spec/tables";
import { Rule, Violation } from "./rule";

const CLUSTER_DOCS =
  "https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/kubernetes_cluster";

/** What the description or the hardened defaults set on the cluster. */
export const OWNED_BY_CLUSTER: readonly string[] = [
  "api_server_access_profile",
  "auto_scaler_profile",
  "automatic_upgrade_channel",
  "azure_active_directory_role_based_access_control",
  "azure_policy_enabled",
  "bootstrap_profile",
  "cost_analysis_enabled",
  "default_node_pool",
  "disk_encryption_set_id",
  "dns_prefix",
  "dns_prefix_private_cluster",
  "identity",
  "image_cleaner_enabled",
  "image_cleaner_interval_hours",
  "key_management_service",
  "key_vault_secrets_provider",
  "kubelet_identity",
  "kubernetes_version",
  "local_account_disabled",
  "location",
  "maintenance_window_auto_upgrade",
  "maintenance_window_node_os",
  "microsoft_defender",
  "monitor_metrics",
  "name",
  "network_profile",
  "node_os_upgrade_channel",
  "node_provisioning_profile",
  "node_resource_group",
  "oidc_issuer_enabled",
  "oms_agent",
  "private_cluster_enabled",
  "private_cluster_public_fqdn_enabled",
  "private_dns_zone_id",
  "resource_group_name",
  "role_based_access_control_enabled",
  "run_command_enabled",
  "service_mesh_profile",
  "sku_tier",
  "support_plan",
  "tags",
  "timeouts",
  "workload_autoscaler_profile",
  "workload_identity_enabled",
];

/** What the description or the hardened defaults set on a pool. */
export const OWNED_BY_POOL: readonly string[] = [
  "auto_scaling_enabled",
  "capacity_reservation_group_id",
  "eviction_policy",
  "fips_enabled",
  "gpu_driver",
  "gpu_instance",
  "host_encryption_enabled",
  "host_group_id",
  "kubernetes_cluster_id",
  "max_count",
  "max_pods",
  "min_count",
  "mode",
  "name",
  "node_count",
  "node_labels",
  "node_public_ip_enabled",
  "node_taints",
  "only_critical_addons_enabled",
  "os_disk_size_gb",
  "os_disk_type",
  "os_sku",
  "os_type",
  "pod_subnet_id",
  "priority",
  "spot_max_price",
  "tags",
  "temporary_name_for_rotation",
  "timeouts",
  "upgrade_settings",
  "vm_size",
  "vnet_subnet_id",
  "zones",
];

const LATE = "needs rights for an identity that exists only after the cluster";
const META = "is Terraform's, not azurerm's";

/** Attributes by their names, or by their paths, with the reason why they are refused. */
export interface RefusedAttributes {
  readonly [path: string]: string;
}

const OF_TERRAFORM: RefusedAttributes = Object.fromEntries(
  [
    "connection",
    "count",
    "depends_on",
    "dynamic",
    "for_each",
    "lifecycle",
    "provider",
    "provisioner",
  ].map((name) => [name, META]),
);

/** What weakens a cluster, or cannot work in one whose identities are brought. */
export const REFUSED_ON_CLUSTER: RefusedAttributes = {
  ...OF_TERRAFORM,
  aci_connector_linux: LATE,
  ai_toolchain_operator_enabled: LATE,
  ingress_application_gateway: LATE,
  web_app_routing: `${LATE}, and its NGINX gets no patches after 2026-11`,
  http_application_routing_enabled: "puts workloads onto the internet, and is retired",
  open_service_mesh_enabled: "is retired on 2027-09-30; use serviceMesh",
  service_principal: "brings a secret",
  upgrade_override: "forces upgrades that AKS holds back",
  windows_profile: "brings a password, which Terraform would keep in its state",
};

/** What weakens a pool. */
export const REFUSED_ON_POOL: RefusedAttributes = {
  ...OF_TERRAFORM,
  "kubelet_config.allowed_unsafe_sysctls": "lets pods change the kernel of their node",
  "node_network_profile.allowed_host_ports": "opens ports of nodes",
  "node_network_profile.node_public_ip_tags": "gives nodes addresses of the internet",
  node_public_ip_prefix_id: "gives nodes addresses of the internet",
  orchestrator_version: "ties a pool to a version, which upgrade channels then do not change",
  scale_down_mode: "keeps nodes that are not needed, with what is on their disks",
};

const attributes: Rule = {
  code: "HAKS-OVR-001",
  severity: "error",
  title: "Overrides set what the description has no words for, and weaken nothing.",
  source: CLUSTER_DOCS,
  check: (spec) => [
    ...refused("overrides.cluster", spec.overrides.cluster, OWNED_BY_CLUSTER, REFUSED_ON_CLUSTER),
    ...Object.entries(spec.overrides.nodePools).flatMap(([pool, set]) =>
      refused(`overrides.nodePools.${pool}`, set, OWNED_BY_POOL, REFUSED_ON_POOL),
    ),
  ],
};

const unknownPools: Rule = {
  code: "HAKS-OVR-002",
  severity: "error",
  title: "Overrides are for pools that there are.",
  source: CLUSTER_DOCS,
  check: (spec: ResolvedSpec) => {
    const names = allPools(spec).map(({ name }) => name);
    return Object.keys(spec.overrides.nodePools)
      .filter((name) => !names.includes(name))
      .map((name) => ({
        path: `overrides.nodePools.${name}`,
        message: `There is no pool "${name}".`,
        remedy: `Use ${names.join(", ")}.`,
      }));
  },
};

/** The rules about overrides. */
export const OVERRIDE_RULES: Rule[] = [attributes, unknownPools];

function refused(
  path: string,
  set: unknown,
  owned: readonly string[],
  refusals: RefusedAttributes,
): Violation[] {
  if (!isGroup(set)) {
    const message = "Overrides are attributes with their values.";
    return [{ path, message, remedy: "Write each attribute with its value." }];
  }
  return Object.entries(set).flatMap(([name, value]): Violation[] => {
    const place = `${path}.${name}`;
    if (!/^[a-z][a-z0-9_]*$/.test(name)) {
      const message = `"${name}" is not an attribute of azurerm.`;
      return [
        { path: place, message, remedy: "Use its name in Terraform, such as linux_profile." },
      ];
    }
    if (owned.includes(name)) {
      const message = `The attribute ${name} follows from the description.`;
      const remedy = "Change the description, or take an exception that docs/hardening.md lists.";
      return [{ path: place, message, remedy }];
    }
    if (!isPlain(value)) {
      const message = `The value of ${name} is not one that JSON has.`;
      return [
        { path: place, message, remedy: "Use texts, numbers, true, false, lists and groups." },
      ];
    }
    return [
      ...Object.entries(refusals)
        .filter(([attribute]) => isSet({ [name]: value }, attribute.split(".")))
        .map(([attribute, reason]) => ({
          path: `${path}.${attribute}`,
          message: `The attribute ${attribute} ${reason}.`,
          remedy: "Leave it out.",
        })),
      ...(holdsPassword(value)
        ? [
            {
              path: place,
              message: `The attribute ${name} holds a password, which Terraform would keep in its state.`,
              remedy: "Use an address without one.",
            },
          ]
        : []),
    ];
  });
}

/** Whether there is an address with a user and a password in a value. */
export function holdsPassword(value: unknown): boolean {
  return /:\/\/[^/"@:]*:[^/"@]+@/.test(JSON.stringify(value));
}

/** Whether something is set at a path; blocks may be written as lists. */
export function isSet(value: unknown, [key, ...rest]: string[]): boolean {
  if (key === undefined) {
    return value !== undefined && value !== null;
  }
  if (Array.isArray(value)) {
    return value.some((item) => isSet(item, [key, ...rest]));
  }
  return isGroup(value) && hasEntry(value, key) && isSet(value[key], rest);
}

function isGroup(value: unknown): value is { [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPlain(value: unknown, around: unknown[] = []): boolean {
  if (typeof value !== "object" || value === null) {
    return (
      value === null ||
      ["string", "boolean"].includes(typeof value) ||
      (typeof value === "number" && Number.isFinite(value))
    );
  }
  return (
    !around.includes(value) &&
    Object.values(value).every((item) => isPlain(item, [...around, value]))
  );
}
