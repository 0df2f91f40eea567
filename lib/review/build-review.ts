// Makes the access review of a description. Pure.
import { createHash } from "node:crypto";
import { PrincipalKind, PrincipalType } from "../spec/principal";
import { known } from "../spec/known";
import { parseResourceId } from "../spec/resource-id";
import { ResourceReference } from "../spec/resource-reference";
import { IDENTITY_KINDS, isIdentityKind } from "../spec/identities";
import { ResolvedSpec, identityOf, listedWorkloads } from "../spec/resolved-spec";
import { CATALOGUE } from "../spec/roles";
import { entryOf } from "../spec/tables";
import { Finding } from "../rules/finding";
import { AccessReviewDocument, EffectiveRight } from "./access-review";
import { ReviewedGrant, ReviewedPrincipal, ReviewedRole, ReviewedScope } from "./reviewed-grant";
import { ExcessCount } from "./excess-count";
import {
  Right,
  actingSteps,
  effectiveRights,
  excessOf,
  operationsOf,
  relevantTo,
} from "../access/effective-rights";
import { FLEET, makesCustomRole } from "../access/fleet-rows";
import { customRoleKey, customRoleName, customRoleSeed, isNewRole } from "../access/names";
import { PlacedGrant, PlannedGrant, PlannedPrincipal, PlannedScope } from "../access/planned-grant";
import { resourceTypeOf } from "../access/resource-types";
import { isWildcard } from "../spec/action-patterns";
import { reviewedWorkloads } from "./reviewed-workload";
import { riskOf } from "./risk";
import { rightsHashes } from "./rights-hashes";
import { CreatedBackupAccess, CreatedLock, CreatedResources } from "./created-resources";
import { fleetRunnersOf, runnersOf } from "./runners";
import { UNKNOWN_GROUP } from "./unknown-group";

/** Version of the form of reviews: another one if readers of the old form would be wrong. */
export const REVIEW_VERSION = 2;

/** The input of an access review. */
export interface ReviewInput {
  readonly spec: ResolvedSpec;
  readonly grants: PlannedGrant[];
  readonly findings: Finding[];
  /** The description that a row comes from. */
  readonly specOf: (grant: PlannedGrant) => ResolvedSpec;
}

/** Returns the access review of a plan. */
export function reviewOf({ spec, grants, findings, specOf }: ReviewInput) {
  const reviewed: ReviewedSpec = { ...spec, specOf };
  const rights = effectiveRights(grants, reviewed);
  const reviewedGrants = grants.map((grant) => reviewedGrant(grant, reviewed));
  const document: AccessReviewDocument = {
    version: REVIEW_VERSION,
    cluster: spec.name,
    subscriptionId: known(spec.subscriptionId),
    tenantId: known(spec.tenantId),
    location: known(spec.location),
    descriptionHash: hashOf(spec),
    rightsHashes: rightsHashes({ grants: reviewedGrants, exceptions: spec.exceptions }),
    roleSet: spec.permissions.roleSet.kind,
    grants: reviewedGrants,
    effectiveRights: rights.map((right) => reviewedRight(right, reviewed)),
    actingSteps: actingSteps(grants, reviewed),
    pathsToNetwork: rights
      .filter((right) => leadsToNetwork(right, reviewed))
      .map((right) => reviewedRight(right, reviewed)),
    excess: excessCounts(grants),
    runners: runnersOf(reviewedGrants, spec),
    created: createdResources(spec),
    workloads: spec.workloads.length > 0 ? reviewedWorkloads(spec) : undefined,
    exceptions: spec.exceptions.map(({ name, reason }) => ({ name, reason })),
    warnings: findings.filter(({ severity }) => severity === "warning"),
  };
  return document;
}

/** Returns the hash of a description, which does not depend on the order of its fields. */
function hashOf(spec: ResolvedSpec): string {
  const inOrder = (_name: string, value: unknown): unknown =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return createHash("sha256")
    .update(JSON.stringify({ ...spec, customRules: undefined }, inOrder))
    .digest("hex");
}

/** Returns the resources that the identity team's stack creates. */
function createdResources(spec: ResolvedSpec): CreatedResources {
  const { identities, location, tags, subscriptionId: ofStacks } = spec;
  const kinds = { controlPlane: PrincipalKind.CONTROL_PLANE, kubelet: PrincipalKind.KUBELET };
  const created = IDENTITY_KINDS.filter((kind) => !identities[kind].existing);
  const { name, create } = identities.resourceGroup;
  return {
    identities: created.map((kind) => {
      const { name: called, resourceGroup, subscriptionId = ofStacks } = identities[kind];
      return {
        kind: kinds[kind],
        name: called,
        resourceGroup,
        subscriptionId: known(subscriptionId),
      };
    }),
    resourceGroup: create ? name : undefined,
    location,
    tags,
    locked: identities.locked,
    locks: lockedScopes(spec),
    backupAccess: backupAccess(spec),
  };
}

