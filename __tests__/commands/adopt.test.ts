// Adopting a cluster that exists: imports with their ids, and the list of changes.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { adopt } from "../../app/adopt/adopt";
import { Adoption, adoptionOf } from "../../app/adopt/adoption";
import { adoptFindings } from "../../app/adopt/findings";
import { importText } from "../../app/adopt/place";
import { adoptText } from "../../app/adopt/render";
import { parseConfiguration } from "../../app/config/configuration";
import { discover } from "../../app/discover/discover";
import { identitiesOf } from "../../app/discover/identities";
import { FindingsError } from "../../app/finding";
import { JsonObject } from "../../app/handoff/stack-json";
import { inScratch } from "../scenarios";
import {
  Edits,
  Fields,
  adoptionWith,
  descriptionOf,
  exportsOf,
  inside,
  stacksOf,
} from "../app/adopt.fixtures";

const SUBSCRIPTION = "/subscriptions/22222222-2222-4222-8222-222222222222";
const IDENTITIES = `${SUBSCRIPTION}/resourceGroups/identity-rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities`;
const CLUSTER = `${SUBSCRIPTION}/resourceGroups/billing-rg/providers/Microsoft.ContainerService/managedClusters/billing`;
const LOGS = `${SUBSCRIPTION}/resourceGroups/billing-rg/providers/Microsoft.Insights/dataCollectionRules`;

/** The group, the locks and the associations of the cluster with brought identities. */
const MORE: Edits = {
  description: (content) => {
    // Kubernetes roles are on the group, which must exist before.
    inside(content, "access").kubernetes = [];
    inside(content, "resourceGroup").create = true;
    inside(content, "identities").locked = true;
    inside(content, "identities", "resourceGroup").create = true;
  },
  files: {
    "locks.json": ["billing-cp", "billing-kubelet"].map((name) => ({
      id: `${IDENTITIES}/${name}/providers/Microsoft.Authorization/locks/outlives-the-cluster`,
      level: "CanNotDelete",
      name: "outlives-the-cluster",
      type: "Microsoft.Authorization/locks",
    })),
    "associations.json": [
      {
        dataCollectionRuleId: `${LOGS}/MSCI-westeurope-billing`,
        id: `${CLUSTER.toLowerCase()}/providers/Microsoft.Insights/dataCollectionRuleAssociations/ContainerInsightsExtension`,
        name: "ContainerInsightsExtension",
        type: "Microsoft.Insights/dataCollectionRuleAssociations",
      },
    ],
    "group.json": {
      id: `${SUBSCRIPTION}/resourceGroups/billing-rg`,
      location: "westeurope",
      name: "billing-rg",
      type: "Microsoft.Resources/resourceGroups",
    },
  },
};

const importsOf = (name: string, edits?: Edits) =>
  Object.fromEntries(adoptionWith(name, edits).adoption.imports.map(({ to, id }) => [to, id]));

const codesOf = (name: string, edits?: Edits) =>
  adoptionWith(name, edits).findings.map(({ code, severity }) => `${severity} ${code}`);

