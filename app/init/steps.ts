// The next steps after hardened-aks init, for each team. Pure.
import { count } from "../review/text";
import { Question, StartName } from "./questions";

const STACKS = [
  { role: "identities", team: "Identity team", request: "identity" },
  { role: "network-permissions", team: "NOC", request: "network" },
  { role: "cluster", team: "Platform team", request: "platform" },
];

/**
 * Returns the steps that follow a new description, as lines.
 *
 * @param config the option that names the description, or nothing if it is haks.yaml
 */
export function nextSteps(
  start: StartName,
  name: string,
  placeholders: readonly Question[],
  config = "",
): string[] {
  const isSingle = start === "lab" || start === "one-person";
  const fields = placeholders.map(({ path }) => `  ${path.join(".")}`);
  return [
    ...(fields.length === 0
      ? []
      : [`${count(fields.length, "field")} to replace, with the names and ids of your resources:`]),
    ...fields,
    `Then, ${isSingle ? "with the rights of all teams" : "for all teams"}:`,
    `  npx hardened-aks check${config}     reports findings`,
    `  npx hardened-aks synth${config}     writes the stacks, the requests to the teams and cdktf.out/access-review.html`,
    `  npx hardened-aks handoff${config}   writes a folder of Terraform for each team`,
    "Deploy in this order, as the README.md in each folder explains:",
    ...STACKS.map(({ role, team, request }) => {
      const reads =
        request === "platform" ? "" : `, after reading cdktf.out/access-requests/${request}.md`;
      return isSingle ? `  handoff/${name}-${role}` : `  ${team}: handoff/${name}-${role}${reads}`;
    }),
  ];
}
