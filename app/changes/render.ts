// Renders the effects of an edit as text, Markdown and data. Pure.
import { ReviewedGrant } from "../../lib/review/reviewed-grant";
import { block, prose } from "../review/markdown-text";
import { Changes, yamlOf } from "./changes";
import { remarksOn, remedyWords, summaryOf, teamChanges, teamOfStack } from "./sentences";

/** Returns the changes as lines of text. */
export function changesText(changes: Changes): string[] {
  const teams = teamChanges(changes);
  const words = teams.flatMap(({ entries }) => entries.map(({ word }) => word.length));
  const width = Math.max(0, ...words) + 2;
  const { previous } = changes.remedy;
  return [
    ...teams.flatMap(({ title, entries }) => [
      title,
      ...entries.map(({ word, sentence }) => `  ${word.padEnd(width)}${sentence}`),
    ]),
    ...remarksOn(changes),
    ...(previous
      ? [
          remedyWords(changes),
          ...yamlOf(previous)
            .split("\n")
            .map((line) => `  ${line}`),
        ]
      : []),
    verdict(changes),
  ];
}

/** Returns the changes as Markdown, for a comment on a pull request. */
export function changesMarkdown(changes: Changes): string {
  const { previous } = changes.remedy;
  return `${[
    "## Changes to the deployed cluster",
    prose(verdict(changes)),
    ...teamChanges(changes).map(({ title, entries }) =>
      [
        `### ${prose(title)}\n`,
        ...entries.map(({ word, sentence }) => `- **${word}**: ${prose(sentence)}`),
      ].join("\n"),
    ),
    ...remarksOn(changes).map(prose),
    ...(previous ? [prose(remedyWords(changes)), block("yaml", yamlOf(previous))] : []),
  ].join("\n\n")}\n`;
}

/** Returns the changes as data with stable keys. */
export function changesData(changes: Changes) {
  const { cluster, renamedFrom, lost, rights, resources, underLock, notCompared, remedy } = changes;
  const { renamed, gone, blocked } = changes;
  return {
    cluster,
    renamedFrom,
    lost,
    rights: rights.map(({ fate, grant, before }) => ({
      change: fate,
      ...rightData(grant),
      before: before && rightData(before),
    })),
    resources: resources.map(({ fate, stack, address, type, attributes }) => ({
      change: fate,
      team: teamOfStack(stack),
      stack,
      address,
      type,
      attributes,
    })),
    underLock: underLock.map(({ grant, before }) => rightData(before ?? grant)),
    blocked: {
      fields: blocked.fields,
      rights: blocked.rights.map(({ grant, before }) => rightData(before ?? grant)),
      resources: blocked.resources.map(({ stack, address }) => ({ stack, address })),
    },
    gone,
    notCompared,
    renamed,
    remedy: remedy.previous && {
      previous: remedy.previous,
      yaml: `${yamlOf(remedy.previous)}\n`,
      rights: remedy.prevented.map(({ grant }) => rightData(grant)),
    },
  };
}

function rightData({ team, stack, principal, role, scope, condition }: ReviewedGrant) {
  const { kind, name, resourceType, resourceGroup, parent, subscriptionId } = scope;
  return {
    team,
    stack,
    principal,
    role: role.name,
    scope: { kind, name, resourceType, resourceGroup, parent, subscriptionId },
    condition,
  };
}

/** Returns one sentence: whether something live is lost, and the number of each outcome. */
export function verdict(changes: Changes): string {
  const summary = summaryOf(changes);
  if (changes.lost) {
    return `Something live is lost: ${summary}.`;
  }
  const nothing =
    changes.notCompared.length > 0
      ? "No right changes."
      : changes.renamed.length > 0
        ? "Nothing live changes, once the states are moved."
        : "Nothing live changes.";
  return summary === "" ? nothing : `Nothing live is lost: ${summary}.`;
}
