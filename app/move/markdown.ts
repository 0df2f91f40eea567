// Renders the steps of one team as a ticket. Pure.
import { block, code, prose, table } from "../review/markdown-text";
import { command } from "../review/shell";
import { teamName } from "../review/words";
import { MoveDocument } from "./document";
import { MovePlan, Way } from "./plan";
import { MoveTeam, Step } from "./step";

/** Each way in words. */
const WAY_WORDS: { readonly [way in Way]: string } = {
  "service-principal": "moves from a service principal to brought identities",
  "system-assigned": "moves from a system-assigned identity to brought identities",
  kubelet: "moves from the kubelet identity that AKS made to a brought one",
  "user-assigned": "moves from user-assigned identities to other ones",
  "blue-green": "is replaced by a second cluster with the same identities",
  recreate: "is deleted and created again, with brought identities",
  brought: "works with its brought identities",
};

/** Returns a sentence about the way of the cluster. */
export function waySentence(plan: MovePlan, wrap: (name: string) => string = String): string {
  return `The cluster ${wrap(plan.cluster.name)} ${WAY_WORDS[plan.way]}.`;
}

/** Returns the text of `<team>.md`. */
export function renderTicket(document: MoveDocument, plan: MovePlan, team: MoveTeam): string {
  const { steps, doubts } = document;
  const own = steps.filter((one) => one.team === team);
  return `${[
    `# Move of the cluster ${code(plan.cluster.name)}: steps of the ${teamName(team)}`,
    `${waySentence(plan, code)} ${code(`bash ${team}.sh`)} does the next step of this team, after it has checked Azure; ${code("--dry-run")} shows it. After each step, ${code("bash export.sh exports-2")} exports again, into a new folder, and ${code(command(...plan.again, "--from", "exports-2"))} compares.`,
    ...(doubts.length > 0
      ? ["## Stop and look", doubts.map((one) => `- ${prose(one)}`).join("\n")]
      : []),
    "## All steps",
    table(
      ["No.", "Team", "Step", "State", "Evidence"],
      steps.map((step, index) => [
        `${index + 1}`,
        prose(teamName(step.team)),
        prose(step.title),
        step.state === "next" ? "**next**" : step.state,
        prose(step.evidence),
      ]),
    ),
    ...own.flatMap((step) => section(step, steps.indexOf(step) + 1)),
    ...AFTERWARDS[team].flatMap((text, index) => [...(index === 0 ? ["## Afterwards"] : []), text]),
  ].join("\n\n")}\n`;
}

function section(step: Step, number: number): string[] {
  const { title, state, evidence, commands, effect, duration, verify, back } = step;
  const facts = [
    ["State", `${state}. ${evidence}`],
    ["Effect on nodes", effect],
    ["Duration", duration],
    ["Verify", verify],
    ["Go back", back],
  ];
  return [
    `## ${number}. ${prose(title)}`,
    facts.map(([head = "", text = ""]) => `- **${head}:** ${prose(text)}`).join("\n"),
    ...(commands.length > 0 ? [block("bash", commands.join("\n"))] : []),
  ];
}

const AFTERWARDS: { readonly [team in MoveTeam]: readonly string[] } = {
  identity: [
    "Sign-ins of the old identity that still happen show in the sign-in logs of Entra ID. Remove the old secret from vaults and pipelines, too.",
  ],
  network: [],
  platform: [
    "A cluster that is a member of a fleet of Azure Kubernetes Fleet Manager loses it when its identity changes: create the member again. Identities of add-ons do not change.",
  ],
};
