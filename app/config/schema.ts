// The shape of haks.yaml: one source for its validation, its JSON Schema and its types.
// Values are checked by the rules of the library; here are only shapes and choices.
import {
  DayOfWeek,
  KeyVaultNetwork,
  NodeOsChannel,
  ResourceProviderRegistrations,
  UpgradeChannel,
  WindowFrequency,
} from "../../lib";
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
  resource,
  resourceId,
  text,
  wholeNumber,
} from "./schema-fields";

import { access, permissions, registry } from "./schema-access";
import { apiServer, network, privateDns } from "./schema-network";
import { autoscaler, poolFields, poolName, userPoolFields } from "./schema-nodes";
import { addOns, monitoring, overrides, serviceMesh, timeouts } from "./schema-operation";
import { preflight } from "./schema-preflight";

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

const window = <const T extends readonly string[]>(description: string, frequencies: T) =>
  group(description, {
    frequency: choice("How often.", frequencies),
    dayOfWeek: optional(choice("Day of a weekly window.", Object.values(DayOfWeek))),
    startTime: text('Start, "HH:MM", in quotes.', "02:00"),
    durationHours: optional(wholeNumber("Length in hours. Default: 4.", 4, 24)),
    utcOffset: optional(
      text('Offset of startTime from UTC, in quotes. Default: "+00:00".', "+00:00"),
    ),
  });

const identities = group("The two identities of the cluster. They outlive it.", {
  resourceGroup: optional(
    resourceGroup(
      "Resource group of the identities: best one in which the platform team is Reader. Default: the cluster's.",
    ),
  ),
  controlPlane: optional(identity("The control plane identity. Default name: <name>-cp-mi.")),
  kubelet: optional(identity("The kubelet identity. Default name: <name>-kubelet-mi.")),
  locked: optional(
    flag(
      "Whether those that are made are locked against deletion, for which the identity team needs Microsoft.Authorization/locks/write. Default: false.",
    ),
  ),
});

const diskEncryption = v.pipe(
  v.variant("type", [
    v.strictObject({ type: kind("platformManaged", "With keys of the platform.") }),
    v.strictObject({
      type: kind("customerManaged", "With a key of one's own."),
      diskEncryptionSet: resource(
        "A disk encryption set in the cluster's region; it cannot be changed later.",
        "Microsoft.Compute/diskEncryptionSets",
      ),
    }),
  ]),
  meta("How the disks are encrypted. It cannot be changed later, so there is no default."),
);

const kms = group("Encryption of secrets in etcd with a key of one's own.", {
  keyVault: resource("The key vault.", "Microsoft.KeyVault/vaults"),
  keyId: text(
    "The key, with its version.",
    "https://example.vault.azure.net/keys/etcd/00000000000000000000000000000000",
  ),
  network: optional(
    choice(
      "How the vault is reached; Private needs network.apiServerSubnet. Default: Public.",
      Object.values(KeyVaultNetwork),
    ),
  ),
});

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
      Object.values(ResourceProviderRegistrations),
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
    apiServer: optional(apiServer),
    privateDns: optional(privateDns),
    nodePools: group("The node pools.", {
      system: group("The pool that runs the cluster's own workload, and nothing else.", {
        name: optional(poolName("Name. Default: system.")),
        ...poolFields,
      }),
      user: list(
        "The pools for applications: one or more.",
        v.strictObject({ name: poolName("Name."), ...userPoolFields }),
      ),
      autoProvisioning: optional(
        flag("Whether AKS makes further nodes as workloads need them. Default: false."),
      ),
      autoscaler: optional(autoscaler),
    }),
    registries: optional(
      list("Container registries that the nodes pull from. Default: none.", registry),
    ),
    access: optional(access),
    permissions: optional(permissions),
    diskEncryption,
    kms: optional(kms),
    storage: optional(
      group("Disks and files outside the cluster that its volumes use.", {
        disks: optional(
          list(
            "Managed disks in other resource groups. Default: none.",
            resource("A managed disk.", "Microsoft.Compute/disks"),
          ),
        ),
        storageAccounts: optional(
          list(
            "Storage accounts in other resource groups. Default: none.",
            resource("A storage account.", "Microsoft.Storage/storageAccounts"),
          ),
        ),
      }),
    ),
    monitoring: optional(monitoring),
    addOns: optional(addOns),
    exceptions: optional(
      list(
        "Weakenings of the hardened defaults, which docs/hardening.md lists. Default: none.",
        group("A weakening.", {
          name: text("Its name.", "runCommand"),
          reason: text("Why it is taken: a sentence for whoever reviews it.", "A reason to give."),
        }),
      ),
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
            Object.values(UpgradeChannel),
          ),
        ),
        nodeOsChannel: optional(
          choice(
            "Channel of the nodes' operating system. Default: NodeImage.",
            Object.values(NodeOsChannel),
          ),
        ),
        clusterWindow: optional(
          window("When the cluster may be upgraded. Default: Sunday 02:00 UTC for 4 hours.", [
            WindowFrequency.WEEKLY,
          ]),
        ),
        nodeOsWindow: optional(
          window(
            "When the nodes' operating system may be patched. Default: daily 03:00 UTC for 4 hours.",
            Object.values(WindowFrequency),
          ),
        ),
      }),
    ),
    serviceMesh: optional(serviceMesh),
    longTermSupport: optional(
      flag(
        "Whether Microsoft supports the Kubernetes version for two years, with the tier Premium. Default: false.",
      ),
    ),
    nodeResourceGroup: optional(
      named(
        NAME_RULES.resourceGroup,
        "Resource group that AKS makes for the nodes; at most 80 characters. Default: MC_<resource group>_<cluster>_<location>.",
        "example-nodes",
      ),
    ),
    timeouts: optional(timeouts),
    overrides: optional(overrides),
    tags: optional(
      v.pipe(
        v.record(v.string(), v.string()),
        meta("Tags of all resources that are created. Default: none."),
      ),
    ),
    preflight: optional(preflight),
    terraform: optional(terraform),
  },
);

/** The content of a valid file. */
export type FileContent = v.InferOutput<typeof fileSchema>;
