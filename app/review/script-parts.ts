// The functions of the bash scripts of an access review.
import { NAME_SPACE } from "../../lib/access/names";

/** Counters. */
export const COUNTERS = `created=0
existing=0
different=0
new_roles='|'
new_scopes='|'
`;

/** Prints steps, and import blocks. */
export const SAY = `# say TEXT: prints a step; the output of --imports consists of import blocks.
say() {
  "$imports" || printf '%s\\n' "$1"
}

# there ADDRESS ID: counts a resource that exists, or prints its import block.
there() {
  existing=$((existing + 1))
  if "$imports"; then
    printf 'import {\\n  to = %s\\n  id = "%s"\\n}\\n' "$1" "$2"
  fi
}
`;

/** Runs a command, or prints it. */
export const CHANGE = `# change COMMAND...: runs the command, or prints it in a dry run. With --imports it counts.
change() {
  local one quote="'" escaped="'\\\\''"
  created=$((created + 1))
  if applies; then
    "$@" --output none
  elif "$dry_run"; then
    printf '  would run:'
    for one in "$@"; do
      if [[ "$one" =~ ^[A-Za-z0-9_./:=@%+,-]+$ ]]; then
        printf ' %s' "$one"
      else
        printf " '%s'" "\${one//$quote/$escaped}"
      fi
    done
    printf '\\n'
  fi
}

applies() {
  ! "$dry_run" && ! "$imports"
}
`;

/** Computes the names of role definitions and role assignments as Terraform does. */
export const GUID_OF = `# guid_of TEXT...: prints the GUID that Terraform computes from these texts (UUID version 5).
guid_of() {
  python3 -I -c 'import sys, uuid; print(uuid.uuid5(uuid.UUID(sys.argv[1]), "|".join(sys.argv[2:]).lower()))' \\
    ${NAME_SPACE} "$@"
}
`;

/** Looks up an object id. */
export const ONE_ID = `# one_id NAME COMMAND...: prints the id that the command returns; fails unless it returns exactly one.
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

/** Looks up a custom role. */
export const FIND_ROLE = `new_group=''
# find_role NAME GROUP SEED: sets guid to the GUID that Terraform computes, and found to that in Azure.
find_role() {
  guid=''
  found=''
  if [[ -n "$3" ]]; then
    guid="$(guid_of "$2" role "$3")"
    found="$(role_property "$guid" "$2" '[].name')"
  fi
  if [[ -z "$found" ]]; then
    found="$(role_property "$1" "$2" '[].name')"
  fi
}

role_property() {
  # In a dry run, a resource group that does not exist yet has no roles.
  if [[ -n "$new_group" && "$2" == */"$new_group" ]] && ! applies; then
    return
  fi
  az role definition list --name "$1" --scope "$2" --custom-role-only true --query "$3" --output tsv
}
`;

/** Creates a custom role, or compares its actions. */
export const ENSURE_ROLE = `# ensure_role ADDRESS NAME GROUP SEED ACTIONS DEFINITION: sets role to the id of the custom role.
ensure_role() {
  local address="$1" name="$2" group="$3" seed="$4" actions="$5" definition="$6" allowed
  find_role "$name" "$group" "$seed"
  role="\${group%%/resourceGroups/*}/providers/Microsoft.Authorization/roleDefinitions/\${found:-$guid}"
  if [[ -n "$found" ]]; then
    allowed="$(role_property "$found" "$group" "$ALLOWED" | tr '[:upper:]' '[:lower:]' | LC_ALL=C sort)"
    if [[ "$allowed" != "$actions" ]]; then
      printf 'The custom role %s allows something else than the review says. Change its actions, then run this again.\\nReview:\\n%s\\nAzure:\\n%s\\n' \\
        "$name" "$actions" "$allowed" >&2
      exit 1
    fi
    if [[ -n "$guid" && "$found" != "$guid" ]]; then
      printf 'The custom role %s has the GUID %s instead of %s. Unless Terraform manages it already, name it in permissions.roleSet.existing.\\n' \\
        "$name" "$found" "$guid" >&2
    fi
    # Without an address, no stack of the cluster creates the role.
    if [[ -n "$address" ]]; then
      there "azurerm_role_definition.$address" "$role|$group"
    fi
    return
  fi
  if [[ -z "$guid" ]]; then
    printf 'The custom role %s of permissions.roleSet.existing does not exist. Create it, or correct its name.\\n' "$name" >&2
    exit 1
  fi
  change az rest --method put --body "$definition" \\
    --url "$group/providers/Microsoft.Authorization/roleDefinitions/$guid?api-version=2022-04-01"
  if ! applies; then
    new_roles="$new_roles$role|"
    return
  fi
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do
    found="$(role_property "$guid" "$group" '[].name')"
    if [[ -n "$found" ]]; then
      return
    fi
    printf 'Waiting for the new role %s.\\n' "$name"
    sleep 5
  done
  printf 'The new role %s is not available yet. Run this again in a few minutes.\\n' "$name" >&2
  exit 1
}

