// HAKS-ADD: add-ons with identities that AKS creates, and locks. Pure.
// The dates are those known on 2026-11-23. Rules do not look at the clock, so that findings do not change by themselves.
import { LEARN, addOnIdentity } from "../access/feature";
import { PlacedReference } from "../access/placed-references";
import { mayBeOne } from "../access/same-assignment";
import { ADD_ON_IDENTITIES, AddOnName } from "../spec/add-ons";
import { ExceptionName } from "../spec/exceptions";
import { parseRange } from "../spec/ip-range";
import { isSameName } from "../spec/naming";
import { ResolvedSpec, nodeResourceGroupOf, sharesResourceGroup } from "../spec/resolved-spec";
import { ResourceReference } from "../spec/resource-reference";
import { usedSubnets } from "./addr";
import { Rule, hasException } from "./rule";

const GATEWAYS = `${LEARN}/application-gateway/for-containers`;
const GATEWAY_SUBNET = "gatewayForContainers.subnet";
const GATEWAY_PREFIX = 24;

/** Names of secrets in a key vault. */
const SECRET_NAME = /^[0-9A-Za-z-]{1,127}$/;

/** Most DNS zones of both kinds together. */
const MOST_ZONES = 5;

/** The rules about add-ons with identities, and about locks. */
export const ADD_RULES: Rule[] = [
  {
    code: "HAKS-ADD-001",
    severity: "warning",
    title: "Application routing should not be based on NGINX after November 2026.",
    source: `${LEARN}/aks/app-routing`,
    check: ({ spec: { applicationRouting } }, report) => {
      if (applicationRouting) {
        report(
          "applicationRouting",
          "Microsoft patches the NGINX of application routing until November 2026.",
          "Move to the Gateway API of application routing, with the identity of a workload.",
        );
      }
    },
  },
  {
    code: "HAKS-ADD-002",
    title:
      "The DNS zones of application routing must be at most five, and in one resource group for each kind.",
    source: `${LEARN}/aks/app-routing-dns-ssl`,
    check: ({ spec: { applicationRouting, subscriptionId: own } }, report) => {
      const { dnsZones = [], privateDnsZones = [] } = applicationRouting ?? {};
      const number = dnsZones.length + privateDnsZones.length;
      if (number > MOST_ZONES) {
        report(
          "applicationRouting",
          `Application routing has ${number} DNS zones, and AKS takes ${MOST_ZONES}.`,
          "Leave out some, or run a controller of DNS records with the identity of a workload.",
        );
      }
      for (const field of ["dnsZones", "privateDnsZones"] as const) {
        const [first, ...others] = applicationRouting?.[field] ?? [];
        others.forEach((zone, index) => {
          // HAKS-NAME-002 reports a zone that stands here twice.
          if (
            first &&
            !mayBeOne(zone._in(own), first._in(own)) &&
            !isSameName(groupOf(zone, own), groupOf(first, own))
          ) {
            const what = isSameName(zone.resourceGroup ?? "", first.resourceGroup ?? "")
              ? "subscription"
              : "resource group";
            report(
              `applicationRouting.${field}.${index + 1}`,
              `The zone "${zone.name}" is in another ${what} than "${first.name}", and the add-on uses one resource group alone.`,
              "Use zones of one resource group.",
              `applicationRouting.${field}.0`,
            );
          }
        });
      }
    },
  },
  {
    code: "HAKS-ADD-003",
    title: "The zone of the API server must not be a zone of application routing.",
    source: `${LEARN}/aks/private-clusters`,
    check: ({ spec: { applicationRouting, privateDns } }, report) =>
      applicationRouting?.privateDnsZones.forEach((zone, index) => {
        if (privateDns.zone && mayBeOne(zone, privateDns.zone)) {
          report(
            `applicationRouting.privateDnsZones.${index}`,
            `Application routing could change the record of the API server in the zone "${zone.name}".`,
            "Use another zone.",
            "privateDns.zone",
          );
        }
      }),
  },
  {
    code: "HAKS-ADD-004",
    title: "Add-ons that read key vaults must have the Key Vault provider.",
    source: `${LEARN}/aks/csi-secrets-store-driver`,
    check: ({ spec }, report) => {
      if (hasException(spec, ExceptionName.NO_SECRETS_PROVIDER)) {
        for (const path of vaultFields(spec)) {
          report(
            path,
            "The exception noSecretsProvider turns off the Key Vault provider, which reads the vault.",
            "Remove the exception, or the vault.",
            "exceptions",
          );
        }
      }
    },
  },
  {
    code: "HAKS-ADD-005",
    title:
      "The secrets of a certificate authority must have valid names, and the key must be in a separate one.",
    source: `${LEARN}/aks/istio-plugin-ca`,
    check: ({ spec: { serviceMesh } }, report) => {
      const authority = serviceMesh?.certificateAuthority;
      for (const [field, name] of Object.entries(authority ?? {})) {
        const path = `serviceMesh.certificateAuthority.${field}`;
        if (typeof name !== "string") {
          continue;
        }
        if (!SECRET_NAME.test(name)) {
          report(
            path,
            name === ""
              ? "The certificate authority has no name for the secret."
              : `"${name}" is not the name of a secret.`,
            "Use 1 to 127 letters, digits and -, without version or URL.",
          );
        } else if (field !== "key" && isSameName(name, authority?.key ?? "")) {
          // Certificates may share one: the chain of a certificate that the root signed is this certificate.
          report(
            path,
            `The secret "${name}" has the key, so it cannot be a certificate, too.`,
            "Name the secret with the certificate.",
            "serviceMesh.certificateAuthority.key",
          );
        }
      }
    },
  },
  {
    code: "HAKS-ADD-006",
    severity: "warning",
    title: "The identity of an add-on should have no rights that not every pod may use.",
    source: `${LEARN}/aks/csi-secrets-store-identity-access`,
    check: ({ spec, grants }, report) => {
      for (const addOn of Object.keys(ADD_ON_IDENTITIES) as AddOnName[]) {
        const { name } = addOnIdentity(addOn, spec);
        const [path] = addOnFields(addOn, spec);
        if (path !== undefined && grants.some(({ principal }) => principal.addOn === addOn)) {
          report(
            path,
            `The nodes have the identity "${name}", so that every pod on them can act as it, unless a network policy blocks 169.254.169.254.`,
            addOn === "backup"
              ? "Block that address for pods that do not need it."
              : "Use identities of workloads where possible, and block that address for other pods.",
          );
        }
      }
    },
  },
  {
    code: "HAKS-ADD-007",
    severity: "warning",
    title: "A locked resource group should not hold the identities of the cluster.",
    source: `${LEARN}/azure-resource-manager/management/lock-resources`,
    check: ({ spec }, report) => {
      if (spec.locks?.resourceGroup === true && sharesResourceGroup(spec)) {
        report(
          "locks.resourceGroup",
          `The identities are in the resource group "${spec.resourceGroup.name}", and no right on them can be revoked while it is locked.`,
          "Use another resource group for the identities, or locks.cluster and identities.locked.",
          "identities.resourceGroup",
        );
      }
    },
  },
  {
    code: "HAKS-ADD-008",
    severity: "warning",
    title: "A resource group should hold one Application Gateway for Containers.",
    source: `${GATEWAYS}/quickstart-create-application-gateway-for-containers-byo-deployment`,
    check: ({ references }, report) => {
      for (const { path, reference } of gatewaysIn(references)) {
        const { name, resourceGroup = name } = reference;
        report(
          path,
          `The controller can configure and delete every Application Gateway for Containers of the resource group "${resourceGroup}", since Microsoft names its role on the group, and not on the gateway.`,
          "Use a resource group for this gateway alone.",
        );
      }
    },
  },
  {
    code: "HAKS-ADD-009",
    title: "Application Gateway for Containers must not be in the node resource group.",
    source: `${LEARN}/aks/faq`,
    check: ({ spec, references }, report) => {
      for (const { path, reference } of gatewaysIn(references)) {
        if (isSameName(reference.resourceGroup ?? "", nodeResourceGroupOf(spec))) {
          report(
            path,
            `AKS creates and deletes the resource group of the nodes, so the gateway "${reference.name}" would go with the cluster.`,
            "Use a gateway in another resource group.",
          );
        }
      }
    },
  },
  {
    code: "HAKS-ADD-010",
    title: "The subnet of Application Gateway for Containers must hold nothing else.",
    source: `${GATEWAYS}/application-gateway-for-containers-components`,
    check: ({ spec }, report) => {
      const { subnet = "" } = spec.gatewayForContainers ?? {};
      const other = usedSubnets(spec).find(
        ({ path, name }) => path !== GATEWAY_SUBNET && subnet !== "" && isSameName(name, subnet),
      );
      if (other) {
        report(
          GATEWAY_SUBNET,
          `The subnet "${subnet}" is delegated to Application Gateway for Containers and cannot hold anything else.`,
          "Use another subnet, which the NOC delegates to Microsoft.ServiceNetworking/trafficControllers.",
          other.path,
        );
      }
    },
  },
  {
    code: "HAKS-ADD-011",
    severity: "warning",
    title: "With an overlay, the subnet of Application Gateway for Containers should be a /24.",
    source: `${GATEWAYS}/container-networking`,
    check: ({ spec }, report) => {
      const { subnet = "" } = spec.gatewayForContainers ?? {};
      const index = spec.network.subnets.findIndex(({ name }) => isSameName(name, subnet));
      const { cidr = "" } = spec.network.subnets[index] ?? {};
      const prefix = parseRange(cidr)?.subnetMask ?? GATEWAY_PREFIX;
      // HAKS-ADDR-002 reports one that is too small.
      if (spec.network.podNetwork._kind === "overlay" && prefix < GATEWAY_PREFIX) {
        report(
          `network.subnets.${index}.cidr`,
          `The subnet "${subnet}" has the prefix /${prefix}, and Application Gateway for Containers supports only a /${GATEWAY_PREFIX} with an overlay.`,
          `Use a /${GATEWAY_PREFIX}.`,
          GATEWAY_SUBNET,
        );
      }
    },
  },
];

