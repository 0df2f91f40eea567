// The shape of haks.yaml: one source for its validation, its JSON Schema and its types.
// Values are checked by the rules of the library; here are only shapes and choices.
import * as v from "valibot";
import { NAME_RULES } from "../../lib/spec/naming";
import {
  choice,
  flag,
  group,
  guid,
  kind,
  list,
  meta,
  named,
  reference,
  resourceId,
  text,
  wholeNumber,
} from "./schema-fields";

const { optional } = v;

const resourceGroup = (description: string) =>
  group(description, {
    name: named(NAME_RULES.resourceGroup, "Name.", "example-rg"),
    create: optional(flag("Whether to create it. Default: false, it exists.")),
  });

const identity = (description: string) =>
  group(description, {
    name: optional(named(NAME_RULES.identity, "Name.", "example-mi")),
    existing: optional(
      flag(
        "Whether it exists already, so that the identity stack looks it up and does not create it. Default: false.",
      ),
    ),
    ids: optional(
      group(
        "Its ids, as the identity team's stack puts them out, for stacks whose runner may not read it. Default: looked up by name.",
        {
          id: resourceId("Resource id.", "Microsoft.ManagedIdentity/userAssignedIdentities"),
          principalId: guid("Object id of its service principal."),
          clientId: guid("Client id."),
        },
      ),
    ),
  });

const poolFields = {
  vmSize: text(
    "Size of the virtual machines; with a local disk of 128 GiB or more.",
    "Standard_D4ds_v5",
  ),
  minCount: optional(wholeNumber("Fewest nodes. Default: 3.", 1, 1000)),
  maxCount: optional(
    wholeNumber("Most nodes; more than minCount turns autoscaling on. Default: minCount.", 1, 1000),
  ),
  zones: optional(
    list(
      "Availability zones: 1, 2, 3. Default: all three.",
      v.pipe(v.union([v.string(), v.number()]), v.transform(String)),
    ),
  ),
  maxPods: optional(wholeNumber("Most pods on a node. Default: 110.", 10, 250)),
  subnet: optional(
    named(
      NAME_RULES.subnet,
      "Name of a subnet in the cluster's virtual network. Default: network.nodeSubnet.",
      "aks-nodes",
    ),
  ),
};

const poolName = (description: string) => named(NAME_RULES.nodePool, description, "apps");

const window = <const T extends readonly string[]>(description: string, frequencies: T) =>
  group(description, {
    frequency: choice("How often.", frequencies),
    dayOfWeek: optional(
      choice("Day of a weekly window.", [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
      ]),
    ),
    startTime: text('Start, "HH:MM", in quotes.', "02:00"),
    durationHours: optional(wholeNumber("Length in hours. Default: 4.", 4, 24)),
    utcOffset: optional(
      text('Offset of startTime from UTC, in quotes. Default: "+00:00".', "+00:00"),
    ),
  });

const principal = group("A principal of Entra ID.", {
  type: choice("A security group, or a service principal such as that of a pipeline.", [
    "group",
    "servicePrincipal",
  ]),
  name: text(
    "Display name; what is looked up in Entra ID if there is no objectId.",
    "platform-engineers",
  ),
  objectId: optional(
    guid(
      "Object id. For a service principal this is not its client id. Default: looked up by name.",
    ),
  ),
});

const identities = group("The two identities of the cluster. They outlive it.", {
  resourceGroup: optional(
    resourceGroup(
      "Resource group of the identities: best one in which the platform team is Reader. Default: the cluster's.",
    ),
  ),
  controlPlane: optional(identity("What the control plane acts as. Default name: <name>-cp-mi.")),
  kubelet: optional(identity("What the nodes act as. Default name: <name>-kubelet-mi.")),
});

const network = group("The network, which belongs to the NOC and exists.", {
  virtualNetwork: reference(
    "The virtual network, which exists.",
    NAME_RULES.virtualNetwork,
    "Microsoft.Network/virtualNetworks",
  ),
  nodeSubnet: named(
    NAME_RULES.subnet,
    "Name of the subnet of the nodes, in the virtual network.",
    "aks-nodes",
  ),
  podNetwork: optional(
    v.pipe(
      v.variant("type", [
        v.strictObject({
          type: kind("overlay", "Pods have a range of their own."),
          podCidr: optional(
            text(
              "Range of the pods, in CIDR notation; each node takes a /24 of it. Default: 10.244.0.0/16.",
              "10.244.0.0/16",
            ),
          ),
        }),
        v.strictObject({ type: kind("flat", "Pods take addresses of the node subnet.") }),
      ]),
      meta("Where pods get their addresses from. Default: overlay."),
    ),
  ),
  dataPlane: optional(
    choice(
      "What moves packets and holds pods to network policies; azure comes with Calico. Default: cilium.",
      ["cilium", "azure"],
    ),
  ),
  serviceCidr: optional(
    text("Range of the cluster's services, in CIDR notation. Default: 10.0.0.0/16.", "10.0.0.0/16"),
  ),
  dnsServiceIp: optional(
    text("Address of the DNS service, in serviceCidr. Default: its tenth address.", "10.0.0.10"),
  ),
  egress: group("How traffic leaves the cluster.", {
    type: choice(
      "By the route table of the node subnet to a firewall, by the NAT gateway of the node subnet, or by a load balancer that AKS creates.",
      ["userDefinedRouting", "natGateway", "loadBalancer"],
    ),
  }),
});

