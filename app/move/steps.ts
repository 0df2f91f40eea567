// The steps of each way, in their order. Pure.
import { GrantingTeam } from "../../lib/spec/granting-team";
import { command } from "../review/shell";
import { grantsOf } from "../review/words";
import {
  PLAN_COMMAND,
  controlPlaneCommand,
  deleteClusterCommand,
  imageCommand,
  kubeletCommand,
  madeGrantCommand,
  madeLine,
  operatorCommand,
  principalLine,
} from "./commands";
import { endSteps, tokensStep } from "./end-steps";
import {
  confirmed,
  controlPlaneMoved,
  grantsExist,
  identitiesExist,
  imagesMoved,
  kubeletMoved,
  madeKubeletPulls,
  operatorExists,
  planUnchanged,
  recreated,
} from "./evidence";
import { MovePlan, World, isInPlace, isTarget, needsOperator, pullGrants } from "./plan";
import { StepDefinition } from "./step";

const WAIT = "Minutes; then wait up to 60 minutes until the role assignments take effect.";
const NO_EFFECT = "None.";

/**
 * The time in which new nodes cannot pull: from the switch of the control plane to the step made-kubelet-pull.
 *
 * @see https://learn.microsoft.com/azure/aks/user-assigned-managed-identity
 * @see https://learn.microsoft.com/azure/aks/system-assigned-managed-identity
 */
export const MADE_CANNOT_PULL =
  "With the switch of the control plane AKS makes a kubelet identity, which has no rights yet: nodes that are new, or that get a new image, cannot pull from registries until the step made-kubelet-pull has taken effect, up to 60 minutes later. Pages of Azure contradict each other on whether the switch reimages all nodes. So switch in a maintenance window, without upgrades and scaling, and with the identity team at hand.";

/** Returns the steps, in an order in which each comes after those that it needs. */
export function stepsOf(plan: MovePlan, world: World): StepDefinition[] {
  const granted = grantSteps(plan);
  const ready = granted.map(({ id }) => id);
  const moved =
    plan.way === "blue-green"
      ? blueGreenSteps(plan, ready)
      : plan.way === "recreate"
        ? recreateSteps(plan, ready)
        : inPlaceSteps(plan, world, ready);
  const before = [...ready, ...moved.map(({ id }) => id)];
  return [...granted, ...moved, ...endSteps(plan, world, before)];
}

/** Identities and grants: the same for each way. */
function grantSteps(plan: MovePlan): StepDefinition[] {
  const teams = Object.values(GrantingTeam).flatMap((team) => {
    const [first] = grantsOf(plan.review, team);
    return first ? [{ team, stack: first.stack }] : [];
  });
  const [own] = teams;
  return [
    {
      id: "identities",
      team: "identity",
      title: `Create ${plan.controlPlane.name} and ${plan.kubelet.name}: deploy the stack ${own?.stack ?? ""}, or run identity-grants.sh.`,
      after: [],
      check: identitiesExist,
      commands: ["bash identity-grants.sh --dry-run", "bash identity-grants.sh"],
      effect: NO_EFFECT,
      duration: "Minutes.",
      verify: "az identity show prints both. Export them.",
      back: "Delete the identities, as long as the cluster does not work with them.",
    },
    ...teams.map(({ team, stack }): StepDefinition => ({
      id: `${team}-grants`,
      team,
      title: `Grant the rights of both identities: deploy the stack ${stack}, or run ${team}-grants.sh. The old role assignments stay.`,
      after: ["identities"],
      check: grantsExist(team),
      commands: [`bash ${team}-grants.sh --dry-run`, `bash ${team}-grants.sh`],
      effect: NO_EFFECT,
      duration: WAIT,
      verify: "Export the role assignments: the next run compares each of them.",
      back: "Destroy the stack, as long as the cluster does not work with the identities.",
    })),
    ...(needsOperator(plan) && isInPlace(plan) ? [operatorStep(plan)] : []),
  ];
}

function operatorStep(plan: MovePlan): StepDefinition {
  return {
    id: "az-role",
    team: "identity",
    title: `Grant ${plan.controlPlane.name} the built-in role Managed Identity Operator on ${plan.kubelet.name}, for the time of the move.`,
    after: ["identities"],
    check: operatorExists,
    commands: [principalLine(plan), command(...operatorCommand("create", plan))],
    effect:
      "None. Before az assigns a kubelet identity, it looks for this role by its GUID. If it is absent, az tries to grant it, which fails for a Contributor. The custom role of the minimal role set is enough for Azure, but not for az.",
    duration: WAIT,
    verify: "az role assignment list with the scope of the kubelet identity prints it.",
    back: "Delete the role assignment. A later step does so.",
  };
}

