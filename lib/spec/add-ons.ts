// Add-ons whose identities AKS creates with the cluster, so that their rights come after it.
import { BACKUP_EXTENSION } from "./backup";
import { IdentitySpec } from "./identities";
import { ResourceReference } from "./resource-reference";
import { WorkloadSpec } from "./workloads";

/** Ingress controller that application routing has by default. */
export enum NginxController {
  /** None: only those that `NginxIngressController` resources in Kubernetes define. */
  NONE = "None",
  /** With an address in the virtual network. */
  INTERNAL = "Internal",
  /** With a public address. */
  EXTERNAL = "External",
  /** With a public address, unless an annotation of the service says otherwise. */
  ANNOTATION_CONTROLLED = "AnnotationControlled",
}

/**
 * Application routing with managed NGINX. Its identity gets its rights after the cluster.
 *
 * @see https://learn.microsoft.com/azure/aks/app-routing
 */
export interface ApplicationRoutingSpec {
  /**
   * The ingress controller that it has by default.
   *
   * @default NginxController.INTERNAL
   */
  readonly controller?: NginxController;
  /**
   * Public DNS zones, all in one resource group. The add-on writes the records of ingresses into them.
   *
   * @default - none
   * @resourceType Microsoft.Network/dnsZones
   */
  readonly dnsZones?: ResourceReference[];
  /**
   * Private DNS zones, all in one resource group. The add-on writes the records of ingresses into them.
   *
   * @default - none
   * @resourceType Microsoft.Network/privateDnsZones
   */
  readonly privateDnsZones?: ResourceReference[];
  /**
   * Key vaults with certificates of ingresses. They must use Azure RBAC.
   *
   * @default - none
   * @resourceType Microsoft.KeyVault/vaults
   */
  readonly keyVaults?: ResourceReference[];
}

/**
 * Key vaults that the Key Vault provider reads with the identity of the add-on. Every pod on a node can act as it:
 * `workloads` have an identity for certain pods alone.
 *
 * @see https://learn.microsoft.com/azure/aks/csi-secrets-store-identity-access
 */
export interface KeyVaultProviderSpec {
  /**
   * Key vaults with secrets. They must use Azure RBAC.
   *
   * @default - none
   * @resourceType Microsoft.KeyVault/vaults
   */
  readonly secretVaults?: ResourceReference[];
  /**
   * Key vaults with keys and certificates. They must use Azure RBAC.
   *
   * @default - none
   * @resourceType Microsoft.KeyVault/vaults
   */
  readonly certificateVaults?: ResourceReference[];
}

/**
 * A certificate authority for the service mesh, from secrets of a key vault. The identity of the Key Vault provider reads
 * them, and gets the right after the cluster.
 *
 * @see https://learn.microsoft.com/azure/aks/istio-plugin-ca
 */
export interface MeshCertificateAuthority {
  /**
   * The key vault. It must use Azure RBAC.
   *
   * @resourceType Microsoft.KeyVault/vaults
   */
  readonly keyVault: ResourceReference;
  /**
   * Name of the secret with the root certificate.
   *
   * @default "root-cert"
   * @examples root-cert
   */
  readonly rootCertificate?: string;
  /**
   * Name of the secret with the certificate that signs those of workloads.
   *
   * @default "ca-cert"
   * @examples ca-cert
   */
  readonly certificate?: string;
  /**
   * Name of the secret with the key of this certificate.
   *
   * @default "ca-key"
   * @examples ca-key
   */
  readonly key?: string;
  /**
   * Name of the secret with the chain of certificates up to the root.
   *
   * @default "cert-chain"
   * @examples cert-chain
   */
  readonly certificateChain?: string;
}

/**
 * Application Gateway for Containers, which exists. Its controller, which Helm deploys, acts as the identity of a
 * workload, and gets its rights after the cluster.
 *
 * @see https://learn.microsoft.com/azure/application-gateway/for-containers/quickstart-create-application-gateway-for-containers-byo-deployment
 */
export interface GatewayForContainersSpec {
  /**
   * Name of the subnet of its association, in the virtual network of the cluster: a /24, delegated to
   * `Microsoft.ServiceNetworking/trafficControllers`.
   *
   * @format subnet
   * @examples aks-gateway
   */
  readonly subnet: string;
  /**
   * The gateway. The controller gets its role on the resource group of the gateway, as Microsoft documents it.
   *
   * @resourceType Microsoft.ServiceNetworking/trafficControllers
   */
  readonly gateway: ResourceReference;
  /**
   * The identity of the controller.
   *
   * @default - created as `<cluster>-alb-controller-mi` in the resource group of the identities
   */
  readonly identity?: IdentitySpec;
}

/** The workload that is the controller of Application Gateway for Containers. */
export const GATEWAY_CONTROLLER = "alb-controller";

/** Returns the workload that is the controller of a gateway, with the service account of its Helm chart. */
export function gatewayController({
  identity,
}: Pick<GatewayForContainersSpec, "identity">): WorkloadSpec {
  return {
    name: GATEWAY_CONTROLLER,
    serviceAccounts: [{ namespaceName: "azure-alb-system", name: "alb-controller-sa" }],
    identity,
  };
}

/**
 * Locks against deletion, which the identity team sets after the cluster. Name the field also with `false`: without it
 * there is no stack that lifts a lock.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
 */
export interface LocksSpec {
  /**
   * Whether the cluster is locked. Its node pools cannot be deleted then.
   *
   * @default false
   */
  readonly cluster?: boolean;
  /**
   * Whether the resource group of the cluster is locked, with everything in it. Role assignments on it, also those of
   * people in Kubernetes, cannot be deleted then.
   *
   * @default false
   */
  readonly resourceGroup?: boolean;
}

/**
 * Identities of add-ons, by the field that turns the add-on on: the names that AKS gives them, before that of the cluster. That
 * of the backup extension has no documented name, and is called after the extension.
 */
export const ADD_ON_IDENTITIES = {
  applicationRouting: "webapprouting",
  keyVaultProvider: "azurekeyvaultsecretsprovider",
  backup: BACKUP_EXTENSION,
} as const;

/** An add-on with an identity. */
export type AddOnName = keyof typeof ADD_ON_IDENTITIES;

/** Returns the name of the identity of an add-on, which AKS creates in the node resource group; words for one without a documented name. */
export function addOnIdentityName(addOn: string, cluster: string): string {
  if (addOn === "backup") {
    return `extension ${BACKUP_EXTENSION} of ${cluster}`;
  }
  return `${ADD_ON_IDENTITIES[addOn as AddOnName]}-${cluster}`;
}
