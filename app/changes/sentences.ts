// Describes the effects of an edit in sentences, by team. Pure.
import { STACK_ROLES, STACK_TEAMS } from "../handoff/stack-roles";
import { ReviewedGrant } from "../../lib/review/reviewed-grant";
import { count, distinct, groupBy, listed, plain } from "../review/text";
import { isIdentity, kindName, scopePlace, teamName } from "../review/words";
import { Changes, RenamedStack } from "./changes";
import { BlockedByLocks } from "./under-locks";
import { PrincipalKind } from "../../lib/spec/principal";
import { FLUX_CONFIGURATION } from "./pruned";
import { Fate, ResourceChange } from "./resource-changes";
import { RightChange, RightFate, isOtherIdentity } from "./right-changes";

/** Changes that concern one team. */
export interface TeamChanges {
  /** The team, and its stack. */
  readonly title: string;
  /** Sentences, each with its outcome, such as `lost`. */
  readonly entries: { readonly word: string; readonly sentence: string }[];
}

/** The word for each outcome, in the order of the report. */
const WORDS: { readonly [fate in Fate | RightFate]: string } = {
  lost: "lost",
  refused: "refused",
  replaced: "replaced",
  destroyed: "destroyed",
  pruned: "pruned",
  notHandedOver: "not handed over",
  handedOver: "handed over",
  letGo: "no longer managed",
  exchanged: "exchanged",
  kept: "kept",
  rotates: "rotated",
  stays: "retained",
  ignored: "ignored",
  inPlace: "updated in place",
  added: "added",
  created: "created",
};

const TEAMS: { readonly [suffix: string]: string } = STACK_TEAMS;

/** Returns the changes of each team, in the order in which the teams deploy. */
export function teamChanges({ rights, resources }: Changes): TeamChanges[] {
  const entries = [...rights.map(rightEntry), ...resources.filter(isReported).map(resourceEntry)];
  const order = Object.keys(WORDS);
  const stacks = groupBy(entries, ({ stack }) => stack);
  const rank = (stack: string) => Object.keys(TEAMS).indexOf(suffixOf(stack) ?? "");
  return [...stacks]
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([stack, ofTeam]) => ({
      title: titleOf(stack),
      entries: [...new Map(ofTeam.map((entry) => [entry.sentence, entry])).values()]
        .sort((a, b) => order.indexOf(a.fate) - order.indexOf(b.fate))
        .map(({ fate, sentence }) => ({ word: WORDS[fate], sentence })),
    }));
}

/** Returns the team of a stack: `identity`, `network` or `platform`. */
export function teamOfStack(stack: string): string | undefined {
  return TEAMS[suffixOf(stack) ?? ""];
}

/** Counts the outcomes: `2 lost, 1 updated in place`. */
export function summaryOf(changes: Changes): string {
  const fates = [
    ...changes.rights.map(({ fate }) => fate),
    ...changes.resources.filter(isReported).map(({ fate }) => fate),
  ];
  const numbers = (Object.keys(WORDS) as (Fate | RightFate)[]).flatMap((fate) => {
    const number = fates.filter((one) => one === fate).length;
    return number === 0 ? [] : [`${number} ${WORDS[fate]}`];
  });
  return numbers.join(", ");
}

/** Returns remarks that do not concern a single team. */
export function remarksOn(changes: Changes): string[] {
  const { renamedFrom, notCompared, renamed, underLock, blocked, gone } = changes;
  return [
    ...(renamedFrom === undefined
      ? goneWords(gone)
      : otherClusterWords(plain(renamedFrom), changes)),
    ...(renamed.length === 0 ? [] : [renamedWords(renamed)]),
    ...(underLock.length === 0 ? [] : [lockWords(underLock)]),
    ...(blocked.fields.length === 0 ? [] : [blockedWords(blocked)]),
    ...(notCompared.length === 0
      ? []
      : [
          `Only rights were compared for ${listed(notCompared.map(plain))}: the earlier version of the stacks is unknown. To compare resources, name the folder that synth or handoff wrote.`,
        ]),
    ...lostWords(changes),
  ];
}

function otherClusterWords(former: string, { cluster, gone, shared }: Changes): string[] {
  const stacks =
    gone.length > 0 ? gone : STACK_ROLES.slice(0, 3).map((role) => `${former}-${role}`);
  return [
    `The name changes from "${former}" to "${plain(cluster)}", which makes it another cluster with separate stacks. The stacks ${listed(stacks.map(plain))} and their states stay, and nothing in them is destroyed.`,
    ...(shared.length === 0
      ? []
      : [
          `${count(shared.length, "right")} may already exist, and Azure rejects duplicate role assignments. First destroy the old stacks that grant ${shared.length === 1 ? "it" : "them"}.`,
        ]),
  ];
}