/** az changes the cluster: control plane, then nodes. */
function inPlaceSteps(plan: MovePlan, world: World, ready: string[]): StepDefinition[] {
  const { start, controlPlane, kubelet } = plan;
  const pulls = pullGrants(plan).length > 0;
  const isPrincipal = start.controlPlane.kind === "servicePrincipal";
  const steps: StepDefinition[] = [];
  const last = () => [...ready, ...steps.map(({ id }) => id)];
  if (!isTarget(start.controlPlane, controlPlane)) {
    steps.push({
      id: "control-plane",
      team: "platform",
      title: `Switch the control plane to ${controlPlane.name}.`,
      after: ready,
      check: controlPlaneMoved,
      commands: [command(...controlPlaneCommand(plan))],
      effect: isPrincipal
        ? `Export right before this step. The control plane switches at once. Nodes go on working with the service principal until they get a new image.${pulls ? ` ${MADE_CANNOT_PULL}` : ""} The cluster stack does the same in place, once the cluster is adopted: it replaces service_principal by identity.`
        : "No downtime. The control plane goes on working with its old identity until its token ends, which takes hours. Its old role assignments must stay until then. The cluster stack does the same in place, once the cluster is adopted.",
      duration: isPrincipal ? "10 to 30 minutes." : "Minutes.",
      verify: "az aks show prints the identity, and msi as client id of the service principal.",
      back: isPrincipal
        ? "There is none: Azure changes no managed identity into a service principal."
        : start.controlPlane.kind === "systemAssigned"
          ? "az aks update --enable-managed-identity makes a new system-assigned identity, with another object id and without rights."
          : "az aks update --assign-identity with the old identity, as long as its role assignments exist.",
    });
  }
  if (isPrincipal && pulls) {
    steps.push(madeKubeletStep(plan, last()));
  }
  if (!isTarget(start.kubelet, kubelet)) {
    if (steps.length > 0 && !isPrincipal) {
      steps.push(
        tokensStep(
          "control-plane-tokens",
          ["control-plane"],
          last(),
          "None. The control plane goes on working with its old identity until then: leave the role assignments of this identity as they are. The next step replaces nodes, with the rights of the new one.",
        ),
      );
    }
    steps.push({
      id: "kubelet",
      team: "platform",
      title: `Switch the nodes to ${kubelet.name}.`,
      after: last(),
      check: kubeletMoved,
      commands: [command(...kubeletCommand(plan))],
      effect:
        "Every pool is upgraded: nodes are cordoned, drained and reimaged. Check PodDisruptionBudgets and surge first. Terraform could only replace the cluster, so az does it.",
      duration: "About 10 minutes for each node; use a maintenance window.",
      verify:
        "az aks show --query identityProfile.kubeletidentity prints the identity, and pods pull images.",
      back: "The same command with another user-assigned identity, which upgrades every pool again. The identity that AKS made can be assigned like any other, as long as it exists.",
    });
  }
  if (isPrincipal) {
    steps.push({
      id: "node-images",
      team: "platform",
      title:
        "Upgrade the node image of each pool that still has the one from before the switch, so that no node works with the service principal.",
      after: last(),
      check: imagesMoved,
      commands: world.exports.pools.map((pool) =>
        command(...imageCommand(plan, pool.text("name") ?? "")),
      ),
      effect:
        "None on pools that the switch of the kubelet identity has upgraded. Nodes of other pools are cordoned, drained and reimaged, one after the other or as many as the surge allows. Check PodDisruptionBudgets first. If a pool has the newest image, nothing happens: wait for the next one, or replace the pool. The old role assignments stay until then.",
      duration: "About 10 minutes for each node; use a maintenance window.",
      verify: "az aks nodepool list prints another nodeImageVersion for each pool.",
      back: "There is none, and none is needed.",
    });
  }
  return steps;
}

/** Between the switch of the control plane and that of the nodes, new nodes have the kubelet identity that AKS makes. */
function madeKubeletStep(plan: MovePlan, after: string[]): StepDefinition {
  return {
    id: "made-kubelet-pull",
    team: "identity",
    title:
      "Grant the kubelet identity that AKS has made the right to pull, for the time of the move.",
    after,
    check: madeKubeletPulls,
    commands: [
      madeLine(plan),
      ...pullGrants(plan).map((row) => command(...madeGrantCommand("create", row, plan))),
    ],
    effect:
      "Nodes that are new, or that get a new image before the next step, can pull images. A later step deletes the role assignments.",
    duration: WAIT,
    verify: "az role assignment list with the scope of each registry prints it.",
    back: "Delete the role assignments, once no node works with this identity.",
  };
}

