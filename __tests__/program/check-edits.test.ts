// check --previous: what each kind of edit of a description does to what is live.
import { GrantingTeam } from "../../lib";
import { Edit, at, group, kms, checked } from "../edited";

const CLUSTER = "azurerm_kubernetes_cluster.cluster";
const POOL = "azurerm_kubernetes_cluster_node_pool.cluster_apps";
const MINIMAL: Edit = (it) => (it.permissions = { roleSet: { type: "minimal" } });

const CILIUM: Edit = (it) => {
  it.network.dataPlane = "cilium";
  it.nodePools.user = [{ name: "apps", vmSize: "Standard_D4ds_v5" }];
};

/** What is asked of each edit: the exit status, and what is said. */
const EDITS: [name: string, status: number, said: string[], edit: Edit, before?: Edit][] = [
  ["nothing", 0, ["Nothing live changes."], () => undefined],
  [
    "tags",
    0,
    [`${CLUSTER} is updated in place: default_node_pool.tags and tags.`],
    (it) => (it.tags = { env: "test" }),
  ],
  [
    "most nodes of a pool",
    0,
    [`${POOL} is updated in place: max_count.`],
    (it) => (it.nodePools.user[0]!.maxCount = 9),
  ],
  [
    "the name of a group with its object id",
    0,
    ["Nothing live changes."],
    (it) => (it.access.deployers = [group("renamed", 2)]),
  ],
  [
    "the control plane identity's name",
    3,
    [
      "azurerm_user_assigned_identity.control_plane would be replaced because of name: Terraform refuses",
      "azurerm_management_lock.control_plane would be replaced because of scope: Terraform refuses",
      'The control plane identity "demo-cp-mi" becomes "other-mi"',
    ],
    (it) => (it.identities.controlPlane = { name: "other-mi" }),
  ],
  [
    "identities of another team",
    0,
    [
      "azurerm_user_assigned_identity.control_plane is removed from the state and stays in Azure.",
      "azurerm_management_lock.control_plane is removed from the state and stays in Azure.",
    ],
    (it) => (it.identities.controlPlane = { existing: true }),
  ],
  [
    "the kubelet identity's name",
    3,
    [
      "azurerm_user_assigned_identity.kubelet would be replaced because of name: Terraform refuses",
      `${CLUSTER} keeps kubelet_identity.client_id`,
    ],
    (it) => (it.identities.kubelet = { name: "other-mi" }),
  ],
  [
    "the resource group of the identities",
    3,
    [
      "azurerm_user_assigned_identity.control_plane would be replaced because of resource_group_name",
    ],
    (it) => (it.identities.resourceGroup = { name: "other-rg" }),
  ],
  ...(
    [
      [
        "podCidr",
        "network_profile.pod_cidr",
        (it) => (it.network.podNetwork = { type: "overlay", podCidr: "10.244.0.0/16" }),
      ],
      [
        "serviceCidr",
        "network_profile.dns_service_ip and network_profile.service_cidr",
        (it) =>
          Object.assign(it.network, { serviceCidr: "10.1.0.0/16", dnsServiceIp: "10.1.0.10" }),
      ],
      [
        "dataPlane",
        "network_profile.network_data_plane",
        (it) => (it.network.dataPlane = "cilium"),
      ],
      [
        "privateDns",
        "private_dns_zone_id",
        (it) =>
          (it.privateDns = {
            type: "zone",
            zone: at("privatelink.westeurope.azmk8s.io", "dns-rg"),
          }),
      ],
      [
        "nodeResourceGroup",
        "node_resource_group",
        (it) => (it.nodeResourceGroup = "demo-nodes-rg"),
      ],
      [
        "the system pool's name",
        "default_node_pool.name",
        (it) => (it.nodePools.system.name = "other"),
      ],
      ["the resource group", "resource_group_name", (it) => (it.resourceGroup.name = "other-rg")],
    ] as [string, string, Edit][]
  ).map(([name, attribute, edit]): (typeof EDITS)[number] => [
    name,
    3,
    [
      `${CLUSTER} would be replaced because of`,
      attribute,
      "Terraform refuses, and the plan fails.",
    ],
    edit,
  ]),
  [
    "another vault",
    3,
    [
      'loses Key Vault Crypto User on the key vault "vault-one"',
      "previous:\n    kms:\n      keyVault:\n        name: vault-one",
      `${CLUSTER} is updated in place: key_management_service.key_vault_key_id.`,
    ],
    (it) => (it.kms = kms("vault-two")),
  ],
  [
    "another vault, while the old one is kept",
    0,
    [
      'keeps Key Vault Crypto User on the key vault "vault-one" (resource group keys-rg, subscription',
    ],
    (it) => Object.assign(it, { kms: kms("vault-two"), previous: { kms: kms("vault-one") } }),
  ],
  [
    "another node subnet",
    3,
    [
      'loses Network Contributor on the subnet "aks-nodes"',
      `${CLUSTER} gets new nodes because of default_node_pool.vnet_subnet_id.`,
      "network:\n      nodeSubnet: aks-nodes",
    ],
    (it) => (it.network.nodeSubnet = "other-nodes"),
  ],
  [
    "another registry",
    3,
    [
      '"demo-kubelet-mi" (kubelet identity) loses AcrPull on the container registry "registryone"',
      "registries:\n      - name: registryone",
    ],
    (it) => (it.registries = [at("registrytwo", "registry-rg")]),
  ],
  [
    "one more registry",
    0,
    ["gets AcrPull"],
    (it) => it.registries.push(at("registrytwo", "registry-rg")),
  ],
  [
    "another disk",
    3,
    ['on the disk "disk-one"', "storage:\n      disks:\n        - name: disk-one"],
    (it) => (it.storage.disks = []),
  ],
  [
    "another disk encryption set",
    3,
    [
      `${CLUSTER} would be replaced because of disk_encryption_set_id`,
      "diskEncryptionSet:\n        name: set-one",
    ],
    (it) => (it.diskEncryption.diskEncryptionSet = at("set-two", "keys-rg")),
  ],
  [
    "no public IP of egress",
    3,
    [
      'on the public IP "egress-ip"',
      "network_profile.load_balancer_profile.outbound_ip_address_ids",
      "publicIps:\n          - name: egress-ip",
    ],
    (it) => (it.network.egress = { type: "loadBalancer" }),
  ],
  [
    "a deployer less",
    3,
    [
      '"engineers" loses',
      "on purpose",
      "deployers:\n        - type: group\n          name: engineers",
    ],
    (it) => (it.access.deployers = []),
  ],
  [
    "a Kubernetes user less",
    3,
    [
      '"admins" loses Azure Kubernetes Service RBAC Cluster Admin on the resource group "demo-rg"',
      "role: clusterAdmin",
    ],
    (it) => (it.access.kubernetes = []),
  ],
  [
    "another team that grants",
    3,
    ["the identity team does not hand it over", "grantedBy:\n        keyVault: identity"],
    (it) => (it.permissions = { grantedBy: { keyVault: GrantingTeam.NETWORK } }),
  ],
  [
    "another team that grants, with a hand-over",
    0,
    ["this stack imports the role assignment, and demo-identities removes it"],
    (it) =>
      Object.assign(it, {
        permissions: { grantedBy: { keyVault: GrantingTeam.NETWORK } },
        previous: { permissions: { grantedBy: { keyVault: GrantingTeam.IDENTITY } } },
      }),
  ],
  [
    "another role set",
    0,
    ["gets AKS Subnet Join", "before Network Contributor is revoked"],
    MINIMAL,
  ],
  [
    "a wider role beside a narrow one",
    0,
    ["gets AKS Private Link Subnet"],
    (it) => {
      MINIMAL(it);
      it.network.privateLinkServices = true;
      it.network.privateLinkPolicies = {};
    },
    MINIMAL,
  ],
  [
    "Private Link policies that AKS no longer turns off, and a prefix of services less",
    3,
    [
      'on the NAT gateway "nat"',
      "subnets: []\n        natGateways:\n          - name: nat",
      "          - name: prefix",
    ],
    (it) => (it.network.privateLinkServices = true),
    (it) => {
      it.network.privateLinkServices = true;
      it.network.privateLinkPolicies = { subnets: [], natGateways: [at("nat", "network-rg")] };
      it.network.servicePublicIpPrefixes = [at("prefix", "network-rg")];
    },
  ],
  [
    "node auto-provisioning",
    0,
    ['gets Reader on the virtual network "spoke-vnet"'],
    (it) => {
      CILIUM(it);
      it.nodePools.autoProvisioning = true;
    },
    CILIUM,
  ],
  [
    "the size of a pool's nodes",
    0,
    [`${POOL} gets new nodes because of vm_size.`],
    (it) => (it.nodePools.user[0]!.vmSize = "Standard_D8ds_v5"),
  ],
  [
    "pods on a node",
    0,
    [`${CLUSTER} gets new nodes because of default_node_pool.max_pods.`],
    (it) => (it.nodePools.system.maxPods = 60),
  ],
  [
    "labels left out",
    0,
    [`${POOL} is updated in place: node_labels`],
    (it) => delete it.nodePools.user[0]!.labels,
  ],
  // Taking it back would replace the cluster, so that the stack leaves it alone.
  [
    "drainTimeoutMinutes left out",
    0,
    ["Nothing live changes."],
    (it) => delete it.nodePools.system.upgrade,
  ],
  ["a pool less", 3, ["cluster_more is destroyed"], (it) => it.nodePools.user.pop()],
  [
    "a pool more",
    0,
    ["cluster_third is created"],
    (it) => it.nodePools.user.push({ name: "third", vmSize: "Standard_D4ds_v5" }),
  ],
  [
    "another log workspace",
    3,
    ['"engineers" loses Log Analytics Contributor', "is updated in place: "],
    (it) => (it.monitoring.logAnalyticsWorkspace = at("other-logs", "logs-rg")),
  ],
  [
    "the version of Kubernetes",
    0,
    [`${CLUSTER} is updated in place: `],
    (it) => (it.kubernetesVersion = "1.34"),
  ],
  [
    "the name of the cluster",
    0,
    [
      "The stacks demo-identities, demo-network-permissions and demo-cluster and their states stay, and nothing in them is destroyed.",
    ],
    (it) => (it.name = "other"),
  ],
];

// A parameter that a row does not fill would be the callback of the test.
test.each(EDITS)("%s", async (...[, status, said, edit, before]: (typeof EDITS)[number]) => {
  const { out, err, status: actual } = await checked(edit, before);
  expect([/ error .*/.exec(err)?.[0], actual]).toEqual([undefined, status]);
  for (const text of said) {
    expect(out).toContain(text);
  }
});
