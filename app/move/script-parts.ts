// The functions of the bash scripts of a move.
import { CHANGE } from "../review/script-parts";

/** Functions by their names, each after those that it calls, with the variables that it keeps. */
const FUNCTIONS: { readonly [name: string]: string } = {
  stop: `# stop TEXT: stops, since Azure is not as it should be.
stop() {
  printf 'Stopped: %s\\n' "$1" >&2
  exit 1
}
`,
  change: `imports=false
created=0
${CHANGE}`,
  finish: `# finish: ends after a step. Each run does one.
finish() {
  if "$dry_run"; then
    printf 'Nothing was changed.\\n'
  else
    printf 'Done. Next: bash "%s" NEW_FOLDER\\n' "$here/export.sh"
  fi
  exit 0
}
`,
  agreed: `# agreed TEXT: stops unless --yes or --dry-run is given.
agreed() {
  if ! "$yes" && ! "$dry_run"; then
    stop "$1 Run this again with --yes."
  fi
}
`,
  show: `# show QUERY [OUTPUT]: prints something of the cluster in lower case.
show() {
  az aks show --resource-group "$group" --name "$cluster" --subscription "$subscription" \\
    --query "$1" --output "\${2-tsv}" | tr '[:upper:]' '[:lower:]'
}
`,
  settled: `# settled: stops unless the cluster and its pools are at rest.
settled() {
  local states
  states="$(show '[provisioningState, agentPoolProfiles[].provisioningState][]')" || exit 1
  if [[ -z "$states" ]] || grep -qvx succeeded <<<"$states"; then
    stop 'The cluster or a pool is not in the state Succeeded.'
  fi
}
`,
  control_plane_moved: `# control_plane_moved: whether the control plane works with its new identity.
control_plane_moved() {
  local found
  found="$(show identity.userAssignedIdentities json)" || exit 1
  grep -qF "\\"$control_plane_id\\":" <<<"$found"
}
`,
  kubelet_moved: `# kubelet_moved: whether the nodes work with their new identity.
kubelet_moved() {
  local found
  found="$(show identityProfile.kubeletidentity.resourceId)" || exit 1
  [[ "$found" == "$kubelet_id" ]]
}
`,
  has_principal: `# has_principal: whether the cluster has a service principal.
has_principal() {
  local found
  found="$(show servicePrincipalProfile.clientId)" || exit 1
  [[ -n "$found" && "$found" != msi && "$found" != none ]]
}
`,
  object_id: `# object_id ID: prints the object id of an identity.
object_id() {
  local found
  found="$(az identity show --ids "$1" --query principalId --output tsv)"
  if [[ ! "$found" =~ ^[0-9A-Fa-f-]{36}$ ]]; then
    stop "The identity $1 does not exist, or cannot be read."
  fi
  printf '%s\\n' "$found"
}
`,
  // The 60 minutes: https://learn.microsoft.com/azure/aks/user-assigned-managed-identity
  granted: `# An hour ago: role assignments take effect within 60 minutes.
hour_ago="$(($(date +%s) - 3600))"
hour_ago="$(date -u -d "@$hour_ago" +%FT%T 2>/dev/null || date -u -r "$hour_ago" +%FT%T)"

# granted PRINCIPAL_ID ROLE SCOPE SEEN: stops unless the role assignment exists for an hour. Where it cannot be read, the exports count.
granted() {
  local found
  if ! found="$(az role assignment list --assignee-object-id "$1" --role "$2" --scope "$3" --query '[].createdOn' --output tsv)"; then
    if "$4"; then
      printf 'Cannot read the role assignments on %s. The exports have this one.\\n' "$3" >&2
      return
    fi
    stop "Cannot read the role assignments on $3, and the exports have none."
  fi
  if [[ -z "$found" ]]; then
    stop "The role $2 on $3 is not granted to $1."
  fi
  if [[ "$(LC_ALL=C sort <<<"$found" | head -n 1)" > "$hour_ago" ]]; then
    stop "The role $2 on $3 is granted to $1, but not for an hour yet. Wait until it takes effect."
  fi
}
`,
  moved: `# moved: stops unless the whole cluster works with its new identities.
moved() {
  settled
  if has_principal || ! control_plane_moved || ! kubelet_moved; then
    stop 'The cluster does not work with its new identities yet.'
  fi
}
`,
  look: `visible=''
# look: sets visible to the subscriptions of the tenant that az sees, one on each line.
look() {
  local tenant
  if [[ -n "$visible" ]]; then
    return
  fi
  tenant="$(az account show --subscription "$subscription" --query tenantId --output tsv)"
  visible="$(az account list --refresh --query "[?tenantId=='$tenant'].id" --output tsv)"
  if ! grep -qixF "$subscription" <<<"$visible"; then
    stop 'az does not see the subscription of the cluster.'
  fi
}
`,
  unused: `# unused IDENTITY: stops if another cluster that az sees uses an identity, given by its id or client id, or if clusters cannot be listed.
unused() {
  local one all found
  look
  for one in $visible; do
    if ! all="$(az aks list --subscription "$one" --output tsv \
      --query '[].[id, to_string(identity.userAssignedIdentities), identityProfile.kubeletidentity.resourceId, servicePrincipalProfile.clientId]')"; then
      stop "Cannot list the clusters of the subscription $one, which may use $1."
    fi
    found="$(tr '[:upper:]' '[:lower:]' <<<"$all" | grep -F "$1" | cut -f1 | grep -vxF "$cluster_id" || true)"
    if [[ -n "$found" ]]; then
      stop "Another cluster uses $1: $found"
    fi
  done
}
`,
  unassigned: `# unassigned PRINCIPAL_ID: stops if a principal has a role in a subscription that az sees, or if roles cannot be listed.
unassigned() {
  local one found
  look
  for one in $visible; do
    if ! found="$(az role assignment list --all --assignee-object-id "$1" --subscription "$one" --query '[].id' --output tsv)"; then
      stop "Cannot list the role assignments of $1 in the subscription $one."
    fi
    if [[ -n "$found" ]]; then
      stop "The service principal still has roles: $found"
    fi
  done
}
`,
  remove: `open=0
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
`,
  gone: `# gone: stops while the old cluster exists.
gone() {
  local all
  all="$(az aks list --subscription "$subscription" --query '[].id' --output tsv | tr '[:upper:]' '[:lower:]')"
  if grep -qxF "$cluster_id" <<<"$all"; then
    stop 'The old cluster still exists.'
  fi
}
`,
};

