// Renders the grants of one team as a bash script, for teams that do not run Terraform. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import { ReviewedGrant } from "../../lib/review/reviewed-grant";
import {
  Assignee,
  CustomRole,
  assigneeId,
  assigneesOf,
  customRoles,
  groupWord,
  hasKnownId,
  idWord,
  roleDefinition,
  scopePath,
} from "./azure";
import {
  CHANGE,
  COUNTERS,
  END,
  ENSURE_ASSIGNMENT,
  ENSURE_ROLE,
  FIND_ROLE,
  GUID_OF,
  ONE_ID,
  SAY,
} from "./script-parts";
import {
  CREATED_PARTS,
  ENSURE_BACKUP_ACCESS,
  ENSURE_CREDENTIAL,
  ENSURE_LOCK,
  backupAccessLines,
  makesIdentities,
  createdLines,
  createdVariable,
  credentialLines,
  lockLines,
  step,
} from "./created-lines";
import {
  contentWords,
  createdBy,
  credentialsBy,
  isOfFleet,
  needsIdentities,
} from "./request-words";
import { runnerOf } from "./runner-words";
import { Word, command, variable } from "./shell";
import { plain, sentence } from "./text";
import { PHASE_WORDS, grantsOf, requestPhase, teamName } from "./words";

/** Shell variables with the ids of custom roles, by the names of the roles. */
type RoleVariables = ReadonlyMap<string, Word>;

/** Returns the text of `<team>.sh`. */
export function renderScript(review: AccessReviewDocument, team: string): string {
  const all = grantsOf(review, team);
  const grants = all.filter(hasKnownId);
  const created = createdBy(review, team);
  const credentials = credentialsBy(review, team);
  const assignees = assigneesOf(
    review,
    grants,
    (principal) => created && createdVariable(created, principal),
  );
  const roles = customRoles(grants);
  const variables: RoleVariables = new Map(
    roles.map(({ role }, index) => [role.name, variable(roleVariable(index))]),
  );
  const body = [
    ...(created
      ? createdLines(created, ({ kind, name }) =>
          grants.some(({ principal }) => principal.kind === kind && principal.name === name),
        )
      : []),
    ...credentialLines(credentials),
    ...(roles.length > 0 ? ["# Custom roles.", ...roles.map(roleLines), ""] : []),
    ...lookups([...assignees.values()]),
    ...grants.map((grant, index) => grantLines(grant, index + 1, assignees, variables)),
    ...all.filter((grant) => !hasKnownId(grant)).map(skippedLines),
    ...(created ? [...backupAccessLines(created), ...lockLines(created, review.cluster)] : []),
  ].join("\n");
  const needs = needsIdentities(review, team)
    ? `the identities of the ${PHASE_WORDS[requestPhase(team)]}, `
    : "";
  return [
    "#!/usr/bin/env bash",
    `# For ${isOfFleet(review) ? "all clusters of the fleet" : `the cluster ${plain(review.cluster)}`}, by the ${teamName(team)}: ${contentWords(review, team)}.`,
    "# Creates what is missing, with the GUIDs that Terraform gives it, and changes nothing else, so it is safe to run again.",
    "# --dry-run prints the commands without running them; --imports prints import blocks for Terraform.",
    `# Needs ${needs}the rights in ${team}.md, python3, and az 2.68 or later, signed in.`,
    "set -euo pipefail",
    "",
    OPTIONS,
    COUNTERS,
    SAY,
    subscriptionLines(review, team),
    CHANGE,
    GUID_OF,
    ...functionsOf(body, created !== undefined && makesIdentities(created)),
    body,
    "",
    END,
    "",
  ].join("\n");
}

