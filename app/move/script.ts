// Renders the steps of one team as a bash script, which checks Azure before each. Pure.
import { ReviewedGrant } from "../../lib/review/access-review";
import { hasKnownId, roleId } from "../review/azure";
import { CHANGE } from "../review/script-parts";
import { Word, command, variable } from "../review/shell";
import { plain } from "../review/text";
import { grantsOf, teamName } from "../review/words";
import { PRINCIPAL, operatorCommand } from "./commands";
import { MoveDocument } from "./document";
import { isGranted, scopeOf } from "./evidence";
import { MovePlan, World } from "./plan";
import { platformLines } from "./platform-script";
import { applicationLines, oldGrantLines } from "./removal-script";
import { GONE, GRANTED, HEAD, REMOVE } from "./script-parts";
import { MoveTeam, Step } from "./step";

/** Returns the text of `<team>.sh`. */
export function renderMoveScript(
  document: MoveDocument,
  plan: MovePlan,
  team: MoveTeam,
  world: World,
): string {
  const { cluster, controlPlane, kubelet } = plan;
  const steps = document.steps.filter((one) => one.team === team);
  const body = steps
    .map((step) => [`# ${plain(step.title)}`, ...linesOf(step, plan, world)].join("\n"))
    .join("\n\n");
  const set = (name: string, value: string) => `${name}=${command(value)}`;
  const here = 'here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"';
  const uses = (name: string) => new RegExp(`^\\s*${name}( |$)`, "m").test(body);
  return [
    "#!/usr/bin/env bash",
    `# Move of the cluster ${plain(cluster.name)}: the steps of the ${teamName(team)}.`,
    "# Does the first step that is not done, and ends. Each step checks Azure first, and stops on doubt.",
    "# --dry-run prints the commands without running them; without --yes nothing is deleted.",
    `# Needs the files beside it, and az 2.68 or later, signed in as the ${teamName(team)}.`,
    "set -euo pipefail",
    "",
    set("cluster", cluster.name),
    set("group", cluster.resourceGroup),
    set("subscription", cluster.subscriptionId),
    ...(uses("unused") || uses("gone") ? [set("cluster_id", cluster.id.toLowerCase())] : []),
    set("control_plane_id", controlPlane.id.toLowerCase()),
    set("kubelet_id", kubelet.id.toLowerCase()),
    ...(body.includes('"$here/') ? [here] : []),
    "",
    HEAD,
    CHANGE,
    ...(uses("granted") ? [GRANTED] : []),
    ...(uses("moved") || uses("remove") ? [REMOVE] : []),
    ...(uses("gone") ? [GONE] : []),
    body,
    "",
    "printf 'Nothing is left to do for this team now.\\n'",
    "",
  ].join("\n");
}

function linesOf(step: Step, plan: MovePlan, world: World): string[] {
  const { id, team } = step;
  if (id === "identities" || id === `${team}-grants`) {
    // The same script makes both.
    return id === "identities" && grantsOf(plan.review, team).length > 0
      ? ["# See the next step."]
      : grantLines(team);
  }
  switch (id) {
    case "az-role":
      return operatorLines(plan);
    case "az-role-removed":
      return operatorRemovalLines(plan);
    case "application":
      return applicationLines(plan);
    case `${team}-old-grants`:
      return oldGrantLines(step, plan, world);
    default:
      return platformLines(step, plan, world, (kind) => grantedLines(kind, plan, world));
  }
}

/** The script of the access review creates what is missing. */
function grantLines(team: string): string[] {
  const file = `"$here/${team}-grants.sh"`;
  return [
    `missing="$(bash ${file} --dry-run)"`,
    `if ! grep -q '^0 to create' <<<"$missing"; then`,
    `  if "$dry_run"; then printf '%s\\n' "$missing"; else bash ${file}; fi`,
    "  finish",
    "fi",
  ];
}

const WITH_PRINCIPAL = `${PRINCIPAL}="$(object_id "$control_plane_id")"`;

function operatorLines(plan: MovePlan): string[] {
  return [
    "if ! kubelet_moved; then",
    `  ${WITH_PRINCIPAL}`,
    `  found="$(${command(...operatorCommand("list", plan), "--query", "[].id", "--output", "tsv")})"`,
    '  if [[ -z "$found" ]]; then',
    `    ${command("change", ...operatorCommand("create", plan))}`,
    "    finish",
    "  fi",
    "fi",
  ];
}

function operatorRemovalLines(plan: MovePlan): string[] {
  return [
    "if kubelet_moved; then",
    `  ${WITH_PRINCIPAL}`,
    `  found="$(${command(...operatorCommand("list", plan), "--query", "[].id", "--output", "tsv")})"`,
    '  if [[ -n "$found" ]]; then',
    "    settled",
    "    agreed 'A role assignment is deleted.'",
    '    change az role assignment delete --ids "$found"',
    "    finish",
    "  fi",
    "fi",
  ];
}

/** Returns lines that stop unless the rights of an identity exist. */
function grantedLines(
  kind: "controlPlane" | "kubelet",
  plan: MovePlan,
  { exports }: World,
): string[] {
  const seen = (row: ReviewedGrant) => String(isGranted(row, exports, plan));
  const rows = plan.review.grants.filter(
    (row) => row.principal.kind === kind && hasKnownId(row) && !row.kept,
  );
  const principal: Word = variable("principal");
  return rows.length === 0
    ? []
    : [
        `principal="$(object_id "$${kind === "kubelet" ? "kubelet_id" : "control_plane_id"}")"`,
        ...rows.map((row) =>
          command("granted", principal, roleId(row.role), scopeOf(row, plan), seen(row)),
        ),
      ];
}
