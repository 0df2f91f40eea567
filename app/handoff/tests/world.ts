// The findings of lookups in a world that is as a description wants it, so that all conditions hold. Pure.
import { isIdentityKind } from "../../../lib/spec/identities";
import { ClusterPlan, Role } from "../../../lib";
import { fixedGuid } from "../../../lib/access/fixed-guid";
import { customRoleSeed, existsAlready, isNewRole } from "../../../lib/access/names";
import { PlannedGrant } from "../../../lib/access/planned-grant";
import { reviewedScope } from "../../../lib/review/build-review";
import { overlaps, parseRange } from "../../../lib/spec/ip-range";
import { isSameName } from "../../../lib/spec/naming";
import { scopePath } from "../../review/azure";
import { distinct } from "../../review/text";
import { LOOKUP_TYPES } from "../parametrize";
import { JsonObject, textOf } from "../stack-json";

/** The subscription of a description that names none. */
const NO_SUBSCRIPTION = "00000000-0000-0000-0000-000000000000";

const RANGE_ADDRESSES = 65_536;

/** The ids of an identity. */
interface Ids {
  readonly id: string;
  readonly principalId: string;
  readonly clientId: string;
}

/** A world that is as a description wants it. */
export class World {
  public readonly subscriptionId: string;
  public readonly tenantId: string;
  public readonly clusterId: string;
  public readonly controlPlane: Ids;
  public readonly kubelet: Ids;
  /** Object id of the caller of the plan. */
  public readonly caller = fixedGuid("caller");
  private readonly subnets: { readonly [name: string]: string[] };

  public constructor(private readonly plan: ClusterPlan) {
    const { name, resourceGroup, subscriptionId, tenantId } = plan._resolved;
    this.subscriptionId = subscriptionId ?? NO_SUBSCRIPTION;
    this.tenantId = tenantId ?? fixedGuid("tenant");
    this.clusterId = `/subscriptions/${this.subscriptionId}/resourceGroups/${resourceGroup.name}/providers/Microsoft.ContainerService/managedClusters/${name}`;
    this.controlPlane = this.idsOf("controlPlane");
    this.kubelet = this.idsOf("kubelet");
    this.subnets = this.freeRanges();
  }

  /**
   * Returns the attributes that a lookup finds.
   *
   * @param block its block, with the values of the description
   * @param subscription the one of its provider
   */
  public find(type: string, block: JsonObject, subscription: string): JsonObject {
    const name = textOf(block.name);
    const id = { id: lookupId(type, block, subscription) };
    switch (type) {
      case "azurerm_client_config":
        return {
          object_id: this.caller,
          subscription_id: this.subscriptionId,
          tenant_id: this.tenantId,
        };
      case "azurerm_user_assigned_identity":
        return { ...this.identity(id.id), tenant_id: this.tenantId };
      case "azurerm_virtual_network":
        return {
          ...id,
          location: this.plan._resolved.location,
          address_space: Object.values(this.subnets).flat(),
        };
      case "azurerm_subnet":
        return {
          ...id,
          address_prefixes: this.subnets[name.toLowerCase()] ?? [],
          route_table_id: id.id.replace(/virtualNetworks\/.*/, "routeTables/routes"),
          private_link_service_network_policies_enabled: false,
        };
      case "azurerm_role_definition":
        return this.definition(block);
      case "azurerm_key_vault":
        return { ...id, rbac_authorization_enabled: true };
      case "azurerm_container_registry":
        return { ...id, admin_enabled: false };
      case "azurerm_private_dns_zone":
        return id;
      default:
        return { object_id: fixedGuid(type, textOf(block.display_name)) };
    }
  }

  /** Returns what a lookup of role assignments finds: all of them, of which each condition takes those of its scope. */
  public assignments(): JsonObject[] {
    const { plan, caller } = this;
    const held = [
      ...plan._grants.map((grant) => ({ grant, principalId: this.principalId(grant) })),
      ...plan._callerRights.map((grant) => ({ grant, principalId: caller })),
    ];
    return held.flatMap(({ grant, principalId }) =>
      principalId === undefined
        ? []
        : [
            {
              principal_id: principalId,
              role_definition_id: this.definitionId(grant),
              role_assignment_scope: this.scopeId(grant),
              condition: grant.condition ?? "",
            },
          ],
    );
  }

