// The workloads under `previous` that keep rights of workloads. Pure.
import { ReviewedGrant, ReviewedScope } from "../../lib/review/reviewed-grant";
import { ReviewedWorkload } from "../../lib/review/reviewed-workload";
import { isSameName } from "../../lib/spec/naming";
import { CATALOGUE } from "../../lib/spec/roles";
import { Fields, isGroup } from "../config/file-schema";
import { scopePath } from "../review/azure";
import { groupBy } from "../review/text";

const KNOWN = new Set(CATALOGUE.map(({ name }) => name));

/**
 * Returns the workloads of a description with former rights, to try one after the other: with the names of the resources,
 * and with their ids, since a description gives a resource in one way only. None if it has none of the workloads.
 */
export function keptWorkloads(
  grants: readonly ReviewedGrant[],
  former: readonly ReviewedWorkload[],
  content: Fields,
): Fields[] {
  const written = Array.isArray(content.workloads) ? content.workloads.filter(isGroup) : [];
  const lost = groupBy(
    grants.filter(({ principal }) => (principal.kind as string) === "workload"),
    ({ principal }) =>
      former.find(({ identity }) => isSameName(identity, principal.name))?.name ?? "",
  );
  const workloadsWith = (reference: (scope: ReviewedScope) => Fields) =>
    written.map((one) => {
      const rights = Array.isArray(one.rights) ? (one.rights as unknown[]) : [];
      const kept = lost.get(String(one.name)) ?? [];
      // The former ones come first: of two that are one to Azure, the first tells which team grants it.
      return { ...one, rights: [...kept.map((grant) => rightOf(grant, reference)), ...rights] };
    });
  return written.some(({ name }) => lost.has(String(name)))
    ? [byName, byId].map((reference) => ({ workloads: workloadsWith(reference) }))
    : [];
}

function byName({ name, resourceGroup, subscriptionId }: ReviewedScope): Fields {
  return { name, resourceGroup, ...(subscriptionId === undefined ? {} : { subscriptionId }) };
}

function byId(scope: ReviewedScope): Fields {
  const { subscriptionId } = scope;
  return subscriptionId === undefined
    ? byName(scope)
    : { id: `/subscriptions/${subscriptionId}${scopePath(scope)}` };
}

function rightOf(
  { role, scope, reasons, team }: ReviewedGrant,
  reference: (scope: ReviewedScope) => Fields,
): Fields {
  const { name, guid, custom, actions, dataActions } = role;
  const lists = {
    ...(actions.length > 0 ? { actions } : {}),
    ...(dataActions.length > 0 ? { dataActions } : {}),
  };
  return {
    ...(custom
      ? lists
      : KNOWN.has(name)
        ? { role: name }
        : { role: name, roleGuid: guid, ...lists }),
    resourceType: scope.resourceType,
    scope: reference(scope),
    why: reasons[0]?.why,
    grantedBy: team,
  };
}
