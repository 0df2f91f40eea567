// AKS Backup: the extension, the rows of the grant plan before and after the cluster, and the access of the vault.
import { Aspects, Testing } from "cdktf";
import {
  ClusterPlan,
  ClusterSpec,
  FleetPlan,
  FleetStacks,
  Grant,
  GrantPrincipal,
  GrantScope,
  GrantingTeam,
  Principal,
  PrincipalType,
  ResourceReference,
  Role,
  RoleSet,
  StandaloneCluster,
  TeamStack,
} from "../../lib";
import { actingSteps } from "../../lib/access/effective-rights";
import { EXTENSION_PRINCIPAL } from "../../lib/spec/backup";
import { SMALL, movesOf, planOf, render, resources, stacksOf } from "../scenarios";
import { backedUp } from "./backup-rules";

const ASSIGNMENT = "azurerm_role_assignment";
const BINDING = "azurerm_kubernetes_cluster_trusted_access_role_binding";
const EXTENSION = "azurerm_kubernetes_cluster_extension";
const LOCK = "azurerm_management_lock";
const VAULT = "55555555-5555-4555-8555-555555555555";
const OTHER = "66666666-6666-4666-8666-666666666666";
const IDENTITY = "extension azure-aks-backup of small";
const BLOBS = "Storage Blob Data Contributor";

const rowsOf = (spec: ClusterSpec, isAfter: boolean) =>
  planOf(spec)
    ._grants.filter(({ _isAfter }) => _isAfter === isAfter)
    .map((grant) => [grant.principal.name, grant.role.name, grant.scope.name, grant._stackIn("c")]);

describe.each([
  ["built-in roles", RoleSet.builtIn()],
  ["minimal roles", RoleSet.minimal()],
])("with %s", (_, roleSet) => {
  const permissions = { roleSet };
  const without = { ...SMALL, permissions };

  test("there are these rows before the cluster", () => {
    const before = rowsOf({ ...backedUp(), permissions }, false);
    expect(
      before.filter((row) => !rowsOf(without, false).some((one) => one.join() === row.join())),
    ).toEqual([
      ["small-cp-mi", "Contributor", "small-snapshots", "c-identities"],
      ["small-vault", "Reader", "small-snapshots", "c-identities"],
    ]);
    expect(before).toHaveLength(rowsOf(without, false).length + 2);
  });

  test("there are these rows after it, and none without backups", () => {
    expect(rowsOf({ ...backedUp(), permissions }, true)).toEqual([
      [IDENTITY, BLOBS, "smallbackups", "c-add-ons"],
      ["small-vault", "Reader", "small", "c-add-ons"],
    ]);
    expect(rowsOf(without, true)).toEqual([]);
  });
});

