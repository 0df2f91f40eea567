// HAKS-FLEET-040 to 042: identities that several clusters use. Pure.
import { identityKey } from "../../access/fleet-rows";
import { isSameName } from "../../spec/naming";
import { IDENTITY_KINDS } from "../../spec/identities";
import { ResolvedSpec } from "../../spec/resolved-spec";
import { FleetMember, FleetRule, clusterNames, grouped, lastByName, specsOf } from "./rule";

const IDENTITIES = "https://learn.microsoft.com/azure/aks/managed-identity-overview";
const BEST_PRACTICES =
  "https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/managed-identity-best-practice-recommendations";

/** The rules about identities that several clusters use. */
export const FLEET_IDENTITY_RULES: readonly FleetRule[] = [
  {
    code: "HAKS-FLEET-040",
    title: "An identity that clusters share must exist already.",
    check: (members, report) => {
      for (const uses of sharedIdentities(members)) {
        const made = uses.filter(({ existing }) => !existing);
        if (made.length > 0) {
          const { spec, kind, name } = lastByName(made);
          report(
            spec,
            `identities.${kind}.existing`,
            `${clusterNames(specsOf(uses))} use the identity "${name}", but the stacks of ${clusterNames(specsOf(made))} create it: it would go with the cluster.`,
            "Give each cluster another identity or, if they are to share it, create it elsewhere, and set existing to true in all of them.",
          );
        }
      }
    },
  },
  {
    code: "HAKS-FLEET-041",
    title:
      "The control plane identity of a cluster must not be the kubelet identity of another one.",
    source: IDENTITIES,
    check: (members, report) => {
      for (const uses of sharedIdentities(members)) {
        const controlPlanes = uses.filter(({ kind }) => kind === "controlPlane");
        const kubelets = uses.filter(({ kind }) => kind === "kubelet");
        if (controlPlanes.length > 0 && kubelets.length > 0) {
          const { spec, kind, name } = lastByName(uses);
          report(
            spec,
            `identities.${kind}.name`,
            `Every pod of ${clusterNames(specsOf(kubelets))} could get the rights of the control plane of ${clusterNames(specsOf(controlPlanes))}: they share the identity "${name}".`,
            "Use two identities.",
          );
        }
      }
    },
  },
  {
    code: "HAKS-FLEET-042",
    severity: "warning",
    title: "Clusters should not share an identity.",
    source: BEST_PRACTICES,
    check: (members, report) => {
      for (const uses of sharedIdentities(members)) {
        const { spec, kind, name } = lastByName(uses);
        const isOneKind = uses.every((use) => use.kind === kind);
        const others = specsOf(uses).filter((other) => other !== spec && !isStated(spec, other));
        if (isOneKind && uses.every(({ existing }) => existing) && others.length > 0) {
          report(
            spec,
            `identities.${kind}.name`,
            `${clusterNames([...others, spec])} use the identity "${name}", so that each has the rights of all.`,
            "Give each cluster another identity, unless all are meant to have the same rights.",
          );
        }
      }
    },
  },
];

interface Use {
  readonly spec: ResolvedSpec;
  readonly kind: (typeof IDENTITY_KINDS)[number];
  readonly name: string;
  readonly existing: boolean;
}

/** The uses of each identity that more than one cluster uses. */
function sharedIdentities(members: readonly FleetMember[]): Use[][] {
  const uses = members.flatMap(({ spec }) =>
    IDENTITY_KINDS.map((kind) => ({ spec, kind, ...spec.identities[kind] })),
  );
  const byIdentity = grouped(uses, ({ spec, kind }) => identityKey(kind, spec));
  return [...byIdentity.values()].filter((group) => new Set(specsOf(group)).size > 1);
}

/** Whether one of two descriptions says that the clusters share something. */
function isStated(one: ResolvedSpec, other: ResolvedSpec): boolean {
  const names = (a: ResolvedSpec, b: ResolvedSpec) =>
    a.permissions.sharedWith.some(({ name }) => isSameName(name, b.name));
  return names(one, other) || names(other, one);
}
