// The last steps of each way: the stack is content, and what the cluster no longer uses goes. Pure.
import { command } from "../review/shell";
import {
  PLAN_COMMAND,
  deleteApplicationCommand,
  deleteGrantCommand,
  operatorCommand,
  principalLine,
} from "./commands";
import {
  applicationGone,
  oldGrantsGone,
  operatorGone,
  planUnchanged,
  tokensEnded,
} from "./evidence";
import { clientIdOf, oldGrants } from "./old-grants";
import { MovePlan, World, needsOperator } from "./plan";
import { StepDefinition } from "./step";
import { TOKEN_HOURS, switchesOf } from "./waits";
import { GrantingTeam } from "../../lib/spec/granting-team";

/**
 * Returns the last steps.
 *
 * @param before ids of all steps before them
 */
export function endSteps(plan: MovePlan, world: World, before: string[]): StepDefinition[] {
  const steps: StepDefinition[] = [];
  const last = () => [...before, ...steps.map(({ id }) => id)];
  if (plan.way !== "blue-green") {
    steps.push({
      id: "terraform-plan",
      team: "platform",
      title: `Plan the stack ${plan.review.cluster}-cluster: it changes nothing, and does not warn about the kubelet identity.`,
      after: last(),
      check: planUnchanged(({ cluster }) => cluster.id),
      commands: [PLAN_COMMAND],
      effect: "None. A cluster that Terraform does not manage yet is adopted first.",
      duration: "Minutes.",
      verify: "Put plan.jsonl into the folder of the exports. It has no secrets.",
      back: "Not necessary.",
    });
  }
  if (needsOperator(plan) && plan.way !== "blue-green" && plan.way !== "recreate") {
    steps.push({
      id: "az-role-removed",
      team: "identity",
      title: "Delete the built-in role of the step az-role: the description has a smaller one.",
      after: last(),
      check: operatorGone,
      isAbsence: true,
      isDestructive: true,
      commands: [principalLine(plan), command(...operatorCommand("delete", plan))],
      effect: "None.",
      duration: "Minutes.",
      verify: "The next exports do not have it.",
      back: "Grant it again, before the next switch of the kubelet identity.",
    });
  }
  const switches = switchesOf(plan);
  if (switches.length > 0) {
    steps.push(
      tokensStep(
        "old-tokens",
        switches,
        last(),
        "None: the old role assignments stay until then, since tokens of the old identity may still be in use.",
      ),
    );
  }
  const moved = last();
  for (const team of Object.values(GrantingTeam)) {
    steps.push({
      id: `${team}-old-grants`,
      team,
      title: "Delete the role assignments that the cluster no longer uses.",
      after: moved,
      check: oldGrantsGone(team),
      isAbsence: true,
      isDestructive: true,
      commands: oldGrants(world.exports, plan)
        .filter((one) => one.team === team)
        .map((one) => command(...deleteGrantCommand(one))),
      effect: `None on the cluster. Others who use the old identity lose its rights: ${team}.sh looks for other clusters first.`,
      duration: "Minutes.",
      verify: "The next exports do not have them.",
      back: "Create them again, with the exports of the start.",
    });
  }
  const clientId = clientIdOf(plan);
  if (clientId !== "") {
    steps.push({
      id: "application",
      team: "identity",
      title: `Delete the application ${plan.start.controlPlane.name} with its secret.`,
      after: last(),
      check: applicationGone,
      isAbsence: true,
      isDestructive: true,
      commands: [command(...deleteApplicationCommand(clientId))],
      effect:
        "None on the cluster. identity.sh first looks for other clusters and for roles in all subscriptions that az sees; other users show in the sign-ins of the application alone. Where something else signs in with it, delete only the secret of the cluster.",
      duration: "Minutes.",
      verify: "export.sh finds it among the deleted applications.",
      back: "Restore it within 30 days.",
    });
  }
  return steps;
}

/** Returns a step that waits until the tokens have ended that were there before switches. */
export function tokensStep(
  id: string,
  switches: readonly string[],
  after: string[],
  effect: string,
): StepDefinition {
  return {
    id,
    team: "platform",
    title: `Wait ${TOKEN_HOURS} hours, until tokens of the old identity have ended.`,
    after,
    check: tokensEnded(switches),
    commands: [],
    effect,
    duration: `${TOKEN_HOURS} hours after exports first showed the switch: Azure keeps tokens of managed identities for about as long.`,
    verify: "move.json has the time of the first exports that showed the switch.",
    back: "Not necessary.",
  };
}
