// docs/troubleshooting.md, from the table of failures and that of the preflight checks. Pure.
import { PREFLIGHT_CHECKS } from "../../lib/cluster/preflight/checks";
import { table } from "../../app/review/markdown-text";
import { Failure } from "./failure";
import { FAILURES } from "./failures";

/** The page about failures. */
export function troubleshootingPage(): string {
  return [
    "# Troubleshooting",
    "",
    "Failures of clusters whose identities are brought, in the network of somebody else: what is seen, why,",
    "who does what, and what in this project finds it earlier. Made by `npm run docs`.",
    "",
    "## Failures",
    "",
    table(
      ["As it is seen", "Cause", "Who does what", "Found earlier by"],
      FAILURES.map((failure) => [
        failure.messages.map(code).join(", "),
        failure.cause,
        `${upper(failure.who)}: ${inText(failure.remedy)}`,
        foundBy(failure),
      ]),
    ),
    "",
    "## Preflight checks",
    "",
    "The cluster stack makes them, in the mode that `preflight` in the description gives their group.",
    "",
    table(
      ["Check", "Group", "What holds"],
      Object.entries(PREFLIGHT_CHECKS).map(([name, { group, title }]) => [
        code(name),
        code(group),
        title,
      ]),
    ),
    "",
    "They see what Reader can see, and compare what is assigned. They do not see",
    "",
    "- rights that a principal has as a member of a group, eligible rights that nobody has activated, and deny assignments;",
    "- rights of people without an object id in the description, since finding it takes the directory;",
    "- several roles that give what is needed only together;",
    "- in the mode `enforce`, rights on what the description gives by its `id`; in the mode `warn`, what custom roles allow, other than those that the stacks make;",
    "- the delegations and the NAT gateway of a subnet, the routes of a route table, the mode of a registry: their lookups do not tell.",
    "",
    "A role assignment that exists may take up to an hour to work everywhere.",
    "",
  ].join("\n");
}

function foundBy({ rules = [], preflight = [], note }: Failure): string {
  const found = [
    ...(rules.length === 0 ? [] : [`${rules.map(code).join(", ")}.`]),
    ...(preflight.length === 0 ? [] : [`Preflight ${preflight.map(code).join(", ")}.`]),
    ...(note === undefined ? [] : [inText(note)]),
  ];
  return found.length === 0 ? "Nothing: it shows only in Azure." : found.join(" ");
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
