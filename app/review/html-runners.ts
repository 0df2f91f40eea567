// Renders the rights of runners on the page. Pure.
import { ReviewedRunner, RunnerRight } from "../../lib/review/reviewed-runner";
import { Conditional, conditionals } from "./conditions";
import { conditionCell, table } from "./html-parts";
import { EMPTY, Markup, markup } from "./markup";
import {
  RUNNER_WORDS,
  conditionWords,
  howToGrant,
  requestOf,
  shownCondition,
} from "./runner-words";
import { teamName } from "./words";

/** Returns a table for each runner, with what a reviewer must know about its rights. */
export function runnerTables(runners: ReviewedRunner[], cluster: string): Markup {
  return markup`<p>${RUNNER_WORDS}</p>${runners.map((runner) => runnerTable(runner, cluster))}`;
}

function runnerTable(runner: ReviewedRunner, cluster: string): Markup {
  const { team, stack, rights, notes } = runner;
  const remarks =
    notes.length === 0 ? EMPTY : markup`<ul>${notes.map((note) => markup`<li>${note}</li>`)}</ul>`;
  if (rights.length === 0) {
    return markup`<p>Runner of <code>${stack}</code>, ${teamName(team)}</p>${remarks}`;
  }
  const caption = markup`Runner of <code>${stack}</code>, ${teamName(team)}. ${howToGrant(requestOf(runner, cluster))}`;
  const heads = ["Role", "Resource group", "Why", "Condition"];
  const conditions = conditionals(rights, shownCondition);
  const rows = rights.map((right) =>
    row(
      right,
      conditions.find((one) => one.item === right),
    ),
  );
  return markup`${table("plain", caption, heads, rows)}${conditions.map(conditionText)}${remarks}`;
}

function conditionText({ item, number, lines }: Conditional<RunnerRight>): Markup {
  return conditionCell(`Condition ${number}, on ${item.resourceGroup}`, lines);
}

function row(right: RunnerRight, condition: Conditional<RunnerRight> | undefined): Markup {
  const { role, resourceGroup, subscriptionId, why } = right;
  return markup`<tr><th scope="row">${role.name}${role.custom ? markup`<small>custom role: ${role.actions.join(", ")}</small>` : EMPTY}</th><td><code>${resourceGroup}</code>${subscriptionId === undefined ? EMPTY : markup`<small>subscription ${subscriptionId}</small>`}</td><td>${why}</td><td>${condition === undefined ? "none" : conditionWords(condition)}</td></tr>
`;
}
