// The rows of a matrix: the stacks that one job plans or applies, one after the other. Pure.
import { createHash } from "node:crypto";
import { STACK_ROLES, STACK_TEAMS } from "../../handoff/stack-roles";
import { FIRST_STAGE, FleetIndex, FleetStackEntry } from "../fleet-index";

/** A row of a matrix: one job. */
export interface Row {
  /** Name of the row: that of its stack or, if it can have several stacks, of its stage and shard. */
  readonly name: string;
  /** Its stacks, at least one. */
  readonly stacks: FleetStackEntry[];
}

/** A stage of the deployment: rows of one team, which do not depend on each other. */
export interface Stage {
  /** Number of the stage, from 1. */
  readonly stage: number;
  /** Team that deploys its stacks. */
  readonly team: FleetStackEntry["team"];
  /** Rows with the stacks that have changed. */
  readonly changed: Row[];
  /** Rows with all stacks. */
  readonly all: Row[];
}

/**
 * The most jobs that the matrices of a run may have, all stages together.
 *
 * @see https://docs.github.com/actions/reference/limits
 */
export const MAX_JOBS = 256;

/** The teams of the stages: those of the stacks that all share, and those of the stacks of a cluster. */
export const TEAMS = [...STACK_ROLES.slice(0, FIRST_STAGE - 1), ...STACK_ROLES].map(
  (role): FleetStackEntry["team"] => STACK_TEAMS[role],
);

/** Stages that a fleet always has. */
const STAGES = FIRST_STAGE + STACK_ROLES.indexOf("cluster");

/** Returns the stages of a fleet, each with its rows: at most {@link MAX_JOBS} of them. */
export function stagesOf({ stacks }: FleetIndex): Stage[] {
  const teams = TEAMS.slice(0, Math.max(STAGES, ...stacks.map(({ stage }) => stage)));
  const parts = teams.map((_, index) => stacks.filter(({ stage }) => stage === index + 1));
  const shards = shardsFor(parts.map(({ length }) => length));
  return teams.map((team, index) => {
    const stage = index + 1;
    const all = rowsOf(parts[index] ?? [], `stage-${stage}-${team}`, shards);
    return { stage, team, changed: all.flatMap(changedPart), all };
  });
}

/**
 * Returns the number of shards of each stage that has more stacks. It depends only on the number of these stages, so
 * that a stack that is added leaves the others where they are. Without a number, each stack has a row.
 */
function shardsFor(sizes: readonly number[]): number | undefined {
  if (sum(sizes) <= MAX_JOBS) {
    return undefined;
  }
  let small: number[] = [];
  let shards = 0;
  // A stage that fits into an equal part leaves more to the others.
  do {
    shards = share(small, sizes.length);
    small = sizes.filter((size) => size <= shards);
  } while (share(small, sizes.length) > shards);
  return shards;
}

function share(small: readonly number[], stages: number): number {
  return Math.floor((MAX_JOBS - sum(small)) / (stages - small.length));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function rowsOf(stacks: FleetStackEntry[], prefix: string, shards = Infinity): Row[] {
  if (stacks.length <= shards) {
    return stacks.map((stack) => ({ name: stack.name, stacks: [stack] }));
  }
  const rows = new Map<string, FleetStackEntry[]>();
  const digits = String(shards).length;
  for (const stack of stacks) {
    const name = `${prefix}-${String(shardOf(stack, shards) + 1).padStart(digits, "0")}`;
    rows.set(name, [...(rows.get(name) ?? []), stack]);
  }
  return [...rows]
    .map(([name, members]) => ({ name, stacks: members }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

// By the name alone, and not by the place in the list: a shard keeps its stacks when others come and go.
function shardOf({ name, cluster = name }: FleetStackEntry, shards: number): number {
  return createHash("sha256").update(cluster).digest().readUInt32BE() % shards;
}

function changedPart({ name, stacks }: Row): Row[] {
  const changed = stacks.filter((stack) => stack.changed);
  return changed.length === 0 ? [] : [{ name, stacks: changed }];
}

/** Returns the folders of a row, relative to fleet.json, separated by spaces: folders have none in their names. */
export function foldersOf({ stacks }: Row): string {
  return stacks.map(({ folder }) => folder).join(" ");
}
