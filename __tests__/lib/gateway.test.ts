// Application Gateway for Containers: its controller as a workload, the rows of the grant plan, and the stacks after the cluster.
import { Testing } from "cdktf";
import {
  ClusterPlan,
  ClusterSpec,
  FleetPlan,
  FleetStacks,
  Grant,
  GrantingTeam,
  PrincipalType,
  ResourceReference,
  Role,
  RoleSet,
  Severity,
  StandaloneCluster,
  TeamStack,
} from "../../lib";
import { serviceAccounts } from "../../app/workloads/service-accounts";
import { gives, neededOf } from "../../lib/access/sufficient-roles";
import { resolveSpec } from "../../lib/spec/resolved-spec";
import { CATALOGUE } from "../../lib/spec/roles";
import { SMALL, planOf, render, resources, stacksOf } from "../scenarios";
import { gateway } from "./add-on-rules";
import { SHOP, working } from "./workload-rules";

const ASSIGNMENT = "azurerm_role_assignment";
const CREDENTIAL = "azurerm_federated_identity_credential";
const IDENTITY = "azurerm_user_assigned_identity";
const CONTROLLER = "small-alb-controller-mi";
const NODES = "MC_cluster-rg_small_westeurope";
const MANAGER = "AppGw for Containers Configuration Manager";

const rowsOf = (spec: ClusterSpec) =>
  planOf(spec)
    ._grants.filter(({ _isAfter }) => _isAfter)
    .map((grant) => [grant.principal.name, grant.role.name, grant.scope.name, grant._stackIn("c")]);

describe.each([
  ["built-in roles", RoleSet.builtIn(), "Network Contributor"],
  ["minimal roles", RoleSet.minimal(), "AKS Gateway Subnet"],
])("with %s", (_, roleSet, onSubnet) => {
  const permissions = { roleSet };

  test("the controller has these rows after the cluster, and there are none before", () => {
    const spec = { ...gateway(), permissions };
    expect(rowsOf(spec).sort()).toEqual(
      [
        [CONTROLLER, MANAGER, "gateway-rg", "c-workloads"],
        [CONTROLLER, onSubnet, "gateway", "c-workloads-network"],
        [CONTROLLER, "Reader", NODES, "c-workloads"],
      ].sort(),
    );
    const before = (one: ClusterSpec) =>
      planOf(one)
        ._grants.filter(({ _isAfter }) => !_isAfter)
        .map(({ address }) => address);
    expect(before(spec)).toEqual(before({ ...SMALL, permissions }));
  });

  test("there are no rows without a gateway", () => {
    expect(rowsOf({ ...SMALL, permissions })).toEqual([]);
  });
});

describe("the rows", () => {
  test("are addressed by what they are about", () => {
    const after = planOf(gateway())._grants.filter(({ _isAfter }) => _isAfter);
    expect(after.map(({ address }) => address)).toEqual(
      [
        "workload-alb-controller_appgw-for-containers-configuration-manager_gateway-group-gateway-rg",
        "workload-alb-controller_network-contributor_subnet-network-rg-vnet-gateway",
        `workload-alb-controller_reader_node-resource-group-${"mc_cluster-rg_small_westeurope-"}`,
      ].map((start) => expect.stringMatching(`^${start.slice(0, -1)}`) as string),
    );
  });

  test("on the group of the gateway are granted by the team that the description names", () => {
    const grantedBy = { gatewayGroup: GrantingTeam.NETWORK };
    expect(rowsOf({ ...gateway(), permissions: { grantedBy } })).toContainEqual([
      CONTROLLER,
      MANAGER,
      "gateway-rg",
      "c-workloads-network",
    ]);
  });

  test("need the data actions, which Contributor does not have", () => {
    const row = planOf(gateway())._grants.find(({ role }) => role.name === MANAGER)!;
    const allowing = CATALOGUE.filter((role) => gives(role, neededOf(row)));
    expect(allowing.map(({ name }) => name)).toEqual([MANAGER]);
    expect(neededOf(row).dataActions).toHaveLength(3);
    expect(neededOf(row).actions).toHaveLength(12);
  });

  test("are on the group of a gateway that is given by its id", () => {
    const id =
      "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/hub-rg/providers/Microsoft.ServiceNetworking/trafficControllers/shared";
    const { workloads } = stacksOf(gateway({ gateway: ResourceReference.byId(id) }));
    const scopes = Object.values(resources(workloads, ASSIGNMENT)).map(({ scope }) => scope);
    expect(scopes).toContain(id.split("/providers/")[0]);
  });
});

