// Renders a bash script that grants a runner the rights it needs. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import { ReviewedRunner, RunnerRight } from "../../lib/review/reviewed-runner";
import { groupWord } from "./azure";
import { conditionWith, runnerOf } from "./runner-words";
import { isOfFleet } from "./request-words";
import { ensureRole, subscriptionLines } from "./script";
import {
  CHANGE,
  COUNTERS,
  END,
  ENSURE_ASSIGNMENT,
  ENSURE_ROLE,
  FIND_ROLE,
  GUID_OF,
  SAY,
} from "./script-parts";
import { Word, command, joined, variable } from "./shell";
import { plain } from "./text";

/** Returns the text of `<request>-runner.sh`; undefined if the review has no rights of its runner. */
export function renderRunnerScript(
  review: AccessReviewDocument,
  request: string,
): string | undefined {
  const runner = runnerOf(review, request);
  return runner && runner.rights.length > 0 ? scriptFor(runner, request, review) : undefined;
}

function scriptFor(
  { stack, rights }: ReviewedRunner,
  request: string,
  review: AccessReviewDocument,
): string {
  const body = rights.map(rightLines).join("\n");
  return [
    "#!/usr/bin/env bash",
    `# Rights of the runner of ${isOfFleet(review) ? "all stacks of the team" : `the stack ${plain(stack)}`}, by owners of the resource groups: Owner or User Access Administrator.`,
    `# The runner deploys ${isOfFleet(review) ? "them" : "this stack"}, or runs ${request}.sh. Its object id is the argument.`,
    "# Creates missing custom roles and role assignments, and changes nothing else, so it is safe to run again.",
    "# Needs the resource groups, python3, and az 2.68 or later, signed in. --dry-run prints the commands without running them.",
    "set -euo pipefail",
    "",
    OPTIONS,
    COUNTERS,
    SAY,
    subscriptionLines(review, request),
    CHANGE,
    GUID_OF,
    ...(/^(ensure_role|find_role) /m.test(body) ? [FIND_ROLE] : []),
    ...(/^ensure_role /m.test(body) ? [ENSURE_ROLE] : []),
    ENSURE_ASSIGNMENT,
    body,
    "",
    END,
    "",
  ].join("\n");
}

function rightLines(right: RunnerRight): string {
  const { role, resourceGroup, why } = right;
  const { lines, condition } = conditionLines(right);
  return [
    `# ${plain(role.name)} on ${plain(resourceGroup)}: ${plain(why)}`,
    ...(role.custom ? [ensureRole({ role, places: [right] })] : []),
    ...lines,
    [
      'ensure_assignment "" "$runner" "$type"',
      role.custom ? '"$role"' : command(role.guid ?? role.name),
      command(groupWord(right)),
      command(why),
      ...(condition === undefined ? [] : [command(condition)]),
    ].join(" \\\n  "),
  ].join("\n");
}

/** Returns the condition as one word, and lines that look up the GUIDs of its custom roles in Azure. */
function conditionLines(right: RunnerRight): { lines: string[]; condition?: Word } {
  const { grantableRoles } = right;
  if (grantableRoles === undefined) {
    return { lines: [] };
  }
  const custom = grantableRoles.filter(
    ({ guid, guidSeed }) => guid === undefined || guidSeed !== undefined,
  );
  const names = custom.map(({ name }) => name);
  const lines = custom.flatMap(({ name, guidSeed = "" }, index) => [
    command("find_role", name, groupWord(right), guidSeed),
    `guid_${index + 1}="\${found:-$guid}"`,
    `if [[ -z "$guid_${index + 1}" ]]; then`,
    `  ${command("printf", "%s\n", `The custom role ${name} does not exist. Create it, or correct its name.`)} >&2`,
    "  exit 1",
    "fi",
  ]);
  const named = grantableRoles.map((role) =>
    names.includes(role.name) ? { name: role.name } : role,
  );
  const text = conditionWith(
    { ...right, grantableRoles: named },
    ({ name }) => `guid_${names.indexOf(name) + 1}`,
  );
  const parts = text?.split(/\b(guid_\d+)\b/) ?? [];
  const words = parts.map((part, index) => (index % 2 === 1 ? variable(part) : part));
  return { lines, condition: text === undefined ? undefined : joined(...words) };
}

const OPTIONS = `dry_run=false
imports=false
if [[ "\${1-}" == --dry-run ]]; then
  dry_run=true
  shift
fi
runner="\${1-}"
type="\${2-ServicePrincipal}"
if [[ ! "$runner" =~ ^[0-9A-Fa-f-]{36}$ || ! "$type" =~ ^(ServicePrincipal|Group|User)$ ]]; then
  printf 'Usage: %s [--dry-run] OBJECT_ID [ServicePrincipal|Group|User]\\n' "$0" >&2
  exit 2
fi
runner="$(tr '[:upper:]' '[:lower:]' <<<"$runner")"
`;
