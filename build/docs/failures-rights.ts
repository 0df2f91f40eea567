// Failures because of a missing right, or of a wrong identity. Pure.
import { DEPLOY_IDENTITIES, DEPLOY_NETWORK, Failure } from "./failure";

/** Missing rights, and wrong identities. */
export const FAILURES_WITH_RIGHTS: Failure[] = [
  {
    messages: ["CustomKubeletIdentityMissingPermissionError"],
    cause:
      "The control plane identity lacks the right to assign the kubelet identity, or its role assignment has not taken effect yet.",
    who: "identity team",
    remedy: `${DEPLOY_IDENTITIES} If it is deployed, wait up to an hour and apply again.`,
    preflight: ["identityGrant"],
  },
  {
    messages: ["CustomKubeletIdentityOnlySupportedOnUserAssignedMSICluster"],
    cause:
      "The kubelet identity is user-assigned, and the control plane identity is system-assigned.",
    who: "platform team",
    remedy: "Use user-assigned identities for both.",
    note: "HardenedCluster always uses both.",
  },
  {
    messages: [
      "CustomKubeletIdentityPropertyError",
      "InvalidManagedIdentityResourceID",
      "GetUserAssignedIdentityResourceError",
    ],
    cause: "Resource id, client id and object id belong to different identities.",
    who: "platform team",
    remedy: "Copy all three from the outputs of the identity team's stack, or remove them.",
    rules: ["HAKS-ID-005"],
    preflight: ["kubeletInUse"],
    note: "With a name, all three come from one lookup.",
  },
  {
    messages: ["LinkedAuthorizationFailed … subnets/join/action, naming the deployer"],
    cause: "The deployer lacks the right to join the NOC's subnet.",
    who: "NOC",
    remedy: `List the deployer in access.deployers, with its object id. ${DEPLOY_NETWORK}`,
    preflight: ["peopleGrant", "caller"],
  },
  {
    messages: ["LinkedAuthorizationFailed … userAssignedIdentities/assign/action"],
    cause: "The deployer lacks the right to assign the identities.",
    who: "identity team",
    remedy: `List the deployer in access.deployers, with its object id. ${DEPLOY_IDENTITIES}`,
    preflight: ["peopleGrant", "caller"],
  },
  {
    messages: ["LinkedAuthorizationFailed … virtualNetworks/join/action"],
    cause:
      "AKS links the zone of the API server to the virtual network, which rights on a subnet do not allow.",
    who: "NOC",
    remedy: DEPLOY_NETWORK,
    preflight: ["identityGrant"],
  },
  {
    messages: ["ResourceMissingPermissionError … subnets/joinLoadBalancer/action"],
    cause: "With API Server VNet Integration, AKS creates a load balancer in the subnets.",
    who: "NOC",
    remedy: DEPLOY_NETWORK,
    preflight: ["identityGrant"],
  },
  {
    messages: [
      "CustomPrivateDNSZoneMissingPermissionError",
      "ResourceMissingPermissionError … privateDnsZones/read or /write",
    ],
    cause:
      "The control plane identity lacks the right to write to the private DNS zone, or its role assignment has not taken effect yet.",
    who: "NOC",
    remedy: `${DEPLOY_NETWORK} If it is deployed, wait up to an hour and apply again.`,
    preflight: ["identityGrant"],
    note: "A zone that is given by its id is checked in the mode warn only.",
  },
  {
    messages: ["CustomRouteTableMissingPermission"],
    cause: "AKS must read the route table of the subnet.",
    who: "NOC",
    remedy: `Name the route table in network.egress.routeTable. ${DEPLOY_NETWORK}`,
    preflight: ["identityGrant"],
    note: "Checked if the description names the route table.",
  },
  {
    messages: ["AuthorizationFailed … Microsoft.Authorization/roleAssignments/write"],
    cause: "A resource in the cluster stack grants rights, which a Contributor cannot do.",
    who: "platform team",
    remedy: "Move it into the stack of the team that owns the scope.",
    rules: ["HAKS-ACC-001"],
    note: "ClusterStack fails the synth, and names the address of the resource.",
  },
  {
    messages: [
      "SyncLoadBalancerFailed … AuthorizationFailed",
      "A service of the type LoadBalancer stays pending",
    ],
    cause: "The control plane identity lacks the right to read or join the subnet of the frontend.",
    who: "NOC",
    remedy: `List the subnet in network.loadBalancerSubnets. ${DEPLOY_NETWORK}`,
    preflight: ["identityGrant"],
  },
  {
    messages: ["ImagePullBackOff … 401 Unauthorized"],
    cause:
      "The kubelet identity lacks the right to pull, or has AcrPull on a registry in ABAC mode, which ignores AcrPull.",
    who: "identity team",
    remedy: `Set the mode of the registry in registries. ${DEPLOY_IDENTITIES}`,
    preflight: ["identityGrant", "kubeletInUse"],
    note: "The lookup of a registry does not return its mode.",
  },
  {
    messages: ["OrasPullUnauthorizedVMExtensionError (212)", "OrasPullNetworkTimeout (211)"],
    cause: "A network isolated cluster cannot pull from its bootstrap registry.",
    who: "identity team",
    remedy: `Name the registry in network.egress.artifactCache. ${DEPLOY_IDENTITIES}`,
    rules: ["HAKS-NET-014"],
    preflight: ["identityGrant"],
    note: "Only Azure shows if nodes can reach the registry.",
  },
  {
    messages: [
      "PrincipalNotFound",
      "RoleAssignmentExists",
      "RoleAssignmentUpdateNotPermitted",
      "RoleAssignmentLimitExceeded",
    ],
    cause:
      "A new identity is not replicated yet, the same assignment exists under another name, or the subscription has reached its limit of 4,000.",
    who: "identity team",
    remedy: "Apply again; import or remove the existing assignment.",
    rules: ["HAKS-ACC-006"],
    note: "Grant sets the principal type, and computes names.",
  },
  {
    messages: ["RoleAssignmentExists, after a change of permissions.grantedBy"],
    cause: "The stack of the other team created the assignment.",
    who: "identity team",
    remedy: "Add the former team under previous: the stack then imports the assignment.",
    note: "check --previous prints the lines.",
  },
  {
    messages: ["ReconcileAddonIdentityRoleAssignmentError"],
    cause: "A policy denies the role that AKS grants to its identity on the node resource group.",
    who: "owner of the subscription",
    remedy: "Exempt the node resource group from the policy.",
  },
  {
    messages: ["RequestDisallowedByPolicy, on the node resource group"],
    cause: "A policy about tags, regions or public IPs denies resources that AKS creates there.",
    who: "owner of the subscription",
    remedy: "Exempt the node resource group, or set the required tags, which AKS passes on.",
  },
  {
    messages: [
      "ServicePrincipalValidationClientError",
      "AADSTS7000215 or AADSTS7000222: Invalid client secret",
    ],
    cause: "The secret of a service principal has expired.",
    who: "platform team",
    remedy:
      "Reset the secret with az aks update-credentials, and move the cluster to managed identities: npm run move.",
    note: "HardenedCluster uses no service principal.",
  },
  {
    messages: ["LinkedAuthorizationFailed … PrivateEndpointConnectionsApproval/action"],
    cause:
      "With KMS and a private vault, AKS approves its private endpoint itself, and lacks the right to do so.",
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
    cause:
      "The control plane identity or the deployer lacks the right to read the disk encryption set.",
    who: "identity team",
    remedy: DEPLOY_IDENTITIES,
    preflight: ["identityGrant", "peopleGrant"],
  },
  {
    messages: ["KeyVaultAccessForbidden", "AzureKeyVaultKeyNotFound, for a disk"],
    cause:
      "The disk encryption set has an identity, which must use the key, and this identity lacks a role on the vault of the key.",
    who: "identity team",
    remedy:
      "Grant the identity of the disk encryption set Key Vault Crypto Service Encryption User on the vault.",
    note: "That identity belongs to the disk encryption set and not to the cluster, so no stack grants it anything.",
  },
  {
    messages: ["AzureKeyVaultKmsValidateIdentityPermissionCustomerError"],
    cause:
      "The control plane identity cannot use the key, or the vault uses access policies, in which roles have no effect.",
    who: "identity team",
    remedy: `Change the vault to Azure RBAC. ${DEPLOY_IDENTITIES}`,
    preflight: ["identityGrant", "vaultPermissions"],
    note: "The plan reads a private vault, and with preflight.identityGrants: warn a public one, too.",
  },
  {
    messages: ["retrieving the Resource ID the Key Vault at URL"],
    cause:
      "The azurerm provider looks for a private vault among all vaults of the cluster's subscription, and the runner cannot list the vault.",
    who: "identity team",
    remedy: `Grant the runner Reader on the vault. ${DEPLOY_IDENTITIES}`,
    rules: ["HAKS-SUB-001"],
    preflight: ["peopleGrant"],
  },
  {
    messages: ["RoleDefinitionWithSameNameExists"],
    cause: "Names of custom roles are unique in a tenant, and a role of this name exists.",
    who: "identity team",
    remedy:
      "Set subscriptionId in the description, which becomes a part of the names, or name the existing role in permissions.roleSet.existing.",
  },
  {
    messages: [
      "No message: a former control plane identity keeps Contributor on the node resource group",
    ],
    cause:
      "AKS grants the control plane identity Contributor on the node resource group, and does not revoke it if another identity takes over.",
    who: "owner of the subscription",
    remedy:
      "After the change, delete the role assignment of the former identity on the node resource group.",
  },
  {
    messages: ["403 … resourceProviders/register"],
    cause:
      "Terraform registers resource providers, which a Contributor on a resource group cannot do.",
    who: "platform team",
    remedy: "Set terraform.resourceProviderRegistrations to none.",
    note: "The default of TeamStack is none.",
  },
  {
    messages: [
      "Getting static credential is not allowed because this cluster is set to disable local accounts",
      "Forbidden, in kubectl",
    ],
    cause: "The cluster has no local accounts, and the user has no role in Kubernetes.",
    who: "identity team",
    remedy: `List the user or group in access.kubernetes, and sign in with kubelogin. ${DEPLOY_IDENTITIES}`,
    preflight: ["peopleGrant", "localAccounts"],
  },
  {
    messages: ["InvalidAuthenticationTokenTenant"],
    cause:
      "The runner is signed in to a tenant that differs from that of the subscription or an identity.",
    who: "platform team",
    remedy: "Set tenantId and sign in to that tenant.",
    preflight: ["identityTenant"],
  },
  {
    messages: ["No message: control plane and nodes share one identity"],
    cause: "A pod can get tokens of the kubelet identity, and so act as the control plane.",
    who: "identity team",
    remedy: "Create two identities.",
    rules: ["HAKS-ID-001"],
    preflight: ["distinctIdentities"],
  },
];
