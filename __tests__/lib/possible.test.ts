// What must stay possible, although something like it is refused.
import { ContainerRegistry as NewRegistry } from "@cdktf/provider-azurerm/lib/container-registry";
import { DataAzurermVirtualNetwork } from "@cdktf/provider-azurerm/lib/data-azurerm-virtual-network";
import { DataAzureadGroup } from "@cdktf/provider-azuread/lib/data-azuread-group";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { KeyVault } from "@cdktf/provider-azurerm/lib/key-vault";
import { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import { Fn, TerraformIterator, TerraformResource, Testing, Token } from "cdktf";
import {
  BackendType,
  ClusterPlan,
  ClusterStacks,
  CustomRole,
  Grant,
  IGrantee,
  KubernetesRole,
  ManagedIdentity,
  Principal,
  PrincipalType,
  ResourceReference,
  Role,
  Subnet,
  TeamStack,
  TeamStackProps,
  VirtualNetwork,
} from "../../lib";
import { IdentitiesStack } from "../../lib/stacks/stacks-by-team";
import { SMALL, idOf, render, stacksOf } from "../scenarios";

const GUID = "aaaaaaaa-5555-4555-8555-555555555555";
const GRANTEE: IGrantee = {
  principalId: GUID,
  principalType: PrincipalType.GROUP,
  principalName: "ops",
};
const REASON = "They look at it.";

function newStack(props?: TeamStackProps): TeamStack {
  return new TeamStack(Testing.app(), "mine", props);
}

function reading(stack: TeamStack, scopeId: string): Grant {
  return new Grant(stack, "it", { grantee: GRANTEE, role: Role.READER, scopeId, reason: REASON });
}

function resourceOf(grant: Grant): TerraformResource {
  return grant.node.defaultChild as TerraformResource;
}

test.each([
  "https://contoso@dev.azure.com/contoso/aks/_git/haks",
  "ssh://git@github.com/contoso/haks.git",
])("a tag says where the source is: %s", (source) => {
  const { cluster } = stacksOf({ ...SMALL, tags: { source } });
  expect(Testing.synth(cluster, true)).toContain(source);
});

describe("a role assignment", () => {
  test("is on a part of a resource, by an expression of any kind", () => {
    // cdktf doubts that this comes out right.
    jest.spyOn(console, "warn").mockImplementation(() => undefined);
    const stack = newStack();
    const registry = new NewRegistry(stack, "acr", {
      name: "images",
      location: "westeurope",
      resourceGroupName: "rg",
      sku: "Basic",
    });
    reading(stack, Fn.lower(`${registry.id}/repositories/x`));
    const { locals, resource } = render(stack) as ReturnType<typeof render> & { locals: object };
    expect(locals).toEqual({
      it_scope: '${lower("${azurerm_container_registry.acr.id}/repositories/x")}',
    });
    expect(JSON.stringify(resource?.azurerm_role_assignment?.it?.lifecycle)).toContain(
      "local.it_scope",
    );
  });

  test("is on a resource that Azure gave a name with blanks", () => {
    const id = idOf("Microsoft.Insights/actionGroups", "Application Insights Smart Detection");
    expect(() => reading(newStack(), id)).not.toThrow();
  });

  test("is there for each of a list, and for a principal of another tenant", () => {
    const stack = newStack();
    const each = TerraformIterator.fromList(["a", "b"]);
    const many = reading(stack, Token.asString(each.value));
    resourceOf(many).forEach = each;
    resourceOf(many).addOverride("delegated_managed_identity_resource_id", "x");
    expect(() => Testing.synth(stack, true)).not.toThrow();
  });

  test("is one, if it is asked for twice", () => {
    const stack = newStack();
    new AzureadProvider(stack, "azuread");
    const group = new DataAzureadGroup(stack, "ops", { displayName: "ops" });
    const subnet = Subnet.fromSubnetId(
      stack,
      "nodes",
      idOf("Microsoft.Network/virtualNetworks/v/subnets", "nodes"),
    );
    const grantee: IGrantee = {
      get principalId() {
        return group.objectId;
      },
      principalType: PrincipalType.GROUP,
      principalName: "ops",
    };
    expect(subnet.grantJoin(grantee).fqn).toBe(subnet.grantJoin(grantee).fqn);
  });

  test("of one principal, whose object id is spelled in two ways, is one", () => {
    const group = (objectId: string) => Principal.group("ops", objectId);
    const spec = {
      ...SMALL,
      access: {
        deployers: [group(GUID)],
        kubernetes: [{ principal: group(GUID.toUpperCase()), role: KubernetesRole.READER }],
      },
    };
    expect(() => Testing.synth(stacksOf(spec).identities, true)).not.toThrow();
  });
});

test.each<TeamStackProps>([
  { backend: { backendType: BackendType.HTTP, config: { lock_method: "POST" } } },
  { backend: { backendType: BackendType.S3, config: { bucket: "b", region: "r" } } },
  { backend: { backendType: BackendType.REMOTE, config: { organization: "o" } } },
  {
    backend: {
      backendType: BackendType.AZURERM,
      config: { container_name: "{stack}", key: "state" },
    },
  },
  { subscriptionId: "${var.subscription}" },
])("settings are completed later: %j", (props) => {
  const app = Testing.app();
  const stacks = new ClusterStacks(app, { ...props, plan: new ClusterPlan(SMALL) });
  new IdentitiesStack(app, "other", {
    ...props,
    plan: new ClusterPlan({ ...SMALL, name: "other" }),
  });
  expect(() => Testing.synth(stacks.identities, true)).not.toThrow();
});

test("overrides of a stack have comments, take things away, and change additional resources", () => {
  const { cluster } = stacksOf(SMALL);
  new MonitorDiagnosticSetting(cluster, "mine", { name: "mine", targetResourceId: "x" });
  new KeyVault(cluster, "vault", {
    name: "vault",
    location: "westeurope",
    resourceGroupName: "cluster-rg",
    skuName: "standard",
    tenantId: GUID,
    accessPolicy: [],
  });
  const mine = "resource.azurerm_monitor_diagnostic_setting.mine";
  cluster.addOverride(`${mine}.enabled_log`, [{ category: "x" }]);
  cluster.addOverride("resource.azurerm_storage_account.a", { "//": "made by the NOC" });
  cluster.addOverride("resource.azurerm_storage_account.b", null);
  expect(() => Testing.synth(cluster, true)).not.toThrow();
});

test("a network that is looked up has subnets that are made, and others", () => {
  const stack = newStack();
  const found = new DataAzurermVirtualNetwork(stack, "found", {
    name: "vnet",
    resourceGroupName: "rg",
  });
  const network = VirtualNetwork.fromAttributes(stack, "network", {
    virtualNetworkId: found.id,
    subnetIds: { nodes: "${azurerm_subnet.nodes.id}" },
  });
  expect(network.subnet("nodes").subnetId).toBe("${azurerm_subnet.nodes.id}");
  expect(() => network.subnet("api")).not.toThrow();
});

test("expressions are written as text", () => {
  const stack = newStack();
  const role = Role.custom({ key: "x", name: "X", description: "For x.", actions: ["A.B/c/read"] });
  expect(
    () => new CustomRole(stack, "role", { role, name: "X", scopeId: "${var.group}" }),
  ).not.toThrow();
  const virtualNetwork = ResourceReference.byId("${var.network}", "vnet");
  const spec = { ...SMALL, network: { ...SMALL.network, virtualNetwork } };
  expect(() => Testing.synth(stacksOf(spec).networkPermissions, true)).not.toThrow();
});

test("an identity gets another address", () => {
  const stack = newStack();
  const identity = new ManagedIdentity(stack, "old", {
    name: "x",
    resourceGroupName: "rg",
    location: "westeurope",
  });
  const resource = identity.node.defaultChild as TerraformResource;
  resource.moveToId("azurerm_user_assigned_identity.new");
  const said = identity.node.findAll().flatMap(({ node }) => node.validate());
  expect(said.join()).not.toContain("Something changed");
  expect(Testing.synth(stack)).toContain('"to": "azurerm_user_assigned_identity.new"');
});
