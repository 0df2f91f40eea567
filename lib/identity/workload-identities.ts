// The identities of workloads, and the credentials by which service accounts become them.
import { FederatedIdentityCredential } from "@cdktf/provider-azurerm/lib/federated-identity-credential";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { principalKey } from "../access/fleet-rows";
import { AUDIENCE, Credential, credentialsOf, isCreated, isOwner } from "../access/credentials";
import { letGo } from "../hcl/state-moves";
import { ClusterPlan } from "../plan/cluster-plan";
import { ISSUER_URL, invalidIssuer } from "../rules/texts";
import { ResolvedSpec, ResolvedWorkload } from "../spec/resolved-spec";
import {
  CLUSTER_ISSUER,
  OidcIssuer,
  issuerDescription,
  issuerVariable,
  outputName,
} from "../spec/workloads";
import { ignoreTags } from "../terraform/ignored-tags";
import { placeCredential } from "../terraform/azurerm-versions";
import { azurermFor, subscriptionElsewhere } from "../terraform/providers";
import { requiredVariable } from "../terraform/required-variable";
import { existingIdentity } from "./cluster-identities";
import { IManagedIdentity, ManagedIdentity } from "./managed-identity";
import { LibraryConstruct } from "../terraform/one-copy";

/** Properties of the identities of workloads. */
export interface WorkloadIdentitiesProps {
  /** The plan of the cluster whose workloads they are for. */
  readonly plan: ClusterPlan;
  /** URL of the issuer of the cluster, if the same stack creates it; by default a Terraform variable. */
  readonly issuerUrl?: string;
  /** Whether Terraform refuses to destroy them; by default it does. */
  readonly preventDestroy?: boolean;
}

/**
 * The identities of the workloads of a cluster, each with a credential for each issuer and service account. They outlive
 * the cluster: with another one, only the issuers of the credentials change.
 */
export class WorkloadIdentities extends LibraryConstruct {
  private readonly identities = new Map<string, IManagedIdentity>();
  private readonly issuers = new Map<string, string>();

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: WorkloadIdentitiesProps,
  ) {
    super(scope, id);
    const spec = props.plan._specFor(this);
    for (const workload of spec.workloads.filter(isOwner)) {
      const identity = this.identityOf(workload, spec);
      this.identities.set(
        principalKey({ kind: "workload", workload: workload.name }, spec),
        identity,
      );
      new TerraformOutput(this, outputName(workload), {
        value: identity.clientId,
        description: `Client id of the identity of the workload ${workload.name}.`,
        staticId: true,
      });
      const credentials = credentialsOf(workload, spec);
      credentials.forEach((one) => this.makeCredential(one, workload, identity, spec));
    }
    ignoreTags(this, spec.ignoreChanges.tags);
  }

  /** Returns the identity of a key, if it is one of these. */
  public find(key: string): IManagedIdentity | undefined {
    return this.identities.get(key);
  }

  private identityOf(workload: ResolvedWorkload, spec: ResolvedSpec): IManagedIdentity {
    const { name: id, identity } = workload;
    if (!isCreated(workload)) {
      letGo(UserAssignedIdentity.tfResourceType, this, id);
      return existingIdentity(this, id, { kind: "workload", workload: id }, spec);
    }
    return new ManagedIdentity(this, id, {
      name: identity.name,
      resourceGroupName: identity.resourceGroup,
      subscriptionId: identity.subscriptionId,
      location: spec.location,
      tags: spec.tags,
      preventDestroy: this.props.preventDestroy,
    });
  }

  private makeCredential(
    { name, address, issuer, subject }: Credential,
    { identity: { resourceGroup, subscriptionId } }: ResolvedWorkload,
    { identityId }: IManagedIdentity,
    spec: ResolvedSpec,
  ): void {
    const elsewhere = subscriptionId ?? subscriptionElsewhere(this, spec.subscriptionId);
    const credential = new FederatedIdentityCredential(this, address, {
      name,
      resourceGroupName: resourceGroup,
      parentId: identityId,
      issuer: issuer.url ?? this.variable(issuer),
      subject,
      audience: [AUDIENCE],
      provider: azurermFor(this, elsewhere),
    });
    placeCredential(credential, identityId);
  }

  private variable(issuer: OidcIssuer): string {
    const { issuerUrl } = this.props;
    const known = this.issuers.get(issuer.name);
    const url =
      known ??
      (issuer.name === CLUSTER_ISSUER && issuerUrl !== undefined
        ? issuerUrl
        : requiredVariable(this, issuerVariable(issuer), {
            description: issuerDescription(issuer),
            pattern: ISSUER_URL,
            invalid: invalidIssuer,
          }));
    this.issuers.set(issuer.name, url);
    return url;
  }
}
