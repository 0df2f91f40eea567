// The risk of rights, from their operations. Pure.
import { ASSIGNING_IDENTITIES, RUNNING_PODS } from "../access/becoming";
import { allows } from "../spec/action-patterns";

/** The risk of a right: the greatest that one of its operations has. */
export enum Risk {
  /** Takes over an identity, or grants rights. */
  ESCALATION = "privilegeEscalation",
  /** Reads keys, secrets or credentials. */
  CREDENTIALS = "credentialExposure",
  /** Changes the network. */
  NETWORK = "networkChange",
  /** Reads or writes data, such as images. */
  DATA = "dataAccess",
  /** Changes other resources. */
  CHANGE = "change",
  /** Only reads and joins. */
  READ = "read",
}

/** The pattern of all operations in Kubernetes, also on its secrets. */
export const EVERYTHING_IN_KUBERNETES = "Microsoft.ContainerService/managedClusters/*";

const KUBERNETES = "Microsoft.ContainerService/managedClusters";

const KUBERNETES_ESCALATIONS = [
  "pods/exec/action serviceaccounts/impersonate/action users/impersonate/action",
  "groups/impersonate/action rbac.authorization.k8s.io/roles/write runCommand/action",
  "rbac.authorization.k8s.io/clusterroles/write rbac.authorization.k8s.io/clusterroles/bind/action",
  "rbac.authorization.k8s.io/rolebindings/write rbac.authorization.k8s.io/clusterrolebindings/write",
].flatMap((line) => line.split(" ").map((operation) => `${KUBERNETES}/${operation}`));

/** Operations that run programs on virtual machines, which can act as the identities of these. */
const MACHINE_ESCALATIONS = [
  ...["runCommand/action", "runCommands/write", "extensions/write"].flatMap((operation) => [
    `virtualMachines/${operation}`,
    `virtualMachineScaleSets/virtualMachines/${operation}`,
  ]),
  "virtualMachineScaleSets/extensions/write",
].map((operation) => `Microsoft.Compute/${operation}`);

/** Operations of a risk; a wildcard that allows one of them has the risk. The greatest risk comes first. */
const OPERATIONS: readonly (readonly [Risk, readonly string[]])[] = [
  [
    Risk.ESCALATION,
    [
      "Microsoft.Authorization/roleAssignments/write",
      "Microsoft.Authorization/roleDefinitions/write",
      "Microsoft.Authorization/elevateAccess/action",
      "Microsoft.ManagedIdentity/userAssignedIdentities/write",
      ...ASSIGNING_IDENTITIES,
      ...RUNNING_PODS,
      ...MACHINE_ESCALATIONS,
      "Microsoft.Resources/deploymentScripts/write",
      ...KUBERNETES_ESCALATIONS,
    ],
  ],
  [
    Risk.CREDENTIALS,
    [
      "Microsoft.OperationalInsights/workspaces/sharedKeys/action",
      "Microsoft.OperationalInsights/workspaces/sharedKeys/read",
      "Microsoft.OperationalInsights/workspaces/listKeys/action",
      "Microsoft.Storage/storageAccounts/listKeys/action",
      "Microsoft.Storage/storageAccounts/regenerateKey/action",
      "Microsoft.Storage/storageAccounts/listAccountSas/action",
      "Microsoft.Storage/storageAccounts/listServiceSas/action",
      "Microsoft.ContainerRegistry/registries/listCredentials/action",
      "Microsoft.ContainerRegistry/registries/generateCredentials/action",
      "Microsoft.KeyVault/vaults/secrets/getSecret/action",
      "Microsoft.KeyVault/vaults/accessPolicies/write",
      "Microsoft.KeyVault/vaults/write",
      "Microsoft.Compute/disks/beginGetAccess/action",
      `${KUBERNETES}/listClusterAdminCredential/action`,
      `${KUBERNETES}/accessProfiles/listCredential/action`,
      `${KUBERNETES}/secrets/read`,
      `${KUBERNETES}/secrets/write`,
      `${KUBERNETES}/serviceaccounts/token/write`,
    ],
  ],
];

const MANAGEMENT = "agentpools|machines|maintenanceconfigurations|accessprofiles|upgradeprofiles";

const PATTERNS: readonly (readonly [Risk, RegExp])[] = [
  [
    Risk.DATA,
    new RegExp(
      `registries/(pull|catalog|repositories)|vaults/keys/|fileservices|blobservices|/data/|workspaces/query|managedclusters/(?!${MANAGEMENT})[^/]+/(.+/)?(read|write|delete|\\*)$`,
    ),
  ],
  [Risk.READ, /\/read$|\/join[a-z]*\/action$|listclusterusercredential/],
  [Risk.NETWORK, /^microsoft\.network\//],
];

/** Returns the risk of an operation, or of a pattern of operations. */
export function riskOfOperation(operation: string): Risk {
  // Of a wildcard for reading, the concrete operations tell the risk, where they are known.
  const isWildRead = /\*.*\/read$/i.test(operation);
  const [named] =
    OPERATIONS.find(([, all]) => !isWildRead && all.some((one) => allows([operation], one))) ?? [];
  const [alike = Risk.CHANGE] =
    PATTERNS.find(([, pattern]) => pattern.test(operation.toLowerCase())) ?? [];
  return named ?? alike;
}

/** Returns the greatest risk of some operations; reading, if there are none. */
export function riskOf(operations: readonly string[]): Risk {
  const order = Object.values(Risk);
  const [greatest = Risk.READ] = operations
    .map(riskOfOperation)
    .sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return greatest;
}
