// The rights that follow from the grants: a principal that may assign an identity can act as it. Pure.
import { addOnIdentityName } from "../spec/add-ons";
import { isIdentityKind } from "../spec/identities";
import { ResolvedSpec, identitiesBesideCluster } from "../spec/resolved-spec";
import { allows } from "../spec/action-patterns";
import { CATALOGUE, Role } from "../spec/roles";
import { ASSIGNING_IDENTITIES, ActingStep, ActingWay, RUNNING_PODS } from "./becoming";
import { allowsAction, allowsDataAction, concerns } from "./actions";
import { addOnsWithRights } from "./features";
import { PlannedGrant, PlannedScope } from "./planned-grant";
import { resourceTypeOf } from "./resource-types";

/** A right of a principal: by a direct grant, or by one of an identity that it can act as. */
export interface Right {
  /** Name of the principal. */
  readonly principal: string;
  /** The identities that it acts as, in turn; empty if the grant is its own. */
  readonly via: string[];
  readonly grant: PlannedGrant;
  /** Operations on the scope, sorted. */
  readonly operations: string[];
}

// A grant is asked for its operations once for every principal that reaches it.
const known = new WeakMap<Pick<PlannedGrant, "role" | "scope">, string[]>();

/**
 * Returns the operations that a grant allows on its scope, sorted. Where the operations are unknown, the patterns of the
 * role stand for them: for types and roles that are not the library's.
 */
export function operationsOf(grant: Pick<PlannedGrant, "role" | "scope">): string[] {
  const operations = known.get(grant) ?? computeOperations(grant);
  known.set(grant, operations);
  return operations;
}

function computeOperations({ role, scope }: Pick<PlannedGrant, "role" | "scope">): string[] {
  const { operations: catalogue, dataOperations = [] } = resourceTypeOf(scope.kind);
  const wholes = role.notDataActions.length > 0 ? [] : role.dataActions.filter(isWholeType);
  const known = [
    ...(catalogue ?? []).filter((operation) => allowsAction(role, operation)),
    // A role with all data actions also has those that are not known: the wildcard says so.
    ...dataOperations.filter((one) => allowsDataAction(role, one) && !allows(wholes, one)),
    ...relevantTo(scope, wholes),
  ];
  // The wildcards of a role that the library does not know may match more than its catalogue of operations.
  const isCounted = catalogue !== undefined && CATALOGUE.some(({ guid }) => guid === role.guid);
  const named = [
    ...relevantTo(scope, role.actions).filter((pattern) => !allows(role.notActions, pattern)),
    ...relevantTo(scope, role.dataActions).filter((one) => !allows(role.notDataActions, one)),
  ].filter((pattern) => !(isCounted && pattern.includes("*")));
  return distinctOperations([...known, ...named]);
}