const privateDns = v.pipe(
  v.variant("type", [
    v.strictObject({ type: kind("system", "AKS creates the zone.") }),
    v.strictObject({
      type: kind("zone", "A zone that exists."),
      zone: reference(
        "The zone, named privatelink.<location>.azmk8s.io or below it.",
        NAME_RULES.privateDnsZone,
        "Microsoft.Network/privateDnsZones",
      ),
    }),
  ]),
  meta("The DNS zone of the private API server. Default: system."),
);

const terraform = group("What concerns Terraform itself.", {
  backend: optional(
    group(
      "Where the states are kept. Default: files beside the output folder, for trying things out.",
      {
        type: text("Type of the backend, such as azurerm, s3, http or local.", "azurerm"),
        config: optional(
          v.pipe(
            v.record(v.string(), v.unknown()),
            meta(
              "Its settings, in Terraform's spelling; {stack} stands for the name of the stack. What is left out is given to terraform init -backend-config=…. No secrets.",
            ),
          ),
        ),
      },
    ),
  ),
  resourceProviderRegistrations: optional(
    choice(
      "Which resource providers Terraform registers. Default: none, since only an owner of the subscription may.",
      ["none", "core", "extended", "all", "legacy"],
    ),
  ),
  requiredVersion: optional(
    text("Terraform versions that are accepted. Default: >= 1.5.0.", ">= 1.5.0"),
  ),
});

/** The file. */
export const fileSchema = group(
  "Description of an intended AKS cluster, and of what exists around it.",
  {
    name: named(
      NAME_RULES.cluster,
      "Name of the cluster; the stacks and, by default, its identities are named after it.",
      "example",
    ),
    location: named(NAME_RULES.location, "Azure region.", "westeurope"),
    tenantId: optional(guid("Entra tenant. Default: the one that Terraform is signed in to.")),
    subscriptionId: optional(
      guid(
        "Subscription that the stacks work in. Default: ARM_SUBSCRIPTION_ID of whoever runs Terraform.",
      ),
    ),
    resourceGroup: resourceGroup("The cluster's resource group."),
    identities: optional(identities),
    network,
    privateDns: optional(privateDns),
    nodePools: group("The node pools.", {
      system: group("The pool that runs the cluster's own workload, and nothing else.", {
        name: optional(poolName("Name. Default: system.")),
        ...poolFields,
      }),
      user: list(
        "The pools for applications: one or more.",
        v.strictObject({ name: poolName("Name."), ...poolFields }),
      ),
    }),
    registries: optional(
      list(
        "Container registries that the nodes pull from. Default: none.",
        reference(
          "A container registry, which exists.",
          NAME_RULES.registry,
          "Microsoft.ContainerRegistry/registries",
        ),
      ),
    ),
    access: optional(
      group("Who works with the cluster.", {
        deployers: optional(
          list(
            "Who deploys the cluster. They need Contributor on its resource group from elsewhere; the rest is granted here. Default: nobody.",
            principal,
          ),
        ),
      }),
    ),
    kubernetesVersion: optional(
      text(
        'Kubernetes version, in quotes; "1.35" follows its patches. Default: that of AKS.',
        "1.35",
      ),
    ),
    upgrades: optional(
      group("Upgrades, and when they may happen.", {
        channel: optional(
          choice(
            "Channel of the Kubernetes version. Default: stable; patch if kubernetesVersion is given.",
            ["patch", "stable", "rapid"],
          ),
        ),
        nodeOsChannel: optional(
          choice("Channel of the nodes' operating system. Default: NodeImage.", [
            "NodeImage",
            "SecurityPatch",
          ]),
        ),
        clusterWindow: optional(
          window("When the cluster may be upgraded. Default: Sunday 02:00 UTC for 4 hours.", [
            "Weekly",
          ]),
        ),
        nodeOsWindow: optional(
          window(
            "When the nodes' operating system may be patched. Default: daily 03:00 UTC for 4 hours.",
            ["Daily", "Weekly"],
          ),
        ),
      }),
    ),
    tags: optional(
      v.pipe(
        v.record(v.string(), v.string()),
        meta("Tags of all resources that are created. Default: none."),
      ),
    ),
    terraform: optional(terraform),
  },
);

/** The content of a valid file. */
export type FileContent = v.InferOutput<typeof fileSchema>;