/** Returns the functions that lines of bash call, and those that these call. */
export function functionsFor(body: string): string[] {
  const found: string[] = [];
  let text = body;
  for (const [name, definition] of Object.entries(FUNCTIONS).reverse()) {
    if (calls(name, text)) {
      found.unshift(definition);
      text += `\n${definition}`;
    }
  }
  return found;
}

/** Returns the lines that read the options, of which the script uses some. */
export function optionLines(script: string): string[] {
  const isUsed = (name: string) => script.includes(`"$${name}"`);
  const names = ["dry_run", "yes"].filter(isUsed);
  const set = (name: string) => (isUsed(name) ? `${name}=true ;;` : ";;");
  return [
    ...names.map((name) => `${name}=false`),
    'for option in "$@"; do',
    '  case "$option" in',
    `    --dry-run) ${set("dry_run")}`,
    `    --yes) ${set("yes")}`,
    "    *)",
    "      printf 'Usage: %s [--dry-run] [--yes]\\n' \"$0\" >&2",
    "      exit 2",
    "      ;;",
    "  esac",
    "done",
    "",
  ];
}

/** Whether lines of bash call a function. */
export function calls(name: string, text: string): boolean {
  return new RegExp(
    `(?:^|\\$\\(|\\b(?:if|then|else)\\b|\\|\\||&&|!)\\s*${name}\\b(?!\\()`,
    "m",
  ).test(text);
}
