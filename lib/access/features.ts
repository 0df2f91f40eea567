// What each feature of a cluster needs: the table behind the grant plan. Pure.
// A feature that is added to the description gets an entry here, and nothing else has to know of it.
import { GrantingTeam } from "../spec/granting-team";
import { allPools, nodeSubnets } from "../spec/pools";
import { ResolvedSpec, isPrivate } from "../spec/resolved-spec";
import { ResourceReference } from "../spec/resource-reference";
import { PlannedPrincipal, PlannedScope } from "./planned-grant";
import { PURPOSES, Purpose } from "./purposes";

/** Something that a principal has to be able to do on a scope. */
export interface Need {
  readonly principal: PlannedPrincipal;
  readonly scope: PlannedScope;
  readonly purpose: Purpose;
  /** Why: one sentence. */
  readonly why: string;
  readonly condition?: string;
  /** Who grants it, whoever owns scopes of its kind; absent if they do. */
  readonly team?: GrantingTeam;
}

/** A feature: its name, where its needs are documented, and what it needs; nothing if it is off. */
export interface Feature {
  readonly name: string;
  readonly source: string;
  readonly needs: (spec: ResolvedSpec) => Need[];
}

const LEARN = "https://learn.microsoft.com/azure";

/** The features that the identities of the cluster need rights for, in the order of the plan. */
export const CLUSTER_FEATURES: Feature[] = [
  {
    name: "kubelet identity",
    source: `${LEARN}/aks/managed-identity-overview`,
    needs: (spec) => [
      byControlPlane(
        spec,
        identityScope(spec, "kubelet"),
        PURPOSES.assignIdentity,
        "The control plane gives the kubelet identity to the nodes.",
      ),
    ],
  },
  {
    name: "node subnet",
    source: `${LEARN}/aks/concepts-network-cni-overview`,
    needs: onSubnets(
      nodeSubnets,
      PURPOSES.subnetJoin,
      "The control plane joins nodes and internal load balancers to the subnet.",
    ),
  },
  {
    name: "pod subnet",
    source: `${LEARN}/aks/concepts-network-azure-cni-pod-subnet`,
    needs: onSubnets(
      ({ network: { podNetwork } }) => (podNetwork.subnet === undefined ? [] : [podNetwork.subnet]),
      PURPOSES.subnetJoin,
      "The control plane takes the addresses of pods from the subnet.",
    ),
  },
  {
    name: "load balancer subnet",
    source: `${LEARN}/aks/internal-lb`,
    needs: onSubnets(
      ({ network }) => network.loadBalancerSubnets,
      PURPOSES.subnetJoin,
      "The control plane puts frontends of internal load balancers into the subnet.",
    ),
  },
  {
    name: "API Server VNet Integration",
    source: `${LEARN}/aks/api-server-vnet-integration`,
    needs: onSubnets(
      (spec) =>
        spec.network.apiServerSubnet === undefined
          ? []
          : [...new Set([spec.network.apiServerSubnet, ...nodeSubnets(spec)])],
      PURPOSES.apiServerSubnet,
      "The control plane puts the API server and its load balancer into the network.",
    ),
  },
  {
    name: "Private Link services",
    source: "https://cloud-provider-azure.sigs.k8s.io/topics/azure-permissions/",
    needs: onSubnets(
      (spec) => (spec.network.privateLinkServices ? nodeSubnets(spec) : []),
      PURPOSES.privateLinkSubnet,
      "The control plane turns the Private Link policies of the subnet off for services that ask for it, for which it must be able to change every setting of the subnet.",
    ),
  },
  {
    name: "private DNS link",
    source: `${LEARN}/aks/private-clusters`,
    needs: (spec) =>
      isPrivate(spec) && spec.privateDns.kind !== "none"
        ? [
            byControlPlane(
              spec,
              networkScope(spec),
              PURPOSES.networkLink,
              "The control plane links the private DNS zone of the API server to the virtual network.",
            ),
          ]
        : [],
  },
  {
    name: "node auto-provisioning",
    source: `${LEARN}/aks/node-auto-provisioning-networking`,
    needs: (spec) =>
      spec.nodePools.autoProvisioning
        ? [
            byControlPlane(
              spec,
              networkScope(spec),
              PURPOSES.networkRead,
              "Node auto-provisioning reads the virtual network.",
            ),
          ]
        : [],
  },
  {
    name: "private DNS zone",
    source: `${LEARN}/aks/private-clusters`,
    needs: onReferences(
      (spec) => (isPrivate(spec) && spec.privateDns.zone ? [spec.privateDns.zone] : []),
      "privateDnsZone",
      PURPOSES.privateDnsZone,
      "The control plane writes the name of the API server into the zone and links the zone.",
    ),
  },
  {
    name: "egress by route table",
    source: `${LEARN}/aks/egress-udr`,
    needs: onReferences(
      ({ network: { egress } }) => (egress.routeTable ? [egress.routeTable] : []),
      "routeTable",
      PURPOSES.routeTableRead,
      "The control plane reads the route table of the node subnet.",
    ),
  },
  {
    name: "egress by public IP",
    source: `${LEARN}/aks/load-balancer-standard`,
    needs: onReferences(
      ({ network: { egress } }) => egress.publicIps,
      "publicIp",
      PURPOSES.publicIp,
      "The control plane gives the public IP to the load balancer of egress.",
    ),
  },
  {
    name: "egress by public IP prefix",
    source: `${LEARN}/aks/load-balancer-standard`,
    needs: onReferences(
      ({ network: { egress } }) => egress.publicIpPrefixes,
      "publicIpPrefix",
      PURPOSES.publicIpPrefix,
      "The control plane gives addresses of the prefix to the load balancer of egress.",
    ),
  },
  {
    name: "public IP of services",
    source: `${LEARN}/aks/static-ip`,
    needs: onReferences(
      ({ network }) => network.servicePublicIps,
      "publicIp",
      PURPOSES.publicIp,
      "The control plane gives the public IP to the load balancer of a service.",
    ),
  },
  {
    name: "disk encryption",
    source: `${LEARN}/aks/azure-disk-customer-managed-keys`,
    needs: onReferences(
      ({ diskEncryption: { diskEncryptionSet } }) => (diskEncryptionSet ? [diskEncryptionSet] : []),
      "diskEncryptionSet",
      PURPOSES.diskEncryptionSet,
      "The control plane reads the disk encryption set for the disks that it makes.",
    ),
  },
  {
    name: "KMS",
    source: `${LEARN}/aks/use-kms-etcd-encryption`,
    needs: onReferences(
      ({ kms }) => (kms ? [kms.keyVault] : []),
      "keyVault",
      PURPOSES.kms,
      "The control plane encrypts and decrypts secrets in etcd with a key of the vault.",
    ),
  },
  {
    name: "KMS with a private vault",
    source: `${LEARN}/aks/use-kms-etcd-encryption`,
    needs: onReferences(
      ({ kms }) => (kms?.network === "Private" ? [kms.keyVault] : []),
      "keyVault",
      PURPOSES.kmsPrivateVault,
      "The control plane approves its own private endpoint at the vault.",
    ),
  },
  {
    name: "capacity reservation",
    source: `${LEARN}/aks/use-capacity-reservation-groups`,
    needs: onReferences(
      (spec) => allPools(spec).flatMap((pool) => pool.capacityReservationGroup ?? []),
      "capacityReservationGroup",
      PURPOSES.capacityReservation,
      "The control plane takes the capacity of nodes from the group.",
    ),
  },
  {
    name: "dedicated hosts",
    source: `${LEARN}/aks/use-azure-dedicated-hosts`,
    needs: onReferences(
      (spec) => allPools(spec).flatMap((pool) => pool.hostGroup ?? []),
      "hostGroup",
      PURPOSES.hostGroup,
      "The control plane puts nodes onto the hosts of the group.",
    ),
  },
  {
    name: "data disk",
    source: `${LEARN}/aks/azure-csi-disk-storage-provision`,
    needs: onReferences(
      ({ storage: { disks } }) => disks,
      "disk",
      PURPOSES.disk,
      "The control plane attaches the disk to nodes.",
    ),
  },
  {
    name: "storage account",
    source: `${LEARN}/aks/create-volume-azure-files`,
    needs: onReferences(
      ({ storage: { storageAccounts } }) => storageAccounts,
      "storageAccount",
      PURPOSES.storageAccount,
      "The control plane makes and mounts file shares of the storage account.",
    ),
  },
  {
    name: "artifact cache",
    source: `${LEARN}/aks/network-isolated`,
    needs: (spec) =>
      spec.network.egress.artifactCache
        ? [
            {
              principal: { kind: "kubelet", name: spec.identities.kubelet.name },
              scope: referenceScope("registry", spec.network.egress.artifactCache),
              purpose: PURPOSES.pull,
              why: "The nodes pull what AKS needs from the cache, since nothing leaves the cluster.",
            },
          ]
        : [],
  },
  {
    name: "image pull",
    source: `${LEARN}/aks/cluster-container-registry-integration`,
    needs: (spec) =>
      spec.registries.map(({ registry, mode, repositories }) => ({
        principal: { kind: "kubelet", name: spec.identities.kubelet.name },
        scope: { kind: "registry", name: registry.name, reference: registry },
        purpose: mode === "abac" ? PURPOSES.pullRepositories : PURPOSES.pull,
        why: "The nodes pull images from the registry.",
        condition: mode === "abac" ? repositoryCondition(repositories) : undefined,
      })),
  },
];