describe("imports", () => {
  test("are those of everything that exists, with ids in the spelling of azurerm", () => {
    const imports = importsOf("brought", MORE);
    expect(imports).toMatchObject({
      "azurerm_resource_group.cluster": `${SUBSCRIPTION}/resourceGroups/billing-rg`,
      "azurerm_resource_group.identities": `${SUBSCRIPTION}/resourceGroups/identity-rg`,
      "azurerm_user_assigned_identity.control_plane": `${IDENTITIES}/billing-cp`,
      "azurerm_management_lock.kubelet": `${IDENTITIES}/billing-kubelet/providers/Microsoft.Authorization/locks/outlives-the-cluster`,
      "azurerm_kubernetes_cluster.cluster": CLUSTER,
      "azurerm_kubernetes_cluster_node_pool.cluster_apps": `${CLUSTER}/agentPools/apps`,
      "azurerm_monitor_diagnostic_setting.cluster_audit": `${CLUSTER}|audit`,
      "azurerm_monitor_data_collection_rule.cluster_container-insights": `${LOGS}/MSCI-westeurope-billing`,
      "azurerm_monitor_data_collection_rule_association.cluster_container-insights-association": `${CLUSTER}/providers/Microsoft.Insights/dataCollectionRuleAssociations/ContainerInsightsExtension`,
    });
    expect(codesOf("brought", MORE)).toEqual([]);
  });

  test("without the exports are created, with a warning", () => {
    const { adoption, findings } = adoptionWith("brought", { description: MORE.description });
    const locks = adoption.created.filter(({ type }) => type === "azurerm_management_lock");
    expect(locks).toHaveLength(2);
    const warning = findings.find(({ message }) => message.includes("azurerm_management_lock"));
    expect(warning).toMatchObject({ severity: "warning", code: "HAKS-ADOPT-005" });
    expect(warning?.remedy).toContain("az lock list");
  });

  test("spell the group as the description does, since another spelling replaces the cluster", () => {
    const imports = importsOf("brought", {
      description: (content) => {
        inside(content, "resourceGroup").name = "Billing-RG";
      },
    });
    expect(imports["azurerm_kubernetes_cluster.cluster"]).toContain("/resourceGroups/Billing-RG/");
    expect(imports["azurerm_kubernetes_cluster_node_pool.cluster_apps"]).toContain("/Billing-RG/");
  });

  test("are those that a stack does not have already", () => {
    const { stacks } = stacksOf(descriptionOf("brought"));
    const stack = stacks.get("billing-cluster")!;
    const to = "azurerm_kubernetes_cluster.cluster";
    const imports = (json: JsonObject) =>
      adoptionOf(new Map([["billing-cluster", json]]), exportsOf("brought")).imports.map(
        (one) => one.to,
      );
    expect(imports(stack)).toContain(to);
    expect(imports({ ...stack, import: [{ to, id: CLUSTER }] })).not.toContain(to);
  });

  test("stand as bare addresses in JSON", () => {
    const text = importText([
      { stack: "s", type: "t", to: "azurerm_kubernetes_cluster.cluster", id: CLUSTER },
    ]);
    expect(JSON.parse(text)).toMatchObject({
      import: [{ to: "azurerm_kubernetes_cluster.cluster", id: CLUSTER }],
    });
  });
});

describe("a role assignment", () => {
  const ofSubnet =
    "azurerm_role_assignment.control_plane_network-contributor_subnet-network-rg-spoke-vnet-billing-nodes";

  test("of the same built-in role is imported with its id, and planned without a change", () => {
    const { adoption } = adoptionWith("brought");
    const found = adoption.imports.find(({ to }) => to === ofSubnet);
    expect(found?.id).toMatch(
      /\/subnets\/billing-nodes\/providers\/Microsoft.Authorization\/roleAssignments\/aaaaaaaa-0000-4000-8000-000000000016$/,
    );
    expect(adoption.effects.filter(({ address }) => address === ofSubnet)).toEqual([]);
  });

  test("of a new custom role stands beside the old one", () => {
    const { adoption } = adoptionWith("brought", {
      description: (content) => {
        inside(content, "permissions").roleSet = { type: "minimal" };
      },
    });
    const ofIdentities = adoption.imports.filter(({ to }) =>
      to.startsWith("azurerm_role_assignment.control_plane_"),
    );
    expect(ofIdentities).toEqual([]);
    expect(adoption.created.map(({ address }) => address)).toContain(
      "azurerm_role_assignment.control_plane_subnetJoin_subnet-network-rg-spoke-vnet-billing-nodes",
    );
  });

  test("of a custom role that exists is imported together with the role", () => {
    const imports = importsOf("private-hub-zone");
    expect(imports["azurerm_role_definition.subnetjoin_network-rg"]).toBe(
      `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/99999999-0000-4000-8000-000000000001|${SUBSCRIPTION}/resourceGroups/network-rg`,
    );
    expect(imports).toHaveProperty([
      "azurerm_role_assignment.control_plane_subnetJoin_subnet-network-rg-spoke-vnet-portal-nodes",
    ]);
  });

  test("with another condition is refused, since a replacement takes the right for a moment", () => {
    const assignments = JSON.parse(
      readFileSync(
        "__tests__/app/discover/private-hub-zone/exports/role-assignments-spoke.json",
        "utf8",
      ),
    ) as Fields[];
    const other = assignments.map((one) =>
      String(one.scope).includes("/registries/")
        ? { ...one, condition: "@Resource[x] Exists" }
        : one,
    );
    const edits = { files: { "role-assignments-spoke.json": other } };
    expect(codesOf("private-hub-zone", edits)).toContain("error HAKS-ADOPT-003");
    expect(codesOf("private-hub-zone")).not.toContain("error HAKS-ADOPT-003");
  });
});

