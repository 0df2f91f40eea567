// Facts that a description cannot express: known cases with what to do, and fields that are read past. Pure.
import { plain } from "../review/text";
import { defaultWindowOf } from "./default-window";
import { hidden } from "./passwords";
import { Reading, UnreadField, key } from "./reading";
import { Source } from "./source";

/** A case that is worth a note: a field in az, when it counts, and what to do. */
interface Case {
  readonly from: string;
  readonly when: (cluster: Reading) => boolean;
  readonly message: string;
}

const is = (path: string, value: string) => (cluster: Reading) => cluster.text(path) === value;
const isOn = (path: string) => (cluster: Reading) => cluster.flag(path) === true;

const CASES: readonly Case[] = [
  {
    from: "networkProfile.loadBalancerSku",
    when: (cluster) => cluster.text("networkProfile.loadBalancerSku")?.toLowerCase() === "basic",
    message:
      "The cluster has the load balancer Basic, which is retired. The description has Standard: Terraform replaces the cluster unless it is moved first.",
  },
  {
    from: "networkProfile.loadBalancerProfile.backendPoolType",
    when: (cluster) =>
      cluster.text("networkProfile.loadBalancerProfile.backendPoolType")?.toLowerCase() ===
      "nodeip",
    message:
      "The backend of the load balancer has the addresses of nodes (nodeIP), which the description cannot express. Where it sets the load balancer of egress, Terraform changes the backend to NodeIPConfiguration.",
  },
  {
    from: "sku.name",
    when: is("sku.name", "Automatic"),
    message:
      "The cluster is AKS Automatic, and the description is of AKS Standard. AKS does not change one into the other: create a new cluster.",
  },
  {
    from: "aadProfile",
    when: (cluster) => cluster.flag("aadProfile.managed") !== true,
    message:
      "The cluster does not use the integration with Entra ID that AKS manages. The description turns it on, which cannot be undone: users sign in with Entra ID from then on.",
  },
  {
    from: "windowsProfile.adminUsername",
    when: (cluster) => cluster.text("windowsProfile.adminUsername") !== undefined,
    message:
      "Windows nodes have an administrator with a password, which the description does not hold. It stays as it is.",
  },
  {
    from: "addonProfiles.omsagent.config.useAADAuth",
    when: (cluster) =>
      isOn("addonProfiles.omsagent.enabled")(cluster) &&
      cluster.flag("addonProfiles.omsagent.config.useAADAuth") !== true,
    message:
      "Container Insights signs in with the key of the workspace. The description uses a managed identity.",
  },
  {
    from: "addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation",
    when: (cluster) =>
      isOn("addonProfiles.azureKeyvaultSecretsProvider.enabled")(cluster) &&
      cluster.flag("addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation") !==
        true,
    message: "Secrets are not rotated. The description turns the rotation on.",
  },
  {
    from: "sku.tier",
    when: (cluster) =>
      is("sku.tier", "Premium")(cluster) && !is("supportPlan", "AKSLongTermSupport")(cluster),
    message: "The tier is Premium without long-term support. The description has Standard.",
  },
  {
    from: "nodeResourceGroupProfile.restrictionLevel",
    when: is("nodeResourceGroupProfile.restrictionLevel", "ReadOnly"),
    message:
      "The node resource group is locked (ReadOnly), which azurerm 4 cannot express. It stays.",
  },
  {
    from: "podIdentityProfile.enabled",
    when: isOn("podIdentityProfile.enabled"),
    message: "Pod identities are retired. Move the workloads to workload identities.",
  },
  {
    from: "upgradeSettings.overrideSettings.forceUpgrade",
    when: isOn("upgradeSettings.overrideSettings.forceUpgrade"),
    message: "Upgrades are forced until a set time. The description lets that time pass.",
  },
  {
    from: "provisioningState",
    when: (cluster) => !["Succeeded", undefined].includes(cluster.text("provisioningState")),
    message:
      "The last operation on the cluster did not succeed. Repair it first: az aks update --resource-group <group> --name <cluster>.",
  },
  {
    from: "powerState.code",
    when: is("powerState.code", "Stopped"),
    message: "The cluster is stopped. Start it before the first deployment.",
  },
];

/** Add-ons that the description has, or that the hardened defaults set. */
const DESCRIBED_ADD_ONS = ["azurepolicy", "omsagent", "azurekeyvaultsecretsprovider"];

/** Fields of az that say how the cluster is, and not how it was asked for; or that the description need not say. */
const CLUSTER_STATE = `
  agentPoolProfiles azurePortalFqdn currentKubernetesVersion effectiveOutboundIPs eTag enableNamespaceResources
  fqdn fqdnSubdomain id identity identityProfile kind location maxAgentPools name privateFqdn privateLinkResources
  provisioningState powerState resourceGroup resourceUid systemData type servicePrincipalProfile sku supportPlan
  enableRbac dnsPrefix nodeResourceGroup publicNetworkAccess linuxProfile kubernetesVersion
  apiServerAccessProfile.enableVnetIntegration apiServerAccessProfile.subnetId apiServerAccessProfile.privateDnsZone
  apiServerAccessProfile.enablePrivateClusterPublicFqdn apiServerAccessProfile.authorizedIpRanges
  aadProfile.managed aadProfile.tenantId addonProfiles bootstrapProfile.artifactSource
  networkProfile.ipFamilies networkProfile.loadBalancerSku networkProfile.networkMode networkProfile.podCidr
  networkProfile.podCidrs networkProfile.serviceCidr networkProfile.serviceCidrs networkProfile.networkPolicy
  networkProfile.networkPluginMode networkProfile.advancedNetworking
  networkProfile.loadBalancerProfile.effectiveOutboundIPs networkProfile.loadBalancerProfile.backendPoolType
  networkProfile.loadBalancerProfile.managedOutboundIPs networkProfile.natGatewayProfile
  oidcIssuerProfile.issuerUrl nodeProvisioningProfile storageProfile securityProfile.defender
  securityProfile.azureKeyVaultKms securityProfile.imageCleaner autoScalerProfile azureMonitorProfile.metrics
  upgradeSettings windowsProfile.adminUsername windowsProfile.enableCsiProxy nodeResourceGroupProfile
  serviceMeshProfile.istio.components workloadAutoScalerProfile podIdentityProfile
  ingressProfile.webAppRouting.identity
`;

