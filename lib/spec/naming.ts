// The names that Azure accepts. Pure.
// @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules

/** Rule for a kind of name. */
export interface NameRule {
  /** The kind, as it stands in messages. */
  readonly kind: string;
  /** Pattern of valid names. */
  readonly pattern: RegExp;
  /** The same in words. */
  readonly words: string;
  /** A name that matches. */
  readonly example: string;
}

/** The kinds of names that a description holds. */
export const NAME_RULES = {
  cluster: {
    kind: "cluster name",
    pattern: /^[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$/,
    words: "1 to 63 letters, digits, - and _, starting and ending with a letter or digit",
    example: "example",
  },
  location: {
    kind: "Azure region",
    pattern: /^[a-z][a-z0-9]{2,29}$/,
    words: "the short name in lower-case letters and digits, such as westeurope",
    example: "westeurope",
  },
  resourceGroup: {
    kind: "resource group name",
    pattern: /^[\p{L}\p{N}_.()-]{0,89}[\p{L}\p{N}_()-]$/u,
    words: "1 to 90 letters, digits, _ - . ( ), not ending with a dot",
    example: "example-rg",
  },
  storageAccount: {
    kind: "storage account name",
    pattern: /^[a-z0-9]{3,24}$/,
    words: "3 to 24 lower-case letters and digits",
    example: "examplestorage",
  },
  blobContainer: {
    kind: "blob container name",
    // Azure also refuses two - in a row; Terraform's patterns have no lookahead.
    pattern: /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
    words: "3 to 63 lower-case letters, digits and -, starting and ending with a letter or digit",
    example: "example",
  },
  identity: {
    kind: "identity name",
    pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$/,
    words: "3 to 128 letters, digits, - and _, starting with a letter or digit",
    example: "example-mi",
  },
  virtualNetwork: {
    kind: "virtual network name",
    pattern: /^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}[A-Za-z0-9_]$/,
    words: "2 to 64 letters, digits, _ . -, starting with a letter or digit",
    example: "example-vnet",
  },
  subnet: {
    kind: "subnet name",
    pattern: /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?$/,
    words: "1 to 80 letters, digits, _ . -, starting with a letter or digit",
    example: "aks-nodes",
  },
  dnsPrefix: {
    kind: "DNS prefix",
    pattern: /^[A-Za-z0-9]([A-Za-z0-9-]{0,52}[A-Za-z0-9])?$/,
    words: "1 to 54 letters, digits and -, starting and ending with a letter or digit",
    example: "example",
  },
  dnsLabel: {
    kind: "subdomain",
    pattern: /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/,
    words: "1 to 63 letters, digits and -, starting and ending with a letter or digit",
    example: "example",
  },
  privateDnsZone: {
    kind: "DNS zone name",
    pattern: /^[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63}){1,33}$/,
    words: "2 to 34 labels of letters, digits, - and _, with dots between them",
    example: "privatelink.westeurope.azmk8s.io",
  },
  registry: {
    kind: "registry name",
    pattern: /^[A-Za-z0-9]{5,50}$/,
    words: "5 to 50 letters and digits",
    example: "example",
  },
  resource: {
    kind: "resource name",
    pattern: /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?$/,
    words: "1 to 80 letters, digits, _ . -, starting with a letter or digit",
    example: "example",
  },
  workload: {
    kind: "name of a workload or issuer",
    pattern: /^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/,
    words: "1 to 40 lower-case letters, digits and -, starting and ending with a letter or digit",
    example: "shop",
  },
  namespace: {
    kind: "namespace of Kubernetes",
    pattern: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    words: "1 to 63 lower-case letters, digits and -, starting and ending with a letter or digit",
    example: "web",
  },
  serviceAccount: {
    kind: "name of a service account",
    pattern: /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
    words:
      "1 to 253 lower-case letters, digits, - and ., starting and ending with a letter or digit, also beside each dot",
    example: "shop",
  },
  secret: {
    kind: "name of a secret of Kubernetes that azurerm takes",
    pattern: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    words: "1 to 63 lower-case letters, digits and -, starting and ending with a letter or digit",
    example: "repository",
  },
  fluxName: {
    kind: "name of a Flux configuration or kustomization",
    pattern: /^[a-z0-9]([a-z0-9-]{0,28}[a-z0-9])?$/,
    words: "1 to 30 lower-case letters, digits and -, starting and ending with a letter or digit",
    example: "apps",
  },
  fleetManager: {
    kind: "name of a fleet",
    pattern: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    words: "1 to 63 lower-case letters, digits and -, starting and ending with a letter or digit",
    example: "example",
  },
  fleetMember: {
    kind: "name of a member or group of a fleet",
    pattern: /^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$/,
    words: "1 to 50 lower-case letters, digits and -, starting and ending with a letter or digit",
    example: "example",
  },
  nodePool: {
    kind: "node pool name",
    pattern: /^[a-z][a-z0-9]{0,11}$/,
    words: "1 to 12 lower-case letters and digits, starting with a letter",
    example: "apps",
  },
} satisfies { [kind: string]: NameRule };

/** Whether two names or ids are one to Azure, which does not look at the case of letters. */
export function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
