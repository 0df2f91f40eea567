// Renders the changes since the previous review as Markdown. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import { ReviewedGrant } from "../../lib/review/reviewed-grant";
import { ChangedGrant, changeWords, changesInWords, changesForReaders } from "./diff";
import { principalCell, scopeCell } from "./markdown-cells";
import { code, prose, table } from "./markdown-text";
import { riskWords } from "./risk-words";

/** Returns the changes as a sentence and a table. */
export function changeParts(
  previous: AccessReviewDocument,
  review: AccessReviewDocument,
): string[] {
  const found = changesForReaders(previous, review);
  const rows = [
    ...found.added.map((grant) => row("+ added", grant, risk(grant))),
    ...found.removed.map((grant) => row("− removed", grant, risk(grant))),
    ...found.changed.map((change) =>
      row(`~ ${changeWords(change)}`, change.after, difference(change)),
    ),
  ];
  const heads = ["Change", "Who", "Role", "On what", "Details"];
  return [prose(changesInWords(found)), ...(rows.length > 0 ? [table(heads, rows)] : [])];
}

function row(change: string, { principal, role, scope }: ReviewedGrant, details: string): string[] {
  return [prose(change), principalCell(principal), code(role.name), scopeCell(scope), details];
}

function risk({ effectiveActions, risk: greatest }: ReviewedGrant): string {
  return prose(riskWords(effectiveActions, greatest));
}

function difference({ before, after }: ChangedGrant): string {
  const added = after.effectiveActions.filter((one) => !before.effectiveActions.includes(one));
  const gone = before.effectiveActions.filter((one) => !after.effectiveActions.includes(one));
  return [
    ...added.map((action) => `+ ${code(action)}`),
    ...gone.map((action) => `− ${code(action)}`),
    ...(before.condition === after.condition
      ? []
      : [`condition: ${code(before.condition ?? "none")} → ${code(after.condition ?? "none")}`]),
    ...(before.team === after.team ? [] : [`granted by the ${prose(after.team)} team`]),
  ].join("<br>");
}
