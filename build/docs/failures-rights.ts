// Failures for want of a right, or of an identity. Pure.
import { DEPLOY_IDENTITIES, DEPLOY_NETWORK, Failure } from "./failure";

/** Somebody lacks a right, or is somebody else. */
export const FAILURES_WITH_RIGHTS: Failure[] = [
  {
    messages: ["CustomKubeletIdentityMissingPermissionError"],
    cause:
      "The control plane identity may not assign the kubelet identity, or its role assignment has not reached all of Azure yet.",
    who: "identity team",
    remedy: `${DEPLOY_IDENTITIES} If it is deployed, wait up to an hour and apply again.`,
    preflight: ["identityGrant"],
  },
  {
    messages: ["CustomKubeletIdentityOnlySupportedOnUserAssignedMSICluster"],
    cause:
      "A kubelet identity was brought to a cluster whose control plane has an identity that Azure made.",
    who: "platform team",
    remedy: "Bring both identities.",
    note: "HardenedCluster always takes both.",
  },
  {
    messages: [
      "CustomKubeletIdentityPropertyError",
      "InvalidManagedIdentityResourceID",
      "GetUserAssignedIdentityResourceError",
    ],
    cause: "Resource id, client id and object id are those of different identities.",
    who: "platform team",
    remedy: "Take all three from the outputs of the identity team's stack, or leave them out.",
    rules: ["HAKS-ID-005"],
    preflight: ["kubeletInUse"],
    note: "By name, all three come from one lookup.",
  },
  {
    messages: ["LinkedAuthorizationFailed … subnets/join/action, naming the deployer"],
    cause: "Whoever deploys may not join the NOC's subnet.",
    who: "NOC",
    remedy: `List the deployer in access.deployers, with its object id. ${DEPLOY_NETWORK}`,
    preflight: ["peopleGrant"],
  },
  {
    messages: ["LinkedAuthorizationFailed … userAssignedIdentities/assign/action"],
    cause: "Whoever deploys may not assign the identities.",
    who: "identity team",
    remedy: `List the deployer in access.deployers, with its object id. ${DEPLOY_IDENTITIES}`,
    preflight: ["peopleGrant"],
  },
  {
    messages: ["LinkedAuthorizationFailed … virtualNetworks/join/action"],
    cause:
      "AKS links the zone of the API server to the virtual network, and rights on a subnet do not reach that far up.",
    who: "NOC",
    remedy: DEPLOY_NETWORK,
    preflight: ["identityGrant"],
  },
  {
    messages: ["ResourceMissingPermissionError … subnets/joinLoadBalancer/action"],
    cause: "With API Server VNet Integration AKS puts a load balancer into the subnets.",
    who: "NOC",
    remedy: DEPLOY_NETWORK,
    preflight: ["identityGrant"],
  },
  {
    messages: [
      "CustomPrivateDNSZoneMissingPermissionError",
      "ResourceMissingPermissionError … privateDnsZones/read or /write",
    ],
    cause: "The control plane identity may not write into the private DNS zone, or not yet.",
    who: "NOC",
    remedy: `${DEPLOY_NETWORK} If it is deployed, wait up to an hour and apply again.`,
    preflight: ["identityGrant"],
    note: "A zone that is given by its id is looked at in the mode warn alone.",
  },
  {
    messages: ["CustomRouteTableMissingPermission"],
    cause: "AKS wants to read the route table of the subnet.",
    who: "NOC",
    remedy: `Name the route table in network.egress.routeTable. ${DEPLOY_NETWORK}`,
    preflight: ["identityGrant"],
    note: "Looked at if the route table is named.",
  },
  {
    messages: ["AuthorizationFailed … Microsoft.Authorization/roleAssignments/write"],
    cause: "Something in the deployment of the cluster grants rights, which a Contributor may not.",
    who: "platform team",
    remedy: "Move it into the stack of the team that owns the scope.",
    rules: ["HAKS-ACC-001"],
    note: "ClusterStack fails the synth with the address of what grants.",
  },
  {
    messages: [
      "SyncLoadBalancerFailed … AuthorizationFailed",
      "A service of the type LoadBalancer stays pending",
    ],
    cause: "The control plane identity may not read or join the subnet of the frontend.",
    who: "NOC",
    remedy: `List the subnet in network.loadBalancerSubnets. ${DEPLOY_NETWORK}`,
    preflight: ["identityGrant"],
  },
  {
    messages: ["ImagePullBackOff … 401 Unauthorized"],
    cause:
      "The kubelet identity may not pull, or has AcrPull in a registry of the mode ABAC, which does not honour it.",
    who: "identity team",
    remedy: `Set the mode of the registry in registries. ${DEPLOY_IDENTITIES}`,
    preflight: ["identityGrant", "kubeletInUse"],
    note: "The lookup of a registry does not show its mode.",
  },
  {
    messages: ["OrasPullUnauthorizedVMExtensionError (212)", "OrasPullNetworkTimeout (211)"],
    cause: "A network isolated cluster cannot pull from the registry that it starts from.",
    who: "identity team",
    remedy: `Name the registry in network.egress.artifactCache. ${DEPLOY_IDENTITIES}`,
    rules: ["HAKS-NET-014"],
    preflight: ["identityGrant"],
    note: "The way to the registry shows only in Azure.",
  },
  {
    messages: [
      "PrincipalNotFound",
      "RoleAssignmentExists",
      "RoleAssignmentUpdateNotPermitted",
      "RoleAssignmentLimitExceeded",
    ],
    cause:
      "A new identity is not known everywhere yet, the same assignment was made under another name, or a subscription has 4,000 of them.",
    who: "identity team",
    remedy: "Apply again; import the assignment that exists, or remove it.",
    rules: ["HAKS-ACC-006"],
    note: "RoleGrant sets the type of the principal, and computes names.",
  },
  {
    messages: ["RoleAssignmentExists, after a change of permissions.grantedBy"],
    cause: "The stack of the other team made the assignment.",
    who: "identity team",
    remedy:
      "Write under previous which team granted before: the stack then imports the assignment.",
    note: "check --previous prints the lines.",
  },
  {
    messages: ["ReconcileAddonIdentityRoleAssignmentError"],
    cause: "A policy denies the role that AKS gives its identity on the node resource group.",
    who: "owner of the subscription",
    remedy: "Exempt the node resource group from the policy.",
  },
  {
    messages: ["RequestDisallowedByPolicy, on the node resource group"],
    cause: "A policy about tags, regions or public IPs is against what AKS makes there.",
    who: "owner of the subscription",
    remedy: "Exempt the node resource group, or set tags, which AKS passes on.",
  },
  {
    messages: [
      "ServicePrincipalValidationClientError",
      "AADSTS7000215 or AADSTS7000222: Invalid client secret",
    ],
    cause: "The secret of a service principal expired.",
    who: "platform team",
    remedy: "Use managed identities.",
    note: "HardenedCluster has no service principal.",
  },
  {
    messages: ["LinkedAuthorizationFailed … PrivateEndpointConnectionsApproval/action"],
    cause: "With KMS and a private vault, AKS approves its private endpoint itself.",
    who: "identity team",
    remedy: DEPLOY_IDENTITIES,
    rules: ["HAKS-ACC-004"],
    preflight: ["identityGrant"],
  },
  {
    messages: [
      "DiskEncryptionSetError",
      "The managed identity does not have permissions on the set",
    ],
    cause: "The control plane identity, or whoever deploys, may not read the disk encryption set.",
    who: "identity team",
    remedy: DEPLOY_IDENTITIES,
    preflight: ["identityGrant", "peopleGrant"],
  },
  {
    messages: ["403 … resourceProviders/register"],
    cause: "Terraform registers resource providers, which a Contributor on a group may not.",
    who: "platform team",
    remedy: "Set terraform.resourceProviderRegistrations to none.",
    note: "TeamStack has none as its default.",
  },
  {
    messages: [
      "Getting static credential is not allowed because this cluster is set to disable local accounts",
      "Forbidden, in kubectl",
    ],
    cause: "There are no local accounts, and somebody has no role in Kubernetes.",
    who: "identity team",
    remedy: `List them in access.kubernetes, and sign in with kubelogin. ${DEPLOY_IDENTITIES}`,
    preflight: ["peopleGrant", "localAccounts"],
  },
  {
    messages: ["InvalidAuthenticationTokenTenant"],
    cause: "Somebody is signed in to another tenant than that of the subscription or an identity.",
    who: "platform team",
    remedy: "Set tenantId and sign in to that tenant.",
    preflight: ["identityTenant"],
  },
  {
    messages: ["No message: control plane and nodes share one identity"],
    cause: "A pod can get tokens of the kubelet identity, and so of the control plane.",
    who: "identity team",
    remedy: "Make two identities.",
    rules: ["HAKS-ID-001"],
    preflight: ["distinctIdentities"],
  },
];