const POOL_STATE = `
  artifactStreamingProfile count creationData currentOrchestratorVersion eTag id kubeletDiskType mode
  nodeImageVersion orchestratorVersion osDiskSizeGb powerState provisioningState resourceGroup scaleDownMode
  securityProfile type typePropertiesType workloadRuntime osDiskType osType status nodeTaints nodeLabels
  podSubnetId maxCount minCount spotMaxPrice scaleSetEvictionPolicy scaleSetPriority upgradeSettings name
  windowsProfile.disableOutboundNat vnetSubnetId upgradeSettingsBlueGreen upgradeStrategy localDnsProfile.state
`;

/** Adds notes on what the description cannot express. Read all fields before. */
export function noteUnsaid(source: Source): void {
  const { cluster, exports, note } = source;
  for (const { from, when, message } of CASES) {
    if (when(cluster)) {
      note(from, message);
    }
  }
  noteMissing(source);
  noteAddOns(source);
  for (const pool of exports.pools) {
    const name = pool.text("name") ?? "";
    // In the profile of the cluster the field has another name than in the list of pools.
    const type = pool.text("typePropertiesType") ?? pool.text("type");
    const mode = pool.text("mode") ?? "User";
    if (type !== undefined && !/^(VirtualMachineScaleSets|Microsoft\..*)$/i.test(type)) {
      note(
        `nodePools (${name})`,
        `The pool "${name}" is of the type ${type}, and the description has scale sets. Terraform replaces it.`,
      );
    }
    if (!["System", "User"].includes(mode)) {
      note(
        `nodePools (${name})`,
        `The pool "${name}" has the mode ${mode}, which the description cannot express. It has the mode User.`,
      );
    }
    if (pool.flag("windowsProfile.disableOutboundNat") === true) {
      note(
        `nodePools (${name})`,
        `The Windows nodes of the pool "${name}" have no outbound NAT, which the description cannot express. It stays: the stack ignores it.`,
      );
    }
    if (JSON.stringify(pool.map("tags")) !== JSON.stringify(cluster.map("tags"))) {
      note(
        `nodePools (${name}).tags`,
        `The pool "${name}" has other tags than the cluster. The description gives all resources the tags of the cluster.`,
      );
    }
    noteUnread(`nodePools (${name})`, pool.unread(), POOL_STATE, source);
  }
  noteUnread("", cluster.unread(), CLUSTER_STATE, source);
}

/** Adds notes on exports that are missing, and what the description has in their place. */
function noteMissing({ exports, cluster, note }: Source): void {
  if (exports.assignments === undefined) {
    note(
      "access",
      "No role assignments were exported: the description names no deployers, no users of Kubernetes and no registries but those that were exported.",
    );
  }
  const windows = (exports.maintenance ?? []).map((one) => key(one.text("name") ?? ""));
  for (const [field, name] of Object.entries(WINDOWS)) {
    if (!windows.includes(key(name))) {
      note(
        field,
        `The exports have no maintenance configuration ${name}. The description has the default window.`,
      );
    }
  }
  const hasLogs = cluster.flag("addonProfiles.omsagent.enabled") === true;
  if (hasLogs && exports.diagnostics === undefined) {
    note(
      "monitoring.logCategories",
      "No diagnostic settings were exported. The description adds one with the default categories; if a policy makes one, write an empty list.",
    );
  }
  if (defaultWindowOf(exports)) {
    note(
      "overrides.cluster.maintenance_window",
      "The maintenance configuration default is of the former kind. The override keeps it.",
    );
  }
}

const WINDOWS = {
  "upgrades.clusterWindow": "aksManagedAutoUpgradeSchedule",
  "upgrades.nodeOsWindow": "aksManagedNodeOSUpgradeSchedule",
};

function noteAddOns({ cluster, note }: Source): void {
  const profiles = cluster.value("addonProfiles");
  for (const name of Object.keys(profiles ?? {})) {
    if (
      !DESCRIBED_ADD_ONS.includes(name.toLowerCase()) &&
      cluster.flag(`addonProfiles.${name}.enabled`) === true
    ) {
      note(
        `addonProfiles.${plain(name)}`,
        `The add-on ${plain(name)} is on, and the description has no field for it. If the first apply turns it off, adopt says so; an attribute in ignoreChanges.cluster stays as it is.`,
      );
    }
  }
}

/** Adds notes on fields that were not read, but for those of a list, which say how something is. */
export function noteUnread(
  prefix: string,
  unread: UnreadField[],
  state: string,
  { note }: Source,
): void {
  for (const { path, value } of withoutState(unread, state)) {
    const place = [prefix, plain(path)].filter(Boolean).join(".");
    note(place, `Not carried over: ${shown(value)}.`);
  }
}

/** Returns the fields that were not read, but for those of a list. */
export function withoutState(unread: UnreadField[], state: string): UnreadField[] {
  const known = state.trim().split(/\s+/).map(key);
  return unread.filter(({ path }) => {
    const name = key(path);
    return !known.some((one) => name === one || name.startsWith(`${one}.`));
  });
}

function shown(value: unknown): string {
  const text = plain(hidden(JSON.stringify(value)));
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
