// The comparison with Azure in words: for the terminal, and as a section of the access review. Pure.
import { parseResourceId } from "../../lib/spec/resource-id";
import { Piece, ReportPart } from "../discover/report-parts";
import { count, listed, plain } from "../review/text";
import { kindName } from "../review/words";
import {
  DRIFT,
  FoundRight,
  LiveReview,
  LiveRight,
  LiveRow,
  LiveStatus,
  countOf,
} from "./live-review";

const WORDS: { readonly [status in LiveStatus]: string } = {
  missing: "missing",
  tooMuch: "too much",
  wider: "wider than planned",
  unknown: "not known",
  orphaned: "orphaned",
  otherMeans: "by other means",
  asPlanned: "as planned",
};

/** Returns a sentence with the numbers of planned rights and of role assignments that are not planned. */
export function liveSummary(live: LiveReview): string {
  const planned = live.rows.filter((row) => row.planned);
  const counts = (statuses: readonly LiveStatus[]) =>
    statuses.flatMap((status) => {
      const number = countOf(live, status);
      return number === 0 ? [] : [`${number} ${WORDS[status]}`];
    });
  const rights = counts(["asPlanned", "missing", "wider", "otherMeans", "unknown"]);
  const others = counts(["tooMuch", "orphaned"]);
  return [
    `${count(planned.length, "planned right")}: ${listed(rights) || "none"}.`,
    `Other role assignments: ${listed(others) || "none to report"}.`,
  ].join(" ");
}

/** Returns the lines for the terminal. */
export function liveLines(live: LiveReview): string[] {
  return [
    liveSummary(live),
    ...live.rows
      .filter(({ status }) => status !== "asPlanned")
      .flatMap(({ status, principal, planned, found: [first], team, message, commands }) => {
        const right = planned ?? first;
        const on = right ? `, ${right.role} on ${scopeText(right.scope)}` : "";
        return [
          `${WORDS[status]} (${team}): ${principal.name}${on}. ${message}`,
          ...commands.map((command) => `  ${command}`),
        ];
      })
      .map(plain),
  ];
}

/** Returns the section of the access review. */
export function livePart(live: LiveReview): ReportPart {
  const { rows } = live;
  return {
    id: "live",
    title: "Planned and found",
    sentences: [
      liveSummary(live),
      `Found in ${listed(live.files.map(({ file }) => file))}. The commands are for the team of the row; what the stack of the team grants, its next apply creates, too.`,
    ],
    table: {
      caption: "Each planned right, and each role assignment that is not planned",
      heads: ["Result", "Who", "Planned", "Found", "What to do"],
      rows: rows.map((row) => [
        [{ text: WORDS[row.status] }],
        who(row),
        row.planned ? right(row.planned) : [{ text: "nothing" }],
        row.found.length > 0 ? row.found.flatMap(found) : [{ text: "nothing" }],
        whatToDo(row),
      ]),
      marked: rows.flatMap(({ status }, index) => (DRIFT.includes(status) ? index : [])),
    },
  };
}

function who({ status, principal: { name, kind, objectId } }: LiveRow): Piece[] {
  return [
    { code: name },
    { text: kind },
    ...(objectId === undefined || objectId === name || status === "asPlanned"
      ? []
      : [{ code: objectId }]),
  ];
}

function right({ role, scope, condition }: LiveRight): Piece[] {
  return [
    { code: role },
    { text: `on ${scopeText(scope)}` },
    ...(condition === undefined ? [] : [{ text: "if" }, { code: condition }]),
  ];
}

function found({ isEligible, group, ...one }: FoundRight): Piece[] {
  return [
    ...right(one),
    ...(group === undefined ? [] : [{ text: "by the group" }, { code: group }]),
    ...(isEligible ? [{ text: "after an activation" }] : []),
  ];
}

function whatToDo({ status, team, message, commands }: LiveRow): Piece[] {
  return [
    { text: message },
    ...(status === "asPlanned" ? [] : [{ text: `By the ${team}:` }]),
    ...commands.map((code) => ({ code })),
  ];
}

/** Returns a scope in short: `the subnet vnet/aks-nodes in the resource group network-rg`. */
export function scopeText(id: string): string {
  const parts = parseResourceId(id);
  if (parts) {
    const { type, parents, name, resourceGroup } = parts;
    return `the ${kindName(type)} ${[...parents, name].join("/")} in the resource group ${resourceGroup}`;
  }
  const [, subscription, group] =
    /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?$/i.exec(id) ?? [];
  const [, managementGroup] = /\/managementGroups\/([^/]+)$/i.exec(id) ?? [];
  return group !== undefined
    ? `the resource group ${group}`
    : subscription !== undefined
      ? `the subscription ${subscription}`
      : managementGroup !== undefined
        ? `the management group ${managementGroup}`
        : id;
}
