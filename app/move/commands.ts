// Commands of az for the steps of a move. Pure.
import { ReviewedGrant } from "../../lib/review/reviewed-grant";
import { Role } from "../../lib/spec/roles";
import { roleId } from "../review/azure";
import { Word, command, variable } from "../review/shell";
import { scopeOf } from "./evidence";
import { OldGrant } from "./old-grants";
import { MovePlan } from "./plan";

/** A command. */
export type Command = readonly Word[];

const cluster = ({ cluster: { name, resourceGroup, subscriptionId } }: MovePlan, option: string) =>
  ["--resource-group", resourceGroup, option, name, "--subscription", subscriptionId] as const;

/** Switches the control plane to its identity. */
export function controlPlaneCommand(plan: MovePlan): Command {
  return [
    ...["az", "aks", "update", ...cluster(plan, "--name"), "--enable-managed-identity"],
    ...["--assign-identity", plan.controlPlane.id, "--yes"],
  ];
}

/** Switches the nodes to their identity. */
export function kubeletCommand(plan: MovePlan): Command {
  return [...controlPlaneCommand(plan), "--assign-kubelet-identity", plan.kubelet.id];
}

/** Upgrades the node image of a pool. */
export function imageCommand(plan: MovePlan, pool: string): Command {
  return [
    ...["az", "aks", "nodepool", "upgrade", ...cluster(plan, "--cluster-name")],
    ...["--name", pool, "--node-image-only"],
  ];
}

/** Deletes the cluster. */
export function deleteClusterCommand(plan: MovePlan): Command {
  return ["az", "aks", "delete", ...cluster(plan, "--name"), "--yes"];
}

/** The shell variable with the object id of the control plane identity. */
export const PRINCIPAL = "control_plane";

/** Returns a line that sets this variable. */
export function principalLine({ controlPlane }: MovePlan): string {
  const lookup = ["az", "identity", "show", "--ids", controlPlane.id, "--query", "principalId"];
  return `${PRINCIPAL}="$(${command(...lookup, "--output", "tsv")})"`;
}

/** Grants, lists or deletes the role assignment that az looks for. */
export function operatorCommand(
  verb: "create" | "list" | "delete",
  { kubelet }: MovePlan,
): Command {
  return [
    ...["az", "role", "assignment", verb, "--assignee-object-id", variable(PRINCIPAL)],
    ...(verb === "create" ? ["--assignee-principal-type", "ServicePrincipal"] : []),
    ...["--role", Role.MANAGED_IDENTITY_OPERATOR.guid ?? "", "--scope", kubelet.id],
  ];
}

/** The shell variable with the object id of the kubelet identity that AKS made. */
export const MADE = "made_kubelet";

/** Returns a line that sets this variable. */
export function madeLine(plan: MovePlan): string {
  const query = ["--query", "identityProfile.kubeletidentity.objectId", "--output", "tsv"];
  return `${MADE}="$(${command("az", "aks", "show", ...cluster(plan, "--name"), ...query)})"`;
}

/** Grants this identity what a grant of the review gives the brought one, or lists it. */
export function madeGrantCommand(
  verb: "create" | "list",
  row: ReviewedGrant,
  plan: MovePlan,
): Command {
  const { role, condition } = row;
  return [
    ...["az", "role", "assignment", verb, "--assignee-object-id", variable(MADE)],
    ...(verb === "create" ? ["--assignee-principal-type", "ServicePrincipal"] : []),
    ...["--role", roleId(role), "--scope", scopeOf(row, plan)],
    ...(verb === "create" && condition !== undefined
      ? ["--condition", condition, "--condition-version", "2.0"]
      : []),
  ];
}

/** Plans the cluster stack. The log has no secrets. */
export const PLAN_COMMAND = "terraform plan -input=false -json > plan.jsonl";

/** Deletes an old role assignment. */
export function deleteGrantCommand({ id }: OldGrant): Command {
  return ["az", "role", "assignment", "delete", "--ids", id];
}

/** Deletes the application of the service principal. */
export function deleteApplicationCommand(clientId: string): Command {
  return ["az", "ad", "app", "delete", "--id", clientId];
}
