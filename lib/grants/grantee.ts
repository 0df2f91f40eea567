// Who a role can be granted to.

/** Somebody that roles can be granted to: a managed identity, a group, a service principal. */
export interface IGrantee {
  /** Object id (GUID), or a token for it. */
  readonly principalId: string;
  /** `ServicePrincipal` (also for managed identities), `Group` or `User`. */
  readonly principalType: string;
  /** Name, for people. */
  readonly principalName: string;
}
