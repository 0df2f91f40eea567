// What the cluster stack refuses and what it takes: a case for each type of resources that grants rights.
import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import { TerraformResource, Testing } from "cdktf";
import { TeamStack } from "../../lib";
import { SMALL, once, render, stacksOf } from "../scenarios";

/** Types that grant rights, or that only a principal with that right can write. */
const REFUSED = [
  // Azure RBAC, also by Privileged Identity Management and in the marketplace.
  "azurerm_role_assignment",
  "azurerm_role_definition",
  "azurerm_marketplace_role_assignment",
  "azurerm_pim_active_role_assignment",
  "azurerm_pim_eligible_role_assignment",
  "azurerm_role_management_policy",
  "azurerm_management_lock",
  "azurerm_blueprint_assignment",
  // Other tenants and publishers.
  "azurerm_lighthouse_assignment",
  "azurerm_lighthouse_definition",
  "azurerm_managed_application",
  "azurerm_managed_application_definition",
  // Policies, whose assignments have identities with roles.
  "azurerm_policy_definition",
  "azurerm_policy_set_definition",
  "azurerm_management_group_policy_assignment",
  "azurerm_management_group_policy_exemption",
  "azurerm_management_group_policy_set_definition",
  "azurerm_resource_group_policy_assignment",
  "azurerm_resource_group_policy_exemption",
  "azurerm_resource_policy_assignment",
  "azurerm_resource_policy_exemption",
  "azurerm_subscription_policy_assignment",
  "azurerm_subscription_policy_exemption",
  // Ways to become an identity.
  "azurerm_federated_identity_credential",
  // Rights on data, and in clusters.
  "azurerm_cosmosdb_mongo_role_definition",
  "azurerm_cosmosdb_sql_role_assignment",
  "azurerm_cosmosdb_sql_role_definition",
  "azurerm_key_vault_access_policy",
  "azurerm_key_vault_managed_hardware_security_module_role_assignment",
  "azurerm_key_vault_managed_hardware_security_module_role_definition",
  "azurerm_kubernetes_cluster_trusted_access_role_binding",
  "azurerm_kusto_cluster_principal_assignment",
  "azurerm_kusto_database_principal_assignment",
  "azurerm_mongo_cluster_user",
  "azurerm_mssql_managed_instance_active_directory_administrator",
  "azurerm_mysql_flexible_server_active_directory_administrator",
  "azurerm_postgresql_active_directory_administrator",
  "azurerm_postgresql_flexible_server_active_directory_administrator",
  "azurerm_redis_cache_access_policy_assignment",
  "azurerm_synapse_role_assignment",
  "azurerm_synapse_workspace_aad_admin",
  "azurerm_synapse_workspace_sql_aad_admin",
  // Entra ID.
  "azuread_app_role_assignment",
  "azuread_application_federated_identity_credential",
  "azuread_application_password",
  "azuread_directory_role_assignment",
  "azuread_directory_role_eligibility_schedule_request",
  "azuread_directory_role_member",
  "azuread_group_member",
  "azuread_privileged_access_group_assignment_schedule",
  "azuread_service_principal_delegated_permission_grant",
  // What may hold anything, such as Microsoft.Authorization/roleAssignments.
  "azapi_resource",
  "azapi_resource_action",
  "azapi_update_resource",
  "azapi_data_plane_resource",
  "azurerm_management_group_template_deployment",
  "azurerm_resource_group_template_deployment",
  "azurerm_subscription_template_deployment",
  "azurerm_template_deployment",
  "azurerm_tenant_template_deployment",
  "azurerm_resource_deployment_script_azure_cli",
  "azurerm_resource_deployment_script_azure_power_shell",
];

/** Types that sound as if they did, and do not: a Contributor writes them, and no principal gets a role. */
const TAKEN = [
  "azurerm_api_management_group_user",
  "azurerm_api_management_notification_recipient_user",
  "azurerm_api_management_user",
  "azurerm_automation_connection_service_principal",
  "azurerm_cosmosdb_mongo_user_definition",
  "azurerm_cosmosdb_postgresql_role",
  "azurerm_data_factory_credential_service_principal",
  "azurerm_data_factory_credential_user_managed_identity",
  "azurerm_hpc_cache_access_policy",
  "azurerm_iothub_dps_shared_access_policy",
  "azurerm_iothub_shared_access_policy",
  "azurerm_network_manager_admin_rule",
  "azurerm_network_manager_admin_rule_collection",
  "azurerm_network_manager_security_admin_configuration",
  "azurerm_policy_virtual_machine_configuration_assignment",
  "azurerm_redis_cache_access_policy",
  "azurerm_storage_account_local_user",
  "azurerm_user_assigned_identity",
];

