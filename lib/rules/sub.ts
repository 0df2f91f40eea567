// HAKS-SUB: resources in other subscriptions. Pure.
import { AZURERM } from "../access/feature";
import { PlacedReference, ReferencePath } from "../access/placed-references";
import { knownType } from "../access/resource-types";
import { isKnown } from "../spec/known";
import { isSameName } from "../spec/naming";
import { ResolvedSpec } from "../spec/resolved-spec";
import { Rule, RuleContext } from "./rule";

const HOSTS = {
  why: "AKS does not use dedicated hosts of another subscription.",
  source: "https://learn.microsoft.com/azure/aks/use-azure-dedicated-hosts",
};

/** Resources that a cluster cannot use from other subscriptions, by field, with the reason. */
const REQUIRED: {
  readonly [field in ReferencePath]?: {
    readonly why: string;
    /** Where that is written. */
    readonly source: string;
    readonly when?: (spec: ResolvedSpec) => boolean;
  };
} = {
  "diskEncryption.diskEncryptionSet": {
    why: "A disk encryption set encrypts only disks in the same subscription.",
    source: "https://learn.microsoft.com/azure/virtual-machines/disk-encryption#restrictions",
  },
  "kms.keyVault": {
    why: "The azurerm provider looks for a private key vault only in the subscription of the cluster.",
    source: `${AZURERM}/keyvault/client/populate_cache.go`,
    when: ({ kms }) => kms?.network === "Private",
  },
  "network.servicePublicIps.*": {
    why: "The cloud provider of Kubernetes looks for public IPs only in the subscription of the cluster.",
    source: "https://github.com/kubernetes/kubernetes/issues/103994",
  },
  "nodePools.system.hostGroup": HOSTS,
  "nodePools.user.*.hostGroup": HOSTS,
  "storage.disks.*": {
    why: "A node attaches only disks in the same subscription.",
    source: "https://github.com/Azure/AKS/issues/1760",
  },
};

/** Fields whose resources Azure may accept from another subscription, though AKS does not document it. */
const UNDOCUMENTED: readonly ReferencePath[] = [
  "backup.storageAccount",
  "network.egress.publicIps.*",
  "network.egress.publicIpPrefixes.*",
  "nodePools.system.capacityReservationGroup",
  "nodePools.user.*.capacityReservationGroup",
];

const IN_CLUSTER = "Use one in the subscription of the cluster.";

/** The rules about subscriptions. */
export const SUB_RULES: Rule[] = [
  {
    code: "HAKS-SUB-001",
    title:
      "Resources that Azure uses only in the subscription of the cluster must not be in another one.",
    source: Object.fromEntries(
      Object.entries(REQUIRED).map(([field, { source }]) => [field, source]),
    ),
    check: (context, report) => {
      const elsewhere = required(context).filter(({ reference }) =>
        isElsewhere(reference, context.spec),
      );
      for (const place of elsewhere) {
        const related = "subscriptionId";
        report(place.path, `${there(place)} ${REQUIRED[place.field]!.why}`, IN_CLUSTER, related);
      }
    },
  },
  {
    code: "HAKS-SUB-002",
    severity: "warning",
    title: "Resources that AKS uses should be in the subscription of the cluster.",
    source: "https://learn.microsoft.com/azure/aks/load-balancer-standard",
    check: (context, report) => {
      const { spec, references } = context;
      const undocumented = references.filter(({ field }) => UNDOCUMENTED.includes(field));
      for (const place of undocumented.filter(({ reference }) => isElsewhere(reference, spec))) {
        const limit = "Microsoft does not document that AKS can use it from there.";
        report(place.path, `${there(place)} ${limit}`, IN_CLUSTER, "subscriptionId");
      }
      if (spec.subscriptionId === undefined) {
        // A reference by name repeats the subscription only if it is another one.
        const named = required(context).filter(
          ({ reference }) => reference.needsLookup && reference.subscriptionId !== undefined,
        );
        for (const place of named) {
          report(
            place.path,
            `${there(place)} ${REQUIRED[place.field]!.why}`,
            "Give the subscription of the cluster as subscriptionId, so that the two can be compared.",
          );
        }
      }
    },
  },
  {
    code: "HAKS-SUB-003",
    title: "Identities in another subscription must not leave open which one the cluster is in.",
    check: ({ spec: { subscriptionId, identities } }, report) => {
      if (subscriptionId === undefined && identities.subscriptionId !== undefined) {
        report(
          "identities.subscriptionId",
          "The description gives the subscription of the identities, and not that of the cluster, so the identity team's stack cannot name what is in it.",
          "Give the subscription of the cluster as subscriptionId.",
        );
      }
    },
  },
];

function required({ spec, references }: RuleContext): PlacedReference[] {
  return references.filter(({ field }) => {
    const row = REQUIRED[field];
    return row !== undefined && (row.when?.(spec) ?? true);
  });
}

function isElsewhere(
  { subscriptionId }: PlacedReference["reference"],
  { subscriptionId: own }: ResolvedSpec,
): boolean {
  return (
    own !== undefined &&
    subscriptionId !== undefined &&
    [own, subscriptionId].every(isKnown) &&
    !isSameName(own, subscriptionId)
  );
}

function there({ type, reference: { name, subscriptionId = "" } }: PlacedReference): string {
  return `The ${knownType(type)?.words ?? type} "${name}" is in the subscription ${subscriptionId}.`;
}