test("the first system pool of the export is the one that Terraform takes for that of the description", () => {
  const edits = (isFirst: boolean): Edits => ({
    description: (content) => {
      inside(content, "identities", "controlPlane").existing = true;
      inside(content, "identities", "kubelet").existing = true;
    },
    cluster: (cluster) => {
      const pools = cluster.agentPoolProfiles as Fields[];
      const rank = ({ name, mode }: Fields) =>
        mode === "User" ? 0 : (name === "infra") === isFirst ? 1 : 2;
      cluster.agentPoolProfiles = pools.sort((a, b) => rank(a) - rank(b));
    },
  });
  const [error] = adoptionWith("everything", edits(true)).findings.filter(
    ({ severity }) => severity === "error",
  );
  expect(error?.message).toContain("default_node_pool.name differs");
  expect(error?.remedy).toContain('Describe "infra" in nodePools.system');
  expect(codesOf("everything", edits(false))).not.toContain("error HAKS-ADOPT-002");
});

test("names in other letters count where azurerm compares ids letter by letter", () => {
  const edits: Edits = {
    description: (content) => {
      inside(content, "network", "virtualNetwork").resourceGroup = "Network-RG";
    },
  };
  const { adoption, findings } = adoptionWith("brought", edits);
  const effects = adoption.effects.map(({ effect, attribute }) => `${effect} ${attribute}`);
  expect(effects).toContain("rotates default_node_pool.vnet_subnet_id");
  const refused = findings.filter(({ code }) => code === "HAKS-ADOPT-003");
  expect(refused.map(({ message }) => message.includes("scope differs"))).toEqual([true]);
  expect(refused[0]?.remedy).toContain("letters that Azure has");
});

