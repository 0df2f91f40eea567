// What az prints of a cluster whose grant plan is there as planned, made from the access review; and changes to it.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadConfiguration } from "../../app/config/load";
import { scopePath } from "../../app/review/azure";
import { fixedGuid } from "../../lib/access/fixed-guid";
import { ClusterPlan } from "../../lib";
import { ReviewedGrant } from "../../lib/review/reviewed-grant";
import { once } from "../scenarios";

export const DESCRIPTION = join("examples", "enterprise", "haks.yaml");
export const SUBSCRIPTION = "22222222-2222-4222-8222-222222222222";
export const HUB = "44444444-4444-4444-8444-444444444444";
export const CONTROL_PLANE = "66666666-6666-4666-8666-666666666661";
export const KUBELET = "66666666-6666-4666-8666-666666666662";
export const WORKLOAD = "66666666-6666-4666-8666-666666666663";
export const DEPLOYERS = "55555555-5555-4555-8555-555555555552";
export const ADMINS = "55555555-5555-4555-8555-555555555551";
export const SOMEONE = "77777777-7777-4777-8777-777777777777";
export const CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c";
export const NETWORK_CONTRIBUTOR = "4d97b98b-1d4f-4787-a291-c67834d212e7";
export const OPERATOR = "f1a07417-d97a-45cb-824c-7a7467783830";

/** A role assignment as az prints it. */
export interface Assigned {
  readonly [field: string]: unknown;
  readonly id: string;
  readonly scope: string;
  readonly principalId: string;
  readonly roleDefinitionName: string;
}

/** The exports, by the names of their files. */
export interface Files {
  [name: string]: unknown;
}

export const plan = once(() => loadConfiguration(DESCRIPTION).plan);

const guid = (number: number) => `99999999-9999-4999-8999-${String(number).padStart(12, "0")}`;

/** Returns a role assignment. */
export function assigned(
  principalId: string,
  role: { readonly name: string; readonly guid: string },
  scope: string,
  more: object = {},
): Assigned {
  return {
    condition: null,
    id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${fixedGuid(principalId, role.guid, scope)}`,
    principalId,
    principalName: `name of ${principalId}`,
    principalType: [DEPLOYERS, ADMINS].includes(principalId) ? "Group" : "ServicePrincipal",
    resourceGroup: "network-rg",
    roleDefinitionId: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${role.guid}`,
    roleDefinitionName: role.name,
    scope,
    type: "Microsoft.Authorization/roleAssignments",
    ...more,
  };
}

/** Returns the id of the scope of a grant. */
export function scopeOf({ scope }: ReviewedGrant): string {
  return `/subscriptions/${scope.subscriptionId ?? SUBSCRIPTION}${scopePath(scope)}`;
}

function customRoles(of: ClusterPlan) {
  const custom = of
    .review()
    .grants.map(({ role }) => role)
    .filter((role) => role.custom);
  return [...new Map(custom.map((role) => [role.name, role])).values()].map((role, index) => ({
    guid: guid(1_000_000 + index),
    role,
  }));
}

/** Returns the role of a grant in Azure. */
export function roleOf({ role }: ReviewedGrant, of = plan()) {
  const guidOf = () => customRoles(of).find((one) => one.role.name === role.name)!.guid;
  return { name: role.name, guid: role.guid ?? guidOf() };
}

/** Returns the grant of a principal on a resource. */
export function grantOn(principal: string, scope: string, of = plan()): ReviewedGrant {
  return of
    .review()
    .grants.find((one) => one.principal.name === principal && one.scope.name === scope)!;
}

export function identityId(name: string): string {
  return `/subscriptions/${SUBSCRIPTION}/resourceGroups/identity-rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
}

function identityExport(name: string, principalId: string) {
  return {
    clientId: principalId.replace(/^6/, "8"),
    id: identityId(name).replace("resourceGroups", "resourcegroups"),
    name,
    principalId,
    resourceGroup: "identity-rg",
    type: "Microsoft.ManagedIdentity/userAssignedIdentities",
  };
}

const IDS: { readonly [name: string]: string } = {
  "haks-prod-cp-mi": CONTROL_PLANE,
  "haks-prod-kubelet-mi": KUBELET,
  "platform-engineers": DEPLOYERS,
  "aks-admins": ADMINS,
  "haks-prod-shop-mi": WORKLOAD,
};

/** Returns all exports of a world in which everything is as planned. */
export function asPlanned(of = plan()): Files & { assignments: Assigned[] } {
  const { grants, workloads = [] } = of.review();
  return {
    assignments: grants.map((grant) =>
      assigned(IDS[grant.principal.name]!, roleOf(grant, of), scopeOf(grant)),
    ),
    "role-definitions": customRoles(of).map(({ guid: name, role }) => ({
      id: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${name}`,
      name,
      roleName: role.name,
      roleType: "CustomRole",
      type: "Microsoft.Authorization/roleDefinitions",
      permissions: [
        {
          actions: role.actions,
          notActions: [],
          dataActions: role.dataActions,
          notDataActions: [],
        },
      ],
    })),
    "identity-1": identityExport("haks-prod-cp-mi", CONTROL_PLANE),
    "identity-2": identityExport("haks-prod-kubelet-mi", KUBELET),
    ...(workloads.length > 0
      ? { "identity-3": identityExport("haks-prod-shop-mi", WORKLOAD) }
      : {}),
    eligible: { value: [] },
    deny: { value: [] },
    [`members-${DEPLOYERS}`]: [],
    [`members-${ADMINS}`]: [],
  };
}

/** Writes exports to a folder. */
export function written(files: Files, folder: string): string {
  const path = join(folder, "exports");
  mkdirSync(path, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    if (content !== undefined) {
      writeFileSync(join(path, `${name}.json`), JSON.stringify(content));
    }
  }
  return path;
}
