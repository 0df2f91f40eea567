// What preflight checks say of the grant plan, in words. Pure.
import { kindWords } from "../../access/kind-words";
import { customRoleName } from "../../access/names";
import {
  GrantingTeam,
  PlannedGrant,
  PlannedPrincipal,
  PlannedScope,
} from "../../access/planned-grant";
import { ResolvedSpec } from "../../spec/resolved-spec";

/** What is missing, why it is needed, and who has to do what: one sentence. */
export function missingGrant(grant: PlannedGrant, spec: ResolvedSpec): string {
  const { principal, role, scope, condition, team } = grant;
  const name = role.key === undefined ? role.name : customRoleName(role, scope, spec);
  return [
    `${principalWords(principal)} lacks the role "${name}" on ${scopeWords(scope)},`,
    ...(condition === undefined ? [] : ["without a condition or with the one of the plan,"]),
    `which it needs because ${reasonWords(grant)}: ${teamWords(team, spec)}.`,
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

/** Who has to deploy which stack. */
export function teamWords(team: GrantingTeam, { name }: ResolvedSpec): string {
  return team === GrantingTeam.NETWORK
    ? `the NOC has to deploy the stack ${name}-network-permissions`
    : `the identity team has to deploy the stack ${name}-identities`;
}

// The reasons are sentences of their own: they become one.
function reasonWords({ reasons }: PlannedGrant): string {
  return reasons
    .map(({ why }) => why.replace(/\.$/, "").replace(/^[A-Z](?=[a-z])/, (one) => one.toLowerCase()))
    .map((why) => (/^(the|whoever|node) /.test(why) ? why : `it ${why}`))
    .join(", and ");
}
