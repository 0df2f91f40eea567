// The features of a cluster that concern identities, keys, capacity, storage, registries and monitoring. Pure.
import { ResolvedSpec } from "../spec/resolved-spec";
import {
  AFTER_DEPLOYMENT,
  AZURERM,
  Feature,
  LEARN,
  NOT_LISTED,
  NoRequirement,
  PERMISSIONS_PAGE,
  at,
  identity,
  needs,
  withoutKubelet,
} from "./feature";
import { RIGHTS } from "./rights";

const ASSIGNS = needs(
  "assignIdentity",
  "assigns its identities to it.",
  "linkedAccess",
  PERMISSIONS_PAGE,
);

const FLEET_MANAGER = `${LEARN}/kubernetes-fleet`;

const AGENTS_SEND: NoRequirement = {
  none: "The agents authenticate with an identity that AKS creates for monitoring.",
};

const KUBELET_PULLS: NoRequirement = { none: "Nodes pull images as the kubelet identity." };

/** The features of everything but the network. Where several concern one scope, their reasons stand in this order. */
export const RESOURCE_FEATURES: Feature[] = [
  ...withoutKubelet([
    {
      name: "control plane identity",
      source: `${LEARN}/aks/managed-identity-overview`,
      on: (spec) => [{ scope: identity(spec, "controlPlane") }],
      controlPlane: { none: "An identity needs no right on itself." },
      deployer: ASSIGNS,
    },
    {
      name: "disk encryption",
      source: `${LEARN}/aks/azure-disk-customer-managed-keys`,
      on: at(["diskEncryption.diskEncryptionSet"]),
      controlPlane: needs(
        "diskEncryptionSet",
        "reads the disk encryption set for the disks that it makes.",
        "linkedAccess",
        `${LEARN}/aks/azure-disk-customer-managed-keys`,
      ),
      deployer: needs(
        "diskEncryptionSet",
        "reads its disk encryption set.",
        "linkedAccess",
        PERMISSIONS_PAGE,
      ),
    },
    {
      name: "KMS",
      source: `${LEARN}/aks/use-kms-etcd-encryption`,
      on: at(["kms.keyVault"]),
      controlPlane: needs(
        "kms",
        "encrypts and decrypts secrets in etcd with a key of the vault, which must use Azure RBAC.",
        "keyVault",
        `${LEARN}/aks/use-kms-etcd-encryption`,
      ),
      deployer: NOT_LISTED,
    },
    {
      name: "KMS with a private vault",
      source: `${LEARN}/aks/use-kms-etcd-encryption`,
      on: at(["kms.keyVault"], ({ kms }) => kms?.network === "Private"),
      controlPlane: needs(
        "kmsPrivateVault",
        "approves its own private endpoint at the vault.",
        "linkedAccess",
        `${LEARN}/aks/use-kms-etcd-encryption`,
      ),
      deployer: needs(
        "keyVaultRead",
        "finds its private key vault among the vaults of the subscription, and sees whether the vault uses Azure RBAC.",
        "azurerm",
        `${AZURERM}/keyvault/client/populate_cache.go`,
      ),
    },
    {
      name: "capacity reservation",
      source: `${LEARN}/aks/use-capacity-reservation-groups`,
      on: at([
        "nodePools.system.capacityReservationGroup",
        "nodePools.user.*.capacityReservationGroup",
      ]),
      controlPlane: needs(
        "capacityReservation",
        "takes the capacity of nodes from the group.",
        "linkedAccess",
        `${LEARN}/virtual-machines/capacity-reservation-group-share`,
        "For AKS, Microsoft names Contributor on the resource group. These are the operations that it names for the use of a group of another subscription.",
      ),
      deployer: NOT_LISTED,
    },
    {
      name: "dedicated hosts",
      source: `${LEARN}/aks/use-azure-dedicated-hosts`,
      on: at(["nodePools.system.hostGroup", "nodePools.user.*.hostGroup"]),
      controlPlane: needs(
        "hostGroup",
        "puts nodes onto the hosts of the group.",
        "aks",
        `${LEARN}/aks/use-azure-dedicated-hosts`,
        "Microsoft names Contributor on the resource group. Azure has no operation to join a host group: Virtual Machine Contributor writes the group and its hosts.",
      ),
      deployer: NOT_LISTED,
    },
    {
      name: "data disk",
      source: `${LEARN}/aks/create-volume-azure-disk`,
      on: at(["storage.disks.*"]),
      controlPlane: needs("disk", "attaches the disk to nodes.", "csiDriver", PERMISSIONS_PAGE),
      deployer: AFTER_DEPLOYMENT,
    },
    {
      name: "storage account",
      source: `${LEARN}/aks/create-volume-azure-files`,
      on: at(["storage.storageAccounts.*"]),
      controlPlane: needs(
        "storageAccount",
        "makes and mounts file shares of the storage account.",
        "csiDriver",
        `${LEARN}/aks/create-volume-azure-files`,
      ),
      deployer: AFTER_DEPLOYMENT,
    },
    {
      name: "logs",
      source: `${LEARN}/azure-monitor/containers/kubernetes-monitoring-enable`,
      on: at(["monitoring.logAnalyticsWorkspace"]),
      controlPlane: AGENTS_SEND,
      deployer: needs(
        "workspace",
        "connects it to its log workspace.",
        "linkedAccess",
        PERMISSIONS_PAGE,
      ),
    },
    {
      name: "Defender",
      source: "https://learn.microsoft.com/azure/defender-for-cloud/defender-for-containers-enable",
      on: at(["monitoring.defender.workspace"]),
      controlPlane: AGENTS_SEND,
      deployer: needs(
        "defenderWorkspace",
        "connects Defender to its log workspace.",
        "linkedAccess",
        PERMISSIONS_PAGE,
      ),
    },
    {
      name: "metrics",
      source: `${LEARN}/azure-monitor/containers/kubernetes-monitoring-enable`,
      on: at(["monitoring.prometheusWorkspace"]),
      controlPlane: AGENTS_SEND,
      deployer: needs(
        "monitorWorkspace",
        "makes the rule that sends its metrics to the workspace.",
        "linkedAccess",
        `${LEARN}/azure-monitor/containers/kubernetes-monitoring-enable`,
        "Microsoft names Contributor, and no operation on the workspace.",
      ),
    },
    {
      name: "fleet membership",
      source: `${FLEET_MANAGER}/quickstart-create-fleet-and-members`,
      on: at(["fleetManager.fleet"]),
      controlPlane: { none: "The fleet reaches its members with its own identity." },
      deployer: needs(
        "fleetMember",
        "makes it a member of the fleet.",
        "azurerm",
        `${FLEET_MANAGER}/quickstart-create-fleet-and-members`,
        "The page also names fleets/write, which creates a fleet, and operations on the cluster, which a Contributor on its resource group has.",
      ),
    },
  ]),
  {
    name: "kubelet identity",
    source: `${LEARN}/aks/managed-identity-overview`,
    on: (spec) => [{ scope: identity(spec, "kubelet") }],
    controlPlane: needs(
      "assignIdentity",
      "gives the kubelet identity to the nodes.",
      "aks",
      `${LEARN}/aks/managed-identity-overview`,
    ),
    kubelet: { none: "An identity needs no right on itself." },
    deployer: ASSIGNS,
  },
  {
    name: "artifact cache",
    source: `${LEARN}/aks/network-isolated`,
    on: at(["network.egress.artifactCache"]),
    controlPlane: KUBELET_PULLS,
    kubelet: needs(
      "pull",
      "pull what AKS needs from the cache, since nothing leaves the cluster.",
      "registry",
      `${LEARN}/aks/network-isolated`,
    ),
    deployer: NOT_LISTED,
  },
  ...(["classic", "abac"] as const).map((mode): Feature => ({
    name: "image pull",
    source: `${LEARN}/aks/cluster-container-registry-integration`,
    on: (spec) => registriesIn(mode, spec),
    controlPlane: KUBELET_PULLS,
    kubelet: needs(
      mode === "abac" ? "pullRepositories" : "pull",
      "pull images from the registry.",
      "registry",
      `${LEARN}/aks/cluster-container-registry-integration`,
    ),
    deployer: { none: "The cluster has no reference to the registries of its images." },
  })),
];

// A mode that does not exist is for the rules to report, and counts as the classic one.
function registriesIn(mode: "classic" | "abac", { registries }: ResolvedSpec) {
  return registries
    .filter((one) => (one.mode === "abac") === (mode === "abac"))
    .map(({ registry, repositories }) => ({
      scope: { kind: "registry", name: registry.name, reference: registry },
      condition: mode === "abac" ? repositoryCondition(repositories) : undefined,
    }));
}

const REPOSITORY = "@Request[Microsoft.ContainerRegistry/registries/repositories:name]";

// A condition binds only the actions that it names, so it names both that the role has.
function repositoryCondition(repositories: string[]): string | undefined {
  if (repositories.length === 0) {
    return undefined;
  }
  const others = RIGHTS.pullRepositories.needs.map((action) => `!(ActionMatches{'${action}'})`);
  const names = [...repositories].sort().map((name) => {
    const comparison = name.endsWith("/") ? "StringStartsWithIgnoreCase" : "StringEqualsIgnoreCase";
    return `${REPOSITORY} ${comparison} '${name}'`;
  });
  return `((${others.join(" AND ")}) OR (${names.join(" OR ")}))`;
}
