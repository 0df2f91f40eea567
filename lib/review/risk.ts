// The risk of rights, from their operations. Pure.

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

// The greatest risk first. An operation has the first one that its name fits.
const PATTERNS: readonly (readonly [Risk, RegExp])[] = [
  // A principal that may write pods or role bindings in Kubernetes can act as their service accounts.
  [
    Risk.ESCALATION,
    /^\*|^microsoft\.authorization\/(?!.*\/read$)|userassignedidentities\/(\*|assign\/action|.*write)|managedclusters\/(\*$|pods\/write|.*role(binding)?s\/write)/,
  ],
  [Risk.CREDENTIALS, /sharedkeys|listkeys|listclusteradmincredential|\/secrets\/|getsecret/],
  [
    Risk.DATA,
    /registries\/(pull|repositories)|vaults\/keys\/|fileservices|blobservices|\/data\/|managedclusters\/[^/]+\/(.+\/)?(read|write|delete)$/,
  ],
  [Risk.READ, /\/read$|\/join[a-z]*\/action$|listclusterusercredential/],
  [Risk.NETWORK, /^microsoft\.network\//],
];

/** Returns the risk of an operation, or of a pattern of operations. */
export function riskOfOperation(operation: string): Risk {
  const [risk = Risk.CHANGE] =
    PATTERNS.find(([, pattern]) => pattern.test(operation.toLowerCase())) ?? [];
  return risk;
}

/** Returns the greatest risk of some operations; reading, if there are none. */
export function riskOf(operations: readonly string[]): Risk {
  const order = Object.values(Risk);
  const [greatest = Risk.READ] = operations
    .map(riskOfOperation)
    .sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return greatest;
}