/** Returns the access of the Backup vault, if there is one. */
function backupAccess({
  name: cluster,
  resourceGroup,
  subscriptionId,
  backup,
}: ResolvedSpec): CreatedBackupAccess | undefined {
  return (
    backup && {
      cluster,
      resourceGroup: resourceGroup.name,
      subscriptionId: known(subscriptionId),
      vault: backup.vault.name,
      vaultResourceGroup: backup.vault.resourceGroup ?? UNKNOWN_GROUP,
      vaultSubscriptionId: known(backup.vault.subscriptionId),
    }
  );
}

/** Returns what is locked after the cluster. */
function lockedScopes({
  name,
  resourceGroup,
  subscriptionId,
  locks,
}: ResolvedSpec): CreatedLock[] | undefined {
  const place = { resourceGroup: resourceGroup.name, subscriptionId: known(subscriptionId) };
  const all = [
    ...(locks?.cluster ? [{ ...place, cluster: name }] : []),
    ...(locks?.resourceGroup ? [place] : []),
  ];
  return all.length > 0 ? all : undefined;
}

/** A description, with what else a review is made of. */
interface ReviewedSpec extends ResolvedSpec, Pick<ReviewInput, "specOf"> {}

function reviewedGrant(grant: PlannedGrant, spec: ReviewedSpec): ReviewedGrant {
  const { address, team, principal, role, condition, reasons, scope } = grant;
  const { grantedFor, kept, takenOverFrom } = grant;
  return {
    address,
    team,
    stack: grant._stackIn(spec.name),
    grantedFor,
    afterCluster: (grant._isAfter && grantedFor !== FLEET) || undefined,
    kept: kept || undefined,
    takenOverFrom,
    principal: {
      kind: principal.kind,
      name: principal.name,
      principalType: principal.principal?.principalType ?? PrincipalType.SERVICE_PRINCIPAL,
      objectId: objectIdOf(principal, spec),
      ...placeOf(principal, spec),
    },
    role: {
      name: roleName(grant, spec),
      custom: role.guid === undefined,
      guid: role.guid,
      guidSeed: seedOf(grant, spec),
      address: definitionKey(grant, spec),
      description: role.description,
      ...definitionOn(grant),
    },
    scope: reviewedScope(scope, spec),
    condition,
    reasons,
    effectiveActions: operationsOf(grant),
    excessActions: excessOf(grant),
    risk: riskOf(operationsOf(grant)),
  };
}

/**
 * Returns the review of the stacks that the clusters of a fleet share: their grants, and the rights of the runners of all stacks.
 * Paths and exceptions are in the reviews of the clusters.
 *
 * @param rows the rows that these stacks grant
 * @param clusters the clusters, with the rows that their stacks grant
 */
export function sharedReviewOf(
  rows: readonly PlacedGrant[],
  clusters: readonly { readonly spec: ResolvedSpec; readonly rows: readonly PlacedGrant[] }[],
): AccessReviewDocument {
  const reviewed = ({ grant, spec: own, address }: PlacedGrant): ReviewedGrant => {
    const made = reviewedGrant(grant, { ...own, specOf: () => own });
    // These stacks define the custom roles.
    const definition = made.role.guidSeed && customRoleKey(grant, own);
    return {
      ...made,
      role: { ...made.role, address: definition },
      address,
      grantedFor: undefined,
    };
  };
  const { spec } = clusters[0]!;
  const addOns = {
    applicationRouting: undefined,
    keyVaultProvider: undefined,
    gatewayForContainers: undefined,
    workloads: listedWorkloads(spec),
    serviceMesh: undefined,
  };
  const shared = { ...spec, ...addOns, name: FLEET, exceptions: [] };
  const grants = rows.map(reviewed);
  const members = clusters.map((one) => ({ spec: one.spec, rows: one.rows.map(reviewed) }));
  return {
    ...reviewOf({ spec: shared, grants: [], findings: [], specOf: () => spec }),
    rightsHashes: rightsHashes({ grants, exceptions: [] }),
    grants,
    runners: fleetRunnersOf([
      ...members,
      ...rows.map((row, index) => ({ spec: row.spec, rows: [grants[index]!] })),
    ]),
    created: undefined,
  };
}

