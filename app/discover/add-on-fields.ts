// The fields of the description about add-ons with identities, and where az has them: one row for each. Pure.
import { ADD_ON_IDENTITIES, AddOnName, addOnIdentityName } from "../../lib/spec/add-ons";
import { isSameName } from "../../lib/spec/naming";
import { parseResourceId } from "../../lib/spec/resource-id";
import { entryOf } from "../../lib/spec/tables";
import { Exports } from "./exports";
import { assignmentsOf } from "./granted";
import { Reading } from "./reading";
import { Row, Source, nonEmptyGroup, present, reference, referenceList } from "./source";

const ADD_ONS = Object.keys(ADD_ON_IDENTITIES) as AddOnName[];

const ROUTING = "ingressProfile.webAppRouting";
const PROVIDER = "addonProfiles.azureKeyvaultSecretsProvider";
const AUTHORITY = "serviceMeshProfile.istio.certificateAuthority.plugin";

/** Application routing, the service mesh, and the key vaults that add-ons read. */
export const ADD_ON_ROWS: readonly Row[] = [
  { field: "applicationRouting", from: ROUTING, read: applicationRoutingOf },
  { field: "keyVaultProvider", from: `${PROVIDER}.identity`, read: keyVaultProviderOf },
  { field: "serviceMesh", from: "serviceMeshProfile", read: serviceMeshOf },
];

const PROFILES: { readonly [addOn: string]: string } = {
  applicationRouting: ROUTING,
  keyVaultProvider: PROVIDER,
};

/** Returns the object id of the identity of an add-on; the cluster has none for an extension. */
export function addOnPrincipalId(addOn: string | undefined, cluster: Reading): string | undefined {
  const profile = entryOf(PROFILES, addOn ?? "");
  return profile && cluster.text(`${profile}.identity.objectId`);
}

/** Returns the identities that add-ons of the cluster have, by their ids. */
export function addOnIdentities({ cluster, place }: Pick<Exports, "cluster" | "place">) {
  const group = cluster.text("nodeResourceGroup") ?? "";
  return ADD_ONS.flatMap((addOn) => {
    const principalId = addOnPrincipalId(addOn, cluster);
    const name = addOnIdentityName(addOn, place.name);
    const id = `/subscriptions/${place.subscriptionId}/resourceGroups/${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
    return principalId === undefined ? [] : [{ id, principalId }];
  });
}

function applicationRoutingOf(source: Source): unknown {
  const routing = source.cluster.group(ROUTING);
  if (routing?.flag("enabled") !== true) {
    return undefined;
  }
  const zones = routing.texts("dnsZoneResourceIds");
  const ofType = (type: string) => referenceList(zones.filter(isOf(type)), source);
  return present({
    controller: routing.text("nginx.defaultIngressControllerType") ?? "AnnotationControlled",
    dnsZones: ofType("Microsoft.Network/dnsZones"),
    privateDnsZones: ofType("Microsoft.Network/privateDnsZones"),
    keyVaults: vaultsOf(source, routing, [CERTIFICATES, SECRETS]),
  });
}

function keyVaultProviderOf(source: Source): unknown {
  const provider = source.cluster.group(PROVIDER);
  if (provider?.flag("enabled") !== true) {
    return undefined;
  }
  const authority = source.cluster.text(`${AUTHORITY}.keyVaultId`) ?? "";
  return nonEmptyGroup(
    present({
      secretVaults: vaultsOf(source, provider, [SECRETS], authority),
      certificateVaults: vaultsOf(source, provider, [CERTIFICATES]),
    }),
  );
}

const CERTIFICATES = "Key Vault Certificate User";
/** Also the role that az grants to application routing. */
const SECRETS = "Key Vault Secrets User";

/** Returns the vaults on which the identity of an add-on has one of the roles, but for one of another field. */
function vaultsOf(source: Source, profile: Reading, roles: string[], without = "") {
  const scopes = assignmentsOf(source, { principalId: profile.text("identity.objectId") })
    .filter((one) => roles.includes(one.role.name) && isOf("Microsoft.KeyVault/vaults")(one.scope))
    .map(({ scope }) => scope)
    .filter((scope) => !isSameName(scope, without));
  return referenceList([...new Set(scopes)].sort(), source);
}

function serviceMeshOf(source: Source): unknown {
  const { cluster } = source;
  const istio = cluster.group("serviceMeshProfile.istio");
  if (cluster.text("serviceMeshProfile.mode") !== "Istio" || !istio) {
    return undefined;
  }
  const gateways = istio.list("components.ingressGateways");
  const has = (mode: string) =>
    gateways.some((one) => one.text("mode") === mode && one.flag("enabled") === true);
  const plugin = cluster.group(AUTHORITY);
  const keyVault = reference(plugin?.text("keyVaultId"), source);
  return {
    revisions: istio.texts("revisions"),
    ...(has("Internal") ? { internalIngress: true } : {}),
    ...(has("External") ? { externalIngress: true } : {}),
    ...(plugin && keyVault
      ? {
          certificateAuthority: present({
            keyVault,
            rootCertificate: plugin.text("rootCertObjectName"),
            certificate: plugin.text("certObjectName"),
            key: plugin.text("keyObjectName"),
            certificateChain: plugin.text("certChainObjectName"),
          }),
        }
      : {}),
  };
}

function isOf(type: string): (id: string) => boolean {
  return (id) => isSameName(parseResourceId(id)?.type ?? "", type);
}
