// Computes the effects of an edit of a description on the deployed version. Pure.
import { stringify } from "yaml";
import { AccessReviewDocument } from "../../lib/review/access-review";
import { ReviewedGrant } from "../../lib/review/reviewed-grant";
import { Fields } from "../config/file-schema";
import { JsonObject, objectAt } from "../handoff/stack-json";
import { STACK_ROLES, stackRoleOf } from "../handoff/stack-roles";
import { isSameName } from "../../lib/spec/naming";
import { isIdentity, principalKey, scopeKey } from "../review/words";
import { PreviousOutput } from "./previous-output";
import { Remedy, RemedyInput, remedyFor } from "./remedy";
import { Fate, ResourceChange, Stacks, resourceChanges } from "./resource-changes";
import { BlockedByLocks, DELETING, blockedByLocks } from "./under-locks";
import { RightChange, RightFate, rightChanges } from "./right-changes";

/** Effects of an edit. */
export interface Changes {
  readonly cluster: string;
  /** The former name of the cluster, if it changes: the stacks with that name stay as they are. */
  readonly renamedFrom?: string;
  /** Rights of a cluster with another name that the former one has as well, or may have. */
  readonly shared: ReviewedGrant[];
  /** Whether the edit loses something live. */
  readonly lost: boolean;
  readonly rights: RightChange[];
  readonly resources: ResourceChange[];
  /** Changes of rights that fail, because a lock on the identity keeps the role assignments from being deleted. */
  readonly underLock: RightChange[];
  /** Deletions that fail, because of a lock on the cluster or on its resource group. */
  readonly blocked: BlockedByLocks;
  /** Former stacks that the description no longer makes: everything in them stays until they are destroyed. */
  readonly gone: string[];
  /** Current stacks without an earlier version to compare with. */
  readonly notCompared: string[];
  /** Stacks that get another name, as by another prefix, and so another folder and another place of their state. */
  readonly renamed: RenamedStack[];
  readonly remedy: Remedy;
}

/** A stack that gets another name, with both names. */
export interface RenamedStack {
  readonly from: string;
  readonly to: string;
}

/** Input of `changesOf`. */
export interface ChangesInput extends Pick<RemedyInput, "content" | "reviewWith"> {
  readonly previous: PreviousOutput;
  readonly review: AccessReviewDocument;
  readonly stacks: Stacks;
  /** Names of the stacks of the description, also if they are not compared. */
  readonly stackNames: readonly string[];
  /** Kinds of the identities that the description locks. */
  readonly locked: readonly string[];
}

const LOST_RIGHTS: readonly RightFate[] = ["lost", "replaced", "notHandedOver"];
const LOST_RESOURCES: readonly Fate[] = [
  "refused",
  "replaced",
  "destroyed",
  "pruned",
  "notHandedOver",
];

/** Returns the effects of an edit. */
export function changesOf(input: ChangesInput): Changes {
  const { previous, review, stacks } = input;
  const before = previous.review;
  const renamed = renamedStacks(input);
  const renamedFrom = renamed.length > 0 ? undefined : formerName(previous, review.cluster, stacks);
  if (renamedFrom !== undefined) {
    return {
      cluster: review.cluster,
      renamedFrom,
      shared: review.grants.filter((grant) => mayExist(grant, before)),
      lost: false,
      rights: review.grants.map((grant) => ({ fate: "added", grant })),
      resources: [],
      underLock: [],
      blocked: NOTHING_BLOCKED,
      gone: formerStacks(previous, renamedFrom),
      notCompared: [],
      renamed: [],
      remedy: { prevented: [] },
    };
  }
  const rights = before ? rightChanges(before, review) : [];
  const old = new Map([
    ...previous.stacks,
    ...renamed.map(({ from, to }) => [to, previous.stacks.get(from)!] as const),
  ]);
  const resources = resourceChanges(old, stacks).filter((change) =>
    isReported(change, before ? rights : undefined),
  );
  return {
    cluster: review.cluster,
    shared: [],
    lost: rights.some(({ fate }) => LOST_RIGHTS.includes(fate)) || resources.some(isLost),
    rights,
    resources,
    underLock: rights.filter((change) => isUnderLock(change, input)),
    blocked: before ? blockedByLocks(before, review, { rights, resources }) : NOTHING_BLOCKED,
    gone: formerStacks(previous, review.cluster).filter(
      (name) =>
        !input.stackNames.includes(name) &&
        !renamed.some(({ from }) => from === name) &&
        hasResources(previous.stacks.get(name)) &&
        // To destroy it would revoke a right that the other team is to take over.
        !rights.some(({ fate, before: old }) => fate === "notHandedOver" && old?.stack === name),
    ),
    notCompared: input.stackNames.filter((name) => !old.has(name)),
    renamed,
    remedy: before
      ? remedyFor(rights, { ...input, before, keyId: keyIdIn(previous.stacks) })
      : { prevented: [] },
  };
}

