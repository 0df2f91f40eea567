// The fields of the description about the cluster itself, and where az has them: one row for each. Pure.
import { CUSTOM_ROLES } from "../../lib/access/rights";
import { dnsPrefixOf } from "../../lib/spec/defaults";
import { isSameName } from "../../lib/spec/naming";
import { parseResourceId } from "../../lib/spec/resource-id";
import { Fields } from "../config/file-schema";
import { AutoscalerProfile } from "../../lib/spec/autoscaler";
import { ADD_ON_ROWS } from "./add-on-fields";
import { regionOf } from "./exports";
import { EXTENSION_ROWS } from "./extension-fields";
import { assignmentsOf } from "./granted";
import { LOCK_ROWS } from "./lock-fields";
import { Reading } from "./reading";
import { Row, Source, nameIn, nonEmpty, nonEmptyGroup, reference } from "./source";

/** Name, place and identities. */
export const PLACE_ROWS: readonly Row[] = [
  { field: "name", from: "name", read: ({ exports }) => exports.place.name },
  {
    field: "location",
    from: "location",
    read: ({ cluster }) => regionOf(cluster.text("location")),
  },
  {
    field: "tenantId",
    from: "aadProfile.tenantId, identity.tenantId",
    read: ({ cluster }) => {
      const ofIdentity = cluster.text("identity.tenantId");
      return cluster.text("aadProfile.tenantId") ?? ofIdentity;
    },
  },
  {
    field: "subscriptionId",
    from: "id",
    // The names of custom roles have it: roles that were made without it would be made again.
    read: (source) =>
      namesRolesWithoutSubscription(source)
        ? undefined
        : source.exports.place.subscriptionId.toLowerCase(),
  },
  {
    field: "dnsPrefix",
    from: "dnsPrefix",
    read: ({ cluster, exports }) => {
      const prefix = cluster.text("dnsPrefix");
      const isDefault = prefix === dnsPrefixOf({ name: exports.place.name });
      return cluster.text("fqdnSubdomain") !== undefined || isDefault ? undefined : prefix;
    },
  },
  {
    field: "resourceGroup.name",
    from: "resourceGroup",
    read: ({ exports }) => exports.place.resourceGroup,
  },
  {
    field: "identities",
    from: "identity.userAssignedIdentities, identityProfile.kubeletidentity",
    read: broughtIdentities,
  },
  {
    field: "nodeResourceGroup",
    from: "nodeResourceGroup",
    read: ({ cluster, exports: { place } }) => {
      const group = cluster.text("nodeResourceGroup");
      const region = regionOf(cluster.text("location")) ?? "";
      const made = `MC_${place.resourceGroup}_${place.name}_${region}`;
      return group === undefined || isSameName(group, made) ? undefined : group;
    },
  },
];

/** API server and its name. */
export const API_SERVER_ROWS: readonly Row[] = [
  {
    field: "apiServer",
    from: "apiServerAccessProfile.enablePrivateCluster, .authorizedIpRanges",
    read: (source) => {
      const { cluster, note } = source;
      const ranges = authorizedRanges(cluster);
      if (isPrivateCluster(source)) {
        return { type: "private" };
      }
      if (ranges.length === 0) {
        note(
          "apiServer.authorizedRanges",
          "The API server is open to all addresses of the internet, and stays open by the exception openApiServer. Write the ranges that administrators, pipelines and nodes come from, and remove the exception.",
        );
      }
      return { type: "public", authorizedRanges: ranges };
    },
  },
  {
    field: "privateDns",
    from: "apiServerAccessProfile.privateDnsZone, fqdnSubdomain",
    read: (source) => {
      const { cluster, exports } = source;
      const zone = cluster.text("apiServerAccessProfile.privateDnsZone");
      const fqdnSubdomain = cluster.text("fqdnSubdomain");
      if (!isPrivateCluster(source) || zone === undefined) {
        return undefined;
      }
      const known = reference(zone, source);
      // A hub is rarely readable for the platform team.
      const { subscriptionId } = parseResourceId(zone) ?? exports.place;
      const isOwn = isSameName(subscriptionId, exports.place.subscriptionId);
      return known
        ? {
            type: "zone",
            zone: isOwn ? known : { id: zone },
            ...(fqdnSubdomain === undefined ? {} : { fqdnSubdomain }),
          }
        : { type: isSameName(zone, "none") ? "none" : "system" };
    },
  },
];