/** The identity of the cluster that is a scope. */
export function identityScope(
  { identities }: ResolvedSpec,
  kind: "controlPlane" | "kubelet",
): PlannedScope {
  return { kind, name: identities[kind].name };
}

/** A subnet of the cluster's virtual network as a scope. */
export function subnetScope({ network }: ResolvedSpec, name: string): PlannedScope {
  return { kind: "subnet", name, reference: network.virtualNetwork };
}

/** A resource as a scope. */
export function referenceScope(kind: string, reference: ResourceReference): PlannedScope {
  return { kind, name: reference.name, reference };
}

/** The cluster's virtual network as a scope. */
export function networkScope({ network: { virtualNetwork } }: ResolvedSpec): PlannedScope {
  return referenceScope("virtualNetwork", virtualNetwork);
}

function byControlPlane(
  spec: ResolvedSpec,
  scope: PlannedScope,
  purpose: Purpose,
  why: string,
): Need {
  const principal = { kind: "controlPlane", name: spec.identities.controlPlane.name };
  return { principal, scope, purpose, why };
}

function onSubnets(
  names: (spec: ResolvedSpec) => string[],
  purpose: Purpose,
  why: string,
): Feature["needs"] {
  return (spec) =>
    names(spec).map((name) => byControlPlane(spec, subnetScope(spec, name), purpose, why));
}

function onReferences(
  references: (spec: ResolvedSpec) => ResourceReference[],
  kind: string,
  purpose: Purpose,
  why: string,
): Feature["needs"] {
  return (spec) =>
    references(spec).map((reference) =>
      byControlPlane(spec, referenceScope(kind, reference), purpose, why),
    );
}

const REPOSITORY = "@Request[Microsoft.ContainerRegistry/registries/repositories:name]";

// A condition binds only the actions that it names, so it names both that the role has.
function repositoryCondition(repositories: string[]): string | undefined {
  if (repositories.length === 0) {
    return undefined;
  }
  const others = PURPOSES.pullRepositories.needs.map((action) => `!(ActionMatches{'${action}'})`);
  const names = [...repositories].sort().map((name) => {
    const comparison = name.endsWith("/") ? "StringStartsWithIgnoreCase" : "StringEqualsIgnoreCase";
    return `${REPOSITORY} ${comparison} '${name}'`;
  });
  return `((${others.join(" AND ")}) OR (${names.join(" OR ")}))`;
}
