// The fields of the description about registries, people and roles, from the role assignments. Pure.
import { isSameName } from "../../lib/spec/naming";
import { CATALOGUE, KUBERNETES_ROLES, Role } from "../../lib/spec/roles";
import { CUSTOM_ROLES } from "../../lib/access/rights";
import { allowsAction } from "../../lib/access/actions";
import { Fields } from "../config/file-schema";
import { parseResourceId } from "../../lib/spec/resource-id";
import { Assignment } from "./exports";
import { assignmentsOf, grantedScopes, nameOf } from "./granted";
import { widePulls } from "./wide-pulls";
import { Row, Source, nonEmpty, reference, referenceList } from "./source";

/** Registries, people, roles, and disks and accounts outside the cluster. */
export const ACCESS_ROWS: readonly Row[] = [
  {
    field: "registries",
    from: "role assignments of the kubelet identity, az acr show",
    read: registries,
  },
  {
    field: "access.adminGroups",
    from: "aadProfile.adminGroupObjectIDs",
    read: (source) => {
      const ids = source.cluster.texts("aadProfile.adminGroupObjectIDs");
      return nonEmpty(
        ids.map((objectId) => ({ type: "group", name: groupName(objectId, source), objectId })),
      );
    },
  },
  {
    field: "access.deployers",
    from: "role assignments with Contributor on the resource group, or on the identities",
    read: (source) => {
      noteUnresolved(source);
      return nonEmpty(distinctPrincipals(others(source).filter(deploys(source)), source));
    },
  },
  {
    field: "access.kubernetes",
    from: "role assignments with roles for Kubernetes",
    read: kubernetesAccess,
  },
  {
    field: "permissions.roleSet",
    from: "names of the custom roles of the control plane identity",
    read: (source) => {
      const names = assignmentsOf(source, source.identities.controlPlane).map(
        ({ role }) => role.name,
      );
      const isMinimal = names.some((name) => CUSTOM_ROLES.some((role) => isMade(name, role)));
      return isMinimal ? { type: "minimal" } : undefined;
    },
  },
  {
    field: "storage.disks",
    from: "role assignments on disks",
    read: (source) => referenceList(grantedScopes(source, "Microsoft.Compute/disks"), source),
  },
  {
    field: "storage.storageAccounts",
    from: "role assignments on storage accounts",
    read: (source) =>
      referenceList(grantedScopes(source, "Microsoft.Storage/storageAccounts"), source),
  },
];

/** Whether a name is that of a custom role of this project, which has cluster and resource group behind it. */
export function isMade(name: string, role: Role): boolean {
  return name === role.name || name.startsWith(`${role.name} (`);
}

const REGISTRY = "Microsoft.ContainerRegistry/registries";

function registries(source: Source): unknown {
  const { cluster, exports, identities } = source;
  const cache = cluster.text("bootstrapProfile.containerRegistryId") ?? "";
  const granted = assignmentsOf(source, identities.kubelet).filter(({ scope }) =>
    isSameName(parseResourceId(scope)?.type ?? "", REGISTRY),
  );
  for (const { scope, role } of widePulls(exports, identities.kubelet)) {
    source.note(
      "registries",
      `The kubelet identity has ${role.name} on ${scope}, and so on all registries in it. The description names registries: add those that the nodes pull from before the move, or they pull no more.`,
    );
  }
  const ids = [...granted.map(({ scope }) => scope), ...exports.registries.map(({ id }) => id)];
  const distinct = [...new Map(ids.map((id) => [id.toLowerCase(), id])).values()];
  return nonEmpty(
    distinct
      .filter((id) => !isSameName(id, cache))
      .map((id): Fields => {
        const own = granted.filter(({ scope }) => isSameName(scope, id));
        const known = exports.registries.find((one) => isSameName(one.id, id));
        const reads = own.find(({ role }) => role.guid === Role.REPOSITORY_READER.guid);
        const isAbac = known?.isAbac ?? reads !== undefined;
        const repositories = repositoriesIn(reads?.condition);
        return {
          ...reference(id, source),
          ...(isAbac ? { mode: "abac" } : {}),
          ...(isAbac && repositories.length > 0 ? { repositories } : {}),
        };
      }),
  );
}

