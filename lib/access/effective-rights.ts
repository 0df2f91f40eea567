// What follows from the grants: whoever may assign an identity can act as it. Pure.
import { ResolvedSpec } from "../spec/resolved-spec";
import { allows } from "./actions";
import { OPERATIONS } from "./operations";
import { PlannedGrant } from "./planned-grant";
import { SCOPE_KINDS } from "./scope-kinds";

/** A right of a principal: by a grant of its own, or by one of an identity that it can act as. */
export interface Right {
  /** Name of the principal. */
  readonly principal: string;
  /** The identities that it acts as, in turn; empty if the grant is its own. */
  readonly via: string[];
  readonly grant: PlannedGrant;
  /** Operations on the scope, sorted. */
  readonly operations: string[];
}

const ASSIGN = "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action";

// A grant is asked for its operations once for every principal that reaches it.
const known = new WeakMap<PlannedGrant, string[]>();

/** The operations that a grant allows on its scope, sorted. */
export function operationsOf(grant: PlannedGrant): string[] {
  const operations = known.get(grant) ?? computeOperations(grant);
  known.set(grant, operations);
  return operations;
}

function computeOperations({ role, scope }: PlannedGrant): string[] {
  const operations = OPERATIONS[SCOPE_KINDS[scope.kind]?.operations ?? ""] ?? [];
  const patterns = [...role.actions, ...role.dataActions];
  return operations.filter((operation) => allows(patterns, operation)).sort();
}

/** The operations that a grant allows on its scope and that no feature needs, sorted. */
export function excessOf(grant: PlannedGrant): string[] {
  return operationsOf(grant).filter((operation) => !allows(grant.needs, operation));
}

/** Everything that every principal can do, directly and by way of identities. */
export function effectiveRights(grants: PlannedGrant[], spec: ResolvedSpec): Right[] {
  const unlisted = unlistedDeployer(spec);
  const names = [
    ...new Set(grants.map(({ principal }) => principal.name)),
    ...(unlisted === undefined ? [] : [unlisted]),
  ].sort();
  return names.flatMap((name) => rightsOf(name, grants, spec));
}

function rightsOf(name: string, grants: PlannedGrant[], spec: ResolvedSpec): Right[] {
  return waysToAct(name, grants, spec).flatMap((via) => {
    const actor = via[via.length - 1] ?? name;
    return grants
      .filter(({ principal }) => principal.name === actor)
      .map((grant) => ({ principal: name, via, grant, operations: operationsOf(grant) }));
  });
}

/** As whom a principal can act: itself first, then identities, each by the shortest chain. */
function waysToAct(name: string, grants: PlannedGrant[], spec: ResolvedSpec): string[][] {
  const ways: string[][] = [[]];
  const reached = new Set([name]);
  // The list grows while it is walked: breadth first, so that chains are as short as can be.
  for (const way of ways) {
    const actor = way[way.length - 1] ?? name;
    for (const identity of assignable(actor, grants, spec)) {
      if (!reached.has(identity)) {
        reached.add(identity);
        ways.push([...way, identity]);
      }
    }
  }
  return ways;
}

function assignable(actor: string, grants: PlannedGrant[], spec: ResolvedSpec): string[] {
  const granted = grants
    .filter(
      ({ principal, scope }) =>
        principal.name === actor && (scope.kind === "controlPlane" || scope.kind === "kubelet"),
    )
    .filter((grant) => operationsOf(grant).includes(ASSIGN))
    .map(({ scope }) => scope.name);
  return [...new Set([...granted, ...ownedBy(actor, spec)])].sort();
}

/**
 * Whoever is Contributor on a resource group that holds cluster and identities, where no deployer is
 * named: somebody deploys, and can take the identities over.
 */
export function unlistedDeployer(spec: ResolvedSpec): string | undefined {
  return spec.deployers.length === 0 && sharesResourceGroup(spec)
    ? `Contributor on ${spec.resourceGroup.name}`
    : undefined;
}

// A deployer is Contributor on the cluster's resource group: identities in it are its own.
function ownedBy(actor: string, spec: ResolvedSpec): string[] {
  const deploys =
    spec.deployers.some(({ name }) => name === actor) || actor === unlistedDeployer(spec);
  return deploys && sharesResourceGroup(spec)
    ? [spec.identities.controlPlane.name, spec.identities.kubelet.name]
    : [];
}

function sharesResourceGroup({ resourceGroup, identities }: ResolvedSpec): boolean {
  return resourceGroup.name.toLowerCase() === identities.resourceGroup.name.toLowerCase();
}