function clusterStack({ review }: MovePlan): string {
  return `${review.cluster}-cluster`;
}

const FEDERATED = {
  team: "identity",
  title: "Add a federated credential with the new OIDC issuer to the identity of each workload.",
  effect: "Workloads in the new cluster get tokens. An identity can have 20 federated credentials.",
  duration: "Minutes.",
  verify: "A pod in the new cluster signs in.",
  back: "Delete the federated credentials.",
  isManual: true,
  commands: ["terraform output oidc_issuer_url", "az identity federated-credential create --help"],
} as const;

/** A new cluster beside the old one. */
function blueGreenSteps(plan: MovePlan, ready: string[]): StepDefinition[] {
  const { cluster, review } = plan;
  const newId = (one: MovePlan) => newClusterId(one);
  return [
    {
      id: "new-cluster",
      team: "platform",
      title: `Deploy the stack ${clusterStack(plan)}, and only that one of the new description.`,
      after: ready,
      check: planUnchanged(newId),
      commands: ["terraform apply", PLAN_COMMAND],
      effect: `None on ${cluster.name}. The new cluster needs its addresses in the subnet, and quota.`,
      duration: "10 to 20 minutes.",
      verify: `plan.jsonl in the folder of the exports has no change for ${review.cluster}.`,
      back: "Destroy the new cluster stack.",
    },
    {
      id: "federated-credentials",
      after: ["new-cluster"],
      check: confirmed("federated-credentials"),
      ...FEDERATED,
    },
    {
      id: "traffic",
      team: "platform",
      title: "Deploy the workloads to the new cluster, and switch the traffic.",
      after: ["federated-credentials"],
      check: confirmed("traffic"),
      isManual: true,
      commands: [],
      effect: "Volumes in the node resource group do not move: back them up and restore them.",
      duration: "As long as the workloads take.",
      verify: "The old cluster serves no request.",
      back: "Switch the traffic back, as long as the old cluster exists.",
    },
    {
      id: "old-cluster",
      team: "platform",
      title: `Destroy ${cluster.name}: with its own stack, or with az.`,
      after: ["traffic"],
      check: confirmed("old-cluster"),
      isManual: true,
      isDestructive: true,
      commands: [command(...deleteClusterCommand(plan))],
      effect: "The old cluster, its node resource group and the disks in it are gone.",
      duration: "10 minutes.",
      verify:
        "az aks show finds nothing. From then on, export.sh takes the last export of the cluster from old-cluster.json beside it.",
      back: "There is none.",
    },
  ];
}

/** Returns the id of the cluster of the description. */
export function newClusterId({ cluster, review, newGroup }: MovePlan): string {
  return `/subscriptions/${review.subscriptionId ?? cluster.subscriptionId}/resourceGroups/${newGroup}/providers/Microsoft.ContainerService/managedClusters/${review.cluster}`;
}

/** The same cluster again. */
function recreateSteps(plan: MovePlan, ready: string[]): StepDefinition[] {
  return [
    {
      id: "backup",
      team: "platform",
      title: "Back up what goes with the cluster.",
      after: ready,
      check: confirmed("backup"),
      isManual: true,
      commands: [],
      effect:
        "With the cluster go the disks and public IPs in the node resource group, and role assignments on the cluster. New are the address of the API server, the OIDC issuer and the identities of add-ons.",
      duration: "As long as the workloads take.",
      verify: "A restore in another cluster works.",
      back: "Not necessary.",
    },
    {
      id: "recreate",
      team: "platform",
      title: `Delete the cluster, and deploy the stack ${clusterStack(plan)}.`,
      after: ["backup"],
      check: recreated,
      isDestructive: true,
      commands: [command(...deleteClusterCommand(plan)), "terraform apply"],
      effect:
        "Downtime: the cluster is gone until it is made again and the workloads are deployed.",
      duration: "30 minutes, and the deployment of the workloads.",
      verify: "az aks show prints both identities, and another resourceUid.",
      back: "There is none.",
    },
    {
      id: "federated-credentials",
      after: ["recreate"],
      check: confirmed("federated-credentials"),
      ...FEDERATED,
    },
  ];
}
