// The grants of one team for a cluster.
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { RoleDefinition } from "@cdktf/provider-azurerm/lib/role-definition";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { CustomRole, ICustomRole } from "../grants/custom-role";
import {
  customRoleName,
  customRolePlace,
  customRoleSeed,
  customRoleSubscription,
} from "../access/names";
import { PlannedGrant } from "../access/planned-grant";
import { stateHistory } from "../access/state-history";
import { Grant } from "../grants/grant";
import { formerly, letGo } from "../hcl/state-moves";
import { Sameness, samenessOf } from "../access/same-assignment";
import { resourceTypeOf } from "../access/resource-types";
import { ClusterIdentities, IClusterIdentities } from "../identity/cluster-identities";
import { addressName } from "../spec/address";
import { GrantingTeam } from "../spec/granting-team";
import { ResolvedSpec } from "../spec/resolved-spec";
import { ClusterPlan } from "../plan/cluster-plan";
import { resourceGroupIdOf, resourceGroupIdOfResource } from "../terraform/existing-resource";
import { GrantTargets } from "./grant-targets";
import { requireSameNetwork } from "../existing/same-network";
import { VirtualNetwork } from "../existing/virtual-network";
import { subscriptionElsewhere } from "../terraform/providers";

/** Properties of the role assignments of a team for a cluster. */
export interface TeamPermissionsProps {
  /** The plan of the cluster that they are for. */
  readonly plan: ClusterPlan;
  /**
   * The identities of the cluster.
   *
   * @default - those of the description, which exist
   */
  readonly identities?: IClusterIdentities;
  /**
   * The virtual network of the cluster.
   *
   * @default - that of the description, which exists
   */
  readonly virtualNetwork?: VirtualNetwork;
  /**
   * The team that grants.
   *
   * @default - all teams, for one person with all rights
   */
  readonly team?: GrantingTeam;
  /**
   * Id of the cluster's resource group, if the same stack creates it.
   *
   * @default - the one of the name in the description, in the stack's subscription
   */
  readonly resourceGroupId?: string;
}

/**
 * A role assignment for each row of a cluster's grant plan that one team grants (or all teams), and the
 * custom roles that they need.
 */
export class TeamPermissions extends Construct {
  /** The grants: pass them to a cluster in the same stack, so that it waits for its rights. */
  public readonly grants: Grant[];
  private readonly roles: Construct;
  private readonly made = new Map<string, ICustomRole>();
  private readonly rows: PlannedGrant[];
  private readonly spec: ResolvedSpec;

  /**
   * @param scope the construct that it is a part of
   * @param id its id there, which is part of Terraform addresses
   * @param props cluster and team
   * @throws with all findings, if the description breaks a rule; if the network is not that of the description
   */
  public constructor(scope: Construct, id: string, props: TeamPermissionsProps) {
    super(scope, id);
    const { plan, team } = props;
    this.spec = plan._specFor(this);
    const { virtualNetwork } = this.spec.network;
    requireSameNetwork(this, this.spec, props.virtualNetwork);
    this.roles = new Construct(this, "the roles");
    const elsewhere = subscriptionElsewhere(this, this.spec.subscriptionId);
    // Looked up only if a row asks for them.
    let { identities } = props;
    const targets = new GrantTargets(
      this,
      "the targets",
      () => {
        identities ??= ClusterIdentities.fromPlan(this, "the identities", plan);
        return identities;
      },
      elsewhere,
      (name) => props.resourceGroupId ?? resourceGroupIdOf(this, name, elsewhere),
      (reference) =>
        reference.key === virtualNetwork._in(elsewhere).key ? props.virtualNetwork : undefined,
    );
    const teams = team === undefined ? Object.values(GrantingTeam) : [team];
    this.rows = teams.flatMap((one) => plan._grantsOf(one));
    this.node.addValidation({ validate: () => this.madeTwice() });
    const history = stateHistory(this.rows);
    this.grants = this.rows.map((grant) => {
      const scopeId = targets.scopeIdOf(grant.scope);
      const made = new Grant(this, grant.address, {
        grantee: targets.granteeOf(grant.principal),
        role: grant.role,
        customRole:
          grant.role.key === undefined
            ? undefined
            : this.customRole(grant, scopeId, plan._specOf(grant)),
        scopeId,
        resourceType: resourceTypeOf(grant.scope.kind).type,
        reason: grant.description,
        condition: grant.condition,
      });
      made._continue(history.get(grant)!);
      if (team !== undefined && grant.takenOverFrom !== undefined) {
        made._takeOver();
        this.takeOverRole(grant, plan, team);
      }
      if (["controlPlane", "kubelet"].includes(grant.scope.kind)) {
        lockAfter(made, identities);
      }
      return made;
    });
    if (team !== undefined) {
      this.letGoOfOthers(plan, team);
    }
  }