describe("Flux and the membership in a fleet", () => {
  const EVERYTHING = `${SUBSCRIPTION}/resourceGroups/everything-rg/providers/Microsoft.ContainerService/managedClusters/everything`;
  const CONFIGURATIONS = `${EVERYTHING}/providers/Microsoft.KubernetesConfiguration/fluxConfigurations`;
  const FLEET = `${SUBSCRIPTION}/resourceGroups/fleet-rg/providers/Microsoft.ContainerService/fleets/production`;
  const TYPES = /^azurerm_kubernetes_(cluster_extension|flux_configuration|fleet_member)\./;

  /** An export of the cluster, with an edit of the object of a name. */
  const file = (name: string, object: string, edit: (one: Fields) => void) => {
    const all = JSON.parse(
      readFileSync(`__tests__/app/discover/everything/exports/${name}.json`, "utf8"),
    ) as Fields[];
    all.filter((one) => one.name === object).forEach(edit);
    return { files: { [`${name}.json`]: all } };
  };

  const effectsOf = (edits: Edits) =>
    adoptionWith("everything", edits)
      .adoption.effects.filter(({ address }) => TYPES.test(address))
      .map(({ effect, address, attribute }) => `${effect} ${address.split(".")[1]!} ${attribute}`);

  const SETTINGS = "inPlace cluster_flux configuration_settings";

  test("are imported, and neither created nor destroyed", () => {
    const { adoption } = adoptionWith("everything");
    const imports = adoption.imports.filter(({ to }) => TYPES.test(to));
    expect(Object.fromEntries(imports.map(({ to, id }) => [to, id]))).toEqual({
      "azurerm_kubernetes_cluster_extension.cluster_flux": `${EVERYTHING}/providers/Microsoft.KubernetesConfiguration/extensions/flux`,
      "azurerm_kubernetes_flux_configuration.cluster_apps": `${CONFIGURATIONS}/apps`,
      "azurerm_kubernetes_flux_configuration.cluster_platform": `${CONFIGURATIONS}/platform`,
      "azurerm_kubernetes_fleet_member.cluster_fleet-member": `${FLEET}/members/everything-member`,
    });
    expect(adoption.created.filter(({ address }) => TYPES.test(address))).toEqual([]);
    expect(effectsOf({})).toEqual([
      SETTINGS,
      // Azure has none, and Flux takes the interval of the comparison.
      "inPlace cluster_platform kustomizations",
    ]);
  });

  test("without the exports are created, with a warning", () => {
    const gone = (name: string) =>
      adoptionWith("brought", {
        description: (content) => {
          content.flux = { configurations: [CONFIGURATION] };
          content.fleetManager = { fleet: { name: "production", resourceGroup: "fleet-rg" } };
        },
        files: { [name]: { id: EVERYTHING, type: "Microsoft.Resources/resourceGroups" } },
      })
        .findings.filter(({ code }) => code === "HAKS-ADOPT-005")
        .map(({ remedy }) => /az (?:k8s|fleet)[\w -]*/.exec(remedy)?.[0])
        .filter(Boolean);
    const CONFIGURATION = {
      name: "apps",
      namespace: "apps",
      repository: { url: "https://git.example.com/apps" },
      kustomizations: [{ name: "apps" }],
    };
    expect(gone("group.json")).toEqual([]);
    expect(gone("extensions.json")).toEqual(["az k8s-extension list"]);
    expect(gone("flux-configurations.json")).toEqual(["az k8s-configuration flux list"]);
    expect(gone("fleet-members.json")).toEqual(["az fleet member list"]);
  });

  test("warn of settings that the first apply removes, without a word about overrides", () => {
    const found = adoptionWith("everything").findings.find(({ message }) =>
      message.includes("configuration_settings"),
    );
    expect(found).toMatchObject({ code: "HAKS-ADOPT-009", severity: "warning" });
    expect(found?.message).toContain("The extension no longer has these settings.");
    expect(found?.remedy).not.toMatch(/overrides|ignoreChanges/);
  });

  test.each<[string, Edits, string, string]>([
    [
      "an extension of another name",
      file("extensions", "flux", (one) => (one.name = "gitops")),
      "cluster_flux name",
      "",
    ],
    [
      "a version that the description lacks",
      file("extensions", "flux", (one) => (one.version = "1.17.3")),
      "cluster_flux version",
      "",
    ],
    [
      "a configuration in another namespace",
      file("flux-configurations", "apps", (one) => (one.namespace = "other")),
      "cluster_apps namespace",
      "flux.configurations",
    ],
    [
      "another scope of a configuration",
      file("flux-configurations", "apps", (one) => (one.scope = "cluster")),
      "cluster_apps scope",
      "flux.configurations",
    ],
    [
      "another name of the member",
      file("fleet-members", "everything-member", (one) => (one.name = "other")),
      "cluster_fleet-member name",
      "fleetManager",
    ],
    [
      "another fleet",
      file("fleet-members", "everything-member", (one) => {
        one.id = String(one.id).replace("production", "other");
      }),
      "cluster_fleet-member kubernetes_fleet_id",
      "fleetManager",
    ],
  ])("are not replaced: %s is refused", (_, edits, effect, path) => {
    expect(effectsOf(edits)).toContain(`replaces ${effect}`);
    const refused = adoptionWith("everything", edits).findings.filter(
      ({ severity, code }) => severity === "error" && code === "HAKS-ADOPT-003",
    );
    expect(refused.map((one) => one.path)).toContain(path);
    expect(refused.map(({ remedy }) => remedy).join(" ")).toMatch(/leave .* out/);
    expect(effectsOf({}).join(" ")).not.toContain("replaces");
  });

  test("are refused if the fleet has the id of the cluster in other letters", () => {
    const edits = file("fleet-members", "everything-member", (one) => {
      one.clusterResourceId = EVERYTHING.replace("resourceGroups", "resourcegroups");
    });
    expect(effectsOf(edits)).toContain("replaces cluster_fleet-member kubernetes_cluster_id");
    const codes = adoptionWith("everything", edits).findings.map(({ code }) => code);
    expect(codes).toContain("HAKS-ADOPT-003");
  });

  test.each<[string, (one: Fields) => void, string]>([
    [
      "another secret",
      (one) => (inside(one, "gitRepository").localAuthRef = "b"),
      "git_repository.local_auth_reference",
    ],
    [
      "a user",
      (one) => (inside(one, "gitRepository").httpsUser = "a"),
      "git_repository.https_user",
    ],
    [
      "a timeout",
      (one) => (inside(one, "gitRepository").timeoutInSeconds = 60),
      "git_repository.timeout_in_seconds",
    ],
    [
      "another tag",
      (one) => (inside(one, "gitRepository", "repositoryRef").tag = "v2"),
      "git_repository.reference_value",
    ],
    ["a pause", (one) => (one.suspend = true), "continuous_reconciliation_enabled"],
    [
      "variables",
      (one) => (inside(one, "kustomizations", "apps").postBuild = { substitute: { a: "b" } }),
      "kustomizations.post_build.substitute.a",
    ],
    [
      "another path",
      (one) => (inside(one, "kustomizations", "apps").path = "./b"),
      "kustomizations.path",
    ],
  ])("change in place where a configuration has %s", (_, edit, attribute) => {
    expect(effectsOf(file("flux-configurations", "apps", edit))).toContain(
      `inPlace cluster_apps ${attribute}`,
    );
    expect(effectsOf({})).not.toContain(`inPlace cluster_apps ${attribute}`);
  });

  test("say that Flux deletes what a kustomization with prune has applied", () => {
    const edits = file("flux-configurations", "apps", (one) => {
      const { apps } = one.kustomizations as { apps: Fields };
      one.kustomizations = { apps, old: { ...apps, name: "old", path: "./old", prune: true } };
    });
    const found = adoptionWith("everything", edits).findings.find(({ message }) =>
      message.includes("cluster_apps: kustomizations"),
    );
    expect(found).toMatchObject({ code: "HAKS-ADOPT-009", severity: "warning" });
    expect(found?.message).toContain("deletes what a kustomization with prune has applied");
  });
});