ALLOWED="[].permissions[].[actions, dataActions, notActions[].join(' ', ['not', @]), notDataActions[].join(' ', ['not', @])][][]"
`;

/** Creates a role assignment, or compares its condition. */
export const ENSURE_ASSIGNMENT = `# ensure_assignment ADDRESS PRINCIPAL_ID PRINCIPAL_TYPE ROLE SCOPE DESCRIPTION [CONDITION]
# ROLE is the GUID of a built-in role, or the id of a custom one.
ensure_assignment() {
  local address="$1" principal="$2" type="$3" role="$4" scope="$5" description="$6" condition="\${7-}"
  local name found
  name="$(guid_of "$scope" "$principal" "$role")"
  if [[ "$principal" == '<'* ]]; then
    # In a dry run, an identity that does not exist yet has no object id.
    name='<GUID>'
    found=''
  elif [[ "$new_roles" == *"|$role|"* || "$new_scopes" == *"|$scope|"* ]]; then
    # In a dry run, a role or an identity that does not exist yet has no assignments.
    found=''
  elif ! found="$(assigned "$principal" "$scope" "$role" '[].id')"; then
    printf 'Cannot read the assignments of %q on %q.\\n' "$role" "$scope" >&2
    exit 1
  fi
  if [[ -z "$found" ]]; then
    set -- --name "$name" --assignee-object-id "$principal" --assignee-principal-type "$type" \\
      --role "\${role##*/}" --scope "$scope" --description "$description"
    if [[ -n "$condition" ]]; then
      set -- "$@" --condition "$condition" --condition-version 2.0
    fi
    change az role assignment create "$@"
    return
  fi
  there "azurerm_role_assignment.$address" "$found"
  if [[ "\${found##*/}" != "$name" ]] && ! "$imports"; then
    printf 'Unless Terraform manages this assignment already, it would create it as %s, and fail. Import it, or delete it and run this again: %s\\n' \\
      "$name" "$found" >&2
  fi
  if [[ "$(assigned "$principal" "$scope" "$role" '[0].condition')" != "$condition" ]]; then
    different=$((different + 1))
    printf 'The condition differs from the review. Delete the assignment and run this again, or join both conditions if another cluster needs it: %s\\n' \\
      "$found" >&2
  fi
}

assigned() {
  az role assignment list --assignee-object-id "$1" --scope "$2" --role "\${3##*/}" \\
    --query "$4" --output tsv
}
`;

/** Prints the result. */
export const END = `if "$imports"; then
  printf '%s to import, %s missing.\\n' "$existing" "$created" >&2
elif "$dry_run"; then
  printf '%s to create, %s already there.\\n' "$created" "$existing"
else
  printf '%s created, %s already there.\\n' "$created" "$existing"
fi
if ((different > 0)); then
  exit 1
fi`;
