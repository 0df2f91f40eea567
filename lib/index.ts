// The public API, and nothing else.
export * from "./review/access-review";
export {
  CustomRole,
  type CustomRoleLookup,
  type CustomRoleProps,
  type ICustomRole,
} from "./grants/custom-role";
export * from "./grants/grantee";
export * from "./access/planned-grant";
export * from "./grants/role-grant";

export * from "./addresses/address-plan";
export * from "./cluster/hardened-cluster";
export * from "./identity/cluster-identities";
export * from "./identity/entra-principal";
export * from "./identity/managed-identity";
export * from "./existing/container-registry";
export * from "./existing/private-dns-zone";
export * from "./existing/subnet";
export * from "./permissions/team-permissions";
export * from "./existing/virtual-network";
export * from "./plan/cluster-plan";
export * from "./rules/finding";
export * from "./spec/access";
export * from "./spec/api-server";
export * from "./spec/autoscaler";
export * from "./spec/cluster-spec";
export * from "./spec/data";
export * from "./spec/egress";
export * from "./spec/exceptions";
export * from "./spec/granting-team";
export * from "./spec/identities";
export * from "./spec/network";
export * from "./spec/node-pool-preset";
export * from "./spec/nodes";
export * from "./spec/operation";
export * from "./spec/own-grant";
export * from "./spec/own-rule";
export * from "./spec/permissions";
export { PreflightMode, type PreflightSpec } from "./spec/preflight";
export * from "./spec/principal";
export * from "./spec/registry";
export * from "./spec/resource-group";
export * from "./spec/resource-lookup";
export * from "./spec/resource-reference";
export { type CustomRoleOptions, Role } from "./spec/roles";
export * from "./spec/spec-props";
export * from "./spec/upgrades";
export * from "./stacks/cluster-stacks";
export * from "./stacks/standalone-cluster";
export * from "./stacks/team-stack";
export * from "./stacks/terraform-settings";
