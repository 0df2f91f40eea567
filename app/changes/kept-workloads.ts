// The workloads under `previous` that keep rights of workloads. Pure.
import { ReviewedGrant } from "../../lib/review/reviewed-grant";
import { ReviewedWorkload } from "../../lib/review/reviewed-workload";
import { isSameName } from "../../lib/spec/naming";
import { CATALOGUE } from "../../lib/spec/roles";
import { Fields, isGroup } from "../config/file-schema";
import { groupBy } from "../review/text";

const KNOWN = new Set(CATALOGUE.map(({ name }) => name));

/** Returns the workloads of a description with former rights; undefined if it has none of the workloads. */
export function keptWorkloads(
  grants: readonly ReviewedGrant[],
  former: readonly ReviewedWorkload[],
  content: Fields,
): Fields | undefined {
  const written = Array.isArray(content.workloads) ? content.workloads.filter(isGroup) : [];
  const lost = groupBy(
    grants.filter(({ principal }) => (principal.kind as string) === "workload"),
    ({ principal }) =>
      former.find(({ identity }) => isSameName(identity, principal.name))?.name ?? "",
  );
  const workloads = written.map((one) => {
    const rights = Array.isArray(one.rights) ? (one.rights as unknown[]) : [];
    // The former ones come first: of two that are one to Azure, the first tells which team grants it.
    return { ...one, rights: [...(lost.get(String(one.name)) ?? []).map(rightOf), ...rights] };
  });
  return written.some(({ name }) => lost.has(String(name))) ? { workloads } : undefined;
}

function rightOf({ role, scope, reasons, team }: ReviewedGrant): Fields {
  const { name, guid, custom, actions, dataActions } = role;
  const { name: resource, resourceGroup, subscriptionId, resourceType } = scope;
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
    resourceType,
    scope: {
      name: resource,
      resourceGroup,
      ...(subscriptionId === undefined ? {} : { subscriptionId }),
    },
    why: reasons[0]?.why,
    grantedBy: team,
  };
}
