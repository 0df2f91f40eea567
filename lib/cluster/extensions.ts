// Flux, AKS Backup, and the membership in a fleet of Azure Kubernetes Fleet Manager.
import { KubernetesClusterExtension } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-extension";
import { KubernetesFleetMember } from "@cdktf/provider-azurerm/lib/kubernetes-fleet-member";
import {
  KubernetesFluxConfiguration,
  KubernetesFluxConfigurationGitRepository,
  KubernetesFluxConfigurationKustomizations,
} from "@cdktf/provider-azurerm/lib/kubernetes-flux-configuration";
import { ITerraformDependable, TerraformResourceLifecycle } from "cdktf";
import { Construct } from "constructs";
import { keepAsMade } from "../hcl/kept";
import { BACKUP_EXTENSION, LOCATION } from "../spec/backup";
import { addressName } from "../spec/address";
import { ResolvedFluxConfiguration, ResolvedSpec } from "../spec/resolved-spec";
import { currentSubscriptionId } from "../terraform/providers";
import { ClusterSurroundings, nonEmpty } from "./surroundings";

/** The cluster that something is added to. */
export interface ExtendedCluster {
  readonly clusterId: string;
  readonly spec: ResolvedSpec;
  /** The cluster with its pools, which must exist before. */
  readonly ready: ITerraformDependable[];
  /** The lifecycle of the cluster, which guards its extensions as well. */
  readonly lifecycle: TerraformResourceLifecycle | undefined;
}

/** Adds Flux with its configurations. Nothing can be added to them later: Terraform would keep secrets in its state. */
export function addFlux(
  scope: Construct,
  { clusterId, spec: { flux }, ready, lifecycle }: ExtendedCluster,
): void {
  if (!flux) {
    return;
  }
  const extension = new KubernetesClusterExtension(scope, "flux", {
    name: "flux",
    clusterId,
    extensionType: "microsoft.flux",
    version: flux.version,
    configurationSettings: {
      "multiTenancy.enforce": String(flux.multiTenancy),
      ...(flux.clientId === undefined
        ? {}
        : {
            "workloadIdentity.enable": "true",
            "workloadIdentity.azureClientId": flux.clientId,
          }),
    },
    dependsOn: ready,
    lifecycle,
  });
  keepAsMade(extension, { sealed: true });
  const place = new Construct(scope, "the configurations");
  for (const configuration of flux.configurations) {
    const { name, namespaceName: namespace, scope: reach, kustomizations } = configuration;
    const made = new KubernetesFluxConfiguration(place, addressName(name), {
      name,
      clusterId,
      namespace,
      scope: reach,
      gitRepository: repositoryOf(configuration),
      kustomizations: kustomizations.map(kustomizationOf),
      dependsOn: [extension],
      lifecycle,
    });
    keepAsMade(made, { sealed: true });
  }
}

/**
 * Adds the backup extension. The identity team lets the vault use it.
 *
 * @returns the object id of the identity of the extension, if the cluster has it
 */
export function addBackup(
  scope: Construct,
  { clusterId, spec: { backup, subscriptionId }, ready, lifecycle }: ExtendedCluster,
  { tenantId }: ClusterSurroundings,
): string | undefined {
  if (!backup) {
    return undefined;
  }
  const { name, resourceGroup = "", subscriptionId: own } = backup.storageAccount;
  const extension = new KubernetesClusterExtension(scope, "backup", {
    name: BACKUP_EXTENSION,
    clusterId,
    extensionType: "microsoft.dataprotection.kubernetes",
    releaseTrain: "stable",
    releaseNamespace: "dataprotection-microsoft",
    configurationSettings: {
      [`${LOCATION}.bucket`]: backup.blobContainer,
      [`${LOCATION}.config.subscriptionId`]: own ?? subscriptionId ?? currentSubscriptionId(scope),
      [`${LOCATION}.config.resourceGroup`]: resourceGroup,
      [`${LOCATION}.config.storageAccount`]: name,
      [`${LOCATION}.config.storageAccountURI`]: `https://${name}.blob.core.windows.net/`,
      // Without it, the extension reads the keys of the account.
      [`${LOCATION}.config.useAAD`]: "true",
      "credentials.tenantId": tenantId,
    },
    dependsOn: ready,
    lifecycle,
  });
  keepAsMade(extension, { sealed: true });
  return extension.aksAssignedIdentity.get(0).principalId;
}

/** Makes the cluster a member of its fleet. */
export function joinFleet(
  scope: Construct,
  { clusterId, spec: { fleetManager }, ready, lifecycle }: ExtendedCluster,
  { resourceId }: ClusterSurroundings,
): void {
  if (fleetManager) {
    const { fleet, memberName: name, updateGroup: group } = fleetManager;
    new KubernetesFleetMember(scope, "fleet-member", {
      name,
      kubernetesClusterId: clusterId,
      kubernetesFleetId: resourceId("Microsoft.ContainerService/fleets", fleet),
      group,
      dependsOn: ready,
      lifecycle,
    });
  }
}

function repositoryOf({
  repository,
}: ResolvedFluxConfiguration): KubernetesFluxConfigurationGitRepository {
  const { url, branch, tag, semver, commit, secretName, entraId, syncIntervalSeconds } = repository;
  const [referenceType, referenceValue] = Object.entries({ branch, tag, semver, commit }).find(
    ([, value]) => value !== undefined,
  ) as [string, string];
  return {
    url,
    referenceType,
    referenceValue,
    localAuthReference: secretName,
    provider: entraId ? "Azure" : undefined,
    syncIntervalInSeconds: syncIntervalSeconds,
  };
}

function kustomizationOf(
  one: ResolvedFluxConfiguration["kustomizations"][number],
): KubernetesFluxConfigurationKustomizations {
  return {
    name: one.name,
    path: one.path,
    dependsOn: nonEmpty(one.dependsOn),
    garbageCollectionEnabled: one.prune,
    wait: one.wait,
    syncIntervalInSeconds: one.syncIntervalSeconds,
    retryIntervalInSeconds: one.retryIntervalSeconds,
    timeoutInSeconds: one.timeoutSeconds,
  };
}
