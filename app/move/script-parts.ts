// The functions of the bash scripts of a move.

/** Options, and functions that read the cluster. */
export const HEAD = `dry_run=false
yes=false
imports=false
for option in "$@"; do
  case "$option" in
    --dry-run) dry_run=true ;;
    --yes) yes=true ;;
    *)
      printf 'Usage: %s [--dry-run] [--yes]\\n' "$0" >&2
      exit 2
      ;;
  esac
done
created=0

# stop TEXT: stops, since Azure is not as it should be.
stop() {
  printf 'Stopped: %s\\n' "$1" >&2
  exit 1
}

# finish: ends after a step. Each run does one.
finish() {
  if "$dry_run"; then
    printf 'Nothing was changed.\\n'
  else
    printf 'Done. Export again with export.sh, and run hardened-aks move.\\n'
  fi
  exit 0
}

# agreed TEXT: stops unless --yes or --dry-run is given.
agreed() {
  if ! "$yes" && ! "$dry_run"; then
    stop "$1 Run this again with --yes."
  fi
}

# show QUERY [OUTPUT]: prints something of the cluster in lower case.
show() {
  az aks show --resource-group "$group" --name "$cluster" --subscription "$subscription" \\
    --query "$1" --output "\${2-tsv}" | tr '[:upper:]' '[:lower:]'
}

# settled: stops unless the cluster and its pools are at rest.
settled() {
  local states
  states="$(show '[provisioningState, agentPoolProfiles[].provisioningState][]')" || exit 1
  if [[ -z "$states" ]] || grep -qvx succeeded <<<"$states"; then
    stop 'The cluster or a pool is not in the state Succeeded.'
  fi
}

# control_plane_moved: whether the control plane works with its new identity.
control_plane_moved() {
  local found
  found="$(show identity.userAssignedIdentities json)" || exit 1
  grep -qF "\\"$control_plane_id\\":" <<<"$found"
}

# kubelet_moved: whether the nodes work with their new identity.
kubelet_moved() {
  local found
  found="$(show identityProfile.kubeletidentity.resourceId)" || exit 1
  [[ "$found" == "$kubelet_id" ]]
}

# has_principal: whether the cluster has a service principal.
has_principal() {
  local found
  found="$(show servicePrincipalProfile.clientId)" || exit 1
  [[ -n "$found" && "$found" != msi && "$found" != none ]]
}

# object_id ID: prints the object id of an identity.
object_id() {
  local found
  found="$(az identity show --ids "$1" --query principalId --output tsv)"
  if [[ ! "$found" =~ ^[0-9A-Fa-f-]{36}$ ]]; then
    stop "The identity $1 does not exist, or cannot be read."
  fi
  printf '%s\\n' "$found"
}
`;

/** Compares rights before a switch. */
export const GRANTED = `# granted PRINCIPAL_ID ROLE SCOPE SEEN: stops unless the role assignment exists. Where it cannot be read, the exports count.
granted() {
  local found
  if ! found="$(az role assignment list --assignee-object-id "$1" --role "$2" --scope "$3" --query '[].id' --output tsv)"; then
    if "$4"; then
      printf 'Cannot read the role assignments on %s. The exports have this one.\\n' "$3" >&2
      return
    fi
    stop "Cannot read the role assignments on $3, and the exports have none."
  fi
  if [[ -z "$found" ]]; then
    stop "The role $2 on $3 is not granted to $1."
  fi
}
`;

/** Deletes what the cluster no longer uses. */
export const REMOVE = `open=0

# moved: stops unless the whole cluster works with its new identities.
moved() {
  settled
  if has_principal || ! control_plane_moved || ! kubelet_moved; then
    stop 'The cluster does not work with its new identities yet.'
  fi
}

# unused IDENTITY: stops if another cluster of the subscription uses an identity, given by its id or client id.
unused() {
  local all found
  all="$(az aks list --subscription "$subscription" --output tsv \
    --query '[].[id, to_string(identity.userAssignedIdentities), identityProfile.kubeletidentity.resourceId, servicePrincipalProfile.clientId]')"
  found="$(tr '[:upper:]' '[:lower:]' <<<"$all" | grep -F "$1" | cut -f1 | grep -vxF "$cluster_id" || true)"
  if [[ -n "$found" ]]; then
    stop "Another cluster uses $1: $found"
  fi
}

# remove PRINCIPAL_ID SCOPE ID: deletes a role assignment, if it is still that of this principal.
remove() {
  local found
  found="$(az role assignment list --assignee-object-id "$1" --scope "$2" --query '[].id' --output tsv)"
  if ! grep -qixF "$3" <<<"$found"; then
    return
  fi
  open=$((open + 1))
  if "$yes" || "$dry_run"; then
    change az role assignment delete --ids "$3"
  fi
}
`;

/** Looks for the old cluster of a move to a second one. */
export const GONE = `# gone: stops while the old cluster exists.
gone() {
  local all
  all="$(az aks list --subscription "$subscription" --query '[].id' --output tsv | tr '[:upper:]' '[:lower:]')"
  if grep -qxF "$cluster_id" <<<"$all"; then
    stop 'The old cluster still exists.'
  fi
}
`;
