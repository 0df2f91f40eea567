// The two identities. Pure.
import { IdentityIds } from "../spec/identities";
import { isSameName } from "../spec/naming";
import { parseResourceId } from "../spec/resource-id";
import { Rule } from "./rule";

const MANAGED_IDENTITY = "https://learn.microsoft.com/azure/aks/managed-identity-overview";

const sameIdentity: Rule = {
  code: "HAKS-ID-001",
  severity: "error",
  title: "Control plane and kubelet have different identities.",
  source: MANAGED_IDENTITY,
  check: ({ identities: { controlPlane, kubelet } }) => {
    const same =
      controlPlane.name.toLowerCase() === kubelet.name.toLowerCase() ||
      (controlPlane.ids !== undefined &&
        [controlPlane.ids.id, controlPlane.ids.principalId, controlPlane.ids.clientId].some((id) =>
          isOneOf(id, kubelet.ids),
        ));
    return same
      ? [
          {
            path: "identities.kubelet.name",
            message: `Control plane and kubelet share the identity "${kubelet.name}", so every pod could get the rights of the control plane.`,
            remedy: "Use two identities.",
            related: ["identities.controlPlane.name"],
          },
        ]
      : [];
  },
};

const sharedResourceGroup: Rule = {
  code: "HAKS-ID-002",
  severity: "warning",
  title: "The identities are not in the cluster's resource group.",
  source:
    "https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/managed-identity-best-practice-recommendations",
  check: ({ identities, resourceGroup, access: { deployers } }) =>
    deployers.length === 0 &&
    identities.resourceGroup.name.toLowerCase() === resourceGroup.name.toLowerCase()
      ? [
          {
            path: "identities.resourceGroup.name",
            message: `The identities are in the cluster's own resource group "${resourceGroup.name}": whoever is Contributor there can take them over.`,
            remedy:
              "For production, put them into a resource group in which the platform team is Reader at most.",
            related: ["resourceGroup.name"],
          },
        ]
      : [],
};

const otherIdentity: Rule = {
  code: "HAKS-ID-005",
  severity: "error",
  title: "The ids of an identity belong to the identity of that name.",
  check: ({ identities }) =>
    (["controlPlane", "kubelet"] as const).flatMap((kind) => {
      const { name, ids } = identities[kind];
      const given = ids && parseResourceId(ids.id);
      const group = identities.resourceGroup.name;
      return given !== undefined &&
        !(isSameName(given.name, name) && isSameName(given.resourceGroup, group))
        ? [
            {
              path: `identities.${kind}.ids.id`,
              message: `The id is that of the identity "${given.name}" in "${given.resourceGroup}", and described is "${name}" in "${group}".`,
              remedy:
                "Give the ids of the identity that is meant; those of the two are easily swapped.",
              related: [`identities.${kind}.name`],
            },
          ]
        : [];
    }),
};

const personAsIdentity: Rule = {
  code: "HAKS-ID-006",
  severity: "error",
  title: "The ids of an identity are not those of somebody who works with the cluster.",
  check: ({
    identities,
    access: { deployers, kubernetes: kubernetesAccess },
    permissions: { ownGrants },
  }) => {
    const people = [
      ...deployers,
      ...kubernetesAccess.map(({ principal }) => principal),
      ...ownGrants.flatMap(({ principal: { principal } }) => principal ?? []),
    ];
    return (["controlPlane", "kubelet"] as const).flatMap((kind) => {
      const { ids } = identities[kind];
      const person = people.find(
        ({ objectId }) => objectId !== undefined && isOneOf(objectId, ids),
      );
      return person
        ? [
            {
              path: `identities.${kind}.ids.principalId`,
              message: `This is the object id of "${person.name}", who would get the rights of the cluster.`,
              remedy: "Give the object id that the identity team's stack puts out.",
            },
          ]
        : [];
    });
  },
};

const ownedByDeployers: Rule = {
  code: "HAKS-ID-004",
  severity: "error",
  title: "Where somebody else deploys the cluster, the identities are out of its reach.",
  source: sharedResourceGroup.source,
  check: ({ identities, resourceGroup, access: { deployers } }) =>
    deployers.length > 0 &&
    identities.resourceGroup.name.toLowerCase() === resourceGroup.name.toLowerCase()
      ? [
          {
            path: "identities.resourceGroup.name",
            message: `The identities are in the resource group "${resourceGroup.name}", in which ${deployers.map(({ name }) => name).join(", ")} must be Contributor: it could take over, change and delete them.`,
            remedy:
              "Put the identities into a resource group in which the platform team is Reader at most.",
            related: ["resourceGroup.name", "access.deployers"],
          },
        ]
      : [],
};

const missingGroup: Rule = {
  code: "HAKS-ID-003",
  severity: "error",
  title: "One stack at most creates a resource group.",
  check: ({ identities, resourceGroup }) =>
    identities.resourceGroup.name.toLowerCase() === resourceGroup.name.toLowerCase() &&
    identities.resourceGroup.create !== resourceGroup.create
      ? [
          {
            path: "identities.resourceGroup.create",
            message: `The resource group "${resourceGroup.name}" is to be created in one place and exists in the other.`,
            remedy: "Give the same value of create twice, or leave identities.resourceGroup out.",
            related: ["resourceGroup.create"],
          },
        ]
      : [],
};

/** The rules about identities. */
export const IDENTITY_RULES: Rule[] = [
  sameIdentity,
  sharedResourceGroup,
  missingGroup,
  ownedByDeployers,
  otherIdentity,
  personAsIdentity,
];

function isOneOf(id: string, ids: IdentityIds | undefined): boolean {
  return (
    ids !== undefined &&
    [ids.id, ids.principalId, ids.clientId].some(
      (other) => other.toLowerCase() === id.toLowerCase(),
    )
  );
}
