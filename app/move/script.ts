// Renders the steps of one team as a bash script, which checks Azure before each. Pure.
import { ReviewedGrant } from "../../lib/review/reviewed-grant";
import { hasKnownId, roleId } from "../review/azure";
import { Word, command, variable } from "../review/shell";
import { plain } from "../review/text";
import { grantsOf, teamName } from "../review/words";
import { MADE, PRINCIPAL, madeGrantCommand, operatorCommand } from "./commands";
import { MoveDocument } from "./document";
import { isGranted, scopeOf } from "./evidence";
import { MovePlan, World, pullGrants } from "./plan";
import { platformLines } from "./platform-script";
import { applicationLines, oldGrantLines } from "./removal-script";
import { functionsFor, optionLines } from "./script-parts";
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
  const blocks = steps.map((step) => [`# ${plain(step.title)}`, ...linesOf(step, plan, world)]);
  // Nothing after a block that always ends is reached.
  const end = blocks.findIndex((lines) => /^(exit 0$|stop )/.test(lines.at(-1) ?? ""));
  const body = [
    ...(end < 0 ? blocks : blocks.slice(0, end + 1)),
    ...(end < 0 ? [["printf 'Nothing is left to do for this team now.\\n'"]] : []),
  ]
    .map((lines) => lines.join("\n"))
    .join("\n\n");
  const functions = functionsFor(body);
  const code = [...functions, body].join("\n");
  const values = {
    cluster: cluster.name,
    group: cluster.resourceGroup,
    subscription: cluster.subscriptionId,
    cluster_id: cluster.id.toLowerCase(),
    control_plane_id: controlPlane.id.toLowerCase(),
    kubelet_id: kubelet.id.toLowerCase(),
  };
  return [
    "#!/usr/bin/env bash",
    `# Move of the cluster ${plain(cluster.name)}: the steps of the ${teamName(team)}.`,
    "# Does the first step that is not done, and ends. Each step checks Azure first, and stops on doubt.",
    "# --dry-run prints the commands without running them; without --yes nothing is deleted, switched or drained.",
    `# Needs the files beside it, and az 2.68 or later, signed in as the ${teamName(team)}.`,
    "set -euo pipefail",
    "",
    ...Object.entries(values)
      .filter(([name]) => code.includes(`$${name}"`) || code.includes(`$${name}\\"`))
      .map(([name, value]) => `${name}=${command(value)}`),
    ...(code.includes('"$here/') ? ['here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"'] : []),
    "",
    ...optionLines(code),
    code,
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
    case "made-kubelet-pull":
      return madeKubeletLines(plan);
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

/** Grants to the identity that move.json has, so that a later step deletes it. */
function madeKubeletLines(plan: MovePlan): string[] {
  const known = plan.made?.principalId?.toLowerCase();
  const grants = pullGrants(plan).flatMap((row) => [
    `  found="$(${command(...madeGrantCommand("list", row, plan), "--query", "[].id", "--output", "tsv")})"`,
    '  if [[ -z "$found" ]]; then',
    `    ${command("change", ...madeGrantCommand("create", row, plan))}`,
    "  fi",
  ]);
  return [
    "if ! has_principal && control_plane_moved && ! kubelet_moved; then",
    ...(known === undefined
      ? [
          "  stop 'No export has the kubelet identity that AKS has made. Export again with export.sh.'",
        ]
      : [
          `  ${MADE}="$(show identityProfile.kubeletidentity.objectId)"`,
          `  if [[ "$${MADE}" != ${command(known)} ]]; then`,
          "    stop 'The kubelet identity is not the one of the exports. Export again with export.sh.'",
          "  fi",
          ...grants,
          "  if ((created > 0)); then finish; fi",
        ]),
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