/** Registries, encryption, and how the cluster is run. */
export const OPERATION_ROWS: readonly Row[] = [
  {
    field: "diskEncryption",
    from: "diskEncryptionSetId",
    read: (source) => {
      const diskEncryptionSet = reference(source.cluster.text("diskEncryptionSetId"), source);
      return diskEncryptionSet
        ? { type: "customerManaged", diskEncryptionSet }
        : { type: "platformManaged" };
    },
  },
  { field: "kms", from: "securityProfile.azureKeyVaultKms", read: kmsOf },
  {
    field: "addOns",
    from: "metricsProfile.costAnalysis, workloadAutoScalerProfile",
    read: ({ cluster }) =>
      nonEmpty(
        Object.entries(ADD_ONS)
          .filter(([, path]) => cluster.flag(path) === true)
          .map(([name]) => name),
      ),
  },
  ...ADD_ON_ROWS,
  ...EXTENSION_ROWS,
  ...LOCK_ROWS,
  {
    field: "longTermSupport",
    from: "supportPlan",
    read: ({ cluster }) => cluster.text("supportPlan") === "AKSLongTermSupport" || undefined,
  },
  { field: "tags", from: "tags", read: ({ cluster }) => nonEmptyGroup(cluster.map("tags")) },
];

/** When the autoscaler adds and removes nodes: fields, and their names in az. */
export const AUTOSCALER: { readonly [field in keyof AutoscalerProfile]-?: string } = {
  expander: "expander",
  balanceSimilarNodeGroups: "balanceSimilarNodeGroups",
  scaleDownUnneeded: "scaleDownUnneededTime",
  scaleDownDelayAfterAdd: "scaleDownDelayAfterAdd",
  scaleDownUtilizationThreshold: "scaleDownUtilizationThreshold",
  maxGracefulTerminationSeconds: "maxGracefulTerminationSec",
  skipNodesWithLocalStorage: "skipNodesWithLocalStorage",
  skipNodesWithSystemPods: "skipNodesWithSystemPods",
};

/** The defaults of AKS, which are not worth a line. */
const AUTOSCALER_DEFAULTS: { readonly [field: string]: string } = {
  expander: "random",
  balanceSimilarNodeGroups: "false",
  scaleDownUnneeded: "10m",
  scaleDownDelayAfterAdd: "10m",
  scaleDownUtilizationThreshold: "0.5",
  maxGracefulTerminationSeconds: "600",
  skipNodesWithLocalStorage: "false",
  skipNodesWithSystemPods: "true",
};

/** Returns the settings of the autoscaler that differ from the defaults of AKS. */
export function autoscalerOf({ cluster }: Source): Fields | undefined {
  const fields = Object.entries(AUTOSCALER).flatMap(([field, name]) => {
    const path = `autoScalerProfile.${name}`;
    const text = cluster.text(path);
    const value = cluster.flag(path) ?? cluster.number(path) ?? text;
    return text === undefined || text === AUTOSCALER_DEFAULTS[field] ? [] : [[field, value]];
  });
  return nonEmptyGroup(Object.fromEntries(fields) as Fields);
}

/** Returns the ranges that reach the API server; older versions of the API have them at another place. */
export function authorizedRanges(cluster: Reading): string[] {
  const ranges = cluster.texts("apiServerAccessProfile.authorizedIpRanges");
  return ranges.length > 0 ? ranges : cluster.texts("apiServerAuthorizedIPRanges");
}

/** Whether the API server has a private address only. */
export function isPrivateCluster({ cluster }: Source): boolean {
  return cluster.flag("apiServerAccessProfile.enablePrivateCluster") === true;
}

const ADD_ONS: { readonly [name: string]: string } = {
  costAnalysis: "metricsProfile.costAnalysis.enabled",
  keda: "workloadAutoScalerProfile.keda.enabled",
  verticalPodAutoscaler: "workloadAutoScalerProfile.verticalPodAutoscaler.enabled",
};

