// What a team decides about Terraform itself.

/** Where Terraform keeps the state of a stack. */
export interface BackendSpec {
  /** Type of the backend, such as `azurerm`, `s3`, `http` or `local`. */
  readonly backendType: string;
  /**
   * Its settings, in Terraform's spelling. `{stack}` in a text stands for the name of the stack.
   * What is left out here is given to `terraform init -backend-config=…`. Secrets are refused.
   *
   * @default - `key` is `{stack}.tfstate` for `azurerm`, and `path` is in the folder that holds the output
   * folder for `local`; nothing for others
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

/** What a team decides about Terraform itself. */
export interface TerraformSettings {
  /**
   * Where the state is kept.
   *
   * @default - a file next to the output folder
   */
  readonly backend?: BackendSpec;
  /**
   * Subscription that the stack works in (GUID).
   *
   * @default - what the runner's environment says (`ARM_SUBSCRIPTION_ID`)
   */
  readonly subscriptionId?: string;
  /**
   * Entra tenant (GUID).
   *
   * @default - what the runner is signed in to
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
   * Terraform versions that are accepted.
   *
   * @default ">= 1.5.0"
   */
  readonly requiredVersion?: string;
}
