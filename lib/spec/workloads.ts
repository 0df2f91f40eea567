// Workloads: pods that act in Azure as a managed identity, by the tokens of their service accounts.
import { GrantingTeam } from "./granting-team";
import { IdentitySpec } from "./identities";
import { ResourceReference } from "./resource-reference";

/** A service account of Kubernetes. */
export interface ServiceAccount {
  /**
   * Its namespace.
   *
   * @examples web
   * @yamlName namespace
   */
  readonly namespaceName: string;
  /**
   * Name.
   *
   * @examples shop
   */
  readonly name: string;
}

/**
 * A right of a workload: a role on a resource. `role` alone is a built-in role that the library knows; `role` with
 * `roleGuid` is any other built-in role, with its actions; actions alone become a custom role.
 */
export interface WorkloadRight {
  /**
   * Name of a built-in role.
   *
   * @default - a custom role with `actions` and `dataActions`
   * @examples Key Vault Secrets User
   */
  readonly role?: string;
  /**
   * GUID of the definition of a built-in role that the library does not know.
   *
   * @default - found by the name
   * @format guid
   */
  readonly roleGuid?: string;
  /**
   * Actions of the role.
   *
   * @default - those of the built-in role, or none
   * @examples Microsoft.Network/dnsZones/read
   */
  readonly actions?: string[];
  /**
   * Data actions of the role.
   *
   * @default - those of the built-in role, or none
   * @examples Microsoft.KeyVault/vaults/secrets/getSecret/action
   */
  readonly dataActions?: string[];
  /**
   * The resource.
   *
   * @resourceType Microsoft.Resources/resources
   */
  readonly scope: ResourceReference;
  /**
   * Type of the resource.
   *
   * @default - that of the id of the resource
   * @examples Microsoft.KeyVault/vaults
   */
  readonly resourceType?: string;
  /**
   * Reason: one sentence, of ten characters at least. It becomes the description of the role assignment.
   *
   * @examples The shop reads its password.
   */
  readonly why: string;
  /**
   * The team that grants it.
   *
   * @default - the team that `permissions.grantedBy` names for the type; otherwise the NOC on resources of
   * Microsoft.Network, and the identity team on everything else
   */
  readonly grantedBy?: GrantingTeam;
}

/** A workload: pods with certain service accounts, which act in Azure as one managed identity. */
export interface WorkloadSpec {
  /**
   * Name: lower-case letters, digits and `-`. It stands in Terraform addresses.
   *
   * @format workload
   */
  readonly name: string;
  /** Service accounts whose pods act as the identity. */
  readonly serviceAccounts: ServiceAccount[];
  /**
   * The identity.
   *
   * @default - created as `<cluster>-<workload>-mi` in the resource group of the identities
   */
  readonly identity?: IdentitySpec;
  /**
   * Name of another workload whose identity this one uses as well, with all of its rights. Not with `identity`.
   *
   * @default - an identity that no other workload uses
   * @examples shop
   */
  readonly sharesIdentityOf?: string;
  /**
   * Rights of the identity.
   *
   * @default - none
   */
  readonly rights?: WorkloadRight[];
}

/** An OIDC issuer of Kubernetes, whose tokens Entra ID accepts for the identities of the workloads. */
export interface OidcIssuer {
  /**
   * Name: lower-case letters, digits and `-`. It stands in Terraform addresses and in the names of credentials.
   *
   * @format workload
   */
  readonly name: string;
  /**
   * URL, as the output `oidc_issuer_url` of the cluster stack has it.
   *
   * @default - the Terraform variable `oidc_issuer_url` for the issuer `cluster`, and `oidc_issuer_url_<name>` for another
   * @examples https://westeurope.oic.prod-aks.azure.com/00000000-0000-4000-8000-000000000000/00000000-0000-4000-8000-000000000001/
   */
  readonly url?: string;
}

/** The issuer of a description that names none: that of the cluster. */
export const CLUSTER_ISSUER = "cluster";

/** Returns the name of the Terraform variable with the URL of an issuer. */
export function issuerVariable({ name }: Pick<OidcIssuer, "name">): string {
  return name === CLUSTER_ISSUER ? "oidc_issuer_url" : `oidc_issuer_url_${name.replace(/-/g, "_")}`;
}

/** Returns the description of the variable of an issuer. */
export function issuerDescription({ name }: OidcIssuer): string {
  return name === CLUSTER_ISSUER
    ? "URL of the OIDC issuer of the cluster: the output oidc_issuer_url of the cluster stack."
    : `URL of the OIDC issuer ${name}: the output oidc_issuer_url of its cluster stack.`;
}

/** Returns the name of the output with the client id of the identity of a workload. */
export function outputName({ name }: Pick<WorkloadSpec, "name">): string {
  return `workload_${name.replace(/-/g, "_")}_client_id`;
}
