// HAKS-ID: the identities of control plane and kubelet. Pure.
import { IdentityIds } from "../spec/identities";
import { isSameName } from "../spec/naming";
import {
  ResolvedSpec,
  identitiesBesideCluster,
  placedIdentities,
  sharesResourceGroup,
} from "../spec/resolved-spec";
import { parseResourceId } from "../spec/resource-id";
import { principals } from "./placed-principals";
import { Rule } from "./rule";

const BEST_PRACTICES =
  "https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/managed-identity-best-practice-recommendations";

/** The parts of an id that a description has, too. */
const WORDS = { name: "name", resourceGroup: "resource group", subscriptionId: "subscription" };

/** The rules about identities. */
export const ID_RULES: Rule[] = [
  {
    code: "HAKS-ID-001",
    title:
      "The control plane and the kubelet must have different identities, with different names.",
    source: "https://learn.microsoft.com/azure/aks/managed-identity-overview",
    check: ({ spec }, report) => {
      const { controlPlane, kubelet } = spec.identities;
      const one = idsOf(controlPlane.ids).some((id) => hasId(kubelet.ids, id));
      const oneName = isSameName(controlPlane.name, kubelet.name);
      const [place, other] = [controlPlane, kubelet].map(
        ({ resourceGroup, subscriptionId = "" }) => `${subscriptionId}/${resourceGroup}`,
      );
      if (one || (oneName && isSameName(`${place}`, `${other}`))) {
        report(
          "identities.kubelet.name",
          `Control plane and kubelet share the identity "${kubelet.name}", so every pod could get the rights of the control plane.`,
          "Use two identities.",
          "identities.controlPlane.name",
        );
      } else if (oneName) {
        report(
          "identities.kubelet.name",
          `Two identities have the name "${kubelet.name}", in different places: neither a request nor a review could tell them apart.`,
          "Use different names.",
          "identities.controlPlane.name",
        );
      }
    },
  },
  {
    code: "HAKS-ID-002",
    severity: "warning",
    title: "The identities should not be in the resource group of the cluster.",
    source: BEST_PRACTICES,
    check: ({ spec }, report) => {
      const { path, words } = besideCluster(spec);
      if (spec.access.deployers.length === 0 && path !== undefined) {
        report(
          path,
          `${words} in the cluster's own resource group "${spec.resourceGroup.name}": any Contributor there can take over what is in it.`,
          "For production, use a resource group in which the platform team is Reader at most.",
          "resourceGroup.name",
        );
      }
    },
  },
  {
    code: "HAKS-ID-003",
    title: "A resource group must have the same value of create everywhere.",
    check: ({ spec }, report) => {
      const { identities, resourceGroup } = spec;
      if (sharesResourceGroup(spec) && identities.resourceGroup.create !== resourceGroup.create) {
        report(
          "identities.resourceGroup.create",
          `The resource group "${resourceGroup.name}" is to be created in one place and exists in the other.`,
          "Set create to the same value in both places, or leave identities.resourceGroup out.",
          "resourceGroup.create",
        );
      }
    },
  },
  {
    code: "HAKS-ID-004",
    title: "The identities must not be in a resource group in which a deployer is Contributor.",
    source: BEST_PRACTICES,
    check: ({ spec }, report) => {
      const { deployers } = spec.access;
      const { path, words } = besideCluster(spec);
      if (deployers.length > 0 && path !== undefined) {
        report(
          path,
          `${words} in the resource group "${spec.resourceGroup.name}", in which ${deployers.map(({ name }) => name).join(", ")} must be Contributor, and could take over, change and delete what is in it.`,
          "Use a resource group in which the platform team is Reader at most.",
          "resourceGroup.name",
          "access.deployers",
        );
      }
    },
  },
  {
    code: "HAKS-ID-005",
    title: "The resource id of an identity must match its name and resource group.",
    check: ({ spec }, report) => {
      for (const { path, identity } of placedIdentities(spec)) {
        const { name, ids, resourceGroup, subscriptionId } = identity;
        const given = ids && parseResourceId(ids.id);
        const described = { name, resourceGroup, subscriptionId };
        const field = (["name", "resourceGroup", "subscriptionId"] as const).find(
          (one) => given && !isSameName(given[one], described[one] ?? ""),
        );
        if (given && field) {
          report(
            `${path}.ids.id`,
            `The id belongs to the identity "${given.name}" in "${given.resourceGroup}", but the description has another ${WORDS[field]}: "${described[field]}".`,
            "Give the ids of this identity; those of control plane and kubelet are easily swapped.",
            `${path}.${field}`,
          );
        }
      }
    },
  },
  {
    code: "HAKS-ID-006",
    title: "The ids of an identity must not be those of another principal in the description.",
    check: ({ spec }, report) => {
      for (const { path, kind, identity } of placedIdentities(spec)) {
        const { ids } = identity;
        const found = principals(spec).find(({ principal: { objectId } }) => hasId(ids, objectId));
        if (found) {
          report(
            `${path}.ids.principalId`,
            `This is the object id of "${found.principal.name}", which would get the rights of the ${kind === "workload" ? "workload" : "cluster"}.`,
            "Use the object id from the outputs of the identity team's stack.",
          );
        }
      }
    },
  },
  {
    code: "HAKS-ID-007",
    title: "A new identity must not be in a resource group that is created with the cluster.",
    check: ({ spec }, report) => {
      const { resourceGroup } = spec;
      for (const { path, kind, identity } of resourceGroup.create && !sharesResourceGroup(spec)
        ? identitiesBesideCluster(spec)
        : []) {
        // Workloads come after the cluster.
        if (kind !== "workload" && !identity.existing) {
          report(
            `${path}.resourceGroup`,
            `The resource group "${resourceGroup.name}" is created with the cluster, after the identity "${identity.name}".`,
            "Use a resource group that exists, or identities.resourceGroup.",
            "resourceGroup.create",
          );
        }
      }
    },
  },
];

/** Returns which identities are in the cluster's resource group, in words, and where the description says so. */
function besideCluster(spec: ResolvedSpec): { readonly path?: string; readonly words: string } {
  const [first, other] = identitiesBesideCluster(spec);
  if (first === undefined) {
    return { words: "" };
  }
  const { kind, workload } = first;
  const words = { controlPlane: "control plane", kubelet: "kubelet", workload: `${workload}` }[
    kind
  ];
  return {
    path: sharesResourceGroup(spec)
      ? "identities.resourceGroup.name"
      : `${first.path}.resourceGroup`,
    words: other ? "The identities are" : `The ${words} identity is`,
  };
}

function idsOf(ids: IdentityIds | undefined): string[] {
  return ids ? [ids.id, ids.principalId, ids.clientId] : [];
}

function hasId(ids: IdentityIds | undefined, id: string | undefined): boolean {
  return id !== undefined && idsOf(ids).some((other) => isSameName(other, id));
}
