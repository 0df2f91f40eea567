// Hashes of what each team decides about: they change with its rights, and with nothing else. Pure.
import { createHash } from "node:crypto";
import { GrantingTeam } from "../spec/granting-team";
import { AccessReviewDocument } from "./access-review";
import { ReviewedGrant } from "./reviewed-grant";

/** The team that deploys the cluster: it grants nothing, and decides about the exceptions. */
export const PLATFORM_TEAM = "platform";

/**
 * Returns the hash of what each team decides about, by team: the rights in its stack, or the exceptions. A team without
 * any has none.
 */
export function rightsHashes({
  grants,
  exceptions,
}: Pick<AccessReviewDocument, "grants" | "exceptions">): { readonly [team: string]: string } {
  const rows: (readonly [team: string, row: unknown])[] = [
    ...grants
      .filter(({ grantedFor }) => grantedFor === undefined)
      .map((grant) => [grant.team, rightOf(grant)] as const),
    ...exceptions.map(({ name, reason }) => [PLATFORM_TEAM, [name, reason]] as const),
  ];
  return Object.fromEntries(
    [...Object.values(GrantingTeam), PLATFORM_TEAM].flatMap((team) => {
      const own = rows.filter(([one]) => one === team).map(([, row]) => JSON.stringify(row));
      return own.length === 0 ? [] : [[team, hashOf(own)]];
    }),
  );
}

function hashOf(rows: string[]): string {
  return createHash("sha256").update(rows.sort().join("\n")).digest("hex");
}

/** Returns the right that a grant gives: principal, role with its actions, scope and condition. */
function rightOf({ principal, role, scope, condition = "" }: ReviewedGrant): unknown {
  // The object id is the principal; the name beside it is a label, except of an identity, which might not exist yet.
  const isLabel = principal.objectId !== undefined && principal.resourceGroup === undefined;
  return [
    ids(
      principal.principalType,
      principal.objectId,
      isLabel ? undefined : principal.name,
      principal.resourceGroup,
      principal.subscriptionId,
    ),
    ids(role.guid, role.guid === undefined ? role.name : undefined),
    [role.actions, role.notActions, role.dataActions, role.notDataActions].map((actions = []) =>
      [...actions].sort(),
    ),
    ids(scope.resourceType, scope.subscriptionId, scope.resourceGroup, scope.parent, scope.name),
    condition,
  ];
}

/** Names and ids in Azure: their case makes no difference. */
function ids(...texts: readonly (string | undefined)[]): string[] {
  return texts.map((text = "") => text.toLowerCase());
}
