// Renders a bash script that deletes what a cluster no longer needs once it has moved: one for each team. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import { GrantingTeam } from "../../lib/spec/granting-team";
import { hasKnownId, idWord, roleId, scopePath } from "../review/azure";
import { subscriptionLines } from "../review/script";
import { command } from "../review/shell";
import { plain } from "../review/text";
import { grantsOf, teamName } from "../review/words";
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
    "# Without --yes it prints what it would delete. It stops where the cluster still uses a principal.",
    "# Needs Reader on the cluster, the right to delete role assignments, and az 2.68 or later, signed in.",
    "set -euo pipefail",
    "",
    OPTIONS,
    subscriptionLines(review, team),
    `cluster_id=${command(clusterId)}`,
    `kubelet_id=${command(kubeletId)}`,
    FUNCTIONS,
    ...(rows.some(({ why }) => why === "orphan") ? [IS_GONE] : []),
    ...needs(review, team, rows),
    ...rows.map(lines),
    ...(app === undefined ? [] : [APPLICATION, command("delete_application", app)]),
    "",
    END,
    "",
  ].join("\n");
}

/** Returns lines that look for the grants of the principals that lose others. */
function needs(
  review: AccessReviewDocument,
  team: GrantingTeam,
  rows: readonly Leftover[],
): string[] {
  const owners = rows.filter(({ why }) => why === "excess");
  const kinds = new Map(owners.map(({ identity, principal }) => [identity, principal.id]));
  return grantsOf(review, team)
    .filter((grant) => grant.kept !== true && hasKnownId(grant))
    .flatMap(({ principal, role, scope }) => {
      const id = kinds.get(principal.kind as Leftover["identity"]);
      const word = idWord(scope, scopePath(scope));
      return id === undefined ? [] : [command("needs", id, roleId(role), word)];
    });
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
  local object rights
  if uses "$1"; then
    skip 'the cluster still uses the service principal' "$1"
    return
  fi
  if ! nodes_moved; then
    skip 'the nodes do not have the kubelet identity of the description yet' "$1"
    return
  fi
  object="$(az ad sp list --filter "appId eq '$1'" --query '[].id' --output tsv)"
  if [[ -z "$object" ]]; then
    printf 'Gone already: application %s\\n' "$1"
    return
  fi
  rights="$(az role assignment list --all --assignee-object-id "$object" --query 'length(@)' --output tsv)"
  if ! "$dry_run" && [[ "$rights" != 0 ]]; then
    skip 'the service principal has role assignments, in this subscription alone' "$1"
    return
  fi
  printf 'Deletes the application %s, which no other cluster or pipeline may use\\n' "$1"
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
