// Finds fields under `previous` that may keep a right: candidates to try. Pure.
import { KUBERNETES_ROLES } from "../../lib/spec/roles";
import { resourceTypeOf } from "../../lib/access/resource-types";
import { ReviewedGrant, ReviewedPrincipal, ReviewedScope } from "../../lib/review/reviewed-grant";
import { Fields, isGroup } from "../config/file-schema";
import { RightChange } from "./right-changes";

/** Facts that do not follow from the right. */
export interface KeptFieldsInput {
  /** The current description. */
  readonly content: Fields;
  /** The former role set. */
  readonly roleSet: string;
  /** The former key, if it is known. */
  readonly keyId?: string;
}

type Maker = (grant: ReviewedGrant, reference: Fields, input: KeptFieldsInput) => Fields[];

/** Returns the fields that may keep a right, the most likely first. */
export function keptFields(change: RightChange, input: KeptFieldsInput): Fields[] {
  const { grant, before, fate } = change;
  const { owner } = resourceTypeOf(grant.scope.kind);
  if (fate === "notHandedOver" && before) {
    return [{ permissions: { grantedBy: { [owner]: before.team } } }];
  }
  const isDefault = input.content.subscriptionId === grant.scope.subscriptionId;
  const scope = isDefault ? { ...grant.scope, subscriptionId: undefined } : grant.scope;
  const byScope = MAKERS[scope.kind]?.({ ...grant, scope }, referenceTo(scope), input) ?? [];
  return [
    { permissions: { roleSet: { type: input.roleSet } } },
    ...byPrincipal(grant),
    ...byScope,
    ...byScope.map((fields) => ({ ...fields, permissions: { roleSet: { type: input.roleSet } } })),
  ];
}

function referenceTo({ name, resourceGroup, subscriptionId }: ReviewedScope): Fields {
  return { name, resourceGroup, ...(subscriptionId === undefined ? {} : { subscriptionId }) };
}

function byPrincipal({ principal, role }: ReviewedGrant): Fields[] {
  const fields = principalFields(principal);
  const kubernetesRole = Object.keys(KUBERNETES_ROLES).find(
    (name) => KUBERNETES_ROLES[name]?.name === role.name,
  );
  if (principal.kind === "deployer") {
    return [{ access: { deployers: [fields] } }];
  }
  return principal.kind === "kubernetesUser" && kubernetesRole !== undefined
    ? [{ access: { kubernetes: [{ ...fields, role: kubernetesRole }] } }]
    : [];
}

function principalFields({ principalType, name, objectId }: ReviewedPrincipal): Fields {
  const type = principalType === "Group" ? "group" : "servicePrincipal";
  return { type, name, ...(objectId === undefined ? {} : { objectId }) };
}

function subnetFields(
  { scope }: ReviewedGrant,
  _reference: Fields,
  input: KeptFieldsInput,
): Fields[] {
  const { name, parent = "" } = scope;
  const virtualNetwork = referenceTo({ ...scope, name: parent });
  const places: Fields[] = [
    { nodeSubnet: name },
    { podNetwork: { type: "podSubnet", subnet: name } },
    { apiServerSubnet: name },
    { loadBalancerSubnets: [name] },
    { privateLinkServices: true, privateLinkPolicies: { subnets: [name] } },
    { nodeSubnet: name, apiServerSubnet: name },
  ];
  return [
    ...places.map((place) => ({ network: place })),
    { nodePools: { system: { subnet: name } } },
    ...gatewayFields({ subnet: name }, input),
    ...places.map((place) => ({ network: { virtualNetwork, ...place } })),
  ];
}

/** Returns the fields of a gateway, as long as there is one: without it, its controller is gone. */
function gatewayFields(fields: Fields, { content }: KeptFieldsInput): Fields[] {
  return isGroup(content.gatewayForContainers) ? [{ gatewayForContainers: fields }] : [];
}

/** Fields of backups, as long as there are some: the other fields stay. */
function backupFields(backup: Fields, { content }: KeptFieldsInput): Fields[] {
  return isGroup(content.backup) ? [{ backup }] : [];
}