  private principalId({ principal: { kind, principal } }: PlannedGrant): string | undefined {
    if (principal) {
      return principal.objectId;
    }
    return isIdentityKind(kind) ? this[kind].principalId : undefined;
  }

  // Terraform computes the GUIDs of custom roles that a stack makes.
  private definitionId(grant: PlannedGrant): string {
    const { role, scope } = grant;
    const spec = this.plan._specOf(grant);
    const group = this.scopeId(grant).split("/").slice(0, 5).join("/");
    return this.roleId(
      isNewRole(role, spec)
        ? fixedGuid(group, "role", customRoleSeed(role, scope, spec))
        : guidOf(role),
    );
  }

  private roleId(guid: string): string {
    return `/subscriptions/${this.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
  }

  // A role that is read by its name allows nothing more; those that are read by their GUIDs are existing custom roles.
  private definition(block: JsonObject): JsonObject {
    const roles = this.plan._grants.map(({ role }) => role);
    if (block.for_each === undefined) {
      const role = roles.find(({ name }) => isSameName(name, textOf(block.name)));
      return { id: this.roleId(role ? guidOf(role) : ""), permissions: [] };
    }
    const existing = roles.filter((role) => existsAlready(role, this.plan._resolved));
    return {
      permissions: [
        {
          actions: distinct(existing.flatMap(({ actions }) => actions)),
          data_actions: distinct(existing.flatMap(({ dataActions }) => dataActions)),
          not_actions: [],
          not_data_actions: [],
        },
      ],
    };
  }

  private scopeId({ scope }: PlannedGrant): string {
    if (isIdentityKind(scope.kind)) {
      return this[scope.kind].id;
    }
    const reviewed = reviewedScope(scope, this.plan._resolved);
    return `/subscriptions/${reviewed.subscriptionId ?? this.subscriptionId}${scopePath(reviewed)}`;
  }

  private idsOf(kind: "controlPlane" | "kubelet"): Ids {
    const { ids, name, resourceGroup, subscriptionId } = this.plan._resolved.identities[kind];
    const block = { name, resource_group_name: resourceGroup };
    const type = "azurerm_user_assigned_identity";
    const id = lookupId(type, block, subscriptionId ?? this.subscriptionId);
    return ids ?? madeUp(id);
  }

  private identity(id: string): JsonObject {
    const known = [this.controlPlane, this.kubelet].find((one) => isSameName(one.id, id));
    const { principalId, clientId } = known ?? madeUp(id);
    return { id, principal_id: principalId, client_id: clientId };
  }

  // As many ranges as a subnet needs, apart from those of pods and services.
  private freeRanges(): { [name: string]: string[] } {
    const { podNetwork, serviceCidr } = this.plan._resolved.network;
    const taken = [podNetwork.podCidr ?? [], serviceCidr]
      .flat()
      .flatMap((cidr) => parseRange(cidr) ?? []);
    const free = ["172.", "10."]
      .flatMap((start) => Array.from({ length: 256 }, (_, second) => `${start}${second}.0.0/16`))
      .filter((cidr) => {
        const range = parseRange(cidr)!;
        const isPrivate = cidr.startsWith("10.") || range.isInSubnet(parseRange("172.16.0.0/12")!);
        return isPrivate && !taken.some((one) => overlaps(one, range));
      });
    const subnets = this.plan.addresses.subnets.map(({ name, needed }): [string, string[]] => [
      name.toLowerCase(),
      free.splice(0, Math.max(1, Math.ceil(needed / RANGE_ADDRESSES))),
    ]);
    return Object.fromEntries(subnets);
  }
}

function guidOf({ guid, name }: Role): string {
  return guid ?? fixedGuid("role", name);
}

function madeUp(id: string): Ids {
  return { id, principalId: fixedGuid("principal", id), clientId: fixedGuid("client", id) };
}

/** Returns the id of the resource that a lookup is for. */
function lookupId(type: string, block: JsonObject, subscription: string): string {
  const group = `/subscriptions/${subscription}/resourceGroups/${textOf(block.resource_group_name)}`;
  const name = textOf(block.name);
  return type === "azurerm_subnet"
    ? `${group}/providers/${LOOKUP_TYPES.azurerm_virtual_network!}/${textOf(block.virtual_network_name)}/subnets/${name}`
    : `${group}/providers/${LOOKUP_TYPES[type] ?? ""}/${name}`;
}