/** Returns what to do about lost rights that `previous` cannot keep. Those in stacks that are gone stay. */
function lostWords({ rights, remedy, gone }: Changes): string[] {
  const lost = rights.filter(
    (change) =>
      change.fate === "lost" &&
      !remedy.prevented.includes(change) &&
      !gone.includes(change.grant.stack),
  );
  const ofAddOns = lost.filter(({ grant }) => isOfAddOn(grant));
  const left = lost.filter(({ grant }) => !isOfAddOn(grant));
  const stacks = distinct(ofAddOns.map(({ grant }) => plain(grant.stack)));
  return [
    ...(ofAddOns.length === 0
      ? []
      : [
          `previous cannot keep ${count(ofAddOns.length, "lost right")} of add-ons. To keep ${ofAddOns.length === 1 ? "it" : "them"} for now, name the old resource beside the new one if the field takes several; otherwise, deploy ${listed(stacks)} right after the cluster. If you turn an add-on off, deploy ${listed(stacks)} before the cluster, since AKS deletes the identity.`,
        ]),
    ...(left.length === 0
      ? []
      : [
          `previous cannot keep ${count(left.length, "lost right")}, or only with more fields of the former description. If you removed ${left.length === 1 ? "it" : "them"} on purpose, no action is needed; otherwise copy the former fields to previous.`,
        ]),
  ];
}

function renamedWords(stacks: RenamedStack[]): string {
  const names = stacks.map(({ from, to }) => `${plain(from)} is now ${plain(to)}`);
  return `terraform.stackPrefix changes the names of stacks, their folders and the places of their states: ${listed(names)}. Terraform finds no state there and plans to create everything again, which fails because it exists. Move the states before the next Terraform plan, as docs/states.md says, or undo the change.`;
}

function lockWords(changes: RightChange[]): string {
  const identities = distinct(changes.map(({ grant, before }) => (before ?? grant).scope.name));
  const stacks = distinct(changes.map(({ grant, before }) => (before ?? grant).stack));
  const [stack, the] = [
    listed(stacks.map(plain)),
    listed(identities.map((name) => `"${plain(name)}"`)),
  ];
  return `The locks on ${the} keep ${count(changes.length, "role assignment")} there from being deleted, and the apply fails with ScopeLocked. First remove identities.locked from the deployed version and deploy ${stack}; then deploy this edit without identities.locked, and last set it again and deploy ${stack} once more.`;
}

function goneWords(stacks: string[]): string[] {
  if (stacks.length === 0) {
    return [];
  }
  const [names, them] = [listed(stacks.map(plain)), stacks.length === 1 ? "it" : "them"];
  return [
    `The description no longer has anything for ${names}, and no apply destroys ${them}: role assignments, trusted access role bindings, identities and locks in ${them} stay. Destroy ${them} with the deployed version before you deploy this edit; if there are locks, first set them to false and deploy.`,
  ];
}

function blockedWords({ fields, rights, resources }: BlockedByLocks): string {
  const what = [
    ...(resources.length === 0 ? [] : [count(resources.length, "resource")]),
    ...(rights.length === 0 ? [] : [count(rights.length, "role assignment")]),
  ];
  return `The locks of the cluster keep ${listed(what)} from being deleted, and the apply fails with ScopeLocked. First set ${listed(fields)} to false in the deployed version, and deploy the identity team's stack of add-ons. Then deploy this edit with the same value, and last set ${fields.length === 1 ? "it" : "them"} to true again.`;
}

const FLEET_MEMBER = "azurerm_kubernetes_fleet_member";

/** Introduces the lines under `previous`. */
export function remedyWords({ remedy: { prevented }, resources }: Changes): string {
  const lost = prevented.filter(({ fate }) => fate === "lost");
  const them = prevented.length === 1 ? "it" : "them";
  const rights = count(prevented.length, "right");
  // The identity team deploys first, and the deployer of the cluster then still has to remove the member.
  const leaves = resources.some(({ type, fate }) => type === FLEET_MEMBER && fate === "destroyed");
  if (!leaves && lost.length > 0 && lost.every(({ grant }) => isOfPeople(grant))) {
    return `If you removed ${count(lost.length, "right")} of people and pipelines on purpose, no action is needed. To keep ${rights} for now, add to the description:`;
  }
  const until = [
    ...(lost.length > 0
      ? [leaves ? "the cluster has left its fleet" : "the cluster has moved"]
      : []),
    ...(lost.length < prevented.length ? [`the other team has taken ${them} over`] : []),
  ];
  return `To keep ${rights} until ${until.join(" and ")}, add to the description:`;
}

interface Entry {
  readonly stack: string;
  readonly fate: Fate | RightFate;
  readonly sentence: string;
}

function rightEntry(change: RightChange): Entry {
  const { fate, grant } = change;
  return { stack: grant.stack, fate, sentence: RIGHT_SENTENCES[fate](change) };
}