/** Any key of the vault suffices, because only rights are kept. */
const ANY_KEY = "https://<vault>.vault.azure.net/keys/etcd/00000000000000000000000000000001";

function vaultFields({ scope }: ReviewedGrant, keyVault: Fields, input: KeptFieldsInput): Fields[] {
  const { kms } = input.content;
  const current = isGroup(kms) && typeof kms.keyId === "string" ? kms.keyId : ANY_KEY;
  const keyId = input.keyId ?? current.replace(/^(https:\/\/)[^.]+/, `$1${scope.name}`);
  return [
    { kms: { keyVault, keyId } },
    { kms: { keyVault, keyId, network: "Public" } },
    { kms: { keyVault, keyId, network: "Private" } },
  ];
}

/** Returns the fields of everything that is joined again when AKS changes a subnet. */
function attachedFields(attached: Fields): Fields {
  const privateLinkPolicies = { subnets: [], ...attached };
  return { network: { privateLinkServices: true, privateLinkPolicies } };
}

/** Returns the fields of addresses of egress or of services, whichever the description can have had. */
function addressFields(egress: Fields, services: Fields, { content }: KeptFieldsInput): Fields[] {
  const { network } = content;
  const now = isGroup(network) && isGroup(network.egress) ? network.egress.type : undefined;
  const ofEgress = { network: { egress: { type: "loadBalancer", ...egress } } };
  const all = [ofEgress, { network: services }];
  return now === "loadBalancer" ? all : all.reverse();
}

const MAKERS: { readonly [kind: string]: Maker } = {
  subnet: subnetFields,
  keyVault: vaultFields,
  virtualNetwork: (_, virtualNetwork) => [
    { nodePools: { autoProvisioning: true } },
    { network: { virtualNetwork } },
    { network: { virtualNetwork }, nodePools: { autoProvisioning: true } },
    { privateDns: { type: "system" } },
  ],
  privateDnsZone: (_, zone) => [{ privateDns: { type: "zone", zone } }],
  routeTable: (_, routeTable) => [
    attachedFields({ routeTables: [routeTable] }),
    { network: { egress: { type: "userDefinedRouting", routeTable } } },
  ],
  snapshotGroup: ({ scope }, _, input) =>
    backupFields({ snapshotResourceGroup: scope.name }, input),
  // Any gateway of the group suffices.
  gatewayGroup: (_, group, input) =>
    gatewayFields({ gateway: { ...group, name: "gateway" } }, input),
  networkSecurityGroup: (_, group) => [attachedFields({ networkSecurityGroups: [group] })],
  natGateway: (_, gateway) => [attachedFields({ natGateways: [gateway] })],
  publicIp: (_, ip, input) => addressFields({ publicIps: [ip] }, { servicePublicIps: [ip] }, input),
  publicIpPrefix: (_, prefix, input) =>
    addressFields({ publicIpPrefixes: [prefix] }, { servicePublicIpPrefixes: [prefix] }, input),
  registry: ({ role }, registry) =>
    role.name === "AcrPull"
      ? [{ registries: [registry] }]
      : [{ registries: [{ ...registry, mode: "abac" }] }],
  diskEncryptionSet: (_, diskEncryptionSet) => [
    { diskEncryption: { type: "customerManaged", diskEncryptionSet } },
  ],
  disk: (_, disk) => [{ storage: { disks: [disk] } }],
  storageAccount: (_, account) => [{ storage: { storageAccounts: [account] } }],
  capacityReservationGroup: (_, group) => [
    { nodePools: { system: { capacityReservationGroup: group } } },
  ],
  hostGroup: (_, hostGroup) => [{ nodePools: { system: { hostGroup } } }],
  logAnalyticsWorkspace: (_, workspace) => [
    { monitoring: { logAnalyticsWorkspace: workspace } },
    { monitoring: { defender: { type: "workspace", workspace } } },
  ],
  fleetManager: (_, fleet) => [{ fleetManager: { fleet } }],
  monitorWorkspace: (_, prometheusWorkspace) => [{ monitoring: { prometheusWorkspace } }],
};
