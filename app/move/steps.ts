// The steps of each way, in their order. Pure.
import { GrantingTeam } from "../../lib/spec/granting-team";
import { command } from "../review/shell";
import { grantsOf } from "../review/words";
import {
  controlPlaneCommand,
  deleteClusterCommand,
  imageCommand,
  kubeletCommand,
  operatorCommand,
  principalLine,
} from "./commands";
import { endSteps } from "./end-steps";
import {
  confirmed,
  controlPlaneMoved,
  grantsExist,
  identitiesExist,
  imagesMoved,
  kubeletMoved,
  operatorExists,
  planUnchanged,
  recreated,
} from "./evidence";
import { MovePlan, World, isTarget, needsOperator } from "./plan";
import { StepDefinition } from "./step";

const WAIT = "Minutes; then wait up to 60 minutes until the role assignments take effect.";
const NO_EFFECT = "None.";

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

/** Whether az changes the cluster that exists. */
export function isInPlace({ way }: MovePlan): boolean {
  return way !== "blue-green" && way !== "recreate";
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
  const isPrincipal = start.controlPlane.kind === "servicePrincipal";
  const withoutOperator = ready.filter((id) => id !== "az-role");
  const steps: StepDefinition[] = [];
  if (!isTarget(start.controlPlane, controlPlane)) {
    steps.push({
      id: "control-plane",
      team: "platform",
      title: `Switch the control plane to ${controlPlane.name}.`,
      after: withoutOperator,
      check: controlPlaneMoved,
      commands: [command(...controlPlaneCommand(plan))],
      effect: isPrincipal
        ? "The control plane switches at once. Nodes go on working with the service principal until their pool gets a new node image; documents of Azure contradict each other, so verify it. The cluster stack does the same in place, once the cluster is adopted: it replaces service_principal by identity."
        : "No downtime. The control plane goes on working with its old identity until its token ends, which takes hours. The cluster stack does the same in place, once the cluster is adopted.",
      duration: isPrincipal ? "10 to 30 minutes." : "Minutes; the old token ends after hours.",
      verify: "az aks show prints the identity, and msi as client id of the service principal.",
      back: isPrincipal
        ? "There is none: Azure changes no managed identity into a service principal."
        : start.controlPlane.kind === "systemAssigned"
          ? "az aks update --enable-managed-identity makes a new system-assigned identity, with another object id and without rights."
          : "az aks update --assign-identity with the old identity, as long as its role assignments exist.",
    });
  }
  if (isPrincipal) {
    steps.push({
      id: "node-images",
      team: "platform",
      title:
        "Upgrade the node image of each pool, so that no node works with the service principal.",
      after: ["control-plane"],
      check: imagesMoved,
      commands: world.exports.pools.map((pool) =>
        command(...imageCommand(plan, pool.text("name") ?? "")),
      ),
      effect:
        "Nodes are cordoned, drained and reimaged, one after the other or as many as the surge allows. Check PodDisruptionBudgets first. If a pool has the newest image, nothing happens: wait for the next one, or replace the pool.",
      duration: "About 10 minutes for each node; use a maintenance window.",
      verify: "az aks nodepool list prints another nodeImageVersion for each pool.",
      back: "There is none, and none is needed.",
    });
  }
  if (!isTarget(start.kubelet, kubelet)) {
    steps.push({
      id: "kubelet",
      team: "platform",
      title: `Switch the nodes to ${kubelet.name}.`,
      after: steps.length > 0 ? [...ready, steps[steps.length - 1]!.id] : ready,
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
  return steps;
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
      commands: ["terraform apply", "terraform plan -json > plan.jsonl"],
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
      verify: "az aks show finds nothing.",
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
