// Flux and the membership in a fleet, on the stack of the cluster and in the grant plan.
import { IAspect, TerraformResource, Testing } from "cdktf";
import { IConstruct } from "constructs";
import {
  ClusterPlan,
  ClusterSpec,
  ExceptionName,
  FluxScope,
  GrantingTeam,
  ResourceReference,
  RoleSet,
} from "../../lib";
import { ClusterStack } from "../../lib/stacks/stacks-by-team";
import { DEPLOYERS, SMALL, stackJson } from "../scenarios";
import { APPS, withFlux } from "./flux-rules";

const CLIENT_ID = "55555555-5555-4555-8555-555555555559";
const FLEET = ResourceReference.byName({ name: "production", resourceGroup: "fleet-rg" });
const because = (name: ExceptionName) => ({
  exceptions: [{ name, reason: "It is part of this test." }],
});

const resourcesOf = (spec: ClusterSpec, type: string) =>
  stackJson(spec, "cluster").resource?.[`azurerm_kubernetes_${type}`] ?? {};
const settingsOf = (spec: ClusterSpec) =>
  resourcesOf(spec, "cluster_extension").cluster_flux?.configuration_settings;

describe("Flux", () => {
  test("is an extension with multi-tenancy and automatic upgrades, after all node pools", () => {
    expect(resourcesOf(withFlux({}), "cluster_extension").cluster_flux).toEqual({
      name: "flux",
      cluster_id: "${azurerm_kubernetes_cluster.cluster.id}",
      extension_type: "microsoft.flux",
      configuration_settings: { "multiTenancy.enforce": "true" },
      depends_on: [
        "azurerm_kubernetes_cluster.cluster",
        "azurerm_kubernetes_cluster_node_pool.cluster_apps",
      ],
      lifecycle: { prevent_destroy: true },
    });
  });

  test("is not there without the field", () => {
    for (const type of ["cluster_extension", "flux_configuration", "fleet_member"]) {
      expect(resourcesOf(SMALL, type)).toEqual({});
    }
  });

  test("keeps the version of the description", () => {
    expect(
      resourcesOf(withFlux({ version: "1.17.3" }), "cluster_extension").cluster_flux?.version,
    ).toBe("1.17.3");
  });

  test("signs in as the managed identity", () => {
    expect(settingsOf(withFlux({ clientId: CLIENT_ID.toUpperCase() }))).toEqual({
      "multiTenancy.enforce": "true",
      "workloadIdentity.enable": "true",
      "workloadIdentity.azureClientId": CLIENT_ID,
    });
  });

  test("does without multi-tenancy by an exception", () => {
    const spec = withFlux({ multiTenancy: false }, because(ExceptionName.NO_FLUX_MULTI_TENANCY));
    expect(settingsOf(spec)).toEqual({ "multiTenancy.enforce": "false" });
  });

  test("applies a configuration, by default in its namespace and without deleting anything", () => {
    const spec = withFlux({ configurations: [APPS] });
    expect(resourcesOf(spec, "flux_configuration")).toEqual({
      cluster_apps: {
        name: "apps",
        cluster_id: "${azurerm_kubernetes_cluster.cluster.id}",
        namespace: "apps",
        scope: "namespace",
        git_repository: {
          url: "https://github.com/example/apps",
          reference_type: "branch",
          reference_value: "main",
          sync_interval_in_seconds: 600,
        },
        kustomizations: [
          {
            name: "apps",
            path: "./apps",
            garbage_collection_enabled: false,
            wait: true,
            sync_interval_in_seconds: 600,
            retry_interval_in_seconds: 600,
            timeout_in_seconds: 600,
          },
        ],
        depends_on: ["azurerm_kubernetes_cluster_extension.cluster_flux"],
        lifecycle: { prevent_destroy: true },
      },
    });
  });

  test("reads private repositories by a secret in the cluster, or with Entra ID", () => {
    const repositoryOf = (repository: object) =>
      resourcesOf(
        withFlux({
          clientId: CLIENT_ID,
          configurations: [
            {
              ...APPS,
              scope: FluxScope.CLUSTER,
              repository: { ...APPS.repository, ...repository },
            },
          ],
        }),
        "flux_configuration",
      ).cluster_apps?.git_repository;
    expect(repositoryOf({ tag: "v1", secretName: "apps" })).toEqual({
      url: "https://github.com/example/apps",
      reference_type: "tag",
      reference_value: "v1",
      local_auth_reference: "apps",
      sync_interval_in_seconds: 600,
    });
    const url = "https://dev.azure.com/example/platform/_git/apps";
    expect(repositoryOf({ url, semver: "1.x", entraId: true })).toMatchObject({
      provider: "Azure",
      reference_type: "semver",
      reference_value: "1.x",
    });
  });

  test("and its configurations can be destroyed with the exception for the cluster alone", () => {
    const spec = withFlux(
      { configurations: [APPS] },
      { fleetManager: { fleet: FLEET }, ...because(ExceptionName.REPLACEABLE_CLUSTER) },
    );
    expect(resourcesOf(spec, "cluster_extension").cluster_flux?.lifecycle).toBeUndefined();
    expect(resourcesOf(spec, "flux_configuration").cluster_apps?.lifecycle).toBeUndefined();
    expect(resourcesOf(spec, "fleet_member")["cluster_fleet-member"]?.lifecycle).toBeUndefined();
  });
});

