// From the content of a valid file to what the library wants. Pure.
import {
  ApiServer,
  ClusterSpec,
  DiskEncryption,
  Egress,
  PodNetwork,
  Principal,
  PrivateDns,
  ResourceReference,
  RoleSet,
  TerraformSettings,
} from "../../lib";
import { FileContent } from "./schema";

/** What a file says. */
export interface Configuration {
  readonly spec: ClusterSpec;
  readonly terraform: TerraformSettings;
}

/** Turns the content of a file into a description and settings. */
export function toConfiguration(file: FileContent): Configuration {
  const { name, location, tenantId, resourceGroup, identities, kubernetesVersion } = file;
  return {
    spec: {
      name,
      location,
      tenantId,
      resourceGroup,
      identities,
      network: network(file.network),
      apiServer: apiServer(file.apiServer),
      privateDns: privateDns(file.privateDns),
      nodePools: nodePools(file.nodePools),
      registries: file.registries?.map(({ mode, repositories, ...registry }) => ({
        registry: reference(registry),
        mode,
        repositories,
      })),
      access: access(file.access),
      permissions: permissions(file.permissions),
      diskEncryption:
        file.diskEncryption.type === "customerManaged"
          ? DiskEncryption.customerManaged(reference(file.diskEncryption.diskEncryptionSet))
          : DiskEncryption.platformManaged(),
      kms: file.kms && { ...file.kms, keyVault: reference(file.kms.keyVault) },
      storage: {
        disks: references(file.storage?.disks),
        storageAccounts: references(file.storage?.storageAccounts),
      },
      monitoring: file.monitoring && {
        ...file.monitoring,
        logAnalyticsWorkspace: optional(file.monitoring.logAnalyticsWorkspace),
        prometheusWorkspace: optional(file.monitoring.prometheusWorkspace),
      },
      addOns: file.addOns,
      exceptions: file.exceptions,
      kubernetesVersion,
      upgrades: file.upgrades,
      serviceMesh: file.serviceMesh,
      longTermSupport: file.longTermSupport,
      nodeResourceGroup: file.nodeResourceGroup,
      timeouts: timeouts(file.timeouts),
      overrides: file.overrides,
      tags: file.tags,
      preflight: file.preflight,
    },
    terraform: terraformSettings(file),
  };
}

// The file says what Terraform says; `type` and `delete` are words of the languages that jsii knows.
function terraformSettings({ terraform, tenantId, subscriptionId }: FileContent) {
  const { type: backendType, ...backend } = terraform?.backend ?? {};
  return {
    ...terraform,
    backend: backendType === undefined ? undefined : { ...backend, backendType },
    tenantId,
    subscriptionId,
  };
}

function timeouts(file: FileContent["timeouts"]): ClusterSpec["timeouts"] {
  return file && { create: file.create, update: file.update, destroy: file.delete };
}

type Reference = FileContent["network"]["virtualNetwork"];

function reference({ id, name = "", resourceGroup = "", subscriptionId }: Reference) {
  return id === undefined
    ? ResourceReference.byName({ name, resourceGroup, subscriptionId })
    : ResourceReference.byId(id);
}

function optional(file: Reference | undefined): ResourceReference | undefined {
  return file && reference(file);
}

function references(file: Reference[] | undefined): ResourceReference[] | undefined {
  return file?.map(reference);
}

function network(file: FileContent["network"]): ClusterSpec["network"] {
  return {
    ...file,
    virtualNetwork: reference(file.virtualNetwork),
    podNetwork: podNetwork(file.podNetwork),
    egress: egress(file.egress),
    servicePublicIps: references(file.servicePublicIps),
  };
}

function podNetwork(file: FileContent["network"]["podNetwork"]): PodNetwork {
  switch (file?.type) {
    case "flat":
      return PodNetwork.flat();
    case "podSubnet":
      return PodNetwork.podSubnet(file.subnet, { allocation: file.allocation });
    case "kubenet":
      return PodNetwork.kubenet();
    default:
      return PodNetwork.overlay(file);
  }
}

function egress(file: FileContent["network"]["egress"]): Egress {
  switch (file.type) {
    case "userDefinedRouting":
      return Egress.userDefinedRouting({ routeTable: optional(file.routeTable) });
    case "natGateway":
      return Egress.natGateway();
    case "loadBalancer":
      return Egress.loadBalancer({
        publicIps: references(file.publicIps),
        publicIpPrefixes: references(file.publicIpPrefixes),
      });
    case "none":
      return Egress.none(reference(file.artifactCache));
  }
}

function apiServer(file: FileContent["apiServer"]): ApiServer | undefined {
  return file?.type === "public" ? ApiServer.publicFrom(file.authorizedRanges) : undefined;
}

function privateDns(file: FileContent["privateDns"]): PrivateDns | undefined {
  switch (file?.type) {
    case "zone":
      return PrivateDns.existingZone(reference(file.zone));
    case "none":
      return PrivateDns.none();
    case "system":
      return PrivateDns.system();
    default:
      return undefined;
  }
}

type FilePool = FileContent["nodePools"]["system"];

function pool<T extends FilePool>(file: T) {
  return {
    ...file,
    capacityReservationGroup: optional(file.capacityReservationGroup),
    hostGroup: optional(file.hostGroup),
  };
}

function nodePools(file: FileContent["nodePools"]): ClusterSpec["nodePools"] {
  return { ...file, system: pool(file.system), user: file.user.map(pool) };
}

interface FilePrincipal {
  readonly type: "group" | "servicePrincipal";
  readonly name: string;
  readonly objectId?: string;
}

function principal({ type, name, objectId }: FilePrincipal): Principal {
  return type === "group"
    ? Principal.group({ name, objectId })
    : Principal.servicePrincipal({ name, objectId });
}

function access(file: FileContent["access"]): ClusterSpec["access"] {
  return {
    adminGroups: file?.adminGroups?.map(principal),
    deployers: file?.deployers?.map(principal),
    kubernetes: file?.kubernetes?.map(({ role, ...who }) => ({ principal: principal(who), role })),
  };
}

function permissions(file: FileContent["permissions"]): ClusterSpec["permissions"] {
  return {
    roleSet:
      file?.roleSet?.type === "minimal"
        ? RoleSet.minimal({ existing: file.roleSet.existing })
        : RoleSet.builtIn(),
    grantedBy: file?.grantedBy,
  };
}