const SOUNDS_SO =
  /(^|_)(role|lock|lighthouse|federated|administrator|admin|principal|blueprint|user|managed_application|template_deployment|deployment_script)(_|$)|policy_((set_)?definition|exemption|(.+_)?assignment)$|access_policy/;

const provider = dirname(require.resolve("@cdktf/provider-azurerm/package.json"));

/** What the cluster stack says with resources of all these types in it, by the way in which they come in. */
function saidWith<T>(types: T[], add: (stack: TeamStack, type: T) => void): string {
  const { cluster } = stacksOf(SMALL);
  types.forEach((type) => {
    add(cluster, type);
  });
  try {
    Testing.synth(cluster, true);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

const asOverride = (stack: TeamStack, type: string) => {
  stack.addOverride(`resource.${type}.it`, { name: "it" });
};
const asConstruct = (stack: TeamStack, type: string) => {
  new TerraformResource(stack, type, { terraformResourceType: type });
};

describe("the cluster stack", () => {
  const overrides = once(() => saidWith(REFUSED, asOverride).split("\n"));
  const constructs = once(() => saidWith(REFUSED, asConstruct));

  test.each(REFUSED)("refuses %s", (type) => {
    const message = `${type} grants rights, and the cluster stack must not`;
    expect(overrides()).toContainEqual(expect.stringContaining(`${type}.it] ${message}`));
    expect(constructs()).toContain(`[small-cluster/${type}] ${message}`);
  });

  test("takes what only sounds alike", () => {
    expect(saidWith(TAKEN, asOverride)).toBe("");
    expect(saidWith(TAKEN, asConstruct)).toBe("");
  });

  test("was asked about each type of azurerm that sounds as if it handed out rights", () => {
    const types = readdirSync(`${provider}/lib`)
      .filter((name) => !name.startsWith("data-"))
      .map((name) => `azurerm_${name.replaceAll("-", "_")}`);
    expect(types.length).toBeGreaterThan(500);
    const sounding = types.filter((type) => SOUNDS_SO.test(type.replace("azurerm_", "")));
    const known = [...REFUSED, ...TAKEN];
    expect(sounding.filter((type) => !known.includes(type))).toEqual([]);
  });

  const INLINE = [
    ["azurerm_key_vault", "access_policy"],
    ["azurerm_mssql_server", "azuread_administrator"],
    ["azurerm_mssql_managed_instance", "azure_active_directory_administrator"],
  ] as const;

  test("takes what can grant rights in an attribute, and refuses it with the attribute", () => {
    const said = (valueOf: (attribute: string) => object) =>
      saidWith([...INLINE.keys()], (stack, index) => {
        const [type, attribute] = INLINE[index]!;
        stack.addOverride(`resource.${type}.it`, { name: "it", ...valueOf(attribute) });
      });
    expect(said(() => ({}))).toBe("");
    expect(said((attribute) => ({ [attribute]: [] }))).toBe("");
    const refused = said((attribute) => ({ [attribute]: [{ object_id: "me" }] }));
    for (const [type] of INLINE) {
      expect(refused).toContain(`${type} grants rights`);
    }
  });
});

describe("the stacks that grant", () => {
  test.each(["identities", "networkPermissions"] as const)(
    "refuse role assignments and definitions past the plan, and take what is no right: %s",
    (key) => {
      for (const type of ["azurerm_role_assignment", "azurerm_role_definition"]) {
        const stack = stacksOf(SMALL)[key];
        stack.addOverride(`resource.${type}.mine`, { name: "mine" });
        expect(() => Testing.synth(stack)).toThrow(`${type}.mine is not in the grant plan`);
      }
      const stack = stacksOf(SMALL)[key];
      stack.addOverride("resource.azurerm_federated_identity_credential.mine", { name: "mine" });
      expect(render(stack).resource).toHaveProperty("azurerm_federated_identity_credential");
    },
  );
});
