// Renders the grants of one team as a bash script, for teams that do not run Terraform. Pure.
import { AccessReviewDocument, ReviewedGrant } from "../../lib/review/access-review";
import {
  Assignee,
  assigneeId,
  assigneesOf,
  customRoles,
  hasKnownId,
  idWord,
  resourceGroupWord,
  roleDefinition,
  roleId,
  scopePath,
} from "./azure";
import { command } from "./shell";
import { plain, sentence } from "./text";
import { grantsOf, teamName } from "./words";

/** Returns the text of `<team>.sh`. */
export function renderScript(review: AccessReviewDocument, team: string): string {
  const all = grantsOf(review, team);
  const grants = all.filter(hasKnownId);
  const assignees = assigneesOf(review, grants);
  const roles = customRoles(grants);
  const body = [
    ...(roles.length > 0 ? ["# Custom roles.", ...roles.map(roleLine), ""] : []),
    ...lookups([...assignees.values()]),
    ...grants.map((grant) => grantLines(grant, assignees)),
    ...all.filter((grant) => !hasKnownId(grant)).map(skippedLines),
  ].join("\n");
  return [
    "#!/usr/bin/env bash",
    `# Role assignments by the ${teamName(team)} for the cluster ${plain(review.cluster)}.`,
    "# Creates missing custom roles and role assignments, and changes nothing else, so it is safe to run again.",
    "# Needs the identities of the cluster, and az 2.68 or later, signed in. --dry-run prints the commands without running them.",
    "set -euo pipefail",
    "",
    OPTIONS,
    ...(body.includes('"$subscription"') ? [SUBSCRIPTION_LINE] : []),
    CHANGE,
    ...(assignees.size > 0 && body.includes("one_id ") ? [ONE_ID] : []),
    ...(roles.length > 0 ? [ENSURE_ROLE] : []),
    ENSURE_ASSIGNMENT,
    body,
    "",
    END,
    "",
  ].join("\n");
}

function skippedLines({ principal, role, scope }: ReviewedGrant): string {
  const row = `${plain(principal.name)}: ${plain(role.name)} on ${plain(scope.name)}`;
  return [
    `# ${row}.`,
    `${command("printf", "%s\n", `Skipped, because only Terraform knows the id: ${row}.`)} >&2`,
  ].join("\n");
}

function roleLine({ role, scopes }: ReturnType<typeof customRoles>[number]): string {
  const group = resourceGroupWord(scopes[0]);
  return command("ensure_role", role.name, group, roleDefinition(role, scopes));
}

function lookups(assignees: Assignee[]): string[] {
  const lines = assignees.flatMap(({ principal: { name }, lookup }) =>
    lookup ? [`${lookup.variable}="$(${command("one_id", name, ...lookup.command)})"`] : [],
  );
  return lines.length > 0 ? ["# Object ids.", ...lines, ""] : [];
}

function grantLines(grant: ReviewedGrant, assignees: Map<string, Assignee>): string {
  const { principal, role, scope, condition, reasons } = grant;
  const id = assigneeId(assignees, principal);
  const description = reasons.map((reason) => sentence(reason.why)).join(" ");
  const type = principal.principalType === "Group" ? "Group" : "ServicePrincipal";
  return [
    `# ${plain(principal.name)}: ${plain(role.name)} on ${plain(scope.name)}.`,
    [
      "ensure_assignment",
      command(id, type),
      command(roleId(role)),
      command(idWord(scope, scopePath(scope))),
      command(description.slice(0, 1000)),
      ...(condition === undefined ? [] : [command(condition)]),
    ].join(" \\\n  "),
  ].join("\n");
}

const OPTIONS = `dry_run=false
case "\${1-}" in
  '') ;;
  --dry-run) dry_run=true ;;
  *)
    printf 'Usage: %s [--dry-run]\\n' "$0" >&2
    exit 2
    ;;
esac
created=0
existing=0
different=0
new_roles='|'
`;

const SUBSCRIPTION_LINE = `subscription="$(az account show --query id --output tsv)"
`;

const CHANGE = `# change COMMAND...: runs the command, or prints it in a dry run.
change() {
  created=$((created + 1))
  if "$dry_run"; then
    printf 'would run:'
    printf ' %q' "$@"
    printf '\\n'
  else
    "$@" --output none
  fi
}
`;

const ONE_ID = `# one_id NAME COMMAND...: prints the id that the command returns; fails unless it returns exactly one.
one_id() {
  local name="$1" ids
  shift
  ids="$("$@")"
  if [[ ! "$ids" =~ ^[0-9A-Fa-f-]{36}$ ]]; then
    printf 'Expected exactly one principal named %q.\\n' "$name" >&2
    return 1
  fi
  printf '%s\\n' "$ids"
}
`;

const ENSURE_ROLE = `# ensure_role NAME SCOPE DEFINITION
ensure_role() {
  local name="$1" scope="$2" definition="$3" found
  found="$(role_named "$name" "$scope")"
  if [[ -n "$found" ]]; then
    existing=$((existing + 1))
    return
  fi
  change az role definition create --role-definition "$definition"
  if "$dry_run"; then
    new_roles="$new_roles$name|"
    return
  fi
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do
    found="$(role_named "$name" "$scope")"
    if [[ -n "$found" ]]; then
      return
    fi
    printf 'Waiting for the new role %q.\\n' "$name"
    sleep 5
  done
  printf 'The new role %q is not available yet. Run this again in a few minutes.\\n' "$name" >&2
  exit 1
}

role_named() {
  az role definition list --name "$1" --scope "$2" --custom-role-only true \\
    --query '[].name' --output tsv
}
`;

const ENSURE_ASSIGNMENT = `# ensure_assignment PRINCIPAL_ID PRINCIPAL_TYPE ROLE SCOPE DESCRIPTION [CONDITION]
ensure_assignment() {
  local principal="$1" type="$2" role="$3" scope="$4" description="$5" condition="\${6-}" found
  if [[ "$new_roles" == *"|$role|"* ]]; then
    # In a dry run, a role that does not exist yet has no assignments.
    found=''
  elif ! found="$(assigned "$principal" "$scope" "$role" '[].id')"; then
    printf 'Cannot read the assignments of %q on %q.\\n' "$role" "$scope" >&2
    exit 1
  fi
  if [[ -z "$found" ]]; then
    set -- --assignee-object-id "$principal" --assignee-principal-type "$type" \\
      --role "$role" --scope "$scope" --description "$description"
    if [[ -n "$condition" ]]; then
      set -- "$@" --condition "$condition" --condition-version 2.0
    fi
    change az role assignment create "$@"
    return
  fi
  existing=$((existing + 1))
  if [[ "$(assigned "$principal" "$scope" "$role" '[0].condition')" != "$condition" ]]; then
    different=$((different + 1))
    printf 'The condition differs from the review; delete the assignment and run this again: %s\\n' \\
      "$found" >&2
  fi
}

assigned() {
  az role assignment list --assignee-object-id "$1" --scope "$2" --role "$3" \\
    --query "$4" --output tsv
}
`;

const END = `if "$dry_run"; then
  printf '%s to create, %s already there.\\n' "$created" "$existing"
else
  printf '%s created, %s already there.\\n' "$created" "$existing"
fi
if ((different > 0)); then
  exit 1
fi`;