/** Whether a pattern stands for all operations on resources of a type. */
function isWholeType(pattern: string): boolean {
  return /^[^/*]+\/[^/*]+\/\*$/.test(pattern);
}

/** Returns those of the patterns of a role that are about resources like a scope. */
export function relevantTo({ kind }: PlannedScope, patterns: readonly string[]): string[] {
  const { type, rightsOn = type } = resourceTypeOf(kind);
  return patterns.filter((pattern) => concerns(pattern, rightsOn));
}

/** Returns all that a role allows on resources like a scope, with its wildcards; all of it if nothing is about them. */
export function patternsOn(scope: PlannedScope, { actions, dataActions }: Role): string[] {
  const all = [...actions, ...dataActions];
  const relevant = relevantTo(scope, all);
  return relevant.length > 0 ? relevant : all;
}

// Azure does not look at the case of letters.
function distinctOperations(operations: string[]): string[] {
  const found = new Map<string, string>();
  for (const operation of operations) {
    const key = operation.toLowerCase();
    found.set(key, found.get(key) ?? operation);
  }
  return [...found.values()].sort();
}

/** Returns the operations that a grant allows on its scope and that no feature needs, sorted. */
export function excessOf(grant: PlannedGrant): string[] {
  return operationsOf(grant).filter((operation) => !allows(grant.needs, operation));
}

/**
 * Returns the identities that the pods of a principal can use: those of the nodes, also for add-ons, unless a network policy
 * keeps them from it, and those of all workloads.
 */
function usableByPods(actor: string, grants: PlannedGrant[], spec: ResolvedSpec): string[] {
  const isAdmin = spec.access.adminGroups.some(({ name }) => name === actor);
  const writesPods = grants.some(
    ({ principal, role, scope }) =>
      principal.name === actor &&
      // The resource group of the cluster: a role on another cluster gives nothing in this one.
      scope.kind === "resourceGroup" &&
      RUNNING_PODS.some((operation) => allowsDataAction(role, operation)),
  );
  const workloads = spec.workloads.map(({ identity }) => identity.name);
  const addOns = addOnsWithRights(spec).map((addOn) => addOnIdentityName(addOn, spec.name));
  return isAdmin || writesPods ? [spec.identities.kubelet.name, ...addOns, ...workloads] : [];
}

/** Returns the rights of every principal, directly and by way of identities. */
export function effectiveRights(grants: PlannedGrant[], spec: ResolvedSpec): Right[] {
  return actors(grants, spec).flatMap((name) => rightsOf(name, grants, spec));
}

/** Returns every step by which a principal can act as an identity, also as one without rights. */
export function actingSteps(grants: PlannedGrant[], spec: ResolvedSpec): ActingStep[] {
  return actors(grants, spec).flatMap((name) => stepsOf(name, grants, spec));
}

function actors(grants: PlannedGrant[], spec: ResolvedSpec): string[] {
  const unlisted = unlistedDeployer(spec);
  const names = [
    ...grants.map(({ principal }) => principal.name),
    ...spec.access.adminGroups.map(({ name }) => name),
    ...(unlisted === undefined ? [] : [unlisted]),
  ];
  return [...new Set(names)].sort();
}

function rightsOf(name: string, grants: PlannedGrant[], spec: ResolvedSpec): Right[] {
  return waysToAct(name, grants, spec).flatMap((via) => {
    const actor = via[via.length - 1] ?? name;
    return grants
      .filter(({ principal }) => principal.name === actor)
      .map((grant) => ({ principal: name, via, grant, operations: operationsOf(grant) }));
  });
}

/** Returns the principals that a principal can act as: itself first, then identities, each by the shortest chain. */
function waysToAct(name: string, grants: PlannedGrant[], spec: ResolvedSpec): string[][] {
  const ways: string[][] = [[]];
  const reached = new Set([name]);
  // The list grows while it is walked: breadth first, so that chains are as short as can be.
  for (const way of ways) {
    const actor = way[way.length - 1] ?? name;
    for (const { identity } of stepsOf(actor, grants, spec)) {
      if (!reached.has(identity)) {
        reached.add(identity);
        ways.push([...way, identity]);
      }
    }
  }
  return ways;
}

/** Returns the steps of a principal, by the names of the identities. */
function stepsOf(principal: string, grants: PlannedGrant[], spec: ResolvedSpec): ActingStep[] {
  const granted = grants
    .filter(({ principal: { name }, scope }) => name === principal && isIdentityKind(scope.kind))
    .filter((grant) =>
      ASSIGNING_IDENTITIES.some((operation) => operationsOf(grant).includes(operation)),
    )
    .map(({ scope }) => scope.name);
  const steps = (identities: string[], by: ActingWay): ActingStep[] =>
    [...new Set(identities)].map((identity) => ({ principal, identity, by }));
  return [
    ...steps(granted, ActingWay.ROLE),
    ...steps(ownedBy(principal, spec), ActingWay.OWNERSHIP),
    ...steps(usableByPods(principal, grants, spec), ActingWay.PODS),
  ].sort((a, b) => (a.identity < b.identity ? -1 : a.identity > b.identity ? 1 : 0));
}

/**
 * Returns the Contributor on a resource group that holds cluster and identities, where no deployer is
 * named: the deployer can take the identities over.
 */
export function unlistedDeployer(spec: ResolvedSpec): string | undefined {
  return spec.access.deployers.length === 0 && identitiesBesideCluster(spec).length > 0
    ? `Contributor on ${spec.resourceGroup.name}`
    : undefined;
}

// A deployer is Contributor on the cluster's resource group: identities in it are its own.
function ownedBy(actor: string, spec: ResolvedSpec): string[] {
  const deploys =
    spec.access.deployers.some(({ name }) => name === actor) || actor === unlistedDeployer(spec);
  return deploys ? identitiesBesideCluster(spec).map(({ identity }) => identity.name) : [];
}
