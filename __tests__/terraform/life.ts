// The life of a cluster's stacks: each is handed over as a file, planned, applied, planned again.
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { NATIVE_FILE } from "../../app/native";
import { synthesize } from "../../app/synthesize";
import { ClusterSpec } from "../../lib";
import { Diagnostic, PlannedChange, State, TerraformRoot } from "./terraform";
import { assignmentsIn, finding, fittingNetwork, worldOf } from "./world";

/** What the stacks are called after the name of the cluster, in the order in which they are deployed. */
export const STACKS = ["identities", "network-permissions", "cluster"] as const;

/** What one of the stacks is called after the name of the cluster. */
export type StackName = (typeof STACKS)[number];

/** What happened to one stack. */
export interface StackLife {
  /** The first plan. */
  readonly planned: PlannedChange[];
  readonly changesBefore: boolean;
  readonly applied: State;
  readonly changesAfter: boolean;
  /** What a plan to destroy everything is refused for. */
  readonly refusalsToDestroy: Diagnostic[];
  /** The state after another apply that knew nothing of the first. */
  readonly appliedAgain: State;
}

/** What happened to the stacks of a cluster. */
export type Life = { readonly [name in StackName]: StackLife };

/**
 * Synthesizes a file into a scratch folder and lives through its first three stacks. The stack of the cluster
 * finds the role assignments in the states of the other two.
 */
export async function live(file: string, spec: ClusterSpec, scratch: string): Promise<Life> {
  const outdir = join(scratch, "out");
  const { stacks } = synthesize({ file, outdir });
  const lives: [string, StackLife][] = [];
  for (const [index, { file: stack }] of stacks.slice(0, STACKS.length).entries()) {
    const folder = handOver(join(outdir, stack), join(scratch, String(index)));
    const granted = assignmentsIn(...lives.map(([, { applied }]) => applied));
    const env = worldOf(folder, [finding(granted), ...fittingNetwork(spec)]);
    lives.push([STACKS[index] ?? "", await liveStack(folder, env)]);
  }
  return Object.fromEntries(lives) as Life;
}

/** Copies the files of a stack into a separate folder, where its state is kept, too. */
export function handOver(stack: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  copyFileSync(stack, join(folder, "cdk.tf.json"));
  // Programs leave all in one file.
  const native = join(dirname(stack), NATIVE_FILE);
  if (existsSync(native)) {
    copyFileSync(native, join(folder, NATIVE_FILE));
  }
  // Terraform lets a file of this name replace the backend.
  writeFileSync(
    join(folder, "backend_override.tf.json"),
    JSON.stringify({ terraform: { backend: { local: {} } } }),
  );
  return folder;
}

/** Lives through one stack, in a separate folder. */
export async function liveStack(folder: string, env: NodeJS.ProcessEnv): Promise<StackLife> {
  const root = new TerraformRoot(folder, env);
  await root.init();
  const changesBefore = await root.plan();
  const planned = await root.planned();
  const applied = await root.apply();
  const changesAfter = await root.plan();
  const refusalsToDestroy = await root.refusalsToDestroy();
  const appliedAgain = await root.applyWithoutState();
  return { planned, changesBefore, applied, changesAfter, refusalsToDestroy, appliedAgain };
}
