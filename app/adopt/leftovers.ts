// Everything that the cluster no longer needs once the stacks are deployed, by team. Pure.
import { GrantingTeam } from "../../lib/spec/granting-team";
import { knownType } from "../../lib/access/resource-types";
import { isSameName } from "../../lib/spec/naming";
import { isGuid, isResourceGroupId, parseResourceId } from "../../lib/spec/resource-id";
import { IDENTITY_KINDS } from "../../lib/spec/identities";
import { ResolvedSpec } from "../../lib/spec/resolved-spec";
import { Assignment, Exports } from "../discover/exports";
import { CurrentIdentity, identitiesOf } from "../discover/identities";
import { Adoption } from "./adoption";
import { assignmentId } from "./find-assignment";

/** Why a role assignment is left over. */
export type Why =
  /** Its identity is no longer one of the cluster. */
  | "former"
  /** Its principal has no name in the export: the script looks it up. */
  | "orphan"
  /** The grant plan does not have it. */
  | "excess";

/** A role assignment that is left over. */
export interface Leftover {
  readonly why: Why;
  readonly team: GrantingTeam;
  readonly id: string;
  readonly scope: string;
  readonly principal: {
    readonly id: string;
    readonly name?: string;
    readonly clientId?: string;
    /** Name of the identity in clusters: its resource id, or the client id of a service principal. */
    readonly usedAs?: string;
  };
  readonly role: string;
  /** Kind of the identity, if the principal is one of the cluster. */
  readonly identity?: "controlPlane" | "kubelet";
}

/** Everything that is left over. */
export interface Leftovers {
  readonly assignments: Leftover[];
  /** Client id of the service principal that the cluster had. */
  readonly application?: string;
}

/** Returns what is left over. */
export function leftoversOf(
  { imports }: Adoption,
  exports: Exports,
  spec: ResolvedSpec,
): Leftovers {
  const { controlPlane, kubelet } = identitiesOf(exports);
  const taken = imports.map(({ id }) => id);
  const { clientId } = controlPlane;
  const kinds = [
    [controlPlane, "controlPlane"],
    [kubelet, "kubelet"],
  ] as const;
  return {
    assignments: (exports.assignments ?? []).flatMap((one): Leftover[] => {
      const id = assignmentId(one);
      const { principalId, principalName, role, scope } = one;
      const why = taken.includes(id)
        ? undefined
        : whyOf(one, [controlPlane, kubelet], exports, spec);
      const [own, identity] =
        kinds.find(([each]) => isSameName(each.principalId ?? "", principalId)) ?? [];
      const isClean = isGuid(principalId) && isGuid(id.split("/").pop() ?? "");
      return why === undefined || !isClean
        ? []
        : [
            {
              why,
              team: teamOf(scope),
              id,
              scope,
              principal: {
                id: principalId,
                name: principalName,
                clientId: clientIdOf(own),
                usedAs: own?.id ?? clientIdOf(own),
              },
              role: role.name,
              identity,
            },
          ];
    }),
    ...(controlPlane.kind === "servicePrincipal" && clientId !== undefined && isGuid(clientId)
      ? { application: clientId }
      : {}),
  };
}

function clientIdOf(identity?: CurrentIdentity): string | undefined {
  const clientId = identity?.clientId;
  return clientId !== undefined && isGuid(clientId) ? clientId : undefined;
}

function whyOf(
  { principalId, principalName, scope }: Assignment,
  current: readonly CurrentIdentity[],
  { cluster }: Exports,
  spec: ResolvedSpec,
): Why | undefined {
  const own = current.find((one) => isSameName(one.principalId ?? "", principalId));
  if (!own) {
    return principalName === "" ? "orphan" : undefined;
  }
  if (!isDescribed(own, spec)) {
    return "former";
  }
  // AKS itself gives the control plane its rights on the group of the nodes.
  const [, , , , group = ""] = scope.split("/");
  const isOfNodes = isSameName(group, cluster.text("nodeResourceGroup") ?? "");
  return isOfNodes ? undefined : "excess";
}

/** Whether an identity is one of the description. */
function isDescribed({ id }: CurrentIdentity, { identities }: ResolvedSpec): boolean {
  const found = id === undefined ? undefined : parseResourceId(id);
  return IDENTITY_KINDS.some((kind) => {
    const { name, resourceGroup } =
      parseResourceId(identities[kind].ids?.id ?? "") ?? identities[kind];
    return (
      found !== undefined &&
      isSameName(found.name, name) &&
      isSameName(found.resourceGroup, resourceGroup)
    );
  });
}

/** Returns the team that grants on a resource; on what holds resources, the one that grants on identities. */
export function teamOf(scope: string): GrantingTeam {
  const { type } = parseResourceId(scope) ?? {};
  return isResourceGroupId(scope) || type === undefined
    ? GrantingTeam.IDENTITY
    : (knownType(type)?.team ?? GrantingTeam.IDENTITY);
}
