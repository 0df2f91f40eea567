// The add-ons with identities that AKS creates, and the rights that these get after the cluster. Pure.
import { LEARN, ROLE_ALONE, at, needs, onlyAfterCluster } from "./feature";

const ROUTING_PAGE = `${LEARN}/aks/app-routing-dns-ssl`;
const OVERVIEW_PAGE = `${LEARN}/aks/managed-identity-overview`;
const PROVIDER_PAGE = `${LEARN}/aks/csi-secrets-store-identity-access`;

/** The features of add-ons. Those of one identity stand together. */
export const ADD_ON_FEATURES = onlyAfterCluster(
  [
    {
      name: "application routing with DNS zones",
      source: ROUTING_PAGE,
      on: at(["applicationRouting.dnsZones.*"]),
      addOn: {
        identity: "applicationRouting",
        ...needs(
          "dnsZone",
          "Application routing writes the records of ingresses into the zone.",
          "addOn",
          OVERVIEW_PAGE,
          ROLE_ALONE,
        ),
      },
    },
    {
      name: "application routing with private DNS zones",
      source: ROUTING_PAGE,
      on: at(["applicationRouting.privateDnsZones.*"]),
      addOn: {
        identity: "applicationRouting",
        ...needs(
          "privateDnsRecords",
          "Application routing writes the records of ingresses into the private zone.",
          "addOn",
          OVERVIEW_PAGE,
          ROLE_ALONE,
        ),
      },
    },
    {
      name: "application routing with key vaults",
      source: ROUTING_PAGE,
      on: at(["applicationRouting.keyVaults.*"]),
      addOn: {
        identity: "applicationRouting",
        ...needs(
          "certificates",
          "Application routing reads the certificates of ingresses in the vault, which must use Azure RBAC.",
          "keyVault",
          ROUTING_PAGE,
          // https://github.com/Azure/azure-cli/blob/dev/src/azure-cli/azure/cli/command_modules/acs/managed_cluster_decorator.py
          "Microsoft's pages name Key Vault Certificate User and Key Vault Secrets User, which is a part of it. The code of az grants the latter.",
        ),
      },
    },
    {
      name: "service mesh with a certificate authority",
      source: `${LEARN}/aks/istio-plugin-ca`,
      on: at(["serviceMesh.certificateAuthority.keyVault"]),
      addOn: {
        identity: "keyVaultProvider",
        ...needs(
          "secrets",
          "The Key Vault provider reads the certificate authority of the service mesh in the vault, which must use Azure RBAC.",
          "keyVault",
          `${LEARN}/aks/istio-plugin-ca`,
        ),
      },
    },
    {
      name: "Key Vault provider with secrets",
      source: PROVIDER_PAGE,
      on: at(["keyVaultProvider.secretVaults.*"]),
      addOn: {
        identity: "keyVaultProvider",
        ...needs(
          "secrets",
          "The Key Vault provider reads the secrets that pods mount in the vault, which must use Azure RBAC.",
          "keyVault",
          PROVIDER_PAGE,
        ),
      },
    },
    {
      name: "Key Vault provider with certificates",
      source: PROVIDER_PAGE,
      on: at(["keyVaultProvider.certificateVaults.*"]),
      addOn: {
        identity: "keyVaultProvider",
        ...needs(
          "certificates",
          "The Key Vault provider reads the keys and certificates that pods mount in the vault, which must use Azure RBAC.",
          "keyVault",
          PROVIDER_PAGE,
        ),
      },
    },
  ],
  "add-on",
);
