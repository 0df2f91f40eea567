// The choices of a team for its stack: settings of Terraform, and aspects.
import type { IAspect } from "cdktf";
import { AzurermLine } from "../spec/azurerm-line";

/** Type of a Terraform backend. */
export enum BackendType {
  /** An Azure storage account. */
  AZURERM = "azurerm",
  /** HCP Terraform, in the block of that name. */
  CLOUD = "cloud",
  /** Consul. */
  CONSUL = "consul",
  /** Tencent Cloud Object Storage. */
  COS = "cos",
  /** Google Cloud Storage. */
  GCS = "gcs",
  /** A REST endpoint. */
  HTTP = "http",
  /** A Kubernetes secret. */
  KUBERNETES = "kubernetes",
  /** A file. */
  LOCAL = "local",
  /** Oracle Cloud Infrastructure Object Storage. */
  OCI = "oci",
  /** Alibaba Cloud Object Storage. */
  OSS = "oss",
  /** A PostgreSQL database. */
  PG = "pg",
  /** HCP Terraform or Terraform Enterprise, as a backend. */
  REMOTE = "remote",
  /** Amazon S3. */
  S3 = "s3",
  /** No block, for a custom backend in a separate file beside the stack. */
  NONE = "none",
}

/** The place where Terraform keeps the state of a stack. */
export interface BackendSpec {
  /**
   * Type of the backend.
   *
   * @yamlName type
   * @yamlOpen
   */
  readonly backendType: BackendType;
  /**
   * Settings of the backend, in Terraform's spelling. `{stack}` stands for the name of the stack. Settings that are
   * left out are passed to `terraform init -backend-config=…`, but for `cloud`. Secrets are refused.
   *
   * @default - `key` is `{stack}.tfstate` for `azurerm`; `path` is next to the output folder for `local`; the name in `workspaces` is `{stack}` for `cloud`; otherwise none
   * @see https://developer.hashicorp.com/terraform/language/backend
   */
  readonly config?: { [key: string]: unknown };
}

/** The resource providers that Terraform registers in the subscription. */
export enum ResourceProviderRegistrations {
  /** None. */
  NONE = "none",
  /** Those of the most common services. */
  CORE = "core",
  /** Those of `core`, and of many more services. */
  EXTENDED = "extended",
  /** All that azurerm supports. */
  ALL = "all",
  /** Those that azurerm registered before version 4. */
  LEGACY = "legacy",
}

/** Properties of the stack of a team. */
export interface TeamStackProps {
  /**
   * The place where Terraform keeps the states.
   *
   * @default - files next to the output folder, for experiments
   */
  readonly backend?: BackendSpec;
  /**
   * Subscription that a stack works in (GUID).
   *
   * @default - in a stack of a cluster that of the description, else `ARM_SUBSCRIPTION_ID` in the environment of
   * Terraform
   * @yamlOmit
   */
  readonly subscriptionId?: string;
  /**
   * Entra tenant (GUID).
   *
   * @default - in a stack of a cluster that of the description, else the tenant that Terraform is signed in to
   * @yamlOmit
   */
  readonly tenantId?: string;
  /**
   * The resource providers that Terraform registers in the subscription. Only an owner of the subscription may
   * register them.
   *
   * @default ResourceProviderRegistrations.NONE
   * @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs#resource-provider-registrations
   */
  readonly resourceProviderRegistrations?: ResourceProviderRegistrations;
  /**
   * Text before the name of each stack, such as that of an environment: `prod` makes `prod-aks-cluster` of
   * `aks-cluster`. Letters, digits, `-` and `_`. The names of folders and the `{stack}` of backends have it, too.
   *
   * @default - none
   * @examples prod
   */
  readonly stackPrefix?: string;
  /**
   * Terraform versions that are accepted: none before 1.7.0, which does not know the blocks `removed`.
   *
   * @default ">= 1.7.0"
   * @examples >= 1.9.0
   */
  readonly requiredVersion?: string;
  /**
   * Versions of azurerm that are accepted, and that the stack is written for. A stack that needs a later version of
   * the line accepts only those, such as 4.57 for node auto-provisioning.
   *
   * @default AzurermLine.V4_55
   * @see https://github.com/hashicorp/terraform-provider-azurerm/blob/main/website/docs/5.0-upgrade-guide.html.markdown
   */
  readonly azurermVersion?: AzurermLine;
  /**
   * Custom aspects, which visit everything in the stack; cdktf never runs those of an app. They cannot change
   * attributes that follow from the description of a cluster, except tags and time limits.
   *
   * @default - none
   * @see https://developer.hashicorp.com/terraform/cdktf/concepts/aspects
   * @yamlOmit
   */
  readonly aspects?: IAspect[];
}
