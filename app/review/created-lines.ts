// Lines of the identity team's script for the resources that its stack creates: resource group, identities and locks. Pure.
import { AUDIENCE } from "../../lib/access/credentials";
import { ReviewedPrincipal } from "../../lib/review/reviewed-grant";
import { IDENTITY_LOCK, clusterLocks } from "../../lib/spec/defaults";
import { CreatedIdentity, CreatedResources } from "../../lib/review/created-resources";
import { BACKUP_ROLE, VAULT_BINDING } from "../../lib/spec/backup";
import { IDENTITY_IDS } from "../../lib/spec/address";
import { PrincipalKind } from "../../lib/spec/principal";
import { issuerVariable } from "../../lib/spec/workloads";
import { PlacedCredential } from "./request-words";
import { SUBSCRIPTION, clusterWord, idWord } from "./azure";
import { Word, command, variable } from "./shell";
import { plain } from "./text";

/** Functions for the resources that a script creates. */
export const CREATED_PARTS = `new_group=''
# ensure_group NAME LOCATION SUBSCRIPTION [TAG...]
ensure_group() {
  local name="$1" location="$2" subscription="$3"
  shift 3
  if [[ "$(az group exists --name "$name" --subscription "$subscription")" == true ]]; then
    there azurerm_resource_group.identities "/subscriptions/$subscription/resourceGroups/$name"
    return
  fi
  new_group="$name"
  set -- --name "$name" --location "$location" --subscription "$subscription" "$@"
  change az group create "$@"
}

# ensure_identity ADDRESS ID NAME GROUP LOCATION SUBSCRIPTION [TAG...]: sets principal to its object id.
ensure_identity() {
  local address="$1" id="$2" name="$3" group="$4" location="$5" subscription="$6"
  shift 6
  principal=''
  if [[ "$new_group" != "$group" ]] || applies; then
    principal="$(az identity list --resource-group "$group" --subscription "$subscription" \\
      --query "[?name=='$name'].principalId" --output tsv)"
  fi
  if [[ -n "$principal" ]]; then
    there "azurerm_user_assigned_identity.$address" "$id"
    return
  fi
  set -- --name "$name" --resource-group "$group" --location "$location" --subscription "$subscription" "$@"
  change az identity create "$@"
  if ! applies; then
    principal="<object id of $name>"
    new_scopes="$new_scopes$id|"
    return
  fi
  principal="$(one_id "$name" az identity show --name "$name" --resource-group "$group" \\
    --subscription "$subscription" --query principalId --output tsv)"
}
`;

/** Function for a lock. */
export const ENSURE_LOCK = `# ensure_lock ADDRESS ID NAME LEVEL NOTES
ensure_lock() {
  local found='' in_subscription="\${2#/subscriptions/}"
  local -a on=(--resource "$2")
  if [[ "$2" != */providers/* ]]; then
    on=(--resource-group "\${2##*/}" --subscription "\${in_subscription%%/*}")
  fi
  if [[ "$new_scopes" != *"|$2|"* ]]; then
    found="$(az lock list "\${on[@]}" --query "[?name=='$3'].id" --output tsv)"
  fi
  if [[ -n "$found" ]]; then
    there "azurerm_management_lock.$1" "$2/providers/Microsoft.Authorization/locks/$3"
    return
  fi
  change az lock create --name "$3" "\${on[@]}" --lock-type "$4" --notes "$5"
}
`;