/** Whether the former cluster has a right as well: for people and pipelines, or for an identity that both use. */
function mayExist(grant: ReviewedGrant, before: AccessReviewDocument | undefined): boolean {
  const key = ({ principal, role, scope }: ReviewedGrant) =>
    [principalKey(principal), role.guid ?? role.name, scopeKey(scope)].join(" ").toLowerCase();
  return before === undefined
    ? !isIdentity(grant.principal.kind)
    : before.grants.some((old) => key(old) === key(grant));
}

const NOTHING_BLOCKED: BlockedByLocks = { fields: [], rights: [], resources: [] };

/** Returns the stacks of the earlier version, in the order of deployment, as far as its output tells. */
function formerStacks({ review, stacks }: PreviousOutput, cluster: string): string[] {
  const names = new Set([...stacks.keys(), ...(review?.grants ?? []).map(({ stack }) => stack)]);
  return STACK_ROLES.map((role) => `${cluster}-${role}`).flatMap(
    (name) => [...names].find((one) => one === name || one.endsWith(`-${name}`)) ?? [],
  );
}

// One that has handed everything over to the other team has none.
function hasResources(stack: JsonObject | undefined): boolean {
  return stack === undefined || Object.keys(objectAt(stack, "resource")).length > 0;
}

/** Whether a change of a resource loses something live. A role definition by itself gives no right. */
export function isLost({ fate, type }: ResourceChange): boolean {
  return LOST_RESOURCES.includes(fate) && type !== "azurerm_role_definition";
}

// A lock that goes in the same apply goes before the role assignments, since it depends on them.
function isUnderLock(
  { fate, grant, before }: RightChange,
  { previous, locked }: ChangesInput,
): boolean {
  const stacks = [...previous.stacks];
  // Those of the cluster are in another stack.
  const wasLocked =
    stacks.length === 0 ||
    stacks.some(
      ([name, stack]) =>
        stackRoleOf(name) === "identities" &&
        Object.keys(objectAt(stack, "resource", LOCK)).length > 0,
    );
  return DELETING.includes(fate) && wasLocked && locked.includes((before ?? grant).scope.kind);
}

const LOCK = "azurerm_management_lock";

/** Returns the stacks of the cluster that had another prefix. */
function renamedStacks({ previous, review, stackNames }: ChangesInput): RenamedStack[] {
  const before = [...previous.stacks.keys()];
  // Stacks of another cluster are other stacks.
  if (previous.review && !isSameName(previous.review.cluster, review.cluster)) {
    return [];
  }
  return stackNames
    .filter((to) => !before.includes(to))
    .flatMap((to) => {
      const name = `${review.cluster}-${stackRoleOf(to)}`;
      const from = before.find((one) => one === name || one.endsWith(`-${name}`));
      return from === undefined ? [] : [{ from, to }];
    });
}

/** Returns the lines to add to the description. */
export function yamlOf(previous: Fields): string {
  return stringify({ previous }, { lineWidth: 0 }).trimEnd();
}

/** Whether a change of a resource is reported: one of a role assignment only if the changes of rights do not cover it. */
function isReported({ type, fate, address }: ResourceChange, rights?: RightChange[]): boolean {
  if (type === "azurerm_role_definition") {
    return ["inPlace", "replaced"].includes(fate);
  }
  if (type !== "azurerm_role_assignment" || !rights) {
    return true;
  }
  const covered = rights
    .filter((change) => change.fate !== "exchanged")
    .flatMap(({ grant, before }) => [grant.address, before?.address]);
  return (
    ["replaced", "destroyed", "notHandedOver"].includes(fate) &&
    !covered.some((one) => address === `${type}.${one}`)
  );
}

function formerName({ review, stacks: old }: PreviousOutput, cluster: string, stacks: Stacks) {
  if (review) {
    return isSameName(review.cluster, cluster) ? undefined : review.cluster;
  }
  const former = [...old.keys()].find((name) => name.endsWith("-cluster"));
  return former === undefined || [...old.keys()].some((name) => stacks.has(name))
    ? undefined
    : former.replace(/-cluster$/, "");
}

function keyIdIn(stacks: Stacks): string | undefined {
  for (const stack of stacks.values()) {
    const clusters = objectAt(stack, "resource", "azurerm_kubernetes_cluster");
    for (const name of Object.keys(clusters)) {
      const { key_vault_key_id: id }: JsonObject = objectAt(
        clusters,
        name,
        "key_management_service",
      );
      if (typeof id === "string" && !id.includes("${")) {
        return id;
      }
    }
  }
  return undefined;
}
