// Edits of a deployed description, and the plans of Terraform for them. A test plans each of them with
// the real Terraform, and docs/changes.md shows them.

import { Edit, edit } from "./edit";

/** Every edit that is tried. */
export const EDITS: readonly Edit[] = [
  edit(
    "Another name of the control plane identity",
    {
      "identities.controlPlane.name": "demo-cp-mi-2",
    },
    [
      "identities refuses to destroy user_assigned_identity.control_plane",
      "network-permissions replaces (create before destroy) 4 role assignments",
      "cluster changes kubernetes_cluster.cluster",
    ],
  ),
  edit("Another name of the kubelet identity", { "identities.kubelet.name": "demo-kubelet-mi-2" }, [
    "identities refuses to destroy user_assigned_identity.kubelet",
  ]),
  edit("The control plane identity is handed over", { "identities.controlPlane.existing": true }, [
    "identities forgets management_lock.control_plane, user_assigned_identity.control_plane",
  ]),
  edit(
    "Another resource group of the identities",
    {
      "identities.resourceGroup.name": "identity-rg-2",
    },
    [
      "identities refuses to destroy resource_group.identities",
      "network-permissions replaces (create before destroy) 4 role assignments",
      "cluster changes kubernetes_cluster.cluster",
    ],
  ),
  edit(
    "The resource group of the identities is handed over",
    {
      "identities.resourceGroup.create": null,
    },
    ["identities forgets resource_group.identities"],
  ),
  edit("The locks are lifted", { "identities.locked": null }, [
    "identities destroys management_lock.control_plane, management_lock.kubelet",
  ]),
  edit(
    "Another region",
    {
      location: "northeurope",
      "privateDns.zone.name": "privatelink.northeurope.azmk8s.io",
    },
    [
      "identities refuses to destroy resource_group.identities",
      "network-permissions creates 2 role assignments",
      "network-permissions destroys 2 role assignments",
      "cluster refuses to destroy kubernetes_cluster.cluster",
    ],
  ),
  edit("Another resource group of the cluster", { "resourceGroup.name": "demo-rg-2" }, [
    "identities creates 2 role assignments",
    "identities destroys 2 role assignments",
    "cluster refuses to destroy kubernetes_cluster.cluster",
  ]),
  edit("Tags", { tags: { env: "prod" } }, [
    "identities changes resource_group.identities, user_assigned_identity.control_plane, user_assigned_identity.kubelet",
    "cluster changes kubernetes_cluster.cluster, kubernetes_cluster_node_pool.cluster_apps, kubernetes_cluster_node_pool.cluster_batch, monitor_data_collection_rule.cluster_container-insights",
  ]),
  edit("A group of deployers is renamed", { "access.deployers.0.name": "platform-team" }, []),
  edit("A group of deployers is removed", { "access.deployers": [] }, [
    "identities destroys 5 role assignments",
    "network-permissions destroys 4 role assignments",
  ]),
  edit("Another role in Kubernetes", { "access.kubernetes.0.role": "writer" }, [
    "identities creates 1 role assignment",
    "identities destroys 1 role assignment",
  ]),
  edit("Another node subnet", { "network.nodeSubnet": "aks-nodes-2" }, [
    "network-permissions creates 2 role assignments",
    "network-permissions destroys 2 role assignments",
    "cluster changes kubernetes_cluster.cluster, kubernetes_cluster_node_pool.cluster_apps, kubernetes_cluster_node_pool.cluster_batch",
  ]),
  edit(
    "Another node subnet, with the rights of the old one kept",
    {
      "network.nodeSubnet": "aks-nodes-2",
      "previous.network.nodeSubnet": "aks-nodes",
    },
    [
      "network-permissions creates 2 role assignments",
      "cluster changes kubernetes_cluster.cluster, kubernetes_cluster_node_pool.cluster_apps, kubernetes_cluster_node_pool.cluster_batch",
    ],
  ),
  edit("A wider range of pods", { "network.podNetwork.podCidr": "10.244.0.0/16" }, [
    "cluster refuses to destroy kubernetes_cluster.cluster",
  ]),
  edit("Another range of services", { "network.serviceCidr": "10.1.0.0/16" }, [
    "cluster refuses to destroy kubernetes_cluster.cluster",
  ]),
  edit("Another data plane", { "network.dataPlane": "azure" }, [
    "cluster refuses to destroy kubernetes_cluster.cluster",
  ]),
  edit("Another egress", { "network.egress": { type: "userDefinedRouting" } }, [
    "network-permissions destroys 2 role assignments",
    "cluster changes kubernetes_cluster.cluster",
  ]),
  edit(
    "Another egress, with the rights of the old one kept",
    {
      "network.egress": { type: "userDefinedRouting" },
      "previous.network.egress": {
        type: "loadBalancer",
        publicIps: [{ name: "egress-ip", resourceGroup: "network-rg" }],
      },
    },
    ["cluster changes kubernetes_cluster.cluster"],
  ),
  edit("A public IP of the egress is removed", { "network.egress.publicIps": null }, [
    "network-permissions destroys 2 role assignments",
  ]),
  edit(
    "A public IP of the egress is removed, with the right on it kept",
    {
      "network.egress.publicIps": null,
      "previous.network.egress": {
        type: "loadBalancer",
        publicIps: [{ name: "egress-ip", resourceGroup: "network-rg" }],
      },
    },
    ["cluster changes kubernetes_cluster.cluster"],
  ),
  edit("Outbound ports of each node", { "network.egress.outboundPortsAllocated": 1024 }, [
    "cluster changes kubernetes_cluster.cluster",
  ]),
  edit("A subnet for the API server", { "network.apiServerSubnet": "aks-api" }, [
    "network-permissions creates 2 role assignments",
    "cluster changes kubernetes_cluster.cluster",
  ]),
  edit("A subnet for load balancers", { "network.loadBalancerSubnets": ["frontends"] }, [
    "network-permissions creates 1 role assignment",
  ]),
  edit("Private Link services", { "network.privateLinkServices": true }, []),
  edit(
    "Private Link services, with policies that AKS turns off",
    { "network.privateLinkServices": true, "network.privateLinkPolicies": {} },
    [],
  ),
  edit("AKS manages the zone of the API server", { privateDns: { type: "system" } }, [
    "network-permissions destroys 2 role assignments",
    "cluster refuses to destroy kubernetes_cluster.cluster",
  ]),
  edit(
    "A public API server",
    {
      apiServer: { type: "public", authorizedRanges: ["203.0.113.0/24"] },
      privateDns: null,
      exceptions: [{ name: "publicApiServer", reason: "The migration needs it until spring." }],
    },
    [
      "network-permissions destroys 3 role assignments",
      "cluster refuses to destroy kubernetes_cluster.cluster",
    ],
  ),
  edit("Another name of the node resource group", { nodeResourceGroup: "demo-nodes" }, [
    "cluster refuses to destroy kubernetes_cluster.cluster",
  ]),
  edit("Another name of the system pool", { "nodePools.system.name": "sys" }, [
    "cluster refuses to destroy kubernetes_cluster.cluster",
  ]),
  edit(
    "Another size of the nodes of the system pool",
    {
      "nodePools.system.vmSize": "Standard_D8ds_v5",
    },
    ["cluster changes kubernetes_cluster.cluster"],
  ),
  edit(
    "Another size of the nodes of a user pool",
    {
      "nodePools.user.0.vmSize": "Standard_D8ds_v5",
    },
    ["cluster changes kubernetes_cluster_node_pool.cluster_apps"],
  ),
  edit("More nodes", { "nodePools.user.0.maxCount": 9 }, [
    "cluster changes kubernetes_cluster_node_pool.cluster_apps",
  ]),
  edit("Other labels", { "nodePools.user.0.labels": { team: "shop" } }, [
    "cluster changes kubernetes_cluster_node_pool.cluster_apps",
  ]),
  edit("No labels", { "nodePools.user.0.labels": null }, [
    "cluster changes kubernetes_cluster_node_pool.cluster_apps",
  ]),
  edit("More pods on a node", { "nodePools.user.0.maxPods": 60 }, [
    "cluster changes kubernetes_cluster_node_pool.cluster_apps",
  ]),
  edit(
    "Another user pool",
    {
      "nodePools.user.2": { name: "more", vmSize: "Standard_D4ds_v5", maxCount: 6 },
    },
    ["cluster creates kubernetes_cluster_node_pool.cluster_more"],
  ),
  edit("A user pool is removed", { "nodePools.user.1": null }, [
    "cluster destroys kubernetes_cluster_node_pool.cluster_batch",
  ]),
  edit("A registry is removed", { "registries.1": null }, [
    "identities destroys 1 role assignment",
  ]),
  edit(
    "A registry is removed, with its right kept",
    {
      "registries.1": null,
      "previous.registries": [
        { name: "images", resourceGroup: "registry-rg", mode: "classic" },
        { name: "charts", resourceGroup: "registry-rg", mode: "classic" },
      ],
    },
    [],
  ),
  edit(
    "Another disk encryption set",
    {
      "diskEncryption.diskEncryptionSet.name": "aks-des-2",
    },
    [
      "identities creates 2 role assignments",
      "identities destroys 2 role assignments",
      "cluster fails a condition of kubernetes_cluster.cluster",
    ],
  ),
  edit(
    "Another vault of KMS",
    {
      "kms.keyVault.name": "vault-two",
      "kms.keyId": "https://vault-two.vault.azure.net/keys/etcd/00000000000000000000000000000001",
    },
    [
      "identities creates 1 role assignment",
      "identities destroys 1 role assignment",
      "cluster changes kubernetes_cluster.cluster",
    ],
  ),
  edit(
    "Another vault of KMS, with the right on the old one kept",
    {
      "kms.keyVault.name": "vault-two",
      "kms.keyId": "https://vault-two.vault.azure.net/keys/etcd/00000000000000000000000000000001",
      "previous.kms.keyVault": { name: "vault-one", resourceGroup: "keys-rg" },
    },
    ["identities creates 1 role assignment", "cluster changes kubernetes_cluster.cluster"],
  ),
  edit(
    "Another Log Analytics workspace",
    {
      "monitoring.logAnalyticsWorkspace.name": "logs-2",
    },
    [
      "identities creates 1 role assignment",
      "identities destroys 1 role assignment",
      "cluster changes kubernetes_cluster.cluster, monitor_data_collection_rule.cluster_container-insights, monitor_diagnostic_setting.cluster_audit",
    ],
  ),
  edit("A newer Kubernetes version", { kubernetesVersion: "1.36" }, [
    "cluster changes kubernetes_cluster.cluster",
  ]),
  edit("Another upgrade channel", { "upgrades.channel": "stable", kubernetesVersion: null }, [
    "cluster changes kubernetes_cluster.cluster",
  ]),
  edit(
    "Another maintenance window",
    {
      "upgrades.clusterWindow": {
        dayOfWeek: "Saturday",
        startTime: "03:00",
        durationHours: 4,
        frequency: "Weekly",
      },
    },
    ["cluster changes kubernetes_cluster.cluster"],
  ),
  edit("A service mesh", { serviceMesh: { revisions: ["asm-1-29"] } }, [
    "cluster changes kubernetes_cluster.cluster",
  ]),
  edit("Another version of Flux", { "flux.version": "1.17.3" }, [
    "cluster refuses to destroy kubernetes_cluster_extension.cluster_flux",
  ]),
  edit("Another namespace of a Flux configuration", { "flux.configurations.0.namespace": "shop" }, [
    "cluster refuses to destroy kubernetes_flux_configuration.cluster_apps",
  ]),
  edit("Another name of a Flux configuration", { "flux.configurations.0.name": "shop" }, [
    "cluster creates kubernetes_flux_configuration.cluster_shop",
    "cluster destroys kubernetes_flux_configuration.cluster_apps",
  ]),
  edit("Another fleet", { "fleetManager.fleet.name": "staging" }, [
    "identities creates 1 role assignment",
    "identities destroys 1 role assignment",
    "cluster refuses to destroy kubernetes_fleet_member.cluster_fleet-member",
  ]),
  edit(
    "The cluster leaves its fleet, and keeps the right of its deployer",
    {
      fleetManager: null,
      "previous.fleetManager.fleet": { name: "production", resourceGroup: "fleet-rg" },
    },
    ["cluster destroys kubernetes_fleet_member.cluster_fleet-member"],
  ),
  edit("Application routing without zones and vaults", { applicationRouting: {} }, [
    "cluster changes kubernetes_cluster.cluster",
  ]),
  edit("An add-on", { addOns: ["keda"] }, ["cluster changes kubernetes_cluster.cluster"]),
  edit(
    "An exception",
    {
      exceptions: [{ name: "runCommand", reason: "Support asks for it until spring." }],
    },
    ["cluster changes kubernetes_cluster.cluster"],
  ),
  edit("The minimal role set", { "permissions.roleSet.type": "minimal" }, [
    "identities creates 4 role definitions",
    "identities replaces (create before destroy) 7 role assignments",
    "network-permissions creates 6 role definitions",
    "network-permissions replaces (create before destroy) 8 role assignments",
  ]),
  edit(
    "The identity team grants on private DNS zones",
    {
      "permissions.grantedBy.privateDnsZone": "identity",
    },
    ["identities creates 2 role assignments", "network-permissions forgets 2 role assignments"],
  ),
  edit(
    "The identity team grants on private DNS zones, and takes over from the NOC",
    {
      "permissions.grantedBy.privateDnsZone": "identity",
      "previous.permissions.grantedBy": {},
    },
    ["identities imports 2 role assignments", "network-permissions forgets 2 role assignments"],
  ),
];
