// The public API, listed by name.
export { type ActingStep, ActingWay } from "./access/becoming";
export { type RangePlan, AddressPlan } from "./addresses/address-plan";
export { type GrantReason } from "./access/planned-grant";
export { type HardenedClusterProps, HardenedCluster } from "./cluster/hardened-cluster";
export { ContainerRegistry } from "./existing/container-registry";
export { Subnet } from "./existing/subnet";
export { type VirtualNetworkAttributes, VirtualNetwork } from "./existing/virtual-network";
export { type CustomRoleProps, type ICustomRole, CustomRole } from "./grants/custom-role";
export { type GrantProps, Grant } from "./grants/grant";
export { type IGrantee } from "./grants/grantee";
export {
  type ClusterIdentitiesProps,
  type IClusterIdentities,
  ClusterIdentities,
} from "./identity/cluster-identities";
export { EntraPrincipal } from "./identity/entra-principal";
export {
  type IManagedIdentity,
  type ManagedIdentityProps,
  ManagedIdentity,
} from "./identity/managed-identity";
export { type TeamPermissionsProps, TeamPermissions } from "./permissions/team-permissions";
export { ClusterPlan } from "./plan/cluster-plan";
export { FleetPlan } from "./plan/fleet-plan";
export { type AccessReviewDocument, type EffectiveRight } from "./review/access-review";
export {
  type ReviewedGrant,
  type ReviewedPrincipal,
  type ReviewedRole,
  type ReviewedScope,
} from "./review/reviewed-grant";
export {
  type GrantableRole,
  type ReviewedRunner,
  type RunnerRight,
} from "./review/reviewed-runner";
export { type ExcessCount } from "./review/excess-count";
export {
  type CreatedIdentity,
  type CreatedBackupAccess,
  type CreatedLock,
  type CreatedResources,
} from "./review/created-resources";
export { type ReviewedCredential, type ReviewedWorkload } from "./review/reviewed-workload";
export { type AccessDecisions, type TeamDecision, Decision } from "./review/decisions";
export {
  type FleetChanges,
  type FleetCluster,
  type FleetException,
  type FleetExceptionReason,
  type FleetPrincipal,
  type FleetReviewDocument,
  type FleetRight,
  type FleetRightChange,
  type FleetRole,
  type FleetScope,
  FleetChangeKind,
} from "./review/fleet-review";
export { Risk } from "./review/risk";
export { type Finding } from "./rules/finding";
export { type AccessSpec, type KubernetesAccess, KubernetesRole } from "./spec/access";
export {
  NginxController,
  type ApplicationRoutingSpec,
  type GatewayForContainersSpec,
  type KeyVaultProviderSpec,
  type LocksSpec,
  type MeshCertificateAuthority,
} from "./spec/add-ons";
export { type AdditionalGrant, GrantPrincipal, GrantScope } from "./spec/additional-grant";
export { ApiServer, PrivateDns } from "./spec/api-server";
export { type AutoscalerProfile, AutoscalerExpander } from "./spec/autoscaler";
export { type ClusterSpec } from "./spec/cluster-spec";
export { type ISpecRule, type RuleFinding, Severity } from "./spec/custom-rule";
export {
  type KmsSpec,
  type MonitoringSpec,
  type StorageSpec,
  Defender,
  DiskEncryption,
  KeyVaultNetwork,
  LogCategory,
} from "./spec/data";
export { type LoadBalancerOptions, Egress, OutboundType } from "./spec/egress";
export { type HardeningException, ExceptionName } from "./spec/exceptions";
export { GrantingTeam } from "./spec/granting-team";
export { type IdentitiesSpec, type IdentityIds, type IdentitySpec } from "./spec/identities";
export {
  type AdvancedNetworking,
  type PrivateLinkPolicies,
  type Ipv6Ranges,
  type NetworkSpec,
  type SubnetRange,
  DataPlane,
  PodAllocation,
  PodNetwork,
} from "./spec/network";
export {
  type GpuOptions,
  type NodePoolOptions,
  type NodePoolsSpec,
  type PoolUpgrade,
  type SpotOptions,
  type SystemPoolSpec,
  type UserPoolSpec,
  EvictionPolicy,
  GpuDriver,
  GpuInstance,
  OperatingSystem,
  OsSku,
  UndrainableNodeBehavior,
} from "./spec/nodes";
export { type BackupSpec } from "./spec/backup";
export { type FleetManagerSpec } from "./spec/fleet-manager";
export {
  type FluxConfiguration,
  type FluxKustomization,
  type FluxRepository,
  type FluxSpec,
  FluxScope,
} from "./spec/flux";
export {
  type ClusterTimeouts,
  type IgnoredChanges,
  type ProviderAttributes,
  type ServiceMeshSpec,
  AddOn,
} from "./spec/operation";
export { type PermissionsSpec, RoleSet, RoleSetKind } from "./spec/permissions";
export { type PreflightSpec, PreflightMode } from "./spec/preflight";
export { Principal, PrincipalKind, PrincipalType } from "./spec/principal";
export { type RegistrySpec, RegistryMode } from "./spec/registry";
export { type ResourceGroupSpec } from "./spec/resource-group";
export { type ResourceLookup, ResourceReference } from "./spec/resource-reference";
export { type CustomRoleOptions, Role } from "./spec/roles";
export { type SpecProps } from "./spec/spec-props";
export {
  type MaintenanceWindow,
  type FreezePeriod,
  type UpgradesSpec,
  DayOfWeek,
  NodeOsChannel,
  UpgradeChannel,
  WeekIndex,
  WindowFrequency,
} from "./spec/upgrades";
export { AzurermLine } from "./spec/azurerm-line";
export {
  type OidcIssuer,
  type ServiceAccount,
  type WorkloadRight,
  type WorkloadSpec,
} from "./spec/workloads";
export { type ClusterStacksProps, ClusterStacks } from "./stacks/cluster-stacks";
export { type FleetStacksProps, FleetStacks } from "./stacks/fleet-stacks";
export { type StandaloneClusterProps, StandaloneCluster } from "./stacks/standalone-cluster";
export { TeamStack } from "./stacks/team-stack";
export {
  type BackendSpec,
  type TeamStackProps,
  BackendType,
  ResourceProviderRegistrations,
} from "./stacks/terraform-settings";
