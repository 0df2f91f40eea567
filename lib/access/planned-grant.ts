// A row of the grant plan. Pure.
import { ADD_ON_IDENTITIES, AddOnName } from "../spec/add-ons";
import { IDENTITY_IDS, addressName, formerAddressName } from "../spec/address";
import { GrantingTeam } from "../spec/granting-team";
import { Principal, PrincipalKind } from "../spec/principal";
import { ResourceReference } from "../spec/resource-reference";
import { known } from "../spec/known";
import { Phase, phaseOf, stackSuffix } from "./phases";
import { formerScopeAddress, scopeAddress } from "./scope-address";
import { ResolvedSpec } from "../spec/resolved-spec";
import { Role } from "../spec/roles";

/** Reason of a grant: a feature of the cluster, in words, and its source. */
export interface GrantReason {
  /** The feature, such as `node subnet`. */
  readonly feature: string;
  /** Reason of the need: one sentence. */
  readonly why: string;
  /** Page or source file that documents it (URL). */
  readonly source: string;
}

/** A principal that gets a role: an identity of the cluster, or a principal of Entra ID. */
export interface PlannedPrincipal {
  /** Kind. */
  readonly kind: PrincipalKind;
  /** Name of the identity, group or service principal. */
  readonly name: string;
  /**
   * The principal of Entra ID.
   *
   * @default - none: it is an identity of the cluster, of a workload or of an add-on
   */
  readonly principal?: Principal;
  /**
   * Name of the workload that owns the identity.
   *
   * @default - not a workload
   */
  readonly workload?: string;
  /**
   * Name of the add-on that owns the identity, as in the description: `applicationRouting`.
   *
   * @default - not an add-on
   */
  readonly addOn?: string;
}

/** The scope of a grant: one resource, or the cluster's resource group for Kubernetes roles. */
export interface PlannedScope {
  /** `controlPlane` or `kubelet` (an identity of the cluster), `subnet`, `registry` …, or a resource type. */
  readonly kind: string;
  /** Name of the resource. */
  readonly name: string;
  /**
   * The resource that exists; for a subnet, its virtual network.
   *
   * @default - none: an identity or the resource group of the cluster
   */
  readonly reference?: ResourceReference;
}

/** Parts of a row. */
export interface PlannedGrantParts {
  /** The team that grants it. */
  readonly team: GrantingTeam;
  /** The principal that gets the role. */
  readonly principal: PlannedPrincipal;
  /** The role. */
  readonly role: Role;
  /** Its scope. */
  readonly scope: PlannedScope;
  /** Its reasons; one for each feature that needs it. */
  readonly reasons: GrantReason[];
  /** The operations that the features need. */
  readonly needs: string[];
  /**
   * Condition of the role assignment, in Azure's language for it.
   *
   * @default - none
   * @see https://learn.microsoft.com/azure/role-based-access-control/conditions-format
   */
  readonly condition?: string;
  /**
   * Name of the cluster whose stacks grant it, since it shares with this one what the row is about.
   *
   * @default - the stacks of this cluster grant it
   */
  readonly grantedFor?: string;
  /**
   * Whether only the cluster as it was deployed before needs it: the field `previous` of the description.
   *
   * @default false
   */
  readonly kept?: boolean;
  /**
   * The team that granted it in the field `previous` of the description, if another one does now.
   *
   * @default - the same team
   */
  readonly takenOverFrom?: GrantingTeam;
  /**
   * Roles that give the same in another role set.
   *
   * @default - none
   * @internal
   */
  readonly _alternatives?: readonly Role[];
}

/** One row of the grant plan: who gets which role on what, why, and who grants it. */
export class PlannedGrant {
  /** The team that grants it. */
  public readonly team: GrantingTeam;
  /** The principal that gets the role. */
  public readonly principal: PlannedPrincipal;
  /** The role. */
  public readonly role: Role;
  /** Its scope. */
  public readonly scope: PlannedScope;
  /** Its reasons; one for each feature that needs it. */
  public readonly reasons: GrantReason[];
  /** The operations that the features need, sorted. */
  public readonly needs: string[];
  /**
   * Condition of the role assignment, in Azure's language for it.
   *
   * @default - none
   * @see https://learn.microsoft.com/azure/role-based-access-control/conditions-format
   */
  public readonly condition?: string;
  /**
   * Name of the cluster whose stacks grant it.
   *
   * @default - this one
   */
  public readonly grantedFor?: string;
  /** Whether only the cluster as it was deployed before needs it: the field `previous` of the description. */
  public readonly kept: boolean;
  /**
   * The team that granted it in the field `previous` of the description, if another one does now.
   *
   * @default - the same team
   */
  public readonly takenOverFrom?: GrantingTeam;
  /**
   * Name of the role assignment in Terraform addresses: the same for the same principal, role and scope. It does not depend
   * on the name of an identity, nor on the place in the description that the row comes from.
   */
  public readonly address: string;
  /** @internal */
  public readonly _alternatives: readonly Role[];
  private order?: string;