describe("the rows", () => {
  test("are addressed by what they are about: that of the extension is the same for each of its identities", () => {
    const addresses = (spec: ClusterSpec) =>
      planOf(spec)
        ._grants.filter(({ reasons: [first] }) => first?.feature.startsWith("AKS Backup"))
        .map(({ address }) => address);
    expect(addresses(backedUp())).toEqual([
      "add-on-azure-aks-backup_storage-blob-data-contributor_storage-account-backup-rg-smallbackups",
      "control_plane_contributor_snapshot-group-small-snapshots",
      `entra-${VAULT}_reader_managed-clusters-cluster-rg-small`,
      `entra-${VAULT}_reader_snapshot-group-small-snapshots`,
    ]);
    expect(addresses(backedUp({ extensionPrincipalId: OTHER }))).toEqual(addresses(backedUp()));
  });

  test("move to the object id of the vault once the description has it", () => {
    const { identities, addOns } = stacksOf(backedUp());
    const moves = [identities, addOns!].flatMap((stack) => movesOf(render(stack))).join("\n");
    for (const scope of ["snapshot-group-small-snapshots", "managed-clusters-cluster-rg-small"]) {
      const [from, to] = [
        `principal-small-vault_reader_${scope}`,
        `entra-${VAULT}_reader_${scope}`,
      ];
      expect(moves).toContain(`${ASSIGNMENT}.${from} -> ${ASSIGNMENT}.${to}`);
    }
  });

  test("are granted by the teams that the description names", () => {
    const grantedBy = {
      storageAccount: GrantingTeam.NETWORK,
      snapshotGroup: GrantingTeam.NETWORK,
      cluster: GrantingTeam.NETWORK,
    };
    const spec = { ...backedUp(), permissions: { grantedBy } };
    const { addOns, addOnsNetwork, networkPermissions } = stacksOf(spec);
    expect(Object.keys(resources(addOnsNetwork, ASSIGNMENT))).toHaveLength(2);
    expect(render(addOnsNetwork!)).toHaveProperty(`variable.${EXTENSION_PRINCIPAL}`);
    expect(Object.keys(resources(networkPermissions, ASSIGNMENT)).join()).toContain(
      "snapshot-group",
    );
    // The vault still gets its access from the identity team.
    expect(Object.keys(resources(addOns, BINDING))).toEqual(["backup-vault"]);
    expect(render(addOns!)).not.toHaveProperty("variable");
  });

  test("stay for the snapshots and for the blobs that the cluster leaves", () => {
    const moved = backedUp({ snapshotResourceGroup: "new-snapshots" });
    const kept = planOf({ ...moved, previous: backedUp() })._grants.filter((grant) => grant.kept);
    expect(kept.map(({ role, scope }) => `${role.name} on ${scope.name}`)).toEqual([
      "Contributor on small-snapshots",
      "Reader on small-snapshots",
    ]);
  });

  test("leave additional grants on the cluster to the stack that has had them", () => {
    const additional = {
      team: GrantingTeam.IDENTITY,
      principal: GrantPrincipal.entra(Principal.servicePrincipal("watcher", OTHER)),
      role: Role.READER,
      scope: GrantScope.resource(
        "Microsoft.ContainerService/managedClusters",
        ResourceReference.byName({ name: "small", resourceGroup: "cluster-rg" }),
      ),
      feature: "inventory",
      why: "The inventory reads the cluster.",
      source: "https://example.com/inventory",
    };
    const permissions = { additionalGrants: [additional] };
    const places = [SMALL, backedUp()].map((spec) => {
      const plan = planOf({ ...spec, permissions });
      expect(plan.findings.filter(({ severity }) => severity === "error")).toEqual([]);
      const row = plan._grants.find(({ principal }) => principal.name === "watcher")!;
      return [row._stackIn("c"), row.address];
    });
    expect(places[0]![0]).toBe("c-identities");
    expect(places[1]).toEqual(places[0]);
  });

  test("say that every pod can act as the extension", () => {
    const spec = {
      ...backedUp(),
      access: {
        adminGroups: [{ name: "admins", objectId: OTHER, principalType: PrincipalType.GROUP }],
      },
    };
    const plan = planOf(spec);
    expect(actingSteps(plan._grants, plan._resolved)).toContainEqual({
      principal: "admins",
      identity: IDENTITY,
      by: "pods",
    });
    expect(plan.findings).toContainEqual(
      expect.objectContaining({ code: "HAKS-ADD-006", path: "backup" }),
    );
  });
});

