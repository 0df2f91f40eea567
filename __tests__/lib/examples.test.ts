// The examples in TypeScript: each is small, and synthesizes to what it says.
import { KubernetesCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { KubernetesClusterNodePool } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { MonitorMetricAlert } from "@cdktf/provider-azurerm/lib/monitor-metric-alert";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { azurerm5Page } from "../../build/docs/azurerm-5";
import { AZURERM_5 } from "../../lib/terraform/azurerm-versions";
import { EXAMPLES, runExample, textsOf, withoutMetadata } from "../examples";
import { addressesOf, textOf } from "../scenarios";

const OUTPUTS = Object.fromEntries(Object.keys(EXAMPLES).map((name) => [name, runExample(name)]));

/** The text of the stack of an example whose name ends so. */
function stackOf(example: string, end: string): string {
  const found = Object.entries(OUTPUTS[example]!).find(([name]) => name.endsWith(end));
  return found?.[1] ?? "";
}

describe.each(Object.keys(EXAMPLES))("the example %s", (name) => {
  const texts = OUTPUTS[name]!;

  test("is small enough to read", () => {
    expect(textOf(EXAMPLES[name]!).split("\n").length).toBeLessThanOrEqual(120);
  });

  // Renaming an address destroys something: every change of this snapshot is a decision.
  test("has these addresses", () => {
    const addresses = Object.entries(texts).map(([stack, text]) => [
      stack,
      addressesOf(withoutMetadata(text)),
    ]);
    expect(Object.fromEntries(addresses)).toMatchSnapshot();
  });

  test("holds no path of this machine and no secret", () => {
    const all = Object.values(texts).join("\n");
    expect(all).toContain("azurerm");
    expect(all).not.toContain(process.cwd());
    expect(all).not.toMatch(/"\/(home|root|tmp|Users|var|work)\//);
    expect(all).not.toMatch(/"service_principal"|client_secret|password"|terraform_remote_state/);
  });
});

test.each(["lab", "enterprise"])("the example %s is what its file becomes, to the byte", (name) => {
  expect(OUTPUTS[name]).toEqual(textsOf(name));
});

describe("what azurerm 5 changes", () => {
  const stacks = Object.values(OUTPUTS).flatMap((texts) =>
    Object.values(texts).map(withoutMetadata),
  );
  const bodiesOf = (type: string): unknown[] =>
    stacks.flatMap(({ provider, resource = {}, data = {} }) =>
      type === "provider"
        ? (provider.azurerm ?? [])
        : [...Object.values(resource[type] ?? {}), ...Object.values(data[type] ?? {})],
    );
  const at = (body: unknown, path: string): unknown =>
    path
      .split(".")
      .reduce<unknown>(
        (value, key) => (value as { [key: string]: unknown } | undefined)?.[key],
        body,
      );
  const looked = AZURERM_5.filter(({ kind }) => kind === "gone" || kind === "set");

  test.each(looked)("of $type: $attributes are $kind", ({ type, attributes, kind }) => {
    const bodies = bodiesOf(type);
    expect(bodies).not.toHaveLength(0);
    for (const body of bodies) {
      for (const attribute of attributes) {
        expect(at(body, attribute) !== undefined).toBe(kind === "set");
      }
    }
  });

  test("is in docs/azurerm-5.md", () => {
    expect(textOf("docs", "azurerm-5.md")).toBe(azurerm5Page());
  });
});

test("the sandbox is this stack", () => {
  expect(withoutMetadata(stackOf("sandbox", "sandbox"))).toMatchSnapshot();
});

test("the cluster of the sandbox waits for egress and rights", () => {
  const { resource = {} } = withoutMetadata(stackOf("sandbox", "sandbox"));
  expect(resource.azurerm_kubernetes_cluster?.haks?.depends_on).toEqual(
    expect.arrayContaining([
      "azurerm_nat_gateway_public_ip_association.egress-address",
      "azurerm_subnet_nat_gateway_association.egress-of-nodes",
      ...Object.keys(resource.azurerm_role_assignment ?? {})
        .filter((name) => name !== "admin")
        .map((name) => `azurerm_role_assignment.${name}`),
    ]),
  );
  expect(JSON.stringify(resource)).not.toContain("prevent_destroy");
});

test("the single constructs grant what their sentences say", () => {
  const text = stackOf("constructs", "rights");
  for (const [role, scope] of [
    ["Network Contributor", "data.azurerm_subnet.nodes"],
    ["Managed Identity Operator", "azurerm_user_assigned_identity.kubelet"],
    ["AcrPull", "data.azurerm_container_registry.registry"],
  ]) {
    expect(text).toHaveResourceWithProperties(RoleAssignment, {
      role_definition_name: role,
      scope: `\${${scope}.id}`,
    });
  }
});

test("the two clusters use one kubelet identity, which pulls by one role assignment", () => {
  const pulls = Object.values(OUTPUTS["shared-kubelet"]!).flatMap((text) =>
    Object.values(withoutMetadata(text).resource?.azurerm_role_assignment ?? {}).filter(
      ({ role_definition_name: role }) => role === "AcrPull",
    ),
  );
  expect(pulls).toHaveLength(1);
  for (const cluster of ["blue-cluster", "green-cluster"]) {
    expect(stackOf("shared-kubelet", cluster)).toHaveResourceWithProperties(KubernetesCluster, {
      kubelet_identity: expect.objectContaining({
        user_assigned_identity_id: "${data.azurerm_user_assigned_identity.kubelet.id}",
      }) as object,
    });
  }
});

test("the additional resources are in the cluster stack", () => {
  const text = stackOf("additional-resources", "-cluster");
  expect(text).toHaveResourceWithProperties(MonitorMetricAlert, {
    scopes: ["${azurerm_kubernetes_cluster.cluster.id}"],
    tags: { costCentre: "4711" },
  });
  expect(text).toHaveResourceWithProperties(KubernetesClusterNodePool, {
    linux_os_config: { sysctl_config: { fs_file_max: 200000 } },
    tags: { costCentre: "4711" },
  });
});

test("the additional grant is in the NOC's stack and in the preflight", () => {
  expect(stackOf("additional-grant", "-network-permissions")).toHaveResourceWithProperties(
    RoleAssignment,
    {
      principal_id: "55555555-5555-4555-8555-555555555553",
      description: "ExternalDNS writes the names of services into the zone.",
    },
  );
  expect(stackOf("additional-grant", "-cluster")).toContain("which it needs for external DNS (");
});
