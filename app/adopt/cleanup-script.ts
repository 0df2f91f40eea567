// Renders a bash script that deletes what a cluster no longer needs once it has moved: one for each team. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import { GrantingTeam } from "../../lib/spec/granting-team";
import { parseResourceId } from "../../lib/spec/resource-id";
import { functionsFor } from "../move/script-parts";
import { hasKnownId, roleId, scopePath } from "../review/azure";
import { subscriptionLines } from "../review/script";
import { command } from "../review/shell";
import { distinct, plain } from "../review/text";
import { teamName } from "../review/words";
import { Leftover, Leftovers, Why } from "./leftovers";

/** Marks the files of this command, so that it overwrites no others. */
export const MARK = "hardened-aks adopt wrote this file";

/** Returns the text of `adopt-cleanup-<team>.sh`; undefined if nothing is left over. */
export function cleanupScript(
  review: AccessReviewDocument,
  clusterId: string,
  kubeletId: string,
  team: GrantingTeam,
  { assignments, application }: Leftovers,
): string | undefined {
  const rows = assignments.filter((one) => one.team === team);
  const app = team === GrantingTeam.IDENTITY ? application : undefined;
  if (rows.length === 0 && app === undefined) {
    return undefined;
  }
  return [
    "#!/usr/bin/env bash",
    `# For the cluster ${plain(review.cluster)}, by the ${teamName(team)}: deletes what the cluster no longer needs. ${MARK}.`,
    "# Run it a day after the stacks of all teams are deployed, and the nodes have new images: tokens of old identities last.",
    "# Without --yes it prints what it would delete. It skips what this cluster, or another one that az sees, still uses.",
    "# Needs the right to delete role assignments, Reader on all subscriptions that az sees, and az 2.68 or later, signed in.",
    "set -euo pipefail",
    "",
    OPTIONS,
    subscriptionLines(review, team),
    `cluster_id=${command(clusterId.toLowerCase())}`,
    `kubelet_id=${command(kubeletId)}`,
    ...functionsFor("unused\nunassigned"),
    FUNCTIONS,
    ...(rows.some(({ why }) => why === "orphan") ? [IS_GONE] : []),
    ...needs(review, clusterId, rows),
    ...users(rows),
    ...rows.map(lines),
    ...(app === undefined ? [] : [APPLICATION, command("delete_application", app)]),
    "",
    END,
    "",
  ].join("\n");
}

/** Returns lines that look for the grants of the principals that lose others: those of all teams, since one wide right may stand for them. */
function needs(
  review: AccessReviewDocument,
  clusterId: string,
  rows: readonly Leftover[],
): string[] {
  const owners = rows.filter(({ why }) => why === "excess");
  const kinds = new Map(owners.map(({ identity, principal }) => [identity, principal.id]));
  const own = review.subscriptionId ?? parseResourceId(clusterId)?.subscriptionId ?? "";
  return review.grants
    .filter((grant) => grant.kept !== true && hasKnownId(grant))
    .flatMap(({ principal, role, scope }) => {
      const id = kinds.get(principal.kind as Leftover["identity"]);
      const path = `/subscriptions/${scope.subscriptionId ?? own}${scopePath(scope)}`;
      return id === undefined ? [] : [command("needs", id, roleId(role), path)];
    });
}

/** Returns lines that look for other clusters with the same identities. */
function users(rows: readonly Leftover[]): string[] {
  const lines = rows.flatMap(({ principal: { id, usedAs } }) =>
    usedAs === undefined ? [] : [command("others", id, usedAs.toLowerCase())],
  );
  return distinct(lines);
}

const REASONS: { readonly [why in Why]: string } = {
  former: "the cluster had this identity before",
  orphan: "az could not resolve its principal, and it goes if Entra ID has none",
  excess: "the grant plan does not have it",
};

function lines({ why, principal, role, scope, id }: Leftover): string {
  const name = plain([principal.name, principal.id].find(Boolean) ?? "");
  return [
    `# ${name}: ${plain(role)} on ${plain(scope)}; ${REASONS[why]}.`,
    command(
      "delete_assignment",
      why,
      principal.id,
      scope,
      id,
      ...[principal.clientId ?? []].flat(),
    ),
  ].join("\n");
}

const OPTIONS = `dry_run=true
case "\${1-}" in
  '' | --dry-run) ;;
  --yes) dry_run=false ;;
  *)
    printf 'Usage: %s [--dry-run | --yes]\\n' "$0" >&2
    exit 2
    ;;
esac
say() {
  printf '%s\\n' "$1"
}
`;

