// Federated credentials: which service accounts of which issuers become which identity. Pure.
import { createHash } from "node:crypto";
import { addressName } from "../spec/address";
import { ResolvedSpec, ResolvedWorkload } from "../spec/resolved-spec";
import { OidcIssuer, ServiceAccount } from "../spec/workloads";

/** The audience of tokens for Entra ID. */
export const AUDIENCE = "api://AzureADTokenExchange";

/** Most federated credentials of an identity. */
export const MOST_CREDENTIALS = 20;

/** Longest name of a federated credential. */
const NAME_LENGTH = 120;

/** A federated credential of the identity of a workload. */
export interface Credential {
  /** Name in Azure. */
  readonly name: string;
  /** Name in Terraform addresses. */
  readonly address: string;
  readonly issuer: OidcIssuer;
  readonly subject: string;
}

/** Whether the identity of a workload is its own. Others share one. */
export function isOwner({ name, owner }: ResolvedWorkload): boolean {
  return name === owner;
}

/** Whether a stack creates the identity of a workload. */
export function isCreated(workload: ResolvedWorkload): boolean {
  return isOwner(workload) && !workload.identity.existing;
}

/** Returns the workloads that use the identity of a workload: itself first. */
export function usersOf(
  { owner }: ResolvedWorkload,
  { workloads }: ResolvedSpec,
): ResolvedWorkload[] {
  return workloads.filter((one) => one.owner === owner);
}

/** Returns the credentials of the identity of a workload: one for each issuer and each service account that uses it. */
export function credentialsOf(workload: ResolvedWorkload, spec: ResolvedSpec): Credential[] {
  const accounts = usersOf(workload, spec).flatMap(({ serviceAccounts }) => serviceAccounts);
  return spec.oidcIssuers.flatMap((issuer) =>
    accounts.map((account) => ({
      name: credentialName(spec.name, issuer, account),
      address: addressOf(issuer, account),
      issuer,
      subject: subjectOf(account),
    })),
  );
}

/** Returns the subject of the tokens of a service account. */
export function subjectOf({ namespaceName, name }: ServiceAccount): string {
  return `system:serviceaccount:${namespaceName}:${name}`;
}

// No name of Kubernetes has an underscore, so that two accounts never give one text.
function addressOf(issuer: OidcIssuer, { namespaceName, name }: ServiceAccount): string {
  return [issuer.name, namespaceName, name].map(addressName).join("_");
}

// Two clusters may have the same accounts, and one identity.
function credentialName(cluster: string, issuer: OidcIssuer, account: ServiceAccount): string {
  const name = `${addressName(cluster)}_${addressOf(issuer, account)}`;
  if (name.length <= NAME_LENGTH) {
    return name;
  }
  const mark = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name.slice(0, NAME_LENGTH - mark.length - 1)}-${mark}`;
}
