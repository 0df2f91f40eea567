// The part of docs/permissions.md about features, from the table of features. Pure.
import { operationsOf } from "../../lib/access/effective-rights";
import { CHECKERS, Feature, NoRequirement, Requirement, sentence } from "../../lib/access/feature";
import { FEATURES } from "../../lib/access/features";
import { RIGHTS, Right } from "../../lib/access/rights";
import { resourceTypeOf } from "../../lib/access/resource-types";
import { allows } from "../../lib/spec/action-patterns";
import {
  BUILT_IN_ROLES,
  ROLES_LISTED,
  ROLE_PAGES,
  ROLE_PAGE_DATES,
} from "../../lib/spec/built-in-roles";
import { code, table } from "../../app/review/markdown-text";

const HEADING = "## What each feature needs";

const PRINCIPALS = [
  "controlPlane",
  "kubelet",
  "deployer",
  "addOn",
  "workload",
  "backupVault",
] as const;
const WORDS = {
  controlPlane: "control plane identity",
  kubelet: "kubelet identity",
  deployer: "deployer",
  addOn: "add-on identity, after the cluster",
  workload: "workload identity, after the cluster",
  backupVault: "Backup vault identity",
};

/** The page about permissions, with the tables of features and roles at its end. */
export function pageWithFeatures(page: string): string {
  const start = page.indexOf(HEADING);
  if (start < 0) {
    throw new Error(`There is no place for the features: no "${HEADING}".`);
  }
  return [
    page.slice(0, start) + HEADING,
    "",
    "`npm run docs` generates this part from the table of features, from which the grant plan is computed.",
    "",
    table(
      ["Feature", "Principal", "On", "Actions", "Why", "Checked by", "Source"],
      FEATURES.flatMap(needRows),
    ),
    "",
    "Azure has no operation for the Private Link policies of a subnet alone. `subnets/write` covers all settings of the subnet.",
    "",
    "## Principals that need nothing",
    "",
    "The kubelet identity only pulls images: it needs nothing for other features.",
    "",
    table(["Feature", "Principal", "Why not"], distinct(FEATURES.flatMap(noNeedRows))),
    "",
    "## The two role sets, side by side",
    "",
    "A role whose name begins with AKS is a custom role. The built-in set also has some, where Azure has no built-in role that is narrow enough. To create custom roles, a team needs [a small role for role definitions](access-review.md#rights-of-the-runners) on the resource group.",
    "",
    "Excess: the operations on such a resource that the role allows and the feature does not need. It is counted with the definitions of [the built-in roles that are known](#built-in-roles-that-are-known).",
    "",
    table(
      [
        "Feature",
        "Principal",
        "Role of the built-in set",
        "Its excess",
        "Role of the minimal set",
        "Its excess",
      ],
      FEATURES.flatMap(roleRows),
    ),
    "",
    "## Built-in roles that are known",
    "",
    `The preflight and the review know what these roles allow: their actions, data actions and exceptions are those that Azure listed on ${ROLES_LISTED} (\`az role definition list\`). They were compared word by word with Microsoft's pages, which are older: the date is that of the page. Where the two differ, the list counts. Of any other role, name the actions.`,
    "",
    table(["Page", "Its date", "Roles"], knownRoleRows()),
    "",
  ].join("\n");
}

interface Row {
  readonly feature: Feature;
  readonly principal: (typeof PRINCIPALS)[number];
  readonly requirement: Requirement | NoRequirement;
}

function rowsOf(feature: Feature): Row[] {
  return PRINCIPALS.flatMap((principal) => {
    const requirement = feature[principal];
    return requirement ? [{ feature, principal, requirement }] : [];
  });
}

function isNeed(requirement: Requirement | NoRequirement): requirement is Requirement {
  return "right" in requirement;
}

function distinct(rows: string[][]): string[][] {
  return [...new Map(rows.map((row) => [row.join("|"), row])).values()];
}

function needRows(of: Feature): string[][] {
  return rowsOf(of).flatMap(({ feature, principal, requirement }) => {
    if (!isNeed(requirement)) {
      return [];
    }
    const { right, evidence } = requirement;
    const { needs, type } = RIGHTS[right];
    return [
      [
        feature.name,
        WORDS[principal],
        resourceTypeOf(type).words,
        needs.map(code).join("<br>"),
        sentence(principal, requirement),
        CHECKERS[evidence.checkedBy],
        [`[source](${evidence.source})`, evidence.note ?? []].flat().join("<br>"),
      ],
    ];
  });
}

function noNeedRows(of: Feature): string[][] {
  return rowsOf(of).flatMap(({ feature, principal, requirement }) =>
    isNeed(requirement) || principal === "kubelet"
      ? []
      : [[feature.name, WORDS[principal], requirement.none]],
  );
}

function roleRows(of: Feature): string[][] {
  return rowsOf(of).flatMap(({ feature, principal, requirement }) => {
    if (!isNeed(requirement)) {
      return [];
    }
    const right = RIGHTS[requirement.right];
    return [
      [
        feature.name,
        WORDS[principal],
        right.builtIn.name,
        String(excessOf(right, "builtIn")),
        right.minimal.name,
        String(excessOf(right, "minimal")),
      ],
    ];
  });
}

function knownRoleRows(): string[][] {
  const on = (page: string | undefined) =>
    BUILT_IN_ROLES.filter((role) => role.page === page)
      .map(({ name }) => name)
      .sort()
      .join("<br>");
  const pages = Object.entries(ROLE_PAGE_DATES).map(([page, date]) => [
    `[${page}](${ROLE_PAGES}/${page})`,
    date,
    on(page),
  ]);
  return [...pages, ["none that was found", "", on(undefined)]];
}

function excessOf(right: Right, roleSet: "builtIn" | "minimal"): number {
  const scope = { kind: right.type, name: "" };
  return operationsOf({ role: right[roleSet], scope }).filter((one) => !allows(right.needs, one))
    .length;
}
