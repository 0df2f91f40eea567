// The content of a request, in words. Pure.
import { FLEET } from "../../lib/access/fleet-rows";
import { GRANTING_STACKS } from "../../lib/access/phases";
import { AccessReviewDocument } from "../../lib/review/access-review";
import { CreatedIdentity, CreatedResources } from "../../lib/review/created-resources";
import { ReviewedCredential, ReviewedWorkload } from "../../lib/review/reviewed-workload";
import { GrantingTeam } from "../../lib/spec/granting-team";
import { PrincipalKind } from "../../lib/spec/principal";
import { customRoles, hasKnownId } from "./azure";
import { count, listed } from "./text";
import { grantsOf, requestPhase } from "./words";

/** Whether a review is about the stacks that the clusters of a fleet share. */
export function isOfFleet({ cluster }: AccessReviewDocument): boolean {
  return cluster === FLEET;
}

/** Returns the resources that a team creates; undefined if it creates none, or the review does not say. */
export function createdBy(
  review: AccessReviewDocument,
  team: string,
): CreatedResources | undefined {
  if (review.created === undefined) {
    return undefined;
  }
  const { locks = [], backupAccess, ...created } = review.created;
  const late = { ...created, identities: [], resourceGroup: undefined, locked: false };
  switch (team) {
    case WORKLOADS:
      return {
        ...late,
        identities: workloadsIn(review)
          .filter(({ creates }) => creates)
          .map(identityOf),
      };
    case ADD_ONS:
      return locks.length > 0 || backupAccess ? { ...late, locks, backupAccess } : undefined;
    default:
      return team === (GrantingTeam.IDENTITY as string) && created.identities.length > 0
        ? created
        : undefined;
  }
}

/** The request for the identities of the workloads. */
const WORKLOADS = GRANTING_STACKS.workloads.identity;

/** The request for the identities of add-ons, and for locks. */
const ADD_ONS = GRANTING_STACKS.addOns.identity;

/** A federated credential, and the identity that has it. */
export interface PlacedCredential {
  readonly identity: CreatedIdentity;
  readonly credential: ReviewedCredential;
}

/** Returns the federated credentials that a team creates. */
export function credentialsBy(review: AccessReviewDocument, request: string): PlacedCredential[] {
  return (request === WORKLOADS ? workloadsIn(review) : []).flatMap((workload) =>
    workload.credentials.map((credential) => ({ identity: identityOf(workload), credential })),
  );
}

function workloadsIn({ workloads = [] }: AccessReviewDocument): ReviewedWorkload[] {
  return workloads;
}

function identityOf(workload: ReviewedWorkload): CreatedIdentity {
  const { name, identity, resourceGroup, subscriptionId } = workload;
  const kind = PrincipalKind.WORKLOAD;
  return { kind, name: identity, resourceGroup, subscriptionId, workload: name };
}

/** Whether the identities of the cluster come first: the stacks that the clusters of a fleet share come before them. */
export function needsIdentities(review: AccessReviewDocument, team: string): boolean {
  return requestPhase(team) === "addOns"
    ? grantsOf(review, team).length > 0
    : !isOfFleet(review) && createdBy(review, team) === undefined;
}

/** Returns the number of each kind of resource that is to be created, such as `2 identities and 3 role assignments`. */
export function contentWords(review: AccessReviewDocument, team: string): string {
  const grants = grantsOf(review, team);
  const created = createdBy(review, team);
  const identities = created?.identities.length ?? 0;
  const roles = customRoles(grants.filter(hasKnownId)).filter(({ role }) => role.guidSeed);
  const parts = [
    count(created?.resourceGroup === undefined ? 0 : 1, "resource group"),
    count(identities, "identity", "identities"),
    count(roles.length, "custom role"),
    count(credentialsBy(review, team).length, "federated credential"),
    count(grants.length, "role assignment"),
    count(created?.backupAccess === undefined ? 0 : 1, "trusted access role binding"),
    count((created?.locked ? identities : 0) + (created?.locks ?? []).length, "lock"),
  ];
  return listed(parts.filter((one) => !one.startsWith("0 ")));
}