describe("the stacks", () => {
  const { cluster, addOns, all } = stacksOf(backedUp());

  test("have the extension with the cluster, and the rest after it", () => {
    expect(all.map(({ node }) => node.id)).toEqual([
      "small-identities",
      "small-network-permissions",
      "small-cluster",
      "small-add-ons",
    ]);
    expect(resources(cluster, EXTENSION)).toMatchObject({
      cluster_backup: {
        name: "azure-aks-backup",
        extension_type: "microsoft.dataprotection.kubernetes",
        release_namespace: "dataprotection-microsoft",
        configuration_settings: {
          "configuration.backupStorageLocation.bucket": "small",
          "configuration.backupStorageLocation.config.resourceGroup": "backup-rg",
          "configuration.backupStorageLocation.config.storageAccount": "smallbackups",
          "configuration.backupStorageLocation.config.storageAccountURI":
            "https://smallbackups.blob.core.windows.net/",
          "configuration.backupStorageLocation.config.useAAD": "true",
        },
        lifecycle: { prevent_destroy: true },
      },
    });
    expect(render(cluster).output?.[EXTENSION_PRINCIPAL]?.value).toBe(
      "${try(azurerm_kubernetes_cluster_extension.cluster_backup.aks_assigned_identity[0].principal_id, null)}",
    );
    expect(render(stacksOf(SMALL).cluster).output).not.toHaveProperty(EXTENSION_PRINCIPAL);
  });

  test("let the vault back the cluster up, with one role in Kubernetes", () => {
    expect(Object.keys(resources(cluster, BINDING))).toEqual([]);
    expect(resources(addOns, BINDING)).toMatchObject({
      "backup-vault": {
        kubernetes_cluster_id: expect.stringMatching(/managedClusters", "small"/) as string,
        source_resource_id: expect.stringMatching(/backupVaults", "small-vault"/) as string,
        roles: ["Microsoft.DataProtection/backupVaults/backup-operator"],
      },
    });
  });

  test("take the identity of the extension from a variable, or from the description", () => {
    const principalOf = (spec: ClusterSpec) => {
      const stack = stacksOf(spec).addOns!;
      const [, made] = Object.entries(resources(stack, ASSIGNMENT)).find(([name]) =>
        name.startsWith("add-on-azure-aks-backup"),
      )!;
      return [
        made.principal_id,
        Object.keys((render(stack) as { readonly variable?: object }).variable ?? {}),
      ];
    };
    expect(principalOf(backedUp())).toEqual([
      `\${var.${EXTENSION_PRINCIPAL}}`,
      [EXTENSION_PRINCIPAL],
    ]);
    const given = OTHER.toUpperCase();
    expect(principalOf(backedUp({ extensionPrincipalId: given }))).toEqual([OTHER, []]);
  });

  test("look the vault up in Entra ID if its identity is not given", () => {
    const { addOns: late } = stacksOf(backedUp({ vaultPrincipalId: undefined }));
    expect(render(late!).data?.azuread_service_principal).toMatchObject({
      "small-vault": { display_name: "small-vault" },
    });
  });

  test("refuse the binding in the stack of the cluster, and changes of it", () => {
    const changed = stacksOf(backedUp()).addOns!;
    Aspects.of(changed).add({
      visit: (node) => {
        if (node.node.id === "backup-vault" && "roles" in node) {
          node.roles = ["Microsoft.DataProtection/backupVaults/other"];
        }
      },
    });
    expect(() => Testing.synth(changed, true)).toThrow(/Something changed roles/);
  });

  test("lock the cluster after the vault has its access", () => {
    const locked = stacksOf({ ...backedUp(), locks: { cluster: true } }).addOns;
    expect(Object.values(resources(locked, LOCK))).toMatchObject([
      { depends_on: expect.arrayContaining([`${BINDING}.backup-vault`]) as string[] },
    ]);
  });

  test("of a cluster that may be alone know the identity and the cluster", () => {
    const stack = new TeamStack(Testing.app(), "alone");
    const spec = backedUp({ extensionPrincipalId: OTHER });
    new StandaloneCluster(stack, "the cluster", { plan: new ClusterPlan(spec) });
    const assignments = Object.entries(resources(stack, ASSIGNMENT));
    const of = (start: string) => assignments.find(([name]) => name.includes(start))![1];
    expect(of("add-on-azure-aks-backup").principal_id).toMatch(
      /^\$\{azurerm_kubernetes_cluster_extension\.[\w-]+\.aks_assigned_identity\[0\]\.principal_id\}$/,
    );
    expect(of("reader_managed-clusters").scope).toMatch(
      /^\$\{azurerm_kubernetes_cluster\.[\w-]+\.id\}$/,
    );
    expect(Object.values(resources(stack, BINDING))[0]?.kubernetes_cluster_id).toMatch(
      /^\$\{azurerm_kubernetes_cluster\.[\w-]+\.id\}$/,
    );
    expect(render(stack)).not.toHaveProperty("variable");
  });

  test("grant Contributor on nothing else", () => {
    const stack = new TeamStack(Testing.app(), "more");
    const grant = (scopeId: string) => () =>
      new Grant(stack, scopeId, {
        grantee: {
          principalId: VAULT,
          principalName: "control plane",
          principalType: PrincipalType.SERVICE_PRINCIPAL,
        },
        role: Role.CONTRIBUTOR,
        scopeId,
        reason: "The control plane writes into the group.",
      });
    const group = "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/snapshots-rg";
    for (const scope of [group, `${group}/providers/Microsoft.Compute/snapshots/one`]) {
      expect(grant(scope)).toThrow('The role "Contributor" is never granted here');
    }
  });
});

test("the stacks of a fleet grant the vault once on snapshots that clusters share", () => {
  const member = (name: string): ClusterSpec => ({
    ...backedUp({ blobContainer: name }),
    name,
    subscriptionId: "11111111-1111-4111-8111-111111111111",
  });
  const fleet = new FleetPlan([member("one"), member("two")]);
  expect(fleet._findings.filter(({ severity }) => severity === "error")).toEqual([]);
  const stacks = new FleetStacks(Testing.app(), { fleet });
  const shared = Object.keys(resources(stacks.identities, ASSIGNMENT));
  expect(shared.filter((name) => name.includes("snapshot-group"))).toHaveLength(1);
  for (const { identities, addOns } of stacks.clusters) {
    expect(Object.keys(resources(identities, ASSIGNMENT)).join()).toContain(
      "_contributor_snapshot",
    );
    expect(Object.keys(resources(addOns, ASSIGNMENT))).toHaveLength(2);
  }
});

describe("the review", () => {
  const { created, runners = [] } = new ClusterPlan(backedUp()).review();

  test("lists the access of the vault", () => {
    expect(created?.backupAccess).toMatchObject({ cluster: "small", vault: "small-vault" });
    expect(new ClusterPlan(SMALL).review().created?.backupAccess).toBeUndefined();
  });

  test("names the rights of the runners, and no lookup in the node resource group", () => {
    const rights = runners.find(({ stack }) => stack === "small-add-ons")?.rights ?? [];
    expect(rights.map(({ role, resourceGroup }) => `${role.name} on ${resourceGroup}`)).toEqual([
      "AKS Trusted Access (cluster-rg) on cluster-rg",
      "Role Based Access Control Administrator on backup-rg",
      "Role Based Access Control Administrator on cluster-rg",
    ]);
    const earlier = runners.find(({ stack }) => stack === "small-identities")?.rights ?? [];
    expect(earlier.map(({ resourceGroup }) => resourceGroup)).toContain("small-snapshots");
    expect(earlier.map(({ resourceGroup }) => resourceGroup)).not.toContain("cluster-rg");
  });
});

test("a vault in another subscription is found there", () => {
  const vault = ResourceReference.byName({
    name: "hub-vault",
    resourceGroup: "hub-rg",
    subscriptionId: "44444444-4444-4444-8444-444444444444",
  });
  const { addOns } = stacksOf(backedUp({ vault }));
  expect(resources(addOns, BINDING)["backup-vault"]?.source_resource_id).toBe(
    "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/hub-rg/providers/Microsoft.DataProtection/backupVaults/hub-vault",
  );
});

test.each(["11111111-1111-4111-8111-111111111111", OTHER])(
  "the storage account may be given by its id in the subscription %s",
  (subscription) => {
    const id = `/subscriptions/${subscription}/resourceGroups/backup-rg/providers/Microsoft.Storage/storageAccounts/smallbackups`;
    for (const own of ["11111111-1111-4111-8111-111111111111", undefined]) {
      const spec = {
        ...backedUp({ storageAccount: ResourceReference.byId(id) }),
        subscriptionId: own,
      };
      const { cluster_backup: extension } = resources(stacksOf(spec).cluster, EXTENSION);
      expect(extension?.configuration_settings).toMatchObject({
        "configuration.backupStorageLocation.config.subscriptionId": subscription,
      });
    }
  },
);