/** Returns the functions that a script calls. */
function functionsOf(body: string, hasIdentities: boolean): string[] {
  const parts: [isUsed: boolean, ...parts: string[]][] = [
    [hasIdentities || body.includes("one_id "), ONE_ID],
    [hasIdentities, CREATED_PARTS],
    [body.includes("ensure_backup_access "), ENSURE_BACKUP_ACCESS],
    [body.includes("ensure_lock "), ENSURE_LOCK],
    [body.includes("ensure_credential "), ENSURE_CREDENTIAL],
    [body.includes("ensure_role "), FIND_ROLE, ENSURE_ROLE],
  ];
  return [...parts.flatMap(([isUsed, ...texts]) => (isUsed ? texts : [])), ENSURE_ASSIGNMENT];
}

/** Returns lines that set, check and print the subscription of the stack of a team. */
export function subscriptionLines(review: AccessReviewDocument, team: string): string {
  const { subscriptionId = review.subscriptionId } = runnerOf(review, team) ?? {};
  const signedIn = '"$(az account show --query id --output tsv)"';
  return [
    ...(subscriptionId === undefined
      ? [`subscription=${signedIn}`]
      : [
          `subscription=${command(subscriptionId)}`,
          `if [[ ${signedIn} != "$subscription" ]]; then`,
          `  printf 'The script is for the subscription %s, and az uses another one. Run: az account set --subscription %s\\n' \\`,
          '    "$subscription" "$subscription" >&2',
          "  exit 1",
          "fi",
        ]),
    `say "Subscription: $subscription"`,
    "",
  ].join("\n");
}

/** Returns lines that create a custom role, or compare the existing one. */
export function ensureRole(custom: CustomRole): string {
  const { role, places } = custom;
  const allowed = [...role.actions, ...role.dataActions].map((action) => action.toLowerCase());
  return [
    "ensure_role",
    command(role.address ?? "", role.name, groupWord(places[0]), role.guidSeed ?? ""),
    command(allowed.sort().join("\n")),
    command(roleDefinition(custom)),
  ].join(" \\\n  ");
}

function roleVariable(index: number): string {
  return `role_${index + 1}`;
}

function roleLines(custom: CustomRole, index: number): string {
  return `${ensureRole(custom)}\n${roleVariable(index)}="$role"`;
}

function skippedLines({ principal, role, scope }: ReviewedGrant): string {
  const row = `${plain(principal.name)}: ${plain(role.name)} on ${plain(scope.name)}`;
  return [
    `# ${row}.`,
    `${command("printf", "%s\n", `Skipped, because only Terraform knows the id: ${row}.`)} >&2`,
  ].join("\n");
}

function lookups(assignees: Assignee[]): string[] {
  const lines = assignees.flatMap(({ principal: { name }, lookup }) =>
    lookup ? [`${lookup.variable}="$(${command("one_id", name, ...lookup.command)})"`] : [],
  );
  return lines.length > 0 ? ["# Object ids.", ...lines, ""] : [];
}

function grantLines(
  grant: ReviewedGrant,
  number: number,
  assignees: Map<string, Assignee>,
  variables: RoleVariables,
): string {
  const { principal, role, scope, condition, reasons } = grant;
  const id = assigneeId(assignees, principal);
  const description = reasons.map((reason) => sentence(reason.why)).join(" ");
  const type = principal.principalType === "Group" ? "Group" : "ServicePrincipal";
  return [
    step(`${number}. ${principal.name}: ${role.name} on ${scope.name}. ${description}`),
    [
      "ensure_assignment",
      command(grant.address, id, type),
      command(role.guid ?? variables.get(role.name) ?? role.name),
      command(idWord(scope, scopePath(scope))),
      command(description.slice(0, 1000)),
      ...(condition === undefined ? [] : [command(condition)]),
    ].join(" \\\n  "),
  ].join("\n");
}

const OPTIONS = `dry_run=false
imports=false
case "\${1-}" in
  '') ;;
  --dry-run) dry_run=true ;;
  --imports) imports=true ;;
  *)
    printf 'Usage: %s [--dry-run | --imports]\\n' "$0" >&2
    exit 2
    ;;
esac
`;
