// Renders the grants of one team as a bash script, for teams that do not run Terraform. Pure.
import { AccessReviewDocument, ReviewedGrant } from "../../lib/review/access-review";
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
} from "./script-parts";
import { Word, command, variable } from "./shell";
import { plain, sentence } from "./text";
import { grantsOf, teamName } from "./words";

/** Shell variables with the ids of custom roles, by the names of the roles. */
type RoleVariables = ReadonlyMap<string, Word>;

/** Returns the text of `<team>.sh`. */
export function renderScript(review: AccessReviewDocument, team: string): string {
  const all = grantsOf(review, team);
  const grants = all.filter(hasKnownId);
  const assignees = assigneesOf(review, grants);
  const roles = customRoles(grants);
  const variables: RoleVariables = new Map(
    roles.map(({ role }, index) => [role.name, variable(roleVariable(index))]),
  );
  const body = [
    ...(roles.length > 0 ? ["# Custom roles.", ...roles.map(roleLines), ""] : []),
    ...lookups([...assignees.values()]),
    ...grants.map((grant) => grantLines(grant, assignees, variables)),
    ...all.filter((grant) => !hasKnownId(grant)).map(skippedLines),
  ].join("\n");
  return [
    "#!/usr/bin/env bash",
    `# Role assignments by the ${teamName(team)} for the cluster ${plain(review.cluster)}.`,
    "# Creates missing custom roles and role assignments, with the GUIDs that Terraform gives them, and changes nothing else,",
    "# so it is safe to run again. --dry-run prints the commands without running them.",
    `# Needs the identities of the cluster, the rights in ${team}.md, python3, and az 2.68 or later, signed in.`,
    "set -euo pipefail",
    "",
    OPTIONS,
    COUNTERS,
    subscriptionLines(review),
    CHANGE,
    GUID_OF,
    ...(body.includes("one_id ") ? [ONE_ID] : []),
    ...(roles.length > 0 ? [FIND_ROLE, ENSURE_ROLE] : []),
    ENSURE_ASSIGNMENT,
    body,
    "",
    END,
    "",
  ].join("\n");
}

/** Returns lines that set, check and print the subscription of the stacks. */
export function subscriptionLines({ subscriptionId }: AccessReviewDocument): string {
  const signedIn = '"$(az account show --query id --output tsv)"';
  return [
    ...(subscriptionId === undefined
      ? [`subscription=${signedIn}`]
      : [
          `subscription=${command(subscriptionId)}`,
          `if [[ ${signedIn} != "$subscription" ]]; then`,
          `  printf 'The cluster is in the subscription %s, and az uses another one. Run: az account set --subscription %s\\n' \\`,
          '    "$subscription" "$subscription" >&2',
          "  exit 1",
          "fi",
        ]),
    `printf 'Subscription: %s\\n' "$subscription"`,
    "",
  ].join("\n");
}

/** Returns lines that create a custom role, or compare the existing one. */
export function ensureRole(custom: CustomRole): string {
  const { role, places } = custom;
  const allowed = [...role.actions, ...role.dataActions].map((action) => action.toLowerCase());
  return [
    "ensure_role",
    command(role.name, groupWord(places[0]), role.guidSeed ?? ""),
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
  assignees: Map<string, Assignee>,
  variables: RoleVariables,
): string {
  const { principal, role, scope, condition, reasons } = grant;
  const id = assigneeId(assignees, principal);
  const description = reasons.map((reason) => sentence(reason.why)).join(" ");
  const type = principal.principalType === "Group" ? "Group" : "ServicePrincipal";
  return [
    `# ${plain(principal.name)}: ${plain(role.name)} on ${plain(scope.name)}.`,
    [
      "ensure_assignment",
      command(id, type),
      command(role.guid ?? variables.get(role.name) ?? role.name),
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
`;