const RIGHT_SENTENCES: { readonly [fate in RightFate]: (change: RightChange) => string } = {
  lost: ({ grant }) => `${who(grant)} loses ${right(grant)}.`,
  added: ({ grant }) => `${who(grant)} gets ${right(grant)}.`,
  kept: ({ grant }) => `${who(grant)} keeps ${right(grant)} until previous is removed.`,
  exchanged: ({ grant, before }) =>
    `${who(grant)} gets ${right(grant)} before ${plain((before ?? grant).role.name)} is revoked.`,
  handedOver: ({ grant, before }) =>
    `${who(grant)} keeps ${right(grant)}: this stack imports the role assignment, and ${plain((before ?? grant).stack)} removes it from its state.`,
  notHandedOver: ({ grant, before }) =>
    `${who(grant)} keeps ${right(grant)}, but the ${teamName((before ?? grant).team)} does not hand it over: the apply fails because the role assignment exists.`,
  replaced: ({ grant, before }) =>
    before && isOtherIdentity(before, grant)
      ? `The ${kindName(grant.principal.kind)} ${identityName(before, grant)} becomes ${identityName(grant, before)}: the old one loses its rights while the cluster still uses it. Keep name and place, or follow the runbook for another identity.`
      : `${who(grant)} loses ${right(grant)} for a moment: its condition changes, so the role assignment is deleted and created again.`,
};

function who({ principal }: ReviewedGrant): string {
  const kind = isIdentity(principal.kind) ? ` (${kindName(principal.kind)})` : "";
  return `"${plain(principal.name)}"${kind}`;
}

/** Returns the name of the identity of a grant; with its place, if only that tells it from another one. */
function identityName({ principal: one }: ReviewedGrant, { principal: other }: ReviewedGrant) {
  const places = [
    ...(one.resourceGroup === other.resourceGroup ? [] : [one.resourceGroup]),
    ...(one.subscriptionId === other.subscriptionId ? [] : [one.subscriptionId]),
  ].flatMap((place) => place ?? []);
  return one.name === other.name && places.length > 0
    ? `"${plain(one.name)}" (${places.map(plain).join(", ")})`
    : `"${plain(one.name)}"`;
}

function right({ role, scope }: ReviewedGrant): string {
  return `${plain(role.name)} on the ${kindName(scope.kind)} "${plain(scope.name)}" (${scopePlace(scope)})`.replace(
    " ()",
    "",
  );
}

function resourceEntry(change: ResourceChange): Entry {
  const { stack, fate } = change;
  return { stack, fate, sentence: RESOURCE_SENTENCES[fate](change) };
}

const RESOURCE_SENTENCES: { readonly [fate in Fate]: (change: ResourceChange) => string } = {
  refused: ({ address, type, attributes }) =>
    `${address} would be replaced because of ${names(attributes)}: Terraform refuses, and the plan fails. Undo the edit${type === "azurerm_kubernetes_cluster" ? ", or deploy another cluster next to this one" : ""}.`,
  replaced: ({ address, attributes }) => `${address} is replaced because of ${names(attributes)}.`,
  destroyed: ({ address, type }) =>
    `${address} is destroyed${type === FLUX_CONFIGURATION ? ", and Flux deletes everything that its kustomizations with prune have applied" : ""}.`,
  pruned: ({ address, attributes }) =>
    `${address} changes ${names(attributes)}: Flux deletes everything that a kustomization with prune has applied, unless another one has applied it. Set prune to false and deploy before, to keep it.`,
  exchanged: ({ address, attributes }) =>
    `${address} is replaced because of ${names(attributes)}; the new one is created before the old one is destroyed.`,
  rotates: ({ address, attributes }) =>
    `${address} gets new nodes because of ${names(attributes)}.`,
  inPlace: ({ address, attributes }) => `${address} is updated in place: ${names(attributes)}.`,
  stays: ({ address, attributes }) =>
    `${address} keeps the value of ${names(attributes)}, which the description no longer sets.`,
  ignored: ({ address, attributes }) =>
    `${address} keeps ${names(attributes)}, which Terraform never changes. Change it in Azure first.`,
  created: ({ address }) => `${address} is created.`,
  handedOver: ({ address }) => `${address} moves to another stack and stays in Azure.`,
  notHandedOver: ({ address }) =>
    `${address} moves to another stack without a handover: the apply fails because the resource exists.`,
  letGo: ({ address }) => `${address} is removed from the state and stays in Azure.`,
};

function names(attributes: string[]): string {
  return listed(distinct(attributes).map(plain).sort());
}

// Ignored changes are not reported, except for the kubelet identity, which the nodes act as.
function isReported({ fate, attributes }: ResourceChange): boolean {
  return fate !== "ignored" || attributes.some((one) => one.startsWith("kubelet_identity"));
}

function isOfAddOn({ principal }: ReviewedGrant): boolean {
  return principal.kind === PrincipalKind.ADD_ON;
}

function isOfPeople({ principal }: ReviewedGrant): boolean {
  return !isIdentity(principal.kind);
}

function titleOf(stack: string): string {
  const team = teamOfStack(stack);
  return team === undefined ? plain(stack) : `${capital(teamName(team))}, ${plain(stack)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function suffixOf(stack: string): string | undefined {
  return Object.keys(TEAMS).find((suffix) => stack.endsWith(`-${suffix}`));
}
