// Messages of the preflight checks about the grant plan. Pure.
import { kindWords, teamWords } from "../../access/words";
import { customRoleName } from "../../access/names";
import {
  GrantReason,
  PlannedGrant,
  PlannedPrincipal,
  PlannedScope,
} from "../../access/planned-grant";
import { templated } from "../../hcl/expressions";
import { ResolvedSpec } from "../../spec/resolved-spec";

/** Returns the message about a missing grant: the grant, the reason, and the team that has to act. */
export function missingGrant(grant: PlannedGrant, spec: ResolvedSpec): string {
  return `${lackingGrant(grant, spec)}: ${remedyWords(grant, spec)}.`;
}

/** Returns the clause about a missing grant: the grant and the reason. */
export function lackingGrant(grant: PlannedGrant, spec: ResolvedSpec): string {
  const { principal, role, scope, condition } = grant;
  const name = role.key === undefined ? role.name : customRoleName(role, scope, spec);
  return [
    `${principalWords(principal)} lacks the role "${name}" on ${scopeWords(scope)},`,
    ...(condition === undefined ? [] : ["without a condition or with the one of the plan,"]),
    `which it needs ${reasonWords(grant, spec)}`,
  ].join(" ");
}

/**
 * Returns the message about a right that the caller of the plan does not have directly.
 *
 * @param caller expression for its object id
 */
export function missingForCaller(grant: PlannedGrant, caller: string, spec: ResolvedSpec): string {
  const { role, scope, team } = grant;
  return [
    `The caller of this plan (\${${caller}}) has no role assignment like ${templated(role.name)}`,
    `on ${templated(scopeWords(scope))}, which a deployer needs because`,
    `${templated(reasonWords(grant, spec).replace(/^because /, ""))}:`,
    `unless it has the right as a member of a group, the ${teamWords(team)} has to grant it,`,
    "or the deployer has to be named in access.deployers.",
  ].join(" ");
}

/** `The control plane identity "haks-cp-mi"`. */
export function principalWords({ kind, name, principal }: PlannedPrincipal): string {
  const people = principal?.principalType === "Group" ? "group" : "service principal";
  const what = principal ? people : kindWords(kind);
  return `The ${what} "${name}"`;
}

/** `the subnet "aks-nodes"`. */
export function scopeWords({ kind, name }: PlannedScope): string {
  return `the ${kindWords(kind)} "${name}"`;
}

/** Returns the clause about the team that has to deploy a stack. */
export function remedyWords(grant: PlannedGrant, { name }: ResolvedSpec): string {
  return `the ${teamWords(grant.team)} has to deploy the stack ${grant._stackIn(name)}`;
}

// Joins the reasons, each a sentence, into one. Reasons of additional grants can begin with any word.
function reasonWords(
  { reasons }: PlannedGrant,
  { permissions: { additionalGrants } }: ResolvedSpec,
): string {
  const isOwn = ({ why }: GrantReason) => additionalGrants.some((own) => own.why === why);
  const computed = reasons
    .filter((reason) => !isOwn(reason))
    .map(({ why }) => withoutStop(why).replace(/^[A-Z](?=[a-z])/, (one) => one.toLowerCase()))
    .map((why) => (/^(the|node) /.test(why) ? why : `it ${why}`));
  const own = reasons
    .filter(isOwn)
    .map(({ feature, why }) => `for ${feature} (${withoutStop(why)})`);
  return [...(computed.length > 0 ? [`because ${computed.join(", and ")}`] : []), ...own].join(
    ", and ",
  );
}

function withoutStop(sentence: string): string {
  return sentence.trim().replace(/\.$/, "");
}