  /** A right that another stack grants stays: this one forgets it, also where the stack is that of another cluster. */
  private letGoOfOthers(plan: ClusterPlan, team: GrantingTeam): void {
    const others = plan._grants.filter((grant) => !this.rows.includes(grant));
    for (const grant of others) {
      const former = grant.takenOverFrom === team ? grant._formerAddresses : [];
      letGo(RoleAssignment.tfResourceType, this, ...former, grant.address);
    }
    const keys = customRoleKeys(others, plan);
    for (const key of keys.filter((one) => !this.made.has(one))) {
      letGo(RoleDefinition.tfResourceType, this.roles, key);
    }
  }

  /** A custom role comes with the first right that needs it. */
  private takeOverRole(grant: PlannedGrant, plan: ClusterPlan, team: GrantingTeam): void {
    const key = customRoleKey(grant, plan._specOf(grant));
    const role = this.made.get(key);
    const hadIt =
      plan._previous &&
      customRoleKeys(plan._previous._grantsOf(team), plan._previous).includes(key);
    if (role instanceof CustomRole && !hadIt) {
      role._takeOver();
    }
  }

  /** Returns the grants that another one in the same stack, for another cluster, has as well. */
  private madeTwice(): string[] {
    const all = TerraformStack.of(this)
      .node.findAll()
      .filter((one) => one instanceof TeamPermissions);
    return all
      .slice(0, all.indexOf(this))
      .flatMap((other) =>
        this.rows
          .filter((row) =>
            other.rows.some((one) => samenessOf(row, this.spec, one, other.spec) === Sameness.SAME),
          )
          .map(
            ({ principal, role, scope }) =>
              `"${principal.name}" gets the role "${role.name}" on "${scope.name}" from ${other.node.path} already, and Azure knows it only once. Name the cluster "${other.spec.name}" in permissions.sharedWith.`,
          ),
      );
  }

  /** The definition of a custom role: one for each resource group that holds scopes of it. */
  private customRole(grant: PlannedGrant, scopeId: string, spec: ResolvedSpec): ICustomRole {
    const { role, scope } = grant;
    const key = customRoleKey(grant, spec);
    const name = customRoleName(role, scope, spec);
    const exists = spec.permissions.roleSet.existing[role.key ?? ""] !== undefined;
    const known =
      this.made.get(key) ??
      (exists
        ? CustomRole.fromLookup(this.roles, key, { name, role, scopeId })
        : this.newRole(grant, key, scopeId, spec));
    this.made.set(key, known);
    return known;
  }

  private newRole(
    grant: PlannedGrant,
    key: string,
    scopeId: string,
    spec: ResolvedSpec,
  ): ICustomRole {
    const { role, scope } = grant;
    const made = new CustomRole(this.roles, key, {
      role,
      name: customRoleName(role, scope, spec),
      scopeId: resourceGroupIdOfResource(scopeId),
      _seed: customRoleSeed(role, scope, spec),
    });
    // The subscription of the stacks may have been written out at the resource.
    if (scope.reference?.needsLookup && spec.subscriptionId !== undefined) {
      formerly(made, customRoleKey(grant, spec, spec.subscriptionId));
    }
    return made;
  }
}

/** Returns the id of a custom role in Terraform addresses. */
function customRoleKey(
  { role, scope }: PlannedGrant,
  spec: ResolvedSpec,
  subscriptionId = customRoleSubscription(scope, spec),
): string {
  const { resourceGroup } = customRolePlace(scope, spec);
  return addressName([role.key, resourceGroup, subscriptionId].filter(Boolean).join("_"));
}

function customRoleKeys(grants: readonly PlannedGrant[], plan: ClusterPlan): string[] {
  const custom = grants.filter(({ role }) => role.key !== undefined);
  return [...new Set(custom.map((grant) => customRoleKey(grant, plan._specOf(grant))))];
}

function lockAfter(grant: Grant, identities: IClusterIdentities | undefined): void {
  if (identities instanceof ClusterIdentities) {
    identities._lockAfter(grant);
  }
}
