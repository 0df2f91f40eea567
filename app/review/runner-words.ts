// Words for the rights of runners, in requests, reviews and hand-offs. Pure.
import { assignmentCondition } from "../../lib/access/assignment-condition";
import { AccessReviewDocument } from "../../lib/review/access-review";
import { ReviewedRunner, RunnerRight } from "../../lib/review/reviewed-runner";
import { Conditional } from "./conditions";
import { distinct, listed, plain } from "./text";
import { REQUESTS, isAfter } from "./words";

/** Explains the rights of runners. */
export const RUNNER_WORDS =
  "The pipeline or person that deploys such a stack, or runs the script of an access request, needs these roles, and none on a subscription.";

/** Returns the name of the script that grants a runner its rights. */
export function runnerScriptName(team: string): string {
  return `${team}-runner.sh`;
}

/** Says how a runner gets its rights. */
export function howToGrant(team: string): string {
  return `${runnerScriptName(team)} grants them to an object id. An owner of the resource groups runs it: Owner or User Access Administrator.`;
}

/** Returns the runner of the stack that a request is for. */
export function runnerOf(
  { runners = [], cluster }: AccessReviewDocument,
  request: string,
): ReviewedRunner | undefined {
  return runners.find((runner) => requestOf(runner, cluster) === request);
}

/** Returns the request that is for the stack of a runner. */
export function requestOf({ team, stack }: ReviewedRunner, cluster: string): string {
  return REQUESTS.filter(isAfter).find((one) => stack === `${cluster}-${one}`) ?? team;
}

/** Returns a condition in words: the roles that it allows to grant, and its number. */
export function conditionWords(
  { item: { grantableRoles = [] }, number }: Conditional<RunnerRight>,
  wrap: (name: string) => string = String,
): string {
  const names = distinct(grantableRoles.map(({ name }) => wrap(name)));
  return `${names.length === 0 ? "" : `only ${listed(names)}: `}condition ${number}`;
}

/** Returns the condition of a right, with words in the place of GUIDs that only Azure knows. */
export function shownCondition(right: RunnerRight): string | undefined {
  return right.condition ?? conditionWith(right, ({ name }) => `<GUID of ${plain(name)}>`);
}

/** Returns the condition of a right with texts for the GUIDs that are not known. */
export function conditionWith(
  { grantableRoles, principalTypes = [], principalIds = [] }: RunnerRight,
  unknown: (role: { readonly name: string }) => string,
): string | undefined {
  return (
    grantableRoles &&
    assignmentCondition({
      roles: grantableRoles.map((role) => role.guid ?? unknown(role)),
      principalTypes,
      principalIds,
    })
  );
}

/** Returns a right as a phrase: the role, the resource group, and why. */
export function rightPhrase({ role, resourceGroup, why, grantableRoles }: RunnerRight): string {
  const bound = grantableRoles ? " with the condition of the access review," : "";
  return `${role.name} on the resource group ${resourceGroup},${bound} which ${why.replace(/^The runner /, "")}`.replace(
    /\.$/,
    "",
  );
}