describe("add-ons and locks", () => {
  const GROUP = `${SUBSCRIPTION}/resourceGroups/billing-rg`;
  const VAULT = `${SUBSCRIPTION}/resourceGroups/kv-rg/providers/Microsoft.KeyVault/vaults/kv`;
  const ROUTING = "66666666-0000-4000-8000-000000000011";
  const PROVIDER = "66666666-0000-4000-8000-000000000012";
  const assignment = (name: string, principalId: string, role: string, guid: string) => ({
    id: `${VAULT}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    principalId,
    principalName: principalId,
    principalType: "ServicePrincipal",
    roleDefinitionId: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
    roleDefinitionName: role,
    scope: VAULT,
    type: "Microsoft.Authorization/roleAssignments",
  });
  const lock = (scope: string, name: string, level = "CanNotDelete") => ({
    id: `${scope}/providers/Microsoft.Authorization/locks/${name}`,
    level,
    name,
    type: "Microsoft.Authorization/locks",
  });
  const LOCKS = [
    lock(CLUSTER.toLowerCase(), "keeps-the-cluster"),
    lock(GROUP, "keeps-the-group-of-billing"),
    ...["billing-cp", "billing-kubelet"].map((name) =>
      lock(`${IDENTITIES}/${name}`, "outlives-the-cluster"),
    ),
  ];
  const CERTIFICATES = [
    "Key Vault Certificate User",
    "db79e9a7-68ee-4b58-9aeb-b90e7c24fcba",
  ] as const;
  const SECRETS = ["Key Vault Secrets User", "4633458b-17de-408a-b874-0445c86b69e6"] as const;
  const withLocks = (locks: unknown, role: readonly [string, string] = CERTIFICATES): Edits => ({
    cluster: (cluster) => {
      inside(cluster, "ingressProfile").webAppRouting = {
        enabled: true,
        nginx: { defaultIngressControllerType: "Internal" },
        identity: { objectId: ROUTING, resourceId: null },
      };
      inside(cluster, "addonProfiles", "azureKeyvaultSecretsProvider").identity = {
        objectId: PROVIDER,
      };
    },
    files: {
      "more-assignments.json": [
        assignment("1".repeat(8), ROUTING, ...role),
        assignment("2".repeat(8), PROVIDER, ...SECRETS),
      ],
      "locks.json": locks,
    },
  });
  const described = (locks: unknown) => {
    const exports = exportsOf("brought", withLocks(locks));
    const { text, report } = discover(exports, "brought");
    const notes = report.differences.filter(({ field }) => field === "locks");
    return { exports, text, notes: notes.map(({ message }) => message) };
  };

  test("are described and imported, and none is created", () => {
    const { exports, text, notes } = described(LOCKS);
    expect(parse(text)).toMatchObject({
      applicationRouting: { keyVaults: [{ name: "kv", resourceGroup: "kv-rg" }] },
      keyVaultProvider: { secretVaults: [{ name: "kv", resourceGroup: "kv-rg" }] },
      identities: { locked: true },
      locks: { cluster: true, resourceGroup: true },
    });
    expect(notes).toEqual([]);
    const { created, imports } = adoptionOf(stacksOf(text).stacks, exports);
    const isLate = ({ stack, type }: { readonly stack: string; readonly type: string }) =>
      stack === "billing-add-ons" || type === "azurerm_management_lock";
    expect(created.filter(isLate)).toEqual([]);
    const ids = Object.fromEntries(imports.map(({ stack, to, id }) => [`${stack} ${to}`, id]));
    const addOn = "billing-add-ons azurerm_role_assignment.add-on";
    expect(ids).toMatchObject({
      "billing-add-ons azurerm_management_lock.cluster": `${CLUSTER}/providers/Microsoft.Authorization/locks/keeps-the-cluster`,
      "billing-add-ons azurerm_management_lock.resource_group": `${GROUP}/providers/Microsoft.Authorization/locks/keeps-the-group-of-billing`,
      [`${addOn}-webapprouting_key-vault-certificate-user_key-vault-kv-rg-kv`]: `${VAULT}/providers/Microsoft.Authorization/roleAssignments/11111111`,
      [`${addOn}-azurekeyvaultsecretsprovider_key-vault-secrets-user_key-vault-kv-rg-kv`]: `${VAULT}/providers/Microsoft.Authorization/roleAssignments/22222222`,
    });
  });

  test("have the vaults on which az granted application routing its role", () => {
    const { text } = discover(exportsOf("brought", withLocks(LOCKS, SECRETS)), "brought");
    expect(parse(text)).toMatchObject({
      applicationRouting: { keyVaults: [{ name: "kv", resourceGroup: "kv-rg" }] },
    });
  });

  test.each<[string, unknown[], RegExp]>([
    [
      "another name",
      [lock(CLUSTER, "mine")],
      /^The lock "mine" \(CanNotDelete\) .* leaves it alone\.$/,
    ],
    [
      "another level",
      [lock(GROUP, "keeps-the-group-of-billing", "ReadOnly")],
      /lift it before the first deployment\.$/,
    ],
    ["one identity alone", [LOCKS[2]], /^The lock "outlives-the-cluster" .* leaves it alone\.$/],
  ])("a lock with %s is left alone, with one note", (_, locks, words) => {
    const { text, notes } = described([...locks, ...locks]);
    expect(text).not.toMatch(/^locks:|locked: true/m);
    expect(notes).toEqual([expect.stringMatching(words)]);
  });

  test("locks are not known without an export, and none where the script found none", () => {
    const { notes } = described({ id: GROUP, type: "Microsoft.Resources/resourceGroups" });
    expect(notes.join()).toContain("is not known");
    expect(described({ type: "Microsoft.Authorization/locks", value: [] }).notes).toEqual([]);
  });
});

describe("the list", () => {
  const effects = (name: string, edits?: Edits) =>
    adoptionWith(name, edits).adoption.effects.map(
      ({ effect, attribute }) => `${effect} ${attribute}`,
    );

  test("is empty for a cluster that is as described", () => {
    expect(effects("brought")).toEqual([]);
  });

  test("has the identity of a service principal in place, and its kubelet identity unchanged", () => {
    const list = effects("service-principal");
    expect(list).toEqual(
      expect.arrayContaining([
        "inPlace service_principal.client_id",
        "inPlace identity.type",
        "rotates default_node_pool.only_critical_addons_enabled",
        "ignored kubelet_identity.user_assigned_identity_id",
      ]),
    );
  });

  test("says when nodes of a service principal cannot pull, and that nodes rotate meanwhile", () => {
    const textFor = (name: string, edit = (adoption: Adoption) => adoption) => {
      const { adoption, exports } = adoptionWith(name);
      return adoptText({
        ...{ cluster: name, adoption: edit(adoption), files: [] },
        ...{ identities: identitiesOf(exports), leftovers: { assignments: [] } },
      }).join("\n");
    };
    const text = textFor("service-principal");
    expect(text).toContain("cannot pull from registries until the step made-kubelet-pull");
    expect(text).toContain("The same apply rotates nodes, before that identity can pull.");
    const inPlace = (adoption: Adoption) => ({
      ...adoption,
      effects: adoption.effects.filter(({ effect }) => effect !== "rotates"),
    });
    expect(textFor("service-principal", inPlace)).not.toContain("The same apply rotates nodes");
    expect(textFor("system-assigned")).not.toContain("made-kubelet-pull");
  });

  test("has a pool that is not described, as a warning", () => {
    const edits: Edits = {
      description: (content) => {
        inside(content, "nodePools").user = (inside(content, "nodePools").user as Fields[]).map(
          (one) => ({ ...one, name: "others" }),
        );
      },
    };
    expect(codesOf("brought", edits)).toContain("warning HAKS-ADOPT-006");
    expect(codesOf("brought")).not.toContain("warning HAKS-ADOPT-006");
  });

  test("has a second diagnostic setting, as a warning", () => {
    expect(codesOf("system-assigned")).toContain("warning HAKS-ADOPT-004");
    expect(codesOf("brought")).not.toContain("warning HAKS-ADOPT-004");
  });

  test("warns of a replacement that the description allows", () => {
    const other: Edits = {
      cluster: (cluster) => {
        cluster.dnsPrefix = "other";
      },
    };
    expect(codesOf("brought", other)).toContain("error HAKS-ADOPT-002");
    const allowed: Edits = {
      ...other,
      description: (content) => {
        content.exceptions = [{ name: "replaceableCluster", reason: "It is a test cluster." }];
      },
    };
    expect(codesOf("brought", allowed)).toContain("warning HAKS-ADOPT-002");
  });
});

describe("what the first apply takes away", () => {
  const lossesOf = (name: string, edits: Edits) =>
    adoptionWith(name, edits).findings.filter(({ code }) => code === "HAKS-ADOPT-009");
  const inCluster =
    (path: string, value: unknown): Edits["cluster"] =>
    (cluster) => {
      const parts = path.split(".");
      inside(cluster, ...parts.slice(0, -1))[parts.at(-1)!] = value;
    };
  const inApps =
    (field: string, value: unknown): Edits["pool"] =>
    (pool) => {
      if (pool.name === "apps") pool[field] = value;
    };
  const GATEWAY = { enabled: true, config: { effectiveApplicationGatewayId: "x" } };

  test.each<[string, Edits, string, RegExp]>([
    [
      "a proxy",
      { cluster: inCluster("httpProxyConfig", { httpProxy: "http://p.example.com" }) },
      "overrides.cluster.http_proxy_config.http_proxy",
      /without the proxy.*Write http_proxy_config in overrides\.cluster as it is in Azure/,
    ],
    [
      "a setting of the kernel",
      { pool: inApps("linuxOsConfig", { sysctls: { vmMaxMapCount: 262144 } }) },
      "overrides.nodePools.apps.linux_os_config.sysctl_config.vm_max_map_count",
      /from 262144 to none.*in overrides\.nodePools\.apps/,
    ],
    [
      "an add-on that overrides cannot hold",
      { cluster: inCluster("addonProfiles.ingressApplicationGateway", GATEWAY) },
      "ignoreChanges.cluster",
      /gateway no longer follows.*Name ingress_application_gateway in ignoreChanges\.cluster/,
    ],
    [
      "managed Prometheus",
      { cluster: inCluster("azureMonitorProfile.metrics.enabled", true) },
      "monitoring.prometheusWorkspace",
      /no longer gets these metrics/,
    ],
    [
      "a group of administrators",
      { cluster: inCluster("aadProfile.adminGroupObjectIDs", [CLUSTER.slice(15, 51)]) },
      "access.adminGroups",
      /no longer administrators/,
    ],
    [
      "the former maintenance window",
      {
        files: {
          "window.json": [
            {
              id: `${CLUSTER}/maintenanceConfigurations/default`,
              name: "default",
              timeInWeek: [{ day: "Sunday", hourSlots: [1] }],
              type: "Microsoft.ContainerService/managedClusters/maintenanceConfigurations",
            },
          ],
        },
      },
      "overrides.cluster.maintenance_window.allowed.day",
      /Azure deletes the window/,
    ],
    [
      "a tag",
      { cluster: inCluster("tags", { owner: "me" }) },
      "tags",
      /tags from \{"owner":"me"\} to none/,
    ],
    [
      "a tag of an identity",
      {
        files: {
          "identities.json": ["billing-cp", "billing-kubelet"].map((name, index) => ({
            id: `${IDENTITIES}/${name}`,
            type: "Microsoft.ManagedIdentity/userAssignedIdentities",
            location: "westeurope",
            principalId: `77777777-0000-4000-8000-00000000003${1 + 2 * index}`,
            tags: index === 0 ? { owner: "me" } : null,
          })),
        },
      },
      "tags",
      /user_assigned_identity\.control_plane: tags from \{"owner":"me"\} to none/,
    ],
    [
      "public addresses of nodes",
      { pool: inApps("enableNodePublicIp", true) },
      "ignoreChanges.nodePools.apps",
      /no public addresses/,
    ],
  ])("is a finding: %s", (_, edits, path, words) => {
    const found = lossesOf("brought", edits);
    expect(found.map((one) => one.path)).toEqual([path]);
    expect(`${found[0]!.message} ${found[0]!.remedy}`).toMatch(words);
  });

  describe("is the way to the API server", () => {
    const ranges = (...authorizedIpRanges: string[]): Edits["cluster"] =>
      inCluster("apiServerAccessProfile", { authorizedIpRanges, disableRunCommand: true });
    const narrowed = (before: string[], after: string[]) => {
      const { text } = discover(exportsOf("brought", { cluster: ranges(...before) }), "brought");
      const edited = text.replace(/authorizedRanges:.*(\n +- .*)*/, () => {
        return `authorizedRanges: ${JSON.stringify(after)}`;
      });
      const { configuration, stacks } = stacksOf(edited);
      const exports = exportsOf("brought", { cluster: ranges(...before) });
      const adoption = adoptionOf(stacks, exports);
      return adoptFindings(adoption, exports, configuration.plan._resolved)
        .filter(({ code }) => code === "HAKS-ADOPT-009")
        .map(({ path, message }) => [path, message.includes("loses its way to the API server")]);
    };
    const FOUND = [["apiServer.authorizedRanges", true]];

    test("where fewer addresses reach it", () => {
      expect(narrowed(["203.0.113.0/24"], ["203.0.113.0/24"])).toEqual([]);
      expect(narrowed(["203.0.113.0/24"], ["203.0.113.0/24", "198.51.100.0/24"])).toEqual([]);
      expect(narrowed(["203.0.113.0/24", "198.51.100.0/24"], ["203.0.113.0/24"])).toEqual(FOUND);
    });

    test("where it is open to all today, and stays so in the description of discover", () => {
      const exports = exportsOf("brought", { cluster: ranges() });
      const { text, findings } = discover(exports, "brought");
      expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(text).toMatch(/authorizedRanges: \[\]/);
      expect(text).toMatch(/name: openApiServer\n/);
      expect(adoptionOf(stacksOf(text).stacks, exports).effects).toEqual([]);
      const closed = text.replace("authorizedRanges: []", "authorizedRanges: [0.0.0.0/32]");
      const [open] = [closed.replace(/ {2}.*\n? *- name: openApiServer\n.*\n/, "")];
      const { configuration, stacks } = stacksOf(open);
      const found = adoptFindings(
        adoptionOf(stacks, exports),
        exports,
        configuration.plan._resolved,
      ).filter(({ code }) => code === "HAKS-ADOPT-009");
      expect(found.map(({ path }) => path)).toEqual(["apiServer.authorizedRanges"]);
      expect(found[0]?.message).toContain('none to ["0.0.0.0/32"]');
      expect(found[0]?.remedy).toContain("an empty list, as in Azure");
    });
  });

  test("is nothing for a cluster that is as described", () => {
    expect(lossesOf("brought", {})).toEqual([]);
  });

  test("has no password in it", () => {
    const edits = { cluster: inCluster("httpProxyConfig", { httpProxy: "http://me:secret@p:1" }) };
    const [found] = lossesOf("brought", edits);
    expect(found?.message).toContain("http://…@p:1");
    expect(found?.message).not.toContain("secret");
  });

  test("is nothing of what discover carries over", () => {
    const edits: Edits = {
      cluster: (cluster) => {
        cluster.httpProxyConfig = { httpProxy: "http://p.example.com", noProxy: ["a", "b"] };
        inside(cluster, "securityProfile").customCATrustCertificates = ["QQ=="];
        inside(cluster, "storageProfile").fileCSIDriver = { enabled: false };
      },
      pool: (pool) => {
        pool.linuxOSConfig = {
          swapFileSizeMB: 1500,
          sysctls: { vmMaxMapCount: 262144, netIpv4IpLocalPortRange: "32000 60999" },
        };
        pool.kubeletConfig = { podMaxPids: 4096, cpuManagerPolicy: "static" };
      },
    };
    const exports = exportsOf("brought", edits);
    const { text } = discover(exports, "brought");
    const { stacks } = stacksOf(text);
    expect(adoptionOf(stacks, exports).effects).toEqual([]);
    expect(lossesOf("brought", edits)).not.toEqual([]);
  });
});

test.each([
  ["name", (content: Fields) => (content.name = "other")],
  ["resource group", (content: Fields) => (inside(content, "resourceGroup").name = "other-rg")],
  [
    "subscription",
    (content: Fields) => (content.subscriptionId = "11111111-1111-4111-8111-111111111111"),
  ],
])("exports of a cluster of another %s are refused", (_, description) => {
  const refused = inScratch((folder) => {
    const text = descriptionOf("brought", { description: (content) => void description(content) });
    const file = join(folder, "haks.yaml");
    writeFileSync(file, text);
    try {
      adopt(exportsOf("brought"), parseConfiguration(file, text));
      return [];
    } catch (error) {
      return error instanceof FindingsError ? error.findings : [];
    }
  });
  expect(refused.map(({ code, line }) => [code, line! > 0])).toEqual([["HAKS-ADOPT-001", true]]);
});
