// The steps of the platform team, as lines of bash. Pure.
import { ReviewedGrant } from "../../lib/review/reviewed-grant";
import { Role } from "../../lib/spec/roles";
import { Exports } from "../discover/exports";
import { KubeletIdentity } from "../discover/identities";
import { roleId } from "../review/azure";
import { command, variable } from "../review/shell";
import { plain } from "../review/text";
import {
  MADE,
  PRINCIPAL,
  controlPlaneCommand,
  deleteClusterCommand,
  imageCommand,
  kubeletCommand,
} from "./commands";
import { isGrantedTo, scopeOf } from "./evidence";
import { MovePlan, World, isForAz, isTarget, pullGrants } from "./plan";
import { Step } from "./step";
import { newClusterId } from "./steps";
import { isStop, waitLines } from "./waits";

/** Returns lines that stop unless the rights of an identity exist. */
export type GrantedLines = (kind: "controlPlane" | "kubelet") => string[];

const TSV = ["--output", "tsv"];

/** Returns the lines of a step. */
export function platformLines(
  step: Step,
  plan: MovePlan,
  world: World,
  granted: GrantedLines,
): string[] {
  switch (step.id) {
    case "control-plane":
      return [
        "if ! control_plane_moved; then",
        ...indented([
          "settled",
          ...granted("controlPlane"),
          ...imagesLines(plan),
          agreed("The control plane is switched."),
        ]),
        `  ${command("change", ...controlPlaneCommand(plan))}`,
        "  finish",
        "fi",
      ];
    case "node-images":
      return imageLines(plan, world);
    case "kubelet":
      return kubeletLines(plan, world, granted);
    case "recreate":
      return deletionLines(plan, "backup", [...granted("controlPlane"), ...granted("kubelet")]);
    case "old-cluster":
      return deletionLines(plan, "traffic", [
        `found="$(${command("az", "aks", "show", "--ids", newClusterId(plan), "--query", "provisioningState", ...TSV)})"`,
        `if [[ "$found" != Succeeded ]]; then stop 'The new cluster is not in the state Succeeded.'; fi`,
      ]);
    default:
      return step.state === "next"
        ? [command("printf", "%s\\n", `By hand: ${plain(step.title)}`), "exit 0"]
        : [step.state === "done" ? "# The exports show it, or it is confirmed." : "# Not yet."];
  }
}

/** Stops unless the node images are those with which the later ones are compared. */
function imagesLines({ start, cluster }: MovePlan): string[] {
  if (start.controlPlane.kind !== "servicePrincipal") {
    return [];
  }
  const list = command(
    ...["az", "aks", "nodepool", "list", "--resource-group", cluster.resourceGroup],
    ...["--cluster-name", cluster.name, "--subscription", cluster.subscriptionId],
    ...["--query", "[?nodeImageVersion].[name, nodeImageVersion]", ...TSV],
  );
  const known = Object.entries(start.images).map((pool) => pool.join("\t"));
  return [
    `found="$(${list} | LC_ALL=C sort)"`,
    `if [[ "$found" != ${command(known.sort().join("\n"))} ]]; then`,
    "  stop 'The node pools or their images are not those of the last exports. Export again with export.sh.'",
    "fi",
  ];
}

function imageLines({ start, ...plan }: MovePlan, { exports }: World): string[] {
  const pools = exports.pools.flatMap((pool) => {
    const name = pool.text("name") ?? "";
    const image = start.images[name];
    return image === undefined ? [] : [{ name, image }];
  });
  const at = ["--resource-group", plan.cluster.resourceGroup, "--cluster-name", plan.cluster.name];
  return [
    "settled",
    "if has_principal || ! kubelet_moved; then stop 'The nodes are not switched yet.'; fi",
    "upgraded=false",
    ...pools.flatMap(({ name, image }) => {
      const show = command(
        ...["az", "aks", "nodepool", "show", ...at, "--name", name],
        ...["--subscription", plan.cluster.subscriptionId, "--query", "nodeImageVersion", ...TSV],
      );
      return [
        `found="$(${show})"`,
        `if [[ "$found" == ${command(image)} ]]; then`,
        `  ${agreed("Nodes are drained and reimaged.")}`,
        `  ${command("change", ...imageCommand({ ...plan, start }, name))}`,
        "  upgraded=true",
        "fi",
      ];
    }),
    'if "$upgraded"; then finish; fi',
  ];
}

function kubeletLines(plan: MovePlan, { exports }: World, granted: GrantedLines): string[] {
  const { start, controlPlane, kubelet, made } = plan;
  const isPrincipal = start.controlPlane.kind === "servicePrincipal";
  const isForAzSeen = (exports.assignments ?? []).some((one) => isForAz(one, plan, exports));
  const operator = [Role.MANAGED_IDENTITY_OPERATOR.guid ?? "", kubelet.id, String(isForAzSeen)];
  const waits =
    isPrincipal || isTarget(start.controlPlane, controlPlane)
      ? []
      : waitLines(plan, ["control-plane"]);
  const work = isStop(waits)
    ? waits
    : [
        ...waits,
        ...granted("controlPlane"),
        ...granted("kubelet"),
        ...(isPrincipal ? madeLines(made, plan, exports) : []),
        "# az looks for this role.",
        `${PRINCIPAL}="$(object_id "$control_plane_id")"`,
        command("granted", variable(PRINCIPAL), ...operator),
        agreed("Every pool is upgraded: nodes are drained and reimaged."),
        command("change", ...kubeletCommand(plan)),
        "finish",
      ];
  return [
    "if ! kubelet_moved; then",
    ...indented([
      "settled",
      "if has_principal || ! control_plane_moved; then stop 'The control plane is not switched yet.'; fi",
      ...work,
    ]),
    "fi",
  ];
}

/** Stops unless the kubelet identity that AKS made can pull. */
function madeLines(made: KubeletIdentity | undefined, plan: MovePlan, exports: Exports): string[] {
  const rows = pullGrants(plan);
  const seen = (row: ReviewedGrant) =>
    String(made !== undefined && isGrantedTo(made.principalId ?? "", row, exports, plan));
  return rows.length === 0
    ? []
    : [
        `${MADE}="$(show identityProfile.kubeletidentity.objectId)"`,
        ...rows.map((row) =>
          command("granted", variable(MADE), roleId(row.role), scopeOf(row, plan), seen(row)),
        ),
      ];
}

/** Deletes the old cluster, which another one of its name is not. */
function deletionLines(plan: MovePlan, before: string, checks: string[]): string[] {
  const { start, confirmed, cluster } = plan;
  if (start.uid === undefined || !confirmed.includes(before)) {
    return [
      command(
        "stop",
        `Before the cluster is deleted: ${command(...plan.again)} --confirm ${before}, with exports that have resourceUid.`,
      ),
    ];
  }
  return [
    `found="$(${command("az", "aks", "list", "--subscription", cluster.subscriptionId, "--query", `[?resourceUid=='${start.uid}'].id`, ...TSV)})"`,
    'if [[ -n "$found" ]]; then',
    ...indented([
      ...checks,
      agreed(`The cluster and the disks in ${cluster.nodeResourceGroup} are deleted.`),
      command("change", ...deleteClusterCommand(plan)),
      "finish",
    ]),
    "fi",
  ];
}

function agreed(text: string): string {
  return command("agreed", plain(text));
}

function indented(lines: string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