/** Returns the part of a built-in role that is about resources like the scope, or a whole custom role. */
function definitionOn({ role, scope }: PlannedGrant): Omit<ReviewedRole, "name" | "custom"> {
  if (!CATALOGUE.some(({ guid }) => guid === role.guid)) {
    return { actions: role.actions, dataActions: role.dataActions };
  }
  const except = (patterns: readonly string[]) => {
    const relevant = relevantTo(scope, patterns);
    return relevant.length === 0 ? undefined : relevant;
  };
  return {
    actions: relevantTo(scope, role.actions),
    notActions: except(role.notActions),
    dataActions: relevantTo(scope, role.dataActions),
    notDataActions: except(role.notDataActions),
  };
}

function roleName(grant: PlannedGrant, { specOf }: ReviewedSpec): string {
  const { role, scope } = grant;
  return role.key === undefined ? role.name : customRoleName(role, scope, specOf(grant));
}

function seedOf(grant: PlannedGrant, { specOf }: ReviewedSpec): string | undefined {
  const { role, scope } = grant;
  const spec = specOf(grant);
  return isNewRole(role, spec) ? customRoleSeed(role, scope, spec) : undefined;
}

/** Returns the name of the definition of a custom role, if a stack of the cluster creates it. */
function definitionKey(grant: PlannedGrant, spec: ReviewedSpec): string | undefined {
  const of = spec.specOf(grant);
  const isMade = seedOf(grant, spec) !== undefined && makesCustomRole(grant, of);
  return isMade ? customRoleKey(grant, of) : undefined;
}

function objectIdOf(planned: PlannedPrincipal, spec: ReviewedSpec): string | undefined {
  const { principal } = planned;
  return known(principal ? principal.objectId : identityOf(planned, spec).ids?.principalId);
}

/** Returns the resource group of an identity, and its subscription. */
function placeOf(
  principal: PlannedPrincipal,
  spec: ReviewedSpec,
): Pick<ReviewedPrincipal, "resourceGroup" | "subscriptionId"> {
  if (principal.principal) {
    return {};
  }
  const { resourceGroup, subscriptionId = spec.subscriptionId } = identityOf(principal, spec);
  return { resourceGroup, subscriptionId };
}

/** Returns the scope of a row for reviews. */
export function reviewedScope(scope: PlannedScope, spec: ResolvedSpec): ReviewedScope {
  const { kind, name, reference } = scope;
  const { type, owner, team } = resourceTypeOf(kind);
  const identity = isIdentityKind(kind) ? spec.identities[kind] : undefined;
  const ofCluster = identity?.resourceGroup ?? spec.resourceGroup.name;
  const inSubscription = reference ?? identity;
  return {
    kind,
    name,
    resourceType: type,
    resourceGroup: reference ? (reference.resourceGroup ?? UNKNOWN_GROUP) : ofCluster,
    parent: kind === "subnet" ? reference?.name : parentsOf(reference),
    subscriptionId: inSubscription?.subscriptionId ?? known(spec.subscriptionId),
    team: entryOf(spec.permissions.grantedBy, owner) ?? team,
  };
}

// A part of another resource is given by its id.
function parentsOf(reference: ResourceReference | undefined): string | undefined {
  const parents = parseResourceId(reference?.id ?? "")?.parents ?? [];
  return parents.length === 0 ? undefined : parents.join("/");
}

function reviewedRight(
  { principal, via, grant, operations }: Right,
  spec: ReviewedSpec,
): EffectiveRight {
  return {
    principal,
    via,
    grant: grant.address,
    role: roleName(grant, spec),
    scope: reviewedScope(grant.scope, spec),
    actions: operations,
    risk: riskOf(operations),
  };
}

// The network does not depend on the team that grants on it.
function leadsToNetwork({ principal, grant }: Right, spec: ResolvedSpec): boolean {
  const { controlPlane, kubelet } = spec.identities;
  return (
    ![controlPlane.name, kubelet.name].includes(principal) &&
    resourceTypeOf(grant.scope.kind).team === "network"
  );
}

function excessCounts(grants: PlannedGrant[]): ExcessCount[] {
  const names = [...new Set(grants.map(({ principal }) => principal.name))].sort();
  return names.map((principal) => {
    const own = grants.filter((grant) => grant.principal.name === principal);
    const count = (operations: (grant: PlannedGrant) => string[]) =>
      own.flatMap(operations).filter((operation) => !isWildcard(operation)).length;
    const wildcards = [...new Set(own.flatMap(operationsOf).filter(isWildcard))].sort();
    return {
      principal,
      granted: count(operationsOf),
      excess: count(excessOf),
      wildcards: wildcards.length > 0 ? wildcards : undefined,
    };
  });
}