  /** @param props what the row is made of */
  public constructor(props: PlannedGrantParts) {
    this.team = props.team;
    this.principal = props.principal;
    this.role = props.role;
    this.scope = props.scope;
    // One plan is shared by all who ask for it.
    this.reasons = Object.freeze([...props.reasons]) as GrantReason[];
    this.needs = Object.freeze([...new Set(props.needs)].sort()) as string[];
    this.condition = props.condition;
    this.grantedFor = props.grantedFor;
    this.kept = props.kept ?? false;
    this.takenOverFrom = props.takenOverFrom;
    this._alternatives = props._alternatives ?? [];
    this.address = addressOf(principalAddress(props.principal), props.role, props.scope);
  }

  /**
   * Names that the same role assignment may have in a state, the oldest first: with the name of the principal in
   * place of its object id, and with the role of the other role set.
   *
   * @internal
   */
  public get _formerAddresses(): string[] {
    const { principal, role, scope } = this;
    // Rows after the cluster never had addresses of names alone, but a Backup vault may have had no object id.
    const hadName = !this._isAfter || principal.kind === PrincipalKind.BACKUP_VAULT;
    const former = [
      ...(this._isAfter ? [] : [nameOnlyAddress(this)]),
      ...(hadName ? [addressOf(nameAddress(principal), role, scope)] : []),
      ...this._alternatives.map((other) => addressOf(principalAddress(principal), other, scope)),
    ];
    return former.filter((address) => address !== this.address);
  }

  /**
   * The text that rows are sorted by, as people would: by the names of principal, role and scope, and then by what
   * tells two rows of the same names apart.
   *
   * @internal
   */
  public get _order(): string {
    this.order ??= `${nameOnlyAddress(this)} ${this.address}`;
    return this.order;
  }

  /**
   * When it is granted.
   *
   * @internal
   */
  public get _phase(): Phase {
    return phaseOf(this.principal.kind, this.scope.kind);
  }

  /**
   * Whether it is granted after the cluster: workloads start only when there is one, and add-ons come with it.
   *
   * @internal
   */
  public get _isAfter(): boolean {
    return this._phase !== "cluster";
  }

  /**
   * Name of the stack that grants it.
   *
   * @param cluster name of the cluster of the plan
   * @internal
   */
  public _stackIn(cluster: string): string {
    // The stacks of a fleet are all before those of its clusters.
    const phase = this.grantedFor === "fleet" ? "cluster" : this._phase;
    return `${this.grantedFor ?? cluster}-${stackSuffix(this.team, phase)}`;
  }

  /** The reasons in one text, as it is written into the role assignment: at most 1,000 characters. */
  public get description(): string {
    return this.reasons
      .map(({ why }) => why)
      .join(" ")
      .slice(0, 1000);
  }
}

/** Returns the address of earlier states, which is made of the names of principal, role and scope. */
function nameOnlyAddress({ principal, role, scope }: PlannedGrant): string {
  return [
    formerAddressName(principal.name),
    formerAddressName(role.name.replace(/ /g, "-")),
    formerScopeAddress(scope),
  ].join("_");
}

function addressOf(principal: string, role: Role, scope: PlannedScope): string {
  return [principal, roleAddress(role), scopeAddress(scope)].join("_");
}

/** Returns the name of a role in Terraform addresses. */
export function roleAddress({ key, name }: Role): string {
  return key ?? addressName(name.replace(/ /g, "-"));
}

function principalAddress(principal: PlannedPrincipal): string {
  const objectId = known(principal.principal?.objectId);
  // An add-on has another identity with each cluster, and stays what it is.
  return objectId === undefined || principal.addOn !== undefined
    ? nameAddress(principal)
    : `entra-${objectId.toLowerCase()}`;
}

/** Names an identity after its purpose, and another principal after its name, as long as that is all that is known of it. */
function nameAddress({ kind, name, principal, workload, addOn }: PlannedPrincipal): string {
  if (workload !== undefined) {
    return `workload-${addressName(workload)}`;
  }
  if (addOn !== undefined) {
    return `add-on-${ADD_ON_IDENTITIES[addOn as AddOnName]}`;
  }
  return principal
    ? `${principal.principalType === "Group" ? "group" : "principal"}-${addressName(name)}`
    : IDENTITY_IDS[kind === "controlPlane" ? "controlPlane" : "kubelet"];
}

/** A row that the stack of a team grants, with the description that it comes from. */
export interface PlacedGrant {
  /** The row. */
  readonly grant: PlannedGrant;
  /** The description. */
  readonly spec: ResolvedSpec;
  /** Its name in Terraform addresses. */
  readonly address: string;
  /**
   * Whether another stack made the role assignment, and this one takes it over.
   *
   * @default false
   */
  readonly exists?: boolean;
}
