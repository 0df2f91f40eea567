// Renders the grants of one team as a request for a ticket. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import { ReviewedGrant, ReviewedRole } from "../../lib/review/reviewed-grant";
import {
  Assignee,
  Place,
  assigneeId,
  assigneesOf,
  customRoles,
  groupPath,
  groupWord,
  hasKnownId,
  idWord,
  roleId,
  scopePath,
} from "./azure";
import { GrantingTeam } from "../../lib/spec/granting-team";
import { block, code, link, prose, table } from "./markdown-text";
import { runnerParts } from "./runner-markdown";
import { runnerOf } from "./runner-words";
import { Word, command } from "./shell";
import { contentWords, credentialsBy, isOfFleet, needsIdentities } from "./request-words";
import { groupBy } from "./text";
import { WORKLOAD_WORDS, issuerWords } from "./workload-words";
import {
  PHASE_WORDS,
  grantsOf,
  principalKey,
  principalKind,
  requestPhase,
  teamName,
} from "./words";

/** Returns the text of `<team>.md`. */
export function renderRequest(review: AccessReviewDocument, team: string): string {
  const grants = grantsOf(review, team);
  const known = grants.filter(hasKnownId);
  const assignees = assigneesOf(review, grants);
  const parts = [
    isOfFleet(review)
      ? "# Request for all clusters of the fleet"
      : `# Request for the cluster ${code(review.cluster)}`,
    `To the ${prose(teamName(team))}: please create ${contentWords(review, team)}${teamName(team) === teamName(GrantingTeam.NETWORK) ? " on your resources" : ""}. ${needsIdentities(review, team) ? `${mustExist(team)} must exist. ` : ""}${code(`bash ${team}.sh`)} creates what is missing, and changes nothing else; ${code("--dry-run")} shows it.`,
    "## Why",
    reasons(grants),
    ...credentials(review, team),
    ...runnerRights(review, team),
    ...roles(known),
    "## Assignments",
    table(
      ["No.", "Principal", "Object id", "Role", "Role id", "Scope", "Condition"],
      grants.map((grant, index) => row(grant, index, assignees)),
    ),
    ...lookups([...assignees.values()]),
    "## Verify",
    "Each command lists one assignment:",
    commands(known, assignees, "list", ["--output", "table"]),
    "## Undo",
    "If Terraform created the assignments, remove the feature from the description and deploy the stack. Otherwise:",
    commands(known, assignees, "delete", []),
    ...roleRemoval(known),
  ];
  return `${parts.join("\n\n")}\n`;
}

function reasons(grants: ReviewedGrant[]): string {
  const all = groupBy(
    grants.flatMap((grant) => grant.reasons),
    ({ why, feature, source }) => JSON.stringify([why, feature, source]),
  );
  return [...all.values()]
    .map(([{ why, feature, source }]) => `- ${prose(why)} (${link(feature, source)})`)
    .join("\n");
}

function runnerRights(review: AccessReviewDocument, team: string): string[] {
  const runner = runnerOf(review, team);
  return runner ? ["## Rights of the runner", ...runnerParts(runner, review.cluster)] : [];
}

function mustExist(request: string): string {
  return `The identities of the ${PHASE_WORDS[requestPhase(request)]}`;
}

function credentials(review: AccessReviewDocument, request: string): string[] {
  const rows = credentialsBy(review, request).map(({ identity, credential }) => [
    code(identity.name),
    code(credential.name),
    prose(issuerWords(credential)),
    code(credential.subject),
  ]);
  return rows.length === 0
    ? []
    : [
        "## Federated credentials",
        prose(WORKLOAD_WORDS),
        table(["Identity", "Credential", "Issuer", "Subject"], rows),
      ];
}

function roles(grants: ReviewedGrant[]): string[] {
  const custom = customRoles(grants);
  const rows = custom.map(({ role, places }) => [
    code(role.name),
    [...role.actions, ...role.dataActions].map(code).join("<br>"),
    places.map((place) => shownId(place, groupPath(place))).join("<br>"),
  ]);
  return rows.length === 0
    ? []
    : [
        "## Custom roles",
        custom.some(({ role }) => isShared(role))
          ? "These roles come first. The clusters of the fleet share them."
          : "These roles come first.",
        table(["Role", "Actions", "Assignable in"], rows),
      ];
}

/** Whether the stacks of the fleet create a custom role, and not those of the cluster. */
function isShared({ guidSeed, address }: ReviewedRole): boolean {
  return guidSeed !== undefined && address === undefined;
}

function row(grant: ReviewedGrant, index: number, assignees: Map<string, Assignee>): string[] {
  const { principal, role, scope, condition } = grant;
  const lookup = assignees.get(principalKey(principal))?.lookup;
  return [
    `${index + 1}`,
    `${code(principal.name)}<br>${prose(principalKind(principal))}`,
    lookup ? `see ${code(lookup.variable)} below` : code(principal.objectId ?? ""),
    code(role.name),
    role.guid === undefined ? "use the name" : code(role.guid),
    hasKnownId(grant)
      ? shownId(scope, scopePath(scope))
      : `${code(scope.name)}<br>${prose("only Terraform knows the id; the stack creates the assignment")}`,
    condition === undefined ? "none" : code(condition),
  ];
}

function shownId({ subscriptionId }: Place, path: string): string {
  return code(`/subscriptions/${subscriptionId ?? "<subscription>"}${path}`);
}

function lookups(assignees: Assignee[]): string[] {
  const lines = assignees.flatMap(({ lookup }) =>
    lookup ? [`${lookup.variable}="$(${command(...lookup.command)})"`] : [],
  );
  const subscription = [
    "# Subscription of scopes without an explicit one.",
    'subscription="$(az account show --query id --output tsv)"',
  ];
  return [
    "## Variables for the commands below",
    block("bash", [...subscription, ...lines].join("\n")),
  ];
}

function commands(
  grants: ReviewedGrant[],
  assignees: Map<string, Assignee>,
  verb: string,
  options: Word[],
): string {
  const lines = grants.map(({ principal, role, scope }) =>
    command(
      ...["az", "role", "assignment", verb, "--assignee-object-id"],
      assigneeId(assignees, principal),
      ...["--role", roleId(role), "--scope", idWord(scope, scopePath(scope)), ...options],
    ),
  );
  return block("bash", lines.join("\n"));
}

function roleRemoval(grants: ReviewedGrant[]): string[] {
  const made = customRoles(grants).filter(({ role }) => role.address);
  const lines = made.map(({ role, places }) =>
    command(
      ...["az", "role", "definition", "delete", "--name", role.name, "--scope"],
      groupWord(places[0]),
    ),
  );
  return lines.length === 0
    ? []
    : ["When no assignment is left, delete the custom roles:", block("bash", lines.join("\n"))];
}