/** Returns the repositories that a condition names. */
function repositoriesIn(condition = ""): string[] {
  const names = condition.matchAll(
    /repositories:name\]\s+String(?:StartsWith|Equals)(?:IgnoreCase)?\s+'([^']+)'/g,
  );
  return [...new Set([...names].flatMap(([, name]) => name ?? []))];
}

/** Returns the assignments of principals that are no identity of the cluster, and that a description can name. */
function others({ exports, identities }: Source): Assignment[] {
  const own = [identities.controlPlane.principalId, identities.kubelet.principalId];
  return (exports.assignments ?? []).filter(
    ({ principalId, principalName, principalType }) =>
      !own.includes(principalId) &&
      principalName !== "" &&
      ["Group", "ServicePrincipal"].includes(principalType),
  );
}

/** Adds a note on each principal that the description would name if az had found its name. */
function noteUnresolved(source: Source): void {
  const isDeployer = deploys(source);
  const { exports, identities, note } = source;
  const own = [identities.controlPlane.principalId, identities.kubelet.principalId];
  const left = (exports.assignments ?? []).filter(
    (one) => one.principalName === "" && !own.includes(one.principalId) && isDeployer(one),
  );
  for (const { principalId, role, scope } of left) {
    note(
      "access.deployers",
      `The principal ${principalId} has ${role.name} on ${scope}, and could not be resolved. The description leaves it out: look it up, and add it if it deploys the cluster.`,
    );
  }
}

/** Returns which assignments make their principal a deployer. */
function deploys(source: Source): (one: Assignment) => boolean {
  const { place } = source.exports;
  const group = `/subscriptions/${place.subscriptionId}/resourceGroups/${place.resourceGroup}`;
  const { controlPlane, kubelet } = source.identities;
  const identities = [controlPlane.id, kubelet.kind === "brought" ? kubelet.id : undefined];
  return ({ scope, role }) => {
    const isOnGroup = isSameName(scope, group) && ["Contributor", "Owner"].includes(role.name);
    const isOnIdentity = identities.some((id) => id !== undefined && isSameName(scope, id));
    return isOnGroup || (isOnIdentity && assigns(role));
  };
}

const ASSIGN = "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action";

/** Whether a role allows to assign identities. */
function assigns({ name, guid }: Assignment["role"]): boolean {
  const known =
    CATALOGUE.find((role) => role.guid === guid) ?? CUSTOM_ROLES.find((role) => isMade(name, role));
  return known !== undefined && allowsAction(known, ASSIGN);
}

function kubernetesAccess(source: Source): unknown {
  const all = others(source).flatMap((one) => {
    const role = kubernetesRole(one, source);
    return role === undefined ? [] : [{ ...principal(one, source), role }];
  });
  // A principal with another role gets the kubeconfig anyway.
  const works = ({ objectId }: Fields) =>
    all.some((other) => other.objectId === objectId && other.role !== "clusterUser");
  return nonEmpty(all.filter((one) => one.role !== "clusterUser" || !works(one)));
}

function kubernetesRole(one: Assignment, source: Source): string | undefined {
  const { role, scope } = one;
  const { place, id } = source.exports;
  const group = `/subscriptions/${place.subscriptionId}/resourceGroups/${place.resourceGroup}`;
  const [name] =
    Object.entries(KUBERNETES_ROLES).find(([, known]) => known.guid === role.guid) ?? [];
  const isOnCluster = isSameName(scope, id);
  if (name === undefined || !(isOnCluster || isSameName(scope, group))) {
    return undefined;
  }
  if (isOnCluster) {
    source.note(
      "access.kubernetes",
      `"${nameOf(one, source.exports)}" has ${role.name} on the cluster alone. The description grants it on the resource group, before the cluster exists.`,
    );
  }
  return name;
}

function distinctPrincipals(list: Assignment[], source: Source): Fields[] {
  return [...new Map(list.map((one) => [one.principalId, principal(one, source)])).values()];
}

function principal(one: Assignment, { exports }: Source) {
  return {
    type: one.principalType === "Group" ? "group" : "servicePrincipal",
    name: nameOf(one, exports),
    objectId: one.principalId,
  };
}

function groupName(principalId: string, { exports }: Source): string {
  const known = (exports.assignments ?? []).find((one) => one.principalId === principalId);
  return nameOf(known ?? { principalId }, exports);
}
