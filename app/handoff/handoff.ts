// Builds the hand-off folder of each stack from a description, and compares folders with it.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ClusterPlan } from "../../lib";
import { stackName } from "../../lib/stacks/stack-prefix";
import { LoadedConfiguration } from "../config/configuration";
import { UsageError } from "../environment";
import { writeFiles } from "../files";
import { renderMarkdown } from "../review/markdown";
import { withProvenance } from "../review/provenance";
import { textsOf } from "../synthesize";
import { backendOf } from "./backend";
import { Files, HandoffKind, folderOf, stackFor } from "./folder";
import { IdentityMode, allowsMode, identityModeOf, withIdentities } from "./identities";
import { possibleVariables } from "./variables";
import { LOCK_FILE, lockFile } from "./lock-file";
import { Comparison } from "./manifest";
import { parametrize, variablesIn } from "./parametrize";
import { JsonObject, StackJson, objectAt, parseStack } from "./stack-json";
import { STACK_ROLES, StackRole } from "./stack-roles";
import { inspect, write } from "./target";
import { testFileOf } from "./tests/test-file";

// Adds tags to the JSON if the description has none, so that a variable can replace them.
const PLACEHOLDER_TAGS = { placeholder: "true" };

/** Options of the hand-off. */
export interface HandoffOptions {
  readonly kind: HandoffKind;
  /**
   * Source of the identity ids.
   *
   * @default - literal if the description sets the ids, else lookup
   */
  readonly identities?: IdentityMode;
  /**
   * Names of stacks, with or without the name of the cluster.
   *
   * @default - all
   */
  readonly stacks?: string[];
}

/** The files of one stack. */
export interface Handoff {
  readonly stack: string;
  readonly files: Files;
  /** Required providers with their version constraints. */
  readonly requiredProviders: JsonObject;
}

/** A stack with its folder, and the differences between the two. */
export interface Placed extends Handoff {
  readonly folder: string;
  readonly comparison: Comparison;
}

/**
 * Returns the files of the stacks of a description, without writing them.
 *
 * @throws UsageError if a requested stack is unknown, or the description lacks the requested ids
 */
export function handoffsOf(
  configuration: LoadedConfiguration,
  { kind, identities, stacks }: HandoffOptions,
): Handoff[] {
  const { spec: described, plan: describedPlan, terraform } = configuration;
  const mode = identities ?? identityModeOf(described);
  if (!allowsMode(described, mode)) {
    throw new UsageError(
      `--identities ${mode} needs ids of both identities, which the description does not set. Set identities.controlPlane.ids and identities.kubelet.ids, or use lookup or variable.`,
    );
  }
  const plan = new ClusterPlan({
    ...withIdentities(described, mode),
    tags: described.tags ?? PLACEHOLDER_TAGS,
  });
  const texts = textsOf({ ...configuration, plan });
  const nameOf = (role: StackRole) => stackName(`${described.name}-${role}`, terraform);
  const roles = STACK_ROLES.filter((role) => texts.has(nameOf(role)));
  const order = roles.map(nameOf);
  const chosen = chooseStacks(order, roles, stacks);
  const values = possibleVariables({ spec: describedPlan._resolved, identities: mode });
  const review = renderMarkdown(withProvenance(configuration.plan.review(), undefined));
  return roles.flatMap((role, at): Handoff[] => {
    const stack = order[at]!;
    if (!chosen.includes(stack)) {
      return [];
    }
    const plain = parseStack(texts.get(stack) ?? "{}");
    const parametrized = stackFor(kind, parametrize(plain, values, plan));
    const variables = variablesIn(parametrized, values);
    const files = folderOf({
      kind,
      review,
      tests: testFileOf({ plan: describedPlan, plain, json: parametrized, variables }),
      json: parametrized as StackJson,
      variables,
      backend: backendOf(terraform.backend, stack),
      readme: { role, name: stack, order, identities: mode, plan: describedPlan },
    });
    return [
      { stack, files, requiredProviders: objectAt(plain, "terraform", "required_providers") },
    ];
  });
}

/** Compares the folders of stacks with the files to write. */
export function place(handoffs: Handoff[], out: string): Placed[] {
  return handoffs.map((handoff) => {
    const folder = join(out, handoff.stack);
    return { ...handoff, folder, comparison: inspect(folder, handoff.files) };
  });
}

/** Writes the outdated files in the folders of stacks. */
export function writeAll(placed: Placed[]): void {
  write(placed);
}

/** Creates missing lock files, once for each set of providers; returns the folders that still lack one. */
export async function lockAll(placed: Placed[]): Promise<string[]> {
  const lockFiles = new Map<string, string | undefined>();
  const unlocked: string[] = [];
  for (const { folder, requiredProviders } of placed) {
    const target = join(folder, LOCK_FILE);
    if (existsSync(target)) {
      continue;
    }
    const key = JSON.stringify(requiredProviders);
    const text = lockFiles.has(key) ? lockFiles.get(key) : await lockFile(requiredProviders);
    lockFiles.set(key, text);
    if (text === undefined) {
      unlocked.push(folder);
    } else {
      writeFiles(folder, [[LOCK_FILE, text]]);
    }
  }
  return unlocked;
}

function chooseStacks(
  order: string[],
  roles: readonly StackRole[],
  wanted: string[] = [],
): string[] {
  const isCalled = (stack: string, at: number, name: string) => [stack, roles[at]].includes(name);
  const unknown = wanted.filter((name) => !order.some((stack, at) => isCalled(stack, at, name)));
  if (unknown.length > 0) {
    throw new UsageError(`Unknown stack: ${unknown.join(", ")}. Use ${order.join(", ")}.`);
  }
  return wanted.length === 0
    ? order
    : order.filter((stack, at) => wanted.some((name) => isCalled(stack, at, name)));
}
