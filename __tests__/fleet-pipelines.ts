// The example pipelines of a fleet, and their steps.
import { join } from "node:path";
import { parse } from "yaml";
import { textOf } from "./scenarios";

/** The folder of the example. */
export const PLACE = join("examples", "fleet");
/** The workflow of GitHub Actions. */
export const WORKFLOW = textOf(PLACE, "github-workflow.yml");
/** The workflow that it calls for each stage. */
export const CALLED = textOf(PLACE, "github-stage.yml");
/** The pipeline of Azure Pipelines. */
export const AZURE = textOf(PLACE, "azure-pipelines.yml");

/** A step of either kind. */
export interface Step {
  readonly name?: string;
  readonly displayName?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly bash?: string;
  readonly env?: { [name: string]: string };
}

interface Call {
  readonly needs: string | string[];
  readonly if: string;
  readonly permissions: object;
  readonly with: { [name: string]: string | number };
}

interface Job {
  readonly if: string;
  readonly environment?: string;
  readonly permissions: object;
  readonly env?: { ARM_CLIENT_ID: string };
  readonly steps: Step[];
}

const { jobs } = parse(WORKFLOW) as {
  jobs: { index: Job; applied: Job } & { [name: string]: Call };
};
const { index: first, applied: last, ...calls } = jobs;
/** The job before the stages, and the one after them. */
export const [index, applied] = [first, last];
/** The calls of the stages, in order. */
export const stages = Object.values(calls);
/** The jobs of a stage. */
export const { plan, apply } = (parse(CALLED) as { jobs: { plan: Job; apply: Job } }).jobs;
/** All steps of GitHub Actions. */
export const github = [index, plan, apply, applied].flatMap(({ steps }) => steps);

/** All steps of a tree of stages, conditions and jobs. */
function stepsIn(tree: unknown): Step[] {
  if (Array.isArray(tree)) {
    return tree.flatMap(stepsIn);
  }
  if (typeof tree !== "object" || tree === null) {
    return [];
  }
  return "bash" in tree ? [tree as Step] : Object.values(tree).flatMap(stepsIn);
}

/** All steps of Azure Pipelines. */
export const azure = stepsIn(parse(AZURE));
/** Both pipelines: steps, text, and the option that each gives to bash. */
export const PIPELINES = [
  ["GitHub Actions", github, WORKFLOW + CALLED, "-e"],
  ["Azure Pipelines", azure, AZURE, "--noprofile"],
] as const;

/** The script of the step with a title. */
export function scriptOf(steps: readonly Step[], title: string): string {
  const found = steps.filter(({ name, displayName }) => [displayName, name].includes(title));
  expect(found).toHaveLength(1);
  return found[0]!.run ?? found[0]!.bash ?? "";
}