/** Adds an attribute to all resources of a type. */
class Adding implements IAspect {
  public constructor(
    private readonly type: string,
    private readonly path: string,
  ) {}

  public visit(node: IConstruct): void {
    if (TerraformResource.isTerraformResource(node) && node.terraformResourceType === this.type) {
      node.addOverride(this.path, "c2VjcmV0");
    }
  }
}

describe("a secret", () => {
  test.each([
    "https://user:hunter2@github.com/example/apps",
    "https://hunter2@github.com/example/apps",
    "ssh://git:hunter2@github.com/example/apps",
    "https://github.com/example/apps?token=hunter2",
  ])("in a URL is not repeated in the finding: %s", (url) => {
    const spec = withFlux({ configurations: [{ ...APPS, repository: { url } }] });
    const messages = new ClusterPlan(spec).findings.map(({ message }) => message);
    expect(messages).toContainEqual(expect.stringContaining("contains a user or a secret"));
    expect(messages.join()).not.toContain("hunter2");
  });

  const synthWith = (...[type, path]: [string, string]) => {
    const plan = new ClusterPlan(withFlux({ configurations: [APPS] }));
    const aspects = [new Adding(type, path)];
    const stack = new ClusterStack(Testing.app(), "it", { plan, aspects });
    return () => Testing.synth(stack, true);
  };

  test.each([
    ["azurerm_kubernetes_flux_configuration", "git_repository.https_key_base64"],
    ["azurerm_kubernetes_flux_configuration", "bucket.secret_key_base64"],
    ["azurerm_kubernetes_cluster_extension", "configuration_protected_settings.token"],
  ])("of %s cannot be added: %s", (type, path) => {
    expect(synthWith(type, path)).toThrow(`Something changed ${path.split(".")[0]!} of ${type}`);
  });

  test("is refused only there", () => {
    expect(synthWith("azurerm_kubernetes_cluster", "tags.a")).not.toThrow();
  });
});

describe("the membership in a fleet", () => {
  const member = (change: object = {}, more: Partial<ClusterSpec> = {}): ClusterSpec => ({
    ...SMALL,
    fleetManager: { fleet: FLEET, ...change },
    ...more,
  });
  const rowsOf = (spec: ClusterSpec) =>
    new ClusterPlan({ ...spec, access: { deployers: [DEPLOYERS] } })._grants.filter(
      ({ scope }) => scope.kind === "fleetManager",
    );

  test("has a name that follows from that of the cluster", () => {
    const named = (name: string, change: object = {}) =>
      resourcesOf(member(change, { name }), "fleet_member")["cluster_fleet-member"];
    expect(named("Haks_Prod", { updateGroup: "canary" })).toMatchObject({
      name: "haks-prod",
      group: "canary",
      kubernetes_cluster_id: "${azurerm_kubernetes_cluster.cluster.id}",
      kubernetes_fleet_id: expect.stringContaining(
        'Microsoft.ContainerService/fleets", "production"',
      ) as string,
      lifecycle: { prevent_destroy: true },
    });
    expect(named(`${"a".repeat(49)}_b`)?.name).toBe("a".repeat(49));
    expect(named("other", { memberName: "mine" })?.name).toBe("mine");
  });

  test("needs a right of the deployer on the fleet, and nothing else", () => {
    const [row, ...others] = rowsOf(member());
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      team: GrantingTeam.IDENTITY,
      principal: { name: DEPLOYERS.name },
      role: { name: "Azure Kubernetes Fleet Manager Contributor Role" },
      scope: { name: "production" },
      needs: ["members/delete", "members/read", "members/write", "read"].map(
        (end) => `Microsoft.ContainerService/fleets/${end}`,
      ),
    });
    expect(rowsOf(SMALL)).toEqual([]);
  });

  test("has a minimal role, and may be granted by the NOC", () => {
    const [row] = rowsOf(
      member(
        {},
        {
          permissions: {
            roleSet: RoleSet.minimal(),
            grantedBy: { fleetManager: GrantingTeam.NETWORK },
          },
        },
      ),
    );
    expect(row).toMatchObject({ team: GrantingTeam.NETWORK, role: { name: "AKS Fleet Member" } });
    expect([...row!.role.actions].sort()).toEqual(row!.needs);
  });
});
