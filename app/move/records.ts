// The role assignments of earlier identities, as export.sh writes them: an export of role assignments may be filtered, and then proves
// no absence. Pure.
import { isGuid } from "../../lib/spec/resource-id";
import { isSameName } from "../../lib/spec/naming";
import { isGroup } from "../config/file-schema";
import { scopeOf } from "./evidence";
import { teamOf } from "./old-grants";
import { MovePlan, leftPrincipals } from "./plan";

/** The role assignments of one principal in one subscription. */
export interface GrantRecord {
  readonly principalId: string;
  readonly subscriptionId: string;
  /** Ids of role assignments. */
  readonly assignments: readonly string[];
}

/** Returns the records in a text; undefined if a line is none. */
export function parseRecords(text: string): GrantRecord[] | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const records = lines.flatMap((line) => parse(line) ?? []);
  return records.length === lines.length ? records : undefined;
}

/** Returns the subscriptions in which earlier identities can have rights: those of the cluster and of what it needs. */
export function subscriptionsOf(plan: MovePlan): string[] {
  const { cluster, controlPlane, kubelet, start, review } = plan;
  const scopes = [...start.assignments, ...review.grants.map((row) => scopeOf(row, plan))];
  const found = [
    ...[cluster, controlPlane, kubelet].map(({ subscriptionId }) => subscriptionId),
    ...scopes.map((scope) => scope.split("/")[2] ?? ""),
  ].map((one) => one.toLowerCase());
  return [...new Set(found)].filter(isGuid).sort();
}

/** Returns a sentence on what the records do not prove; undefined if earlier identities have nothing left on the scopes of a team. */
export function unprovenIn(
  records: readonly GrantRecord[],
  plan: MovePlan,
  team: string,
): string | undefined {
  const isOfTeam = (id: string) =>
    teamOf(id.replace(/\/providers\/Microsoft\.Authorization\/[^/]+\/[^/]+$/i, ""), plan) === team;
  for (const principalId of leftPrincipals(plan)) {
    for (const subscriptionId of subscriptionsOf(plan)) {
      const found = records.filter(
        (one) =>
          isSameName(one.principalId, principalId) &&
          isSameName(one.subscriptionId, subscriptionId),
      );
      const [left] = found.flatMap(({ assignments }) => assignments.filter(isOfTeam));
      if (left !== undefined) {
        return `The principal ${principalId} still has the role assignment ${left}.`;
      }
      if (found.length === 0) {
        return `The exports do not prove that the principal ${principalId} has nothing left in the subscription ${subscriptionId}: bash export.sh.`;
      }
    }
  }
  return undefined;
}

function parse(line: string): GrantRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  return isGroup(value) &&
    typeof value.principalId === "string" &&
    typeof value.subscriptionId === "string" &&
    Array.isArray(value.assignments) &&
    value.assignments.every((one) => typeof one === "string")
    ? (value as unknown as GrantRecord)
    : undefined;
}
