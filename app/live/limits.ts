// Facts that the exports do not show. Pure.
import { count, distinct, listed } from "../review/text";
import { subscriptionIn } from "../discover/exports";
import { reaches } from "./live-exports";
import { World } from "./world";

/** Names that are shown in a sentence. */
const SHOWN = 3;

/** Returns the facts. */
export function limitsOf(world: World): string[] {
  const { exports, planned, roleOf } = world;
  const near = exports.holdings.filter((one) => planned.some(({ scope }) => reaches(one, scope)));
  const groups = distinct(
    near
      .filter(
        ({ principalType, principalId }) =>
          principalType === "Group" && !exports.members.has(principalId),
      )
      .map(({ principalId, principalName = "" }) => principalName || principalId),
  );
  const unknown = distinct(
    near.filter((one) => !roleOf(one)).map(({ role }) => role.name || role.guid),
  );
  const subscriptions = distinct(planned.map(({ scope }) => subscriptionIn(scope))).filter(
    (id) => !exports.subscriptions.has(id),
  );
  const nameless = distinct(
    planned
      .filter(({ principalId }) => principalId === undefined)
      .map(({ reviewed }) => reviewed.principal.name),
  );
  return [
    ...(groups.length === 0
      ? []
      : [
          `The members of ${count(groups.length, "group")} with roles on resources of the plan: ${some(groups)}. Export them with az ad group member list.`,
        ]),
    ...(exports.kinds.has("eligible")
      ? []
      : ["Eligible assignments of Privileged Identity Management, which were not exported."]),
    ...(exports.kinds.has("denied") ? [] : ["Deny assignments, which were not exported."]),
    ...(exports.kinds.has("roles")
      ? []
      : [
          "The definitions of custom roles, which were not exported: those of the plan are taken to be as planned.",
        ]),
    ...(unknown.length === 0
      ? []
      : [
          `The definitions of ${count(unknown.length, "role")}: ${some(unknown)}. Export them with az role definition list.`,
        ]),
    ...(subscriptions.length === 0
      ? []
      : [
          `Role assignments in ${count(subscriptions.length, "subscription")}: ${some(subscriptions)}.`,
        ]),
    ...(nameless.length === 0
      ? []
      : [`The object ids of ${count(nameless.length, "principal")}: ${some(nameless)}.`]),
    "Rights of other principals from scopes around the resources of the plan, such as Owner of a subscription.",
    "Federated credentials of identities, by which others can act as them.",
    "Access policies of key vaults, and changes in Azure since the export.",
  ];
}

function some(names: string[]): string {
  const left = names.length - SHOWN;
  return listed([...names.slice(0, SHOWN), ...(left > 0 ? [`${left} more`] : [])]);
}
