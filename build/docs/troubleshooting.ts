// docs/troubleshooting.md, from the table of failures and that of the preflight checks. Pure.
import { PREFLIGHT_CHECKS } from "../../lib/cluster/preflight/checks";
import { table } from "../../app/review/markdown-text";
import { Failure } from "./failure";
import { FAILURES_WITH_CLUSTER } from "./failures-cluster";
import { FAILURES_WITH_NETWORK } from "./failures-network";
import { FAILURES_WITH_RIGHTS } from "./failures-rights";

/** Failures with the same owner of the cause, under one heading. */
const GROUPS: readonly (readonly [heading: string, failures: readonly Failure[]])[] = [
  ["Rights and identities", FAILURES_WITH_RIGHTS],
  ["Network", FAILURES_WITH_NETWORK],
  ["Cluster", FAILURES_WITH_CLUSTER],
];

/** The page about failures. */
export function troubleshootingPage(): string {
  return [
    "# Troubleshooting",
    "",
    "This page lists failures of clusters with bring-your-own identities in the network of another team: messages,",
    "causes, the fix and its team, and the checks that find them earlier. Search for the code in the message, such as",
    "`LinkedAuthorizationFailed`, or paste the whole message into the search of the documentation site. `npm run docs`",
    "generates the page.",
    "",
    ...GROUPS.flatMap(([heading, failures]) => [
      `## ${heading}`,
      "",
      ...failures.flatMap((failure) => [sectionOf(failure), ""]),
    ]),
    "## Preflight checks",
    "",
    "The cluster stack runs these checks, each in the [mode](preflight.md) of its group.",
    "",
    table(
      ["Check", "Group", "Condition"],
      Object.entries(PREFLIGHT_CHECKS).map(([name, { group, title }]) => [
        code(name),
        code(group),
        title,
      ]),
    ),
    "",
    "The checks need Reader, and compare role assignments. They do not see",
    "",
    "- rights through membership in a group, eligible rights that are not activated, and deny assignments,",
    "- rights of principals without an object id in the description, because the preflight does not read the directory,",
    "- in the mode `enforce`, rights on resources that the description gives by `id`; in the mode `warn`, the actions of custom roles, except those that the stacks create,",
    "- delegations and the NAT gateway of a subnet, routes of a route table, and the mode of a registry, because lookups do not return them.",
    "",
    "A new role assignment can take up to an hour to take effect, although the checks find it at once.",
    "",
  ].join("\n");
}

/** A failure, with its first message as the heading, so that a search finds the place. */
function sectionOf(failure: Failure): string {
  const { messages, cause, who, remedy } = failure;
  const [first = "", ...others] = messages.map(code);
  return [
    `### ${first}`,
    ...(others.length > 0 ? [`Also ${others.join(", ")}.`] : []),
    `**Cause.** ${cause}`,
    `**Fix.** ${upper(who)}: ${inText(remedy)}`,
    `**Found earlier by.** ${foundBy(failure)}`,
  ].join("\n\n");
}

function foundBy({ rules = [], preflight = [], note }: Failure): string {
  const found = [
    ...(rules.length === 0 ? [] : [`${rules.map(code).join(", ")}.`]),
    ...(preflight.length === 0 ? [] : [`Preflight ${preflight.map(code).join(", ")}.`]),
    ...(note === undefined ? [] : [inText(note)]),
  ];
  return found.length === 0 ? "None: only Azure shows it." : found.join(" ");
}

function code(text: string): string {
  return `\`${text}\``;
}

// Markdown would take <cluster> for a tag.
function inText(text: string): string {
  return text.replace(
    /[\w.-]*<\w+>[\w.-]*/g,
    (found) => code(found.replace(/\.$/, "")) + (found.endsWith(".") ? "." : ""),
  );
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
