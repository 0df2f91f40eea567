// From the content of a valid file to what the library wants. Pure.
import {
  ClusterSpec,
  Egress,
  PodNetwork,
  Principal,
  PrivateDns,
  ResourceReference,
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
  const { name, location, tenantId, resourceGroup, nodePools, kubernetesVersion, upgrades, tags } =
    file;
  return {
    spec: {
      name,
      location,
      tenantId,
      resourceGroup,
      identities: file.identities,
      network: network(file.network),
      privateDns: privateDns(file.privateDns),
      nodePools,
      registries: file.registries?.map((registry) => ({ registry: reference(registry) })),
      access: { deployers: file.access?.deployers?.map(principal) },
      kubernetesVersion,
      upgrades,
      tags,
    },
    terraform: { ...file.terraform, tenantId, subscriptionId: file.subscriptionId },
  };
}

type Reference = FileContent["network"]["virtualNetwork"];

function reference({ id, name = "", resourceGroup = "", subscriptionId }: Reference) {
  return id === undefined
    ? ResourceReference.byName({ name, resourceGroup, subscriptionId })
    : ResourceReference.byId(id);
}

function network(file: FileContent["network"]): ClusterSpec["network"] {
  return {
    ...file,
    virtualNetwork: reference(file.virtualNetwork),
    podNetwork:
      file.podNetwork?.type === "flat" ? PodNetwork.flat() : PodNetwork.overlay(file.podNetwork),
    egress: {
      userDefinedRouting: () => Egress.userDefinedRouting(),
      natGateway: () => Egress.natGateway(),
      loadBalancer: () => Egress.loadBalancer(),
    }[file.egress.type](),
  };
}

function privateDns(file: FileContent["privateDns"]): PrivateDns {
  return file?.type === "zone"
    ? PrivateDns.existingZone(reference(file.zone))
    : PrivateDns.system();
}

type FilePrincipal = NonNullable<NonNullable<FileContent["access"]>["deployers"]>[number];

function principal({ type, name, objectId }: FilePrincipal): Principal {
  return type === "group"
    ? Principal.group({ name, objectId })
    : Principal.servicePrincipal({ name, objectId });
}