/** Function for the access of a Backup vault to a cluster. */
export const ENSURE_BACKUP_ACCESS = `# ensure_backup_access CLUSTER_ID CLUSTER GROUP SUBSCRIPTION VAULT_ID
ensure_backup_access() {
  local found lower
  found="$(az aks trustedaccess rolebinding list --cluster-name "$2" --resource-group "$3" --subscription "$4" \\
    --query "[?name=='${VAULT_BINDING}'].sourceResourceId" --output tsv | tr '[:upper:]' '[:lower:]')"
  if [[ -n "$found" ]]; then
    there azurerm_kubernetes_cluster_trusted_access_role_binding.${VAULT_BINDING} "$1/trustedAccessRoleBindings/${VAULT_BINDING}"
    lower="$(tr '[:upper:]' '[:lower:]' <<<"$5")"
    if [[ "$found" != "$lower" ]]; then
      different=$((different + 1))
      printf 'The binding ${VAULT_BINDING} lets another vault reach the cluster. Delete it and run this again, unless that vault still backs the cluster up: %s\\n' "$found" >&2
    fi
    return
  fi
  change az aks trustedaccess rolebinding create --name ${VAULT_BINDING} --cluster-name "$2" --resource-group "$3" \\
    --subscription "$4" --source-resource-id "$5" --roles ${BACKUP_ROLE}
}
`;

/** Function for a federated credential. */
export const ENSURE_CREDENTIAL = `# ensure_credential ADDRESS IDENTITY NAME GROUP SUBSCRIPTION CREDENTIAL ISSUER SUBJECT VARIABLE
ensure_credential() {
  local found='' issuer="$7"
  if [[ -z "$issuer" ]] && applies; then
    printf 'The URL of an OIDC issuer is missing. Set it to the output oidc_issuer_url of the cluster stack: export %s=…\\n' "$9" >&2
    exit 1
  fi
  if [[ "$new_scopes" != *"|$2|"* ]]; then
    found="$(az identity federated-credential list --identity-name "$3" --resource-group "$4" \\
      --subscription "$5" --query "[?name=='$6'].id" --output tsv)"
  fi
  if [[ -n "$found" ]]; then
    there "azurerm_federated_identity_credential.$1" "$2/federatedIdentityCredentials/$6"
    return
  fi
  change az identity federated-credential create --name "$6" --identity-name "$3" --resource-group "$4" \\
    --subscription "$5" --issuer "\${issuer:-<URL of the issuer>}" --subject "$8" --audiences ${AUDIENCE}
}
`;

/**
 * Returns the lines for the resource group and the identities; each identity sets its variable.
 *
 * @param isUsed whether an identity gets roles
 */
export function createdLines(
  created: CreatedResources,
  isUsed: (identity: CreatedIdentity) => boolean,
): string[] {
  const { identities, resourceGroup, location, tags = {} } = created;
  const all = Object.entries(tags).map(([name, value]) => `${name}=${value}`);
  const options: Word[] = all.length > 0 ? ["--tags", ...all] : [];
  const group = identities.find((one) => one.resourceGroup === resourceGroup);
  return [
    ...(resourceGroup === undefined
      ? []
      : [
          step(`Resource group ${resourceGroup}.`),
          call("ensure_group", resourceGroup, location, subscriptionOf(group), ...options),
        ]),
    ...identities.flatMap((identity) => [
      step(`Identity ${identity.name}.`),
      call(
        "ensure_identity",
        addressOf(identity),
        identityWord(identity),
        identity.name,
        identity.resourceGroup,
        location,
        subscriptionOf(identity),
        ...options,
      ),
      ...(isUsed(identity) ? [`${variableOf(identity)}="$principal"`] : []),
    ]),
    "",
  ];
}

/** Returns the lines for the access of a Backup vault. */
export function backupAccessLines({ backupAccess }: CreatedResources): string[] {
  if (!backupAccess) {
    return [];
  }
  const { cluster, resourceGroup, subscriptionId } = backupAccess;
  const { vault, vaultResourceGroup, vaultSubscriptionId } = backupAccess;
  return [
    step(`Access of the Backup vault ${vault} to the cluster ${cluster}.`),
    call(
      "ensure_backup_access",
      clusterWord({ cluster, resourceGroup, subscriptionId }),
      cluster,
      resourceGroup,
      subscriptionId ?? SUBSCRIPTION,
      idWord(
        { subscriptionId: vaultSubscriptionId ?? subscriptionId },
        `/resourceGroups/${vaultResourceGroup}/providers/Microsoft.DataProtection/backupVaults/${vault}`,
      ),
    ),
  ];
}

