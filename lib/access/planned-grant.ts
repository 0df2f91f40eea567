// A row of the grant plan. Pure.
import { Principal } from "../spec/principal";
import { ResourceReference } from "../spec/resource-reference";
import { addressName } from "../terraform/address";
import { Role } from "./roles";

/** The teams that grant. */
export enum GrantingTeam {
  /** Owns identities and registries. */
  IDENTITY = "identity",
  /** The NOC: owns the network. */
  NETWORK = "network",
}

/** What a grant is for: a feature of the cluster, in words, and where that is written. */
export interface GrantReason {
  /** The feature, such as `node subnet`. */
  readonly feature: string;
  /** Why it needs the grant: one sentence. */
  readonly why: string;
  /** Where this is documented. */
  readonly source: string;
}

/** Who gets a role: an identity of the cluster, or a principal of Entra ID. */
export interface PlannedPrincipal {
  /** `controlPlane`, `kubelet` or `deployer`. */
  readonly kind: string;
  /** Name of the identity, group or service principal. */
  readonly name: string;
  /**
   * The principal of Entra ID.
   *
   * @default - none: it is an identity of the cluster
   */
  readonly principal?: Principal;
}

/** What a role is granted on: always one resource. */
export interface PlannedScope {
  /** `controlPlane` or `kubelet` (an identity of the cluster), `subnet` or `registry`. */
  readonly kind: string;
  /** Name of the resource. */
  readonly name: string;
  /**
   * The resource that exists; for a subnet, its virtual network.
   *
   * @default - none: it is an identity of the cluster
   */
  readonly reference?: ResourceReference;
}

/** Both identities are identities in an address. */
const SCOPE_PREFIX: { [kind: string]: string } = { controlPlane: "identity", kubelet: "identity" };

/** One row of the grant plan: who gets which role on what, why, and who grants it. */
export class PlannedGrant {
  /** @internal */
  public static _of(
    team: GrantingTeam,
    principal: PlannedPrincipal,
    role: Role,
    scope: PlannedScope,
    reasons: GrantReason[],
  ): PlannedGrant {
    return new PlannedGrant(team, principal, role, scope, reasons);
  }

  private constructor(
    /** The team that grants it. */
    public readonly team: GrantingTeam,
    /** Who gets the role. */
    public readonly principal: PlannedPrincipal,
    /** The role. */
    public readonly role: Role,
    /** What it is granted on. */
    public readonly scope: PlannedScope,
    /** What it is for; one entry for each feature that needs it. */
    public readonly reasons: GrantReason[],
  ) {}

  /** Name of the role assignment in Terraform addresses: the same as long as the row is the same. */
  public get address(): string {
    return [
      addressName(this.principal.name),
      addressName(this.role.name.replace(/ /g, "-")),
      `${SCOPE_PREFIX[this.scope.kind] ?? this.scope.kind}-${addressName(this.scope.name)}`,
    ].join("_");
  }

  /** Why, in one text, as it is written into the role assignment: at most 1,000 characters. */
  public get description(): string {
    return this.reasons
      .map(({ why }) => why)
      .join(" ")
      .slice(0, 1000);
  }
}