describe("the stacks", () => {
  const { identities, cluster, workloads, workloadsNetwork, all } = stacksOf(gateway());

  test("are those of workloads", () => {
    expect(all.slice(3).map(({ node }) => node.id)).toEqual([
      "small-workloads",
      "small-workloads-network",
    ]);
    expect(Object.values(resources(workloads, IDENTITY))).toMatchObject([
      { name: CONTROLLER, resource_group_name: "identity-rg" },
    ]);
    expect(Object.values(resources(workloads, CREDENTIAL))).toMatchObject([
      { subject: "system:serviceaccount:azure-alb-system:alb-controller-sa" },
    ]);
    expect(Object.keys(resources(workloads, ASSIGNMENT))).toHaveLength(2);
    expect(Object.keys(resources(workloadsNetwork, ASSIGNMENT))).toHaveLength(1);
  });

  test("before the controller are the same as without a gateway", () => {
    const before = stacksOf(SMALL);
    expect(render(identities)).toEqual(render(before.identities));
    expect(render(cluster)).toEqual(render(before.cluster));
  });

  test("have the controller beside other workloads", () => {
    const shop = working({ ...SHOP, rights: [] }).workloads!;
    const { workloads: late } = stacksOf({ ...gateway(), workloads: shop });
    expect(Object.keys(resources(late, IDENTITY))).toEqual(["alb-controller", "shop"]);
  });

  test("of a cluster that may be alone grant on the node resource group after the cluster", () => {
    const stack = new TeamStack(Testing.app(), "alone");
    new StandaloneCluster(stack, "the cluster", { plan: new ClusterPlan(gateway()) });
    const assignments = resources(stack, ASSIGNMENT);
    const [, reader] = Object.entries(assignments).find(([name]) => name.includes("_reader_node"))!;
    expect(reader.scope).toMatch(
      /^\$\{azurerm_kubernetes_cluster\.[\w-]+\.node_resource_group_id\}$/,
    );
  });

  test("grant nothing else on a resource group", () => {
    const stack = new TeamStack(Testing.app(), "more");
    const grant = (role: Role) => () =>
      new Grant(stack, role.name, {
        grantee: {
          principalId: "55555555-5555-4555-8555-555555555555",
          principalName: "controller",
          principalType: PrincipalType.SERVICE_PRINCIPAL,
        },
        role,
        scopeId: "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/gateway-rg",
        reason: "The controller reads the group.",
      });
    expect(grant(Role.READER)).toThrow("is not the id of a resource");
    expect(grant(Role.GATEWAY_CONFIGURATION_MANAGER)).toThrow("is not the id of a resource");
  });
});

test("the clusters of a fleet grant on their node resource groups, also to an identity that exists", () => {
  const member = (name: string): ClusterSpec => ({
    ...gateway({ identity: { name: `${name}-gateway`, existing: true } }),
    name,
    subscriptionId: "11111111-1111-4111-8111-111111111111",
  });
  const fleet = new FleetPlan([member("one"), member("two")]);
  const stacks = new FleetStacks(Testing.app(), { fleet });
  const shared = JSON.stringify([render(stacks.identities), render(stacks.networkPermissions)]);
  expect(shared).toContain("gateway-group-gateway-rg");
  expect(shared).not.toContain("node-resource-group");
  for (const { workloads } of stacks.clusters) {
    expect(Object.keys(resources(workloads, ASSIGNMENT))).toEqual([
      expect.stringContaining("reader_node-resource-group"),
    ]);
  }
});