const FUNCTIONS = `
deleted=0
skipped=0
missing='|'
shared='|'
in_use="$(az aks show --ids "$cluster_id" --output tsv --query "$(cat <<'QUERY'
[servicePrincipalProfile.clientId, identity.principalId, identity.userAssignedIdentities.*.principalId[], identityProfile.kubeletidentity.[objectId, resourceId][]][]
QUERY
)")"

# uses ID: whether the cluster works with a principal; a service principal is known by its client id, too.
uses() {
  grep -qixF -- "$1" <<<"$in_use"
}

# Nodes go on working with a service principal after the control plane has left it, until they have another identity.
nodes_moved() {
  uses "$kubelet_id"
}

# change COMMAND...: runs the command, or prints it in a dry run.
change() {
  deleted=$((deleted + 1))
  if "$dry_run"; then
    printf '  would run:'
    printf ' %q' "$@"
    printf '\\n'
  else
    "$@" --output none
  fi
}

# needs PRINCIPAL_ID ROLE SCOPE: remembers a principal that lacks a role assignment of the stacks.
needs() {
  if [[ -z "$(az role assignment list --assignee-object-id "$1" --role "$2" --scope "$3" --query '[].name' --output tsv)" ]]; then
    missing="$missing$1|"
  fi
}

# others PRINCIPAL_ID IDENTITY: remembers a principal that another cluster uses, or may use.
others() {
  if ! (unused "$2"); then
    shared="$shared$1|"
  fi
}

# skip REASON ID
skip() {
  skipped=$((skipped + 1))
  printf 'Skipped, %s: %s\\n' "$1" "$2" >&2
}

# delete_assignment WHY PRINCIPAL_ID SCOPE ID [CLIENT_ID]
delete_assignment() {
  local why="$1" principal="$2" scope="$3" id="$4" client="\${5:-$2}" found
  found="$(az role assignment list --assignee-object-id "$principal" --scope "$scope" \\
    --query "[?name=='\${id##*/}'].name" --output tsv)"
  if [[ -z "$found" ]]; then
    printf 'Gone already: %s\\n' "$id"
    return
  fi
  if [[ "$shared" == *"|$principal|"* ]]; then
    skip 'another cluster uses its principal, or may use it' "$id"
    return
  fi
  case "$why" in
    former)
      if uses "$principal" || uses "$client"; then
        skip 'the cluster still uses its principal' "$id"
        return
      fi
      if [[ -n "\${5-}" ]] && ! nodes_moved; then
        skip 'the nodes do not have the kubelet identity of the description yet' "$id"
        return
      fi
      ;;
    orphan)
      if ! is_gone "$principal"; then
        skip 'its principal exists, or cannot be looked up' "$id"
        return
      fi
      ;;
    *)
      if [[ "$missing" == *"|$principal|"* ]]; then
        skip 'the principal lacks a role assignment of the stacks' "$id"
        return
      fi
      ;;
  esac
  printf 'Deletes %s\\n' "$id"
  change az role assignment delete --ids "$id"
}
`;

const IS_GONE = `# is_gone OBJECT_ID: whether Entra ID has no such principal.
is_gone() {
  local answer
  if answer="$(az rest --method get --url "https://graph.microsoft.com/v1.0/directoryObjects/$1" 2>&1)"; then
    return 1
  fi
  [[ "$answer" == *Request_ResourceNotFound* ]]
}
`;

const APPLICATION = `
# delete_application CLIENT_ID: deletes the application, if nothing has a right through it.
delete_application() {
  local object
  if uses "$1"; then
    skip 'the cluster still uses the service principal' "$1"
    return
  fi
  if ! nodes_moved; then
    skip 'the nodes do not have the kubelet identity of the description yet' "$1"
    return
  fi
  if [[ -z "$(az ad app list --filter "appId eq '$1'" --query '[].appId' --output tsv)" ]]; then
    printf 'Gone already: application %s\\n' "$1"
    return
  fi
  if ! (unused "$1"); then
    skip 'another cluster uses the service principal, or may use it' "$1"
    return
  fi
  object="$(az ad sp list --filter "appId eq '$1'" --query '[].id' --output tsv)"
  # A dry run leaves the role assignments above.
  if ! "$dry_run" && [[ -n "$object" ]] && ! (unassigned "$object"); then
    skip 'the service principal has role assignments, or they cannot be listed' "$1"
    return
  fi
  printf 'Deletes the application %s, which can be restored for 30 days. Look at its sign-ins first: az sees clusters and roles alone.\\n' "$1"
  change az ad app delete --id "$1"
}
`;

const END = `if "$dry_run"; then
  printf '%s to delete, %s skipped. Run it with --yes to delete them.\\n' "$deleted" "$skipped"
else
  printf '%s deleted, %s skipped.\\n' "$deleted" "$skipped"
fi
if ((skipped > 0)); then
  exit 1
fi`;
