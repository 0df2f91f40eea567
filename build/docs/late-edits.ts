// Edits of a deployed description with workloads, add-ons, backups and locks, and the plans of Terraform for them, like those of
// `edits.ts`.
import { Edit, edit } from "./edit";

const SUBSCRIPTION = "44444444-4444-4444-8444-444444444444";
const NONE = { applicationRouting: null, serviceMesh: null, keyVaultProvider: null };

/** Every edit that is tried. */
export const LATE_EDITS: readonly Edit[] = [
  edit("A zone of application routing is removed", { "applicationRouting.dnsZones.1": null }, [
    "cluster changes kubernetes_cluster.cluster",
    "add-ons-network destroys 1 role assignment",
  ]),
  edit(
    "Zones of application routing in another order",
    {
      "applicationRouting.dnsZones": [
        { name: "shop.example.com", resourceGroup: "dns-rg" },
        { name: "apps.example.com", resourceGroup: "dns-rg" },
      ],
    },
    ["cluster changes kubernetes_cluster.cluster"],
  ),
  edit(
    "Vaults of application routing in another order",
    {
      "applicationRouting.keyVaults": [
        { name: "certificates-two", resourceGroup: "ingress-rg" },
        { name: "certificates-one", resourceGroup: "ingress-rg" },
      ],
    },
    [],
  ),
  edit(
    "A vault of application routing in another spelling",
    { "applicationRouting.keyVaults.0.name": "Certificates-One" },
    ["add-ons replaces 1 role assignment"],
  ),
  edit(
    "A vault of application routing by its id",
    {
      "applicationRouting.keyVaults.0": {
        id: "/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/ingress-rg/providers/Microsoft.KeyVault/vaults/certificates-one",
      },
    },
    [],
  ),
  edit("Application routing is turned off", { applicationRouting: null }, [
    "cluster changes kubernetes_cluster.cluster",
    "add-ons destroys 2 role assignments",
    "add-ons-network is no longer part of the output",
  ]),
  edit(
    "Another vault of the certificate authority",
    { "serviceMesh.certificateAuthority.keyVault.name": "authority-two" },
    [
      "cluster changes kubernetes_cluster.cluster",
      "add-ons creates 1 role assignment",
      "add-ons destroys 1 role assignment",
    ],
  ),
  edit("No certificate authority", { "serviceMesh.certificateAuthority": null }, [
    "cluster changes kubernetes_cluster.cluster",
    "add-ons destroys 1 role assignment",
  ]),
  edit("No vaults of the Key Vault provider", { keyVaultProvider: null }, [
    "add-ons destroys 1 role assignment",
  ]),
  edit("No add-ons with rights", NONE, [
    "cluster changes kubernetes_cluster.cluster",
    "add-ons destroys 4 role assignments",
    "add-ons-network is no longer part of the output",
  ]),
  edit("No add-ons with rights, no backups and no locks", { ...NONE, backup: null, locks: null }, [
    "identities destroys 2 role assignments",
    "cluster changes kubernetes_cluster.cluster",
    "cluster destroys kubernetes_cluster_extension.cluster_backup",
    "add-ons is no longer part of the output",
    "add-ons-network is no longer part of the output",
  ]),
  edit(
    "Another Backup vault",
    {
      "backup.vault.name": "demo-vault-2",
      "backup.vaultPrincipalId": "55555555-5555-4555-8555-5555555555b3",
    },
    [
      "identities creates 1 role assignment",
      "identities destroys 1 role assignment",
      "add-ons creates 1 role assignment",
      "add-ons destroys 1 role assignment",
      "add-ons replaces kubernetes_cluster_trusted_access_role_binding.backup-vault",
    ],
  ),
  edit(
    "Another resource group of the snapshots",
    { "backup.snapshotResourceGroup": "demo-snapshots-2" },
    ["identities creates 2 role assignments", "identities destroys 2 role assignments"],
  ),
  edit(
    "Another resource group of the snapshots, with the rights on the old one kept",
    {
      "backup.snapshotResourceGroup": "demo-snapshots-2",
      "previous.backup.snapshotResourceGroup": "demo-snapshots",
    },
    ["identities creates 2 role assignments"],
  ),
  edit("Another container of the backups", { "backup.blobContainer": "demo-2" }, [
    "cluster changes kubernetes_cluster_extension.cluster_backup",
  ]),
  edit(
    "Another identity of the backup extension",
    { "backup.extensionPrincipalId": "55555555-5555-4555-8555-5555555555b4" },
    ["add-ons replaces 1 role assignment"],
  ),
  edit("No backups", { backup: null }, [
    "identities destroys 2 role assignments",
    "cluster destroys kubernetes_cluster_extension.cluster_backup",
    "add-ons destroys kubernetes_cluster_trusted_access_role_binding.backup-vault, 2 role assignments",
  ]),
  edit("The locks of the cluster are lifted", { locks: { cluster: false } }, [
    "add-ons destroys management_lock.cluster, management_lock.resource_group",
  ]),
  edit("The field of the locks is removed", { locks: null }, [
    "add-ons destroys management_lock.cluster, management_lock.resource_group",
  ]),
  edit(
    "Another subnet of the gateway",
    {
      "gatewayForContainers.subnet": "aks-gateway-2",
    },
    ["workloads-network creates 1 role assignment", "workloads-network destroys 1 role assignment"],
  ),
  edit(
    "Another subnet of the gateway, with the right on the old one kept",
    {
      "gatewayForContainers.subnet": "aks-gateway-2",
      "previous.gatewayForContainers.subnet": "aks-gateway",
    },
    ["workloads-network creates 1 role assignment"],
  ),
  edit(
    "Another resource group of the gateway",
    { "gatewayForContainers.gateway.resourceGroup": "gateway-rg-2" },
    ["workloads creates 1 role assignment", "workloads destroys 1 role assignment"],
  ),
  edit(
    "Another gateway of the same resource group",
    { "gatewayForContainers.gateway.name": "shop-gateway-2" },
    [],
  ),
  edit(
    "Another name of the identity of the gateway's controller",
    { "gatewayForContainers.identity": { name: "alb-mi" } },
    [
      "workloads refuses to destroy user_assigned_identity.alb-controller",
      "workloads-network replaces (create before destroy) 1 role assignment",
    ],
  ),
  edit(
    "The identity of the gateway's controller is handed over",
    { "gatewayForContainers.identity": { name: "demo-alb-controller-mi", existing: true } },
    ["workloads forgets user_assigned_identity.alb-controller"],
  ),
  edit("No gateway", { gatewayForContainers: null }, [
    "workloads destroys user_assigned_identity.alb-controller, 2 role assignments, 1 federated identity credential",
    "workloads-network destroys 1 role assignment",
  ]),
  edit("A workload is removed", { "workloads.2": null }, [
    "workloads destroys 1 role assignment, 1 federated identity credential",
  ]),
  edit(
    "Another name of a workload",
    { "workloads.0.name": "store", "workloads.1.sharesIdentityOf": "store" },
    [
      "workloads creates user_assigned_identity.store, 1 role assignment",
      "workloads destroys user_assigned_identity.shop, 1 role assignment",
      "workloads replaces 3 federated identity credentials",
      "workloads-network creates 1 role assignment",
      "workloads-network destroys 1 role assignment",
    ],
  ),
  edit("Another service account", { "workloads.0.serviceAccounts.1.name": "basket" }, [
    "workloads creates 1 federated identity credential",
    "workloads destroys 1 federated identity credential",
  ]),
  edit("Another namespace", { "workloads.0.serviceAccounts.1.namespace": "basket" }, [
    "workloads creates 1 federated identity credential",
    "workloads destroys 1 federated identity credential",
  ]),
  edit(
    "Another name of the identity of a workload",
    { "workloads.0.identity": { name: "shop-mi" } },
    [
      "workloads refuses to destroy user_assigned_identity.shop",
      "workloads-network replaces (create before destroy) 1 role assignment",
    ],
  ),
  edit(
    "The identity of a workload is handed over",
    { "workloads.0.identity": { name: "demo-shop-mi", existing: true } },
    ["workloads forgets user_assigned_identity.shop"],
  ),
  edit(
    "Another identity of a workload, which exists",
    { "workloads.0.identity": { name: "other-mi", existing: true } },
    [
      "workloads forgets user_assigned_identity.shop",
      "workloads replaces 1 role assignment, 3 federated identity credentials",
      "workloads-network replaces (create before destroy) 1 role assignment",
    ],
  ),
  edit(
    "Another resource group of an identity that exists",
    { "workloads.2.identity.resourceGroup": "mail-rg-2" },
    ["workloads replaces 1 role assignment, 1 federated identity credential"],
  ),
  edit(
    "The identity of a workload is to be created, although it exists",
    { "workloads.2.identity.existing": null },
    [
      "workloads creates user_assigned_identity.mail",
      "workloads replaces 1 role assignment, 1 federated identity credential",
    ],
  ),
  edit("A workload no longer shares an identity", { "workloads.1.sharesIdentityOf": null }, [
    "workloads creates user_assigned_identity.worker",
    "workloads replaces 1 federated identity credential",
  ]),
  edit("A right of a workload is removed", { "workloads.0.rights.0": null }, [
    "workloads destroys 1 role assignment",
  ]),
  edit(
    "A right of a workload on another vault",
    { "workloads.0.rights.0.scope.name": "shop-kv-2" },
    ["workloads creates 1 role assignment", "workloads destroys 1 role assignment"],
  ),
  edit(
    "Other words about a right of a workload",
    { "workloads.0.rights.0.why": "The shop reads another password." },
    [],
  ),
  edit(
    "A right of a workload is granted by the NOC",
    { "workloads.0.rights.0.grantedBy": "network" },
    ["workloads forgets 1 role assignment", "workloads-network creates 1 role assignment"],
  ),
  edit("The identity team grants on DNS zones", { "permissions.grantedBy.dnsZone": "identity" }, [
    "workloads creates 1 role assignment, 1 role definition",
    "workloads-network forgets 1 role assignment, 1 role definition",
    "add-ons creates 2 role assignments",
    "add-ons-network is no longer part of the output",
  ]),
  edit(
    "The identity team grants on DNS zones, and takes over from the NOC",
    {
      "permissions.grantedBy.dnsZone": "identity",
      "previous.permissions.grantedBy": {},
    },
    [
      "workloads imports 1 role assignment, 1 role definition",
      "workloads-network forgets 1 role assignment, 1 role definition",
      "add-ons imports 2 role assignments",
      "add-ons-network forgets 2 role assignments",
    ],
  ),
  edit("A second issuer", { oidcIssuers: [{ name: "green" }, { name: "cluster" }] }, [
    "workloads creates 5 federated identity credentials",
  ]),
  edit("Another name of the issuer", { oidcIssuers: [{ name: "green" }] }, [
    "workloads creates 5 federated identity credentials",
    "workloads destroys 5 federated identity credentials",
  ]),
  edit("No workloads, while the gateway stays", { workloads: null }, [
    "workloads destroys user_assigned_identity.shop, 2 role assignments, 4 federated identity credentials",
    "workloads-network destroys 1 role assignment, 1 role definition",
  ]),
  edit("No workloads and no gateway", { workloads: null, gatewayForContainers: null }, [
    "workloads is no longer part of the output",
    "workloads-network is no longer part of the output",
  ]),
  edit(
    "Another name of the node resource group, with add-ons",
    { nodeResourceGroup: "demo-nodes" },
    [
      "cluster refuses to destroy kubernetes_cluster.cluster",
      "workloads creates 1 role assignment",
      "workloads destroys 1 role assignment",
      "add-ons replaces 4 role assignments",
      "add-ons-network replaces 2 role assignments",
    ],
  ),
  edit("The minimal role set, with a gateway", { "permissions.roleSet.type": "minimal" }, [
    "identities creates 4 role definitions",
    "identities replaces (create before destroy) 7 role assignments",
    "network-permissions creates 6 role definitions",
    "network-permissions replaces (create before destroy) 8 role assignments",
    "workloads-network creates 1 role definition",
    "workloads-network replaces (create before destroy) 1 role assignment",
  ]),
  edit("Another subscription of the identities", { "identities.subscriptionId": SUBSCRIPTION }, [
    "cluster changes kubernetes_cluster.cluster",
    "workloads replaces 1 federated identity credential",
  ]),
];