test("the service account of the controller is left to its chart", () => {
  const shop = working({ ...SHOP, rights: [] }).workloads!;
  const made = serviceAccounts(resolveSpec({ ...gateway(), workloads: shop }), () => undefined);
  expect(made.map(({ metadata }) => metadata.name)).toEqual(["shop"]);
});

describe("the plan", () => {
  test("of its own description is the same", () => {
    const shop = working({ ...SHOP, rights: [] }).workloads!;
    const { spec } = new ClusterPlan({ ...gateway(), workloads: shop });
    expect(spec.workloads?.map(({ name }) => name)).toEqual(["shop"]);
    expect(rowsOf(spec)).toEqual(rowsOf(gateway()));
  });

  test("can be made by a custom rule of the description that it gets", () => {
    const codes: string[][] = [];
    const check = ({ spec }: { readonly spec: ClusterSpec }) => {
      codes.push(new ClusterPlan(spec).findings.map(({ code }) => code));
      return [];
    };
    const rule = { code: "OWN-001", severity: Severity.ERROR, title: "A rule must look.", check };
    const { findings } = new ClusterPlan({ ...gateway(), customRules: [rule] });
    expect(codes).toEqual([findings.map(({ code }) => code)]);
  });

  test("exchanges the role on the subnet with another role set: the new one comes first", () => {
    const { workloadsNetwork } = stacksOf({
      ...gateway(),
      permissions: { roleSet: RoleSet.minimal() },
    });
    const [name, assignment] = Object.entries(resources(workloadsNetwork, ASSIGNMENT))[0]!;
    const { moved } = workloadsNetwork!.toTerraform() as { moved: object[] };
    expect(moved).toEqual([
      {
        from: `${ASSIGNMENT}.${name.replace("gatewaySubnet", "network-contributor")}`,
        to: `${ASSIGNMENT}.${name}`,
      },
    ]);
    expect(assignment).toMatchObject({ lifecycle: { create_before_destroy: true } });
  });

  test("keeps the right on the subnet that the gateway leaves, as long as there is a controller", () => {
    const moved = gateway({ subnet: "other" });
    const kept = (spec: ClusterSpec) =>
      planOf({ ...spec, previous: gateway() })
        ._grants.filter((grant) => grant.kept)
        .map(({ scope }) => scope.name);
    expect(kept(moved)).toEqual(["gateway"]);
    expect(kept(SMALL)).toEqual([]);
  });
});

describe("the review", () => {
  const review = new ClusterPlan(gateway()).review();

  test("lists the controller as a workload", () => {
    expect(review.workloads?.map(({ name, subjects }) => [name, ...subjects])).toEqual([
      ["alb-controller", "system:serviceaccount:azure-alb-system:alb-controller-sa"],
    ]);
    expect(new ClusterPlan(SMALL).review().workloads).toBeUndefined();
  });

  test("names the rights of the runner on the node resource group, and that they go with it", () => {
    const runner = review.runners?.find(({ stack }) => stack === "small-workloads");
    expect(
      runner?.rights.map(({ role, resourceGroup }) => `${role.name} on ${resourceGroup}`),
    ).toEqual([
      "Managed Identity Contributor on identity-rg",
      "Role Based Access Control Administrator on gateway-rg",
      `Role Based Access Control Administrator on ${NODES}`,
    ]);
    expect(runner?.notes.join()).toContain("must be granted again for each new cluster");
  });

  test("says that the node resource group can be read, with all that is in it", () => {
    const right = review.grants.find(({ role }) => role.name === "Reader");
    expect(right).toMatchObject({ effectiveActions: ["*/read"], excessActions: [] });
  });
});
