// The role assignments of a cluster's identities, by their scopes. Pure.
import { isSameName } from "../../lib/spec/naming";
import { parseResourceId } from "../../lib/spec/resource-id";
import { Assignment } from "./exports";
import { CurrentIdentity } from "./identities";
import { Source } from "./source";

/** Returns the role assignments of an identity. */
export function assignmentsOf(
  { exports }: Pick<Source, "exports">,
  { principalId }: CurrentIdentity,
): Assignment[] {
  return (exports.assignments ?? []).filter(
    (one) => principalId !== undefined && isSameName(one.principalId, principalId),
  );
}

/** Returns the ids of the resources of a type that the control plane has a role on, each once. */
export function grantedScopes(source: Source, type: string): string[] {
  const scopes = assignmentsOf(source, source.identities.controlPlane)
    .map(({ scope }) => scope)
    .filter((scope) => isSameName(parseResourceId(scope)?.type ?? "", type));
  return [...new Map(scopes.map((scope) => [scope.toLowerCase(), scope])).values()].sort();
}