/** Whether stacks of this project made custom roles, for a description without the subscription. */
function namesRolesWithoutSubscription(source: Source): boolean {
  const { exports, identities } = source;
  const { controlPlane, kubelet } = identities;
  const isHere = [controlPlane.id, kubelet.id].every((id) => {
    const { subscriptionId } = parseResourceId(id ?? "") ?? exports.place;
    return isSameName(subscriptionId, exports.place.subscriptionId);
  });
  const made = assignmentsOf(source, controlPlane).filter(({ role: { name } }) =>
    CUSTOM_ROLES.some((role) => name.startsWith(`${role.name} (`)),
  );
  return isHere && made.some(({ role: { name } }) => !/ in \S+\)$/.test(name));
}

/** The identities that the cluster has brought; those that are not yet brought get their default names. */
function broughtIdentities(source: Source): unknown {
  const { exports, identities } = source;
  const { controlPlane, kubelet } = identities;
  const own = exports.place.subscriptionId;
  const placed = [
    parseResourceId(controlPlane.kind === "userAssigned" ? (controlPlane.id ?? "") : ""),
    parseResourceId(kubelet.kind === "brought" ? (kubelet.id ?? "") : ""),
  ];
  const [first] = placed.filter((one) => one !== undefined);
  if (!first) {
    // In the resource group of the cluster, every deployer could take them over.
    return { resourceGroup: { name: `${exports.place.name}-identities`, create: true } };
  }
  const { resourceGroup, subscriptionId } = first;
  const ids = [controlPlane.id, kubelet.id];
  const [ofControlPlane, ofKubelet] = placed.map((one, index) =>
    one
      ? {
          name: one.name,
          ...(isElsewhere(ids[index] ?? "", source) ? { existing: true } : {}),
          ...(isSameName(one.resourceGroup, resourceGroup)
            ? {}
            : { resourceGroup: one.resourceGroup }),
          ...(isSameName(one.subscriptionId, subscriptionId)
            ? {}
            : { subscriptionId: one.subscriptionId }),
        }
      : undefined,
  );
  return {
    resourceGroup: { name: resourceGroup },
    ...(isSameName(subscriptionId, own) ? {} : { subscriptionId }),
    ...(ofControlPlane && { controlPlane: ofControlPlane }),
    ...(ofKubelet && { kubelet: ofKubelet }),
  };
}

/** Whether an identity is in another region than the cluster, in which the stack makes identities. */
function isElsewhere(id: string, { exports, cluster, note }: Source): boolean {
  const { location } = exports.identities.find((one) => isSameName(one.id, id)) ?? {};
  const region = regionOf(cluster.text("location"));
  if (location === undefined) {
    note(
      "identities",
      `No export has the region of the identity ${nameIn(id) ?? id}: az identity show prints it. If it is not ${region ?? "that of the cluster"}, set existing to true for it.`,
    );
  } else if (location !== region) {
    note(
      "identities",
      `The identity ${nameIn(id) ?? id} is in ${location}. The description has existing: true for it: stacks make identities in the region of the cluster, and Terraform would replace it.`,
    );
  }
  return location !== undefined && location !== region;
}

function kmsOf(source: Source): unknown {
  const { cluster, exports, identities, note } = source;
  const kms = cluster.group("securityProfile.azureKeyVaultKms");
  const keyId = kms?.text("keyId");
  const network = kms?.text("keyVaultNetworkAccess");
  const vault = kms?.text("keyVaultResourceId");
  if (kms?.flag("enabled") !== true || keyId === undefined) {
    return undefined;
  }
  const [, name = ""] = /^https:\/\/([^./]+)\./.exec(keyId) ?? [];
  // With a public vault, az does not have its id; the right on it does.
  const granted = (exports.assignments ?? []).find(
    ({ principalId, scope }) =>
      principalId === identities.controlPlane.principalId &&
      isSameName(nameIn(scope) ?? "", name) &&
      /^microsoft\.keyvault\/vaults$/i.test(parseResourceId(scope)?.type ?? ""),
  );
  const keyVault = reference(vault ?? granted?.scope, source);
  if (!keyVault) {
    note(
      "kms",
      `Secrets in etcd are encrypted with ${keyId}, and no export has the resource group of the vault: add kms, or the next apply turns the encryption off.`,
    );
    return undefined;
  }
  return { keyVault, keyId, ...(network === undefined ? {} : { network }) };
}
