// Every principal of Entra ID in a description, and where it stands. Pure.
import { Principal } from "../spec/principal";
import { ResolvedSpec } from "../spec/resolved-spec";

/** A principal in a description. */
export interface PlacedPrincipal {
  readonly path: string;
  readonly principal: Principal;
}

/** Every principal that the description grants something to. */
export function principals({ access, permissions }: ResolvedSpec): PlacedPrincipal[] {
  return [
    ...access.deployers.map((principal, at) => ({ path: `access.deployers.${at}`, principal })),
    ...access.kubernetes.map(({ principal }, at) => ({
      path: `access.kubernetes.${at}`,
      principal,
    })),
    ...permissions.additionalGrants.flatMap(({ principal: { principal } }, index) =>
      principal ? [{ path: `permissions.additionalGrants.${index}.principal`, principal }] : [],
    ),
  ];
}
