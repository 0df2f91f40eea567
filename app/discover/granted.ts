// The role assignments of a cluster's identities, by their scopes. Pure.
import { isSameName } from "../../lib/spec/naming";
import { parseResourceId } from "../../lib/spec/resource-id";
import { Assignment, Exports } from "./exports";
import { CurrentIdentity } from "./identities";
import { Source } from "./source";

/** Returns the role assignments of an identity. */
export function assignmentsOf(
  { exports }: Pick<Source, "exports">,
  { principalId }: Pick<CurrentIdentity, "principalId">,
): Assignment[] {
  return (exports.assignments ?? []).filter(
    (one) => principalId !== undefined && isSameName(one.principalId, principalId),
  );
}

/** Returns the name of a principal for people: its display name, if an export has it. */
export function nameOf(
  { principalId, principalName = "" }: Pick<Assignment, "principalId" | "principalName">,
  { applications }: Exports,
): string {
  const known = applications.find(
    (one) => isSameName(one.appId, principalName) || isSameName(one.principalId ?? "", principalId),
  );
  const name = known?.name ?? principalName;
  return name === "" ? principalId : name;
}

/** Returns the ids of the resources of a type that the control plane has a role on, each once. */
export function grantedScopes(source: Source, type: string): string[] {
  const scopes = assignmentsOf(source, source.identities.controlPlane)
    .map(({ scope }) => scope)
    .filter((scope) => isSameName(parseResourceId(scope)?.type ?? "", type));
  return [...new Map(scopes.map((scope) => [scope.toLowerCase(), scope])).values()].sort();
}
