// The steps of the platform team, as lines of bash. Pure.
import { command } from "../review/shell";
import { plain } from "../review/text";
import {
  PRINCIPAL,
  controlPlaneCommand,
  deleteClusterCommand,
  imageCommand,
  kubeletCommand,
  operatorCommand,
} from "./commands";
import { MovePlan, World } from "./plan";
import { Step } from "./step";
import { newClusterId } from "./steps";

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
          agreed("The control plane is switched."),
        ]),
        `  ${command("change", ...controlPlaneCommand(plan))}`,
        "  finish",
        "fi",
      ];
    case "node-images":
      return imageLines(plan, world);
    case "kubelet":
      return kubeletLines(plan, granted);
    case "recreate":
      return deletionLines(plan, "backup", [...granted("controlPlane"), ...granted("kubelet")]);
    case "old-cluster":
      return deletionLines(plan, "traffic", [
        `found="$(${command("az", "aks", "show", "--ids", newClusterId(plan), "--query", "provisioningState", ...TSV)})"`,
        `if [[ "$found" != Succeeded ]]; then stop 'The new cluster is not in the state Succeeded.'; fi`,
      ]);
    default:
      return step.state === "done"
        ? ["# The exports show it, or it is confirmed."]
        : [
            command("printf", "%s\\n", `By hand: ${plain(step.title)}`),
            ...(step.state === "next" ? ["exit 0"] : []),
          ];
  }
}

function imageLines({ start, ...plan }: MovePlan, { exports }: World): string[] {
  const pools = exports.pools.flatMap((pool) => {
    const name = pool.text("name") ?? "";
    const image = start.images[name];
    return image === undefined ? [] : [{ name, image }];
  });
  const at = ["--resource-group", plan.cluster.resourceGroup, "--cluster-name", plan.cluster.name];
  return [
    "if ! kubelet_moved; then",
    "  settled",
    "  if ! control_plane_moved; then stop 'The control plane is not switched yet.'; fi",
    "  upgraded=false",
    ...pools.flatMap(({ name, image }) => {
      const show = command(
        ...["az", "aks", "nodepool", "show", ...at, "--name", name],
        ...["--subscription", plan.cluster.subscriptionId, "--query", "nodeImageVersion", ...TSV],
      );
      return [
        `  found="$(${show})"`,
        `  if [[ "$found" == ${command(image)} ]]; then`,
        `    ${agreed("Nodes are drained and reimaged.")}`,
        `    ${command("change", ...imageCommand({ ...plan, start }, name))}`,
        "    upgraded=true",
        "  fi",
      ];
    }),
    '  if "$upgraded"; then finish; fi',
    "fi",
  ];
}

function kubeletLines(plan: MovePlan, granted: GrantedLines): string[] {
  const list = command(...operatorCommand("list", plan), "--query", "[].id", ...TSV);
  return [
    "if ! kubelet_moved; then",
    ...indented([
      "settled",
      "if has_principal || ! control_plane_moved; then stop 'The control plane is not switched yet.'; fi",
      ...granted("controlPlane"),
      ...granted("kubelet"),
      `${PRINCIPAL}="$(object_id "$control_plane_id")"`,
      `found="$(${list})"`,
      "if [[ -z \"$found\" ]]; then stop 'The built-in role Managed Identity Operator is not granted, which az looks for.'; fi",
      agreed("Every pool is upgraded: nodes are drained and reimaged."),
      command("change", ...kubeletCommand(plan)),
      "finish",
    ]),
    "fi",
  ];
}

/** Deletes the old cluster, which another one of its name is not. */
function deletionLines(plan: MovePlan, before: string, checks: string[]): string[] {
  const { start, confirmed, cluster } = plan;
  if (start.uid === undefined || !confirmed.includes(before)) {
    return [
      command(
        "stop",
        `Before the cluster is deleted: --confirm ${before}, with exports that have resourceUid.`,
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