/** Returns one text for the resource group of a zone. */
function groupOf({ subscriptionId, resourceGroup = "" }: ResourceReference, own = ""): string {
  return `${subscriptionId ?? own}/${resourceGroup}`;
}

/** Returns the gateway, if the description has one. */
function gatewaysIn(references: readonly PlacedReference[]): PlacedReference[] {
  return references.filter(({ field }) => field === "gatewayForContainers.gateway");
}

/** Returns the fields with key vaults that an add-on reads. */
function vaultFields({ applicationRouting, ...spec }: ResolvedSpec): string[] {
  return [
    ...(applicationRouting && applicationRouting.keyVaults.length > 0
      ? ["applicationRouting.keyVaults"]
      : []),
    ...providerFields(spec),
  ];
}

function providerFields({
  keyVaultProvider,
  serviceMesh,
}: Pick<ResolvedSpec, "keyVaultProvider" | "serviceMesh">): string[] {
  return [
    ...(keyVaultProvider ? ["keyVaultProvider"] : []),
    ...(serviceMesh?.certificateAuthority ? ["serviceMesh.certificateAuthority"] : []),
  ];
}

/** Returns the fields by which the identity of an add-on gets rights. */
function addOnFields(addOn: AddOnName, spec: ResolvedSpec): string[] {
  return addOn === "keyVaultProvider" ? providerFields(spec) : [addOn];
}
