// The public API, and nothing else.
export * from "./access/access-review";
export * from "./access/build-review";
export {
  CustomRole,
  type CustomRoleLookup,
  type CustomRoleProps,
  type ICustomRole,
} from "./access/custom-role";
export * from "./access/grant-plan";
export * from "./access/grantee";
export * from "./access/planned-grant";
export * from "./access/role-grant";
export { type CustomRoleOptions, Role } from "./access/roles";
export * from "./addresses/address-plan";
export * from "./cluster/hardened-cluster";
export * from "./identity/cluster-identities";
export * from "./identity/entra-principal";
export * from "./identity/managed-identity";
export * from "./network/container-registry";
export * from "./network/private-dns-zone";
export * from "./network/subnet";
export * from "./network/team-permissions";
export * from "./network/virtual-network";
export { SpecRules } from "./rules/check";
export * from "./rules/finding";
export * from "./spec/access";
export * from "./spec/api-server";
export * from "./spec/cluster-spec";
export * from "./spec/data";
export * from "./spec/exceptions";
export * from "./spec/identities";
export * from "./spec/network";
export * from "./spec/nodes";
export * from "./spec/operation";
export * from "./spec/permissions";
export { type PreflightSpec } from "./spec/preflight";
export * from "./spec/principal";
export * from "./spec/registry";
export * from "./spec/resource-group";
export * from "./spec/resource-lookup";
export * from "./spec/resource-reference";
export * from "./spec/upgrades";
export * from "./stacks/cluster-stacks";
export * from "./stacks/team-stack";
export * from "./stacks/terraform-settings";
