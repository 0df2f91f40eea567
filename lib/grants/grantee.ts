// Principals that roles can be granted to.
import { PrincipalType } from "../spec/principal";

/** A principal that roles can be granted to: a managed identity, a group, a service principal or a user. */
export interface IGrantee {
  /** Object id (GUID), or a token for it. */
  readonly principalId: string;
  /** Type; that of a managed identity is a service principal. */
  readonly principalType: PrincipalType;
  /** Name, for reviewers. */
  readonly principalName: string;
}
