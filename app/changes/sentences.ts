// What an edit of a description does to what is live: in sentences, by team. Pure.
import { ReviewedGrant } from "../../lib/review/access-review";
import { count, distinct, groupBy, listed, plain } from "../review/text";
import { isIdentity, kindName, scopePlace, teamName } from "../review/words";
import { Changes } from "./changes";
import { Fate, ResourceChange } from "./resource-changes";
import { RightChange, RightFate } from "./right-changes";

/** What is told of a team. */
export interface TeamChanges {
  /** The team, and its stack. */
  readonly title: string;
  /** Each with a word that says what happens, such as `lost`. */
  readonly entries: { readonly word: string; readonly sentence: string }[];
}

/** The words for what happens, in the order in which they are told. */
const WORDS: { readonly [fate in Fate | RightFate]: string } = {
  lost: "lost",
  refused: "refused",
  replaced: "replaced",
  destroyed: "destroyed",
  notHandedOver: "not handed over",
  handedOver: "handed over",
  letGo: "let go",
  exchanged: "exchanged",
  kept: "kept",
  rotates: "rotates",
  stays: "stays",
  ignored: "ignored",
  inPlace: "in place",
  added: "added",
  created: "created",
};

const TEAMS: { readonly [suffix: string]: string } = {
  identities: "identity",
  "network-permissions": "network",
  cluster: "platform",
};

/** Returns the changes of each team, in the order in which the teams deploy. */
export function teamChanges({ rights, resources }: Changes): TeamChanges[] {
  const entries = [
    ...rights.map(rightEntry),
    ...resources.filter(isWorthTelling).map(resourceEntry),
  ];
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

/** The team of a stack: `identity`, `network` or `platform`. */
export function teamOfStack(stack: string): string | undefined {
  return TEAMS[suffixOf(stack) ?? ""];
}

/** What happens, in numbers: `2 lost, 1 in place`. */
export function summaryOf(changes: Changes): string {
  const fates = [
    ...changes.rights.map(({ fate }) => fate),
    ...changes.resources.filter(isWorthTelling).map(({ fate }) => fate),
  ];
  const numbers = (Object.keys(WORDS) as (Fate | RightFate)[]).flatMap((fate) => {
    const number = fates.filter((one) => one === fate).length;
    return number === 0 ? [] : [`${number} ${WORDS[fate]}`];
  });
  return numbers.join(", ");
}

/** What is not a matter of one team. */
export function remarksOn({
  renamedFrom,
  cluster,
  notCompared,
  rights,
  remedy,
}: Changes): string[] {
  const shared = renamedFrom === undefined ? [] : rights.filter(({ grant }) => isOfPeople(grant));
  const stacks = listed(
    Object.keys(TEAMS).map((suffix) => `${plain(renamedFrom ?? "")}-${suffix}`),
  );
  const left = rights.filter(
    (change) => change.fate === "lost" && !remedy.prevented.includes(change),
  );
  return [
    ...(renamedFrom === undefined
      ? []
      : [
          `The cluster is called "${plain(cluster)}" and was called "${plain(renamedFrom)}": it is another cluster, with stacks of its own. The stacks ${stacks} and their states stay, and nothing of them is destroyed.`,
        ]),
    ...(shared.length === 0
      ? []
      : [
          `${count(shared.length, "right")} of groups and service principals may exist already: Azure knows an assignment only once. Destroy the old stacks that grant them first.`,
        ]),
    ...(notCompared.length === 0
      ? []
      : [
          `Only rights were compared for ${listed(notCompared.map(plain))}: nothing else is known of the earlier version. Name its folder of synth or handoff.`,
        ]),
    ...(left.length === 0
      ? []
      : [
          `${count(left.length, "right")} that ${left.length === 1 ? "is" : "are"} lost cannot be kept by previous, or only with more of the former description. If ${left.length === 1 ? "it was" : "they were"} taken away on purpose, nothing has to be done; else copy the former fields under previous.`,
        ]),
  ];
}

/** What the lines under `previous` do. */
export function remedyWords({ remedy: { prevented } }: Changes): string {
  const lost = prevented.filter(({ fate }) => fate === "lost");
  const them = prevented.length === 1 ? "it" : "them";
  const rights = count(prevented.length, "right");
  if (lost.length > 0 && lost.every(({ grant }) => isOfPeople(grant))) {
    return `If ${count(lost.length, "right")} of people and pipelines ${lost.length === 1 ? "is" : "are"} taken away on purpose, nothing has to be done. To keep ${rights} for now, the description needs:`;
  }
  const until = [
    ...(lost.length > 0 ? ["the cluster has moved"] : []),
    ...(lost.length < prevented.length ? [`the other team has taken ${them} over`] : []),
  ];
  return `To keep ${rights} until ${until.join(" and ")}, the description needs:`;
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
    `${who(grant)} gets ${right(grant)}, before ${plain((before ?? grant).role.name)} goes.`,
  handedOver: ({ grant, before }) =>
    `${who(grant)} keeps ${right(grant)}: this stack takes it over, and ${plain((before ?? grant).stack)} lets go of it.`,
  notHandedOver: ({ grant, before }) =>
    `${who(grant)} keeps ${right(grant)}, but nothing hands it over from the ${teamName((before ?? grant).team)}: the apply meets an assignment that exists.`,
  replaced: ({ grant, before }) =>
    isIdentity(grant.principal.kind) && before && before.principal.name !== grant.principal.name
      ? `The ${kindName(grant.principal.kind)} "${plain(before.principal.name)}" becomes "${plain(grant.principal.name)}": the old one loses its rights while the cluster works with it. Keep the name, or follow the runbook for another identity.`
      : `${who(grant)} loses ${right(grant)} for a moment: its condition changes, and the assignment is deleted and created again.`,
};

function who({ principal }: ReviewedGrant): string {
  const kind = isIdentity(principal.kind) ? ` (${kindName(principal.kind)})` : "";
  return `"${plain(principal.name)}"${kind}`;
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
    `${address} would be replaced by ${names(attributes)}: Terraform refuses it, and the plan fails. Take the edit back${type === "azurerm_kubernetes_cluster" ? ", or deploy another cluster beside this one" : ""}.`,
  replaced: ({ address, attributes }) => `${address} is replaced by ${names(attributes)}.`,
  destroyed: ({ address }) => `${address} is destroyed.`,
  exchanged: ({ address, attributes }) =>
    `${address} is replaced by ${names(attributes)}; the new one comes before the old one goes.`,
  rotates: ({ address, attributes }) => `${address} gets new nodes by ${names(attributes)}.`,
  inPlace: ({ address, attributes }) => `${address} changes in place: ${names(attributes)}.`,
  stays: ({ address, attributes }) =>
    `${address} keeps the value of ${names(attributes)}, which the description no longer sets.`,
  ignored: ({ address, attributes }) =>
    `${address} keeps ${names(attributes)}, which Terraform never changes. Change it in Azure first.`,
  created: ({ address }) => `${address} is created.`,
  handedOver: ({ address }) => `${address} is handed over and stays in Azure.`,
  notHandedOver: ({ address }) =>
    `${address} moves to another stack, and nothing hands it over: the apply meets one that exists.`,
  letGo: ({ address }) => `${address} leaves the state and stays in Azure.`,
};

function names(attributes: string[]): string {
  return listed(distinct(attributes).map(plain).sort());
}

// What is ignored is so for a reason that is no concern of an edit; but the nodes act as that identity.
function isWorthTelling({ fate, attributes }: ResourceChange): boolean {
  return fate !== "ignored" || attributes.some((one) => one.startsWith("kubelet_identity"));
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
