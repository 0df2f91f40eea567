// Renders the rights of a runner as Markdown. Pure.
import { ReviewedRunner, RunnerRight } from "../../lib/review/reviewed-runner";
import { Conditional, conditionBlocks, conditionals } from "./conditions";
import { code, prose, table } from "./markdown-text";
import {
  RUNNER_WORDS,
  conditionWords,
  howToGrant,
  requestOf,
  shownCondition,
} from "./runner-words";

/** Returns the table of rights, and what a reviewer must know about them. */
export function runnerParts(runner: ReviewedRunner, cluster: string): string[] {
  const { rights, notes } = runner;
  const conditions = conditionals(rights, shownCondition);
  const remarks = notes.length === 0 ? [] : [notes.map((note) => `- ${prose(note)}`).join("\n")];
  if (rights.length === 0) {
    return remarks;
  }
  return [
    `${prose(RUNNER_WORDS)} ${prose(howToGrant(requestOf(runner, cluster)))}`,
    table(
      ["Role", "Resource group", "Why", "Condition"],
      rights.map((right) =>
        row(
          right,
          conditions.find((one) => one.item === right),
        ),
      ),
    ),
    ...conditionBlocks(conditions, ({ resourceGroup }) => resourceGroup),
    ...remarks,
  ];
}

function row(right: RunnerRight, condition: Conditional<RunnerRight> | undefined): string[] {
  const { role, resourceGroup, subscriptionId, why } = right;
  const actions = role.custom ? ["custom role", ...role.actions.map(code)] : [];
  return [
    [code(role.name), ...actions].join("<br>"),
    [
      code(resourceGroup),
      ...(subscriptionId === undefined ? [] : [`subscription ${code(subscriptionId)}`]),
    ].join("<br>"),
    prose(why),
    condition === undefined ? "none" : conditionWords(condition, code),
  ];
}