/** Returns the lines for the locks, which come after the role assignments on the identities. */
export function lockLines(
  { identities, locked, locks = [] }: CreatedResources,
  clusterName: string,
): string[] {
  const { cluster: ofCluster, resourceGroup: ofGroup } = clusterLocks(clusterName);
  const lines = (
    what: string,
    address: string,
    id: Word,
    { name, level, notes }: typeof IDENTITY_LOCK,
  ) => [step(`Lock of ${what}.`), call("ensure_lock", address, id, name, level, notes)];
  return [
    ...(locked ? identities : []).flatMap((identity) =>
      lines(identity.name, addressOf(identity), identityWord(identity), IDENTITY_LOCK),
    ),
    ...locks.flatMap(({ cluster, resourceGroup, subscriptionId }) => {
      const group = `/resourceGroups/${resourceGroup}`;
      return cluster === undefined
        ? lines(
            `the resource group ${resourceGroup}`,
            "resource_group",
            idWord({ subscriptionId }, group),
            ofGroup,
          )
        : lines(
            cluster,
            "cluster",
            clusterWord({ cluster, resourceGroup, subscriptionId }),
            ofCluster,
          );
    }),
  ];
}

/** Whether the lines for what a script creates need the functions for identities and their resource group. */
export function makesIdentities({ identities, resourceGroup }: CreatedResources): boolean {
  return identities.length > 0 || resourceGroup !== undefined;
}

/** Returns the shell variable with the object id of an identity, if it is created. */
export function createdVariable(
  { identities }: CreatedResources,
  { kind, name }: ReviewedPrincipal,
): Word | undefined {
  const found = identities.find((one) => one.kind === kind && one.name === name);
  return found && variable(variableOf(found));
}

/** Returns the lines for federated credentials; issuers that are not in the description come from the environment. */
export function credentialLines(credentials: PlacedCredential[]): string[] {
  const issuers = new Map(
    credentials.map(({ credential }) => [credential.issuer, credential.issuerUrl]),
  );
  return [
    ...[...issuers].map(
      ([name, url]) =>
        `${issuerName(name)}=${url === undefined ? `"\${${issuerName(name).toUpperCase()}-}"` : command(url)}`,
    ),
    ...credentials.flatMap(({ identity, credential }) => [
      step(`Credential ${credential.name} of ${identity.name}.`),
      call(
        "ensure_credential",
        credential.address,
        identityWord(identity),
        identity.name,
        identity.resourceGroup,
        subscriptionOf(identity),
        credential.name,
        variable(issuerName(credential.issuer)),
        credential.subject,
        issuerName(credential.issuer).toUpperCase(),
      ),
    ]),
  ];
}

/** Returns a line that prints a step. */
export function step(text: string): string {
  return command("say", plain(text));
}

/** Returns a call with one argument on each line. */
export function call(name: string, ...words: Word[]): string {
  return [name, ...words.map((one) => command(one))].join(" \\\n  ");
}

function variableOf({ kind, workload }: CreatedIdentity): string {
  return workload === undefined ? kind : `workload_${shellName(workload)}`;
}

/** Returns the variable with the URL of an issuer. */
function issuerName(issuer: string): string {
  return shellName(issuerVariable({ name: issuer }));
}

// The review may be that of another program.
function shellName(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, "_");
}

function addressOf({ kind, workload }: CreatedIdentity): string {
  if (workload !== undefined) {
    return workload;
  }
  return IDENTITY_IDS[kind === PrincipalKind.CONTROL_PLANE ? "controlPlane" : "kubelet"];
}

function identityWord({ name, resourceGroup, subscriptionId }: CreatedIdentity): Word {
  return idWord(
    { subscriptionId },
    `/resourceGroups/${resourceGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`,
  );
}

function subscriptionOf(identity: CreatedIdentity | undefined): Word {
  return identity?.subscriptionId ?? SUBSCRIPTION;
}
