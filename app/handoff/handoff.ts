// From a description to a folder for each stack, and from folders to what is outdated in them.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ClusterPlan } from "../../lib";
import { stackName } from "../../lib/stacks/stack-names";
import { LoadedConfiguration } from "../config/load";
import { UsageError } from "../environment";
import { writeFiles } from "../files";
import { renderMarkdown } from "../review/markdown";
import { reviewOf } from "../review/of-configuration";
import { stackTexts } from "../synthesize";
import { backendOf } from "./backend";
import { Files, HandoffKind, folderOf, stackFor } from "./folder";
import { IdentityMode, allowsMode, identityModeOf, withIdentities } from "./identities";
import { lateValues } from "./late-values";
import { LOCK_FILE, lockFile } from "./lock-file";
import { Comparison } from "./manifest";
import { parametrize, variablesIn } from "./parametrize";
import { StackRole } from "./rights";
import { JsonObject, StackJson, objectAt, parseStack } from "./stack-json";
import { inspect, write } from "./target";

const ROLES: readonly StackRole[] = ["identities", "network-permissions", "cluster"];

// Puts tags into the JSON where the description has none, so that they can be set late.
const NO_TAGS = { late: "true" };

/** What is to be handed over. */
export interface HandoffOptions {
  readonly kind: HandoffKind;
  /**
   * Where the ids of the identities come from.
   *
   * @default - the ids in the description if it has them, else a lookup
   */
  readonly identities?: IdentityMode;
  /**
   * Names of stacks, or what comes after the name of the cluster.
   *
   * @default - all three
   */
  readonly stacks?: string[];
}

/** The files of one stack. */
export interface Handoff {
  readonly stack: string;
  readonly files: Files;
  /** Providers with their constraints. */
  readonly requiredProviders: JsonObject;
}

/** A stack, and what there is to do in its folder. */
export interface Placed extends Handoff {
  readonly folder: string;
  readonly comparison: Comparison;
}

/**
 * The files of the stacks of a description. Nothing is written.
 *
 * @throws UsageError if a stack is asked for that is not there, or ids that are not in the description
 */
export function handoffsOf(
  configuration: LoadedConfiguration,
  file: string,
  { kind, identities, stacks }: HandoffOptions,
): Handoff[] {
  const { spec: described, plan: describedPlan, terraform } = configuration;
  const mode = identities ?? identityModeOf(described);
  if (!allowsMode(described, mode)) {
    throw new UsageError(
      `The description has no ids of the identities for --identities ${mode}. Write them under identities.controlPlane.ids and identities.kubelet.ids, or choose lookup or variable.`,
    );
  }
  const plan = new ClusterPlan({
    ...withIdentities(described, mode),
    tags: described.tags ?? NO_TAGS,
  });
  const order = ROLES.map((role) => stackName(`${described.name}-${role}`, terraform));
  const chosen = chooseStacks(order, stacks);
  const values = lateValues({
    spec: describedPlan._resolved,
    subscriptionId: terraform.subscriptionId,
    identities: mode,
  });
  const review = renderMarkdown(reviewOf(configuration));
  const texts = stackTexts({ ...configuration, plan }, file);
  return ROLES.flatMap((role, at): Handoff[] => {
    const stack = order[at]!;
    if (!chosen.includes(stack)) {
      return [];
    }
    const plain = parseStack(texts.get(stack) ?? "{}");
    const late = stackFor(kind, parametrize(plain, values, plan, terraform.subscriptionId));
    const files = folderOf({
      kind,
      review,
      json: late as StackJson,
      variables: variablesIn(late, values),
      backend: backendOf(terraform.backend, stack),
      readme: { role, name: stack, order, identities: mode, plan: describedPlan },
    });
    return [
      { stack, files, requiredProviders: objectAt(plain, "terraform", "required_providers") },
    ];
  });
}

/** Finds out what there is to do in the folders of stacks. */
export function place(handoffs: Handoff[], out: string): Placed[] {
  return handoffs.map((handoff) => {
    const folder = join(out, handoff.stack);
    return { ...handoff, folder, comparison: inspect(folder, handoff.files) };
  });
}

/** Writes what is outdated in the folders of stacks. */
export function writeAll(placed: Placed[]): void {
  for (const { folder, files, comparison } of placed) {
    write(folder, files, comparison);
  }
}

/** Makes the lock files that are missing; gives the folders that got none. One for each set of providers. */
export async function lockAll(placed: Placed[]): Promise<string[]> {
  const made = new Map<string, string | undefined>();
  const without: string[] = [];
  for (const { folder, requiredProviders } of placed) {
    const target = join(folder, LOCK_FILE);
    if (existsSync(target)) {
      continue;
    }
    const key = JSON.stringify(requiredProviders);
    const text = made.has(key) ? made.get(key) : await lockFile(requiredProviders);
    made.set(key, text);
    if (text === undefined) {
      without.push(folder);
    } else {
      writeFiles(folder, [[LOCK_FILE, text]]);
    }
  }
  return without;
}

function chooseStacks(order: string[], wanted: string[] = []): string[] {
  const unknown = wanted.filter((name) => !order.some((stack, at) => isCalled(stack, at, name)));
  if (unknown.length > 0) {
    throw new UsageError(`There is no stack ${unknown.join(", ")}. Use ${order.join(", ")}.`);
  }
  return wanted.length === 0
    ? order
    : order.filter((stack, at) => wanted.some((name) => isCalled(stack, at, name)));
}

function isCalled(stack: string, at: number, name: string): boolean {
  return name === stack || name === ROLES[at];
}
