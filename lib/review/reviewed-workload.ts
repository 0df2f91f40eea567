// Workloads, as the access review lists them. Plain data.
import { Credential, credentialsOf, isCreated, isOwner, subjectOf } from "../access/credentials";
import { known } from "../spec/known";
import { ResolvedSpec } from "../spec/resolved-spec";

/** A federated credential: tokens of an issuer for a service account that an identity accepts. */
export interface ReviewedCredential {
  /** Name in Azure. */
  readonly name: string;
  /** Name in Terraform addresses. */
  readonly address: string;
  /** Name of the issuer in the description. */
  readonly issuer: string;
  /**
   * URL of the issuer.
   *
   * @default - a variable of the stack
   */
  readonly issuerUrl?: string;
  /** Subject of the tokens: the service account. */
  readonly subject: string;
}

/** A workload: pods that act as an identity. */
export interface ReviewedWorkload {
  /** Name. */
  readonly name: string;
  /** Name of its identity. */
  readonly identity: string;
  /** Resource group of the identity. */
  readonly resourceGroup: string;
  /**
   * Subscription of the identity (GUID).
   *
   * @default - the one that the stacks work in
   */
  readonly subscriptionId?: string;
  /** Whether the identity team's stack creates the identity. */
  readonly creates: boolean;
  /**
   * Name of the workload whose identity it uses.
   *
   * @default - an identity that no other workload has
   */
  readonly sharesIdentityOf?: string;
  /** Its service accounts, as subjects of tokens: `system:serviceaccount:<namespace>:<name>`. */
  readonly subjects: string[];
  /** The credentials of its identity; none for a workload that shares one. */
  readonly credentials: ReviewedCredential[];
}

/** Returns the workloads of a description. */
export function reviewedWorkloads(spec: ResolvedSpec): ReviewedWorkload[] {
  return spec.workloads.map((workload) => {
    const { name, owner, identity, serviceAccounts } = workload;
    const { subscriptionId = spec.subscriptionId } = identity;
    return {
      name,
      identity: identity.name,
      resourceGroup: identity.resourceGroup,
      subscriptionId: known(subscriptionId),
      creates: isCreated(workload),
      sharesIdentityOf: isOwner(workload) ? undefined : owner,
      subjects: serviceAccounts.map(subjectOf),
      credentials: isOwner(workload) ? credentialsOf(workload, spec).map(reviewedCredential) : [],
    };
  });
}

function reviewedCredential({ name, address, issuer, subject }: Credential): ReviewedCredential {
  return { name, address, issuer: issuer.name, issuerUrl: known(issuer.url), subject };
}
