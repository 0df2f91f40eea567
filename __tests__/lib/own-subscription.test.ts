// The subscription of the cluster, written or implied, and what its name is part of.
import { App, TerraformStack, Testing } from "cdktf";
import {
  ClusterPlan,
  ClusterSpec,
  ClusterStacks,
  DiskEncryption,
  Egress,
  KeyVaultNetwork,
  Principal,
  ResourceReference,
  RoleSet,
  StandaloneCluster,
  TeamStack,
} from "../../lib";
import { withoutSubscription } from "../../lib/spec/own-subscription";
import {
  SMALL,
  StackJson,
  addressesOf,
  allStacksOf,
  movesOf,
  render,
  stacksOf,
} from "../scenarios";
import { backedUp } from "./backup-rules";

const OWN = "22222222-2222-4222-8222-222222222222";
const OTHER = "44444444-4444-4444-8444-444444444444";

const written = (subscriptionId?: string): ClusterSpec => ({
  ...SMALL,
  subscriptionId: OWN,
  permissions: { roleSet: RoleSet.minimal() },
  storage: {
    storageAccounts: [
      ResourceReference.byName({ name: "shares", resourceGroup: "files-rg", subscriptionId }),
    ],
  },
});

const identitiesOf = (spec: ClusterSpec) => render(stacksOf(spec).identities);

test("the subscription of the cluster makes no difference where it is written at a resource, in any letters", () => {
  const [implied, own, upper] = [undefined, OWN, OWN.toUpperCase()].map((id) =>
    identitiesOf(written(id)),
  );
  expect(own).toEqual(implied);
  expect(upper).toEqual(implied);
  expect(identitiesOf(written(OTHER))).not.toEqual(implied);
});

test("a custom role moves from the address that it had while the subscription was written", () => {
  expect(movesOf(identitiesOf(written()))).toContain(
    `azurerm_role_definition.storageaccount_files-rg_${OWN} -> azurerm_role_definition.storageaccount_files-rg`,
  );
  expect(addressesOf(identitiesOf(written(OTHER)))).toContain(
    `azurerm_role_definition.storageaccount_files-rg_${OTHER}`,
  );
});

test.each([
  ["of the cluster", written(), OWN],
  ["of the resource", written(OTHER), OTHER],
])("the name of a custom role has the subscription %s, and its GUID is kept", (_, spec, id) => {
  const definitions = Object.values(identitiesOf(spec).resource!.azurerm_role_definition!);
  const role = definitions.find(({ name }) => String(name).startsWith("AKS Storage Account"));
  expect(role).toMatchObject({
    name: `AKS Storage Account (small, files-rg in ${id})`,
    lifecycle: { ignore_changes: ["name", "role_definition_id"] },
  });
  // The text of the first versions.
  const seed = id === OWN ? "(small, files-rg)" : `(small, files-rg in ${OTHER})`;
  expect(role!.role_definition_id).toContain(`AKS Storage Account ${seed}`);
});

test("the preflight knows custom roles by the GUIDs that the stacks give them", () => {
  const spec = written();
  const { identities, cluster } = stacksOf(spec);
  const guids = Object.values(render(identities).resource!.azurerm_role_definition!).flatMap(
    (role) => /"AKS Storage[^"]*"/.exec(String(role.role_definition_id)) ?? [],
  );
  expect(guids).toHaveLength(1);
  expect(Testing.synth(cluster)).toContain(JSON.stringify(guids[0]).slice(1, -1));
});

test("stacks work in the subscription and tenant of the description, unless the settings differ", () => {
  const tenantId = "11111111-1111-4111-8111-111111111111";
  const spec = { ...written(), tenantId };
  const providers = (settings?: { readonly subscriptionId: string }) =>
    allStacksOf(spec, settings).map((stack: TerraformStack) => render(stack).provider.azurerm![0]);
  expect(providers()).toHaveLength(3);
  for (const provider of providers()) {
    expect(provider).toMatchObject({ subscription_id: OWN, tenant_id: tenantId });
  }
  for (const provider of providers({ subscriptionId: OTHER })) {
    expect(provider).toMatchObject({ subscription_id: OTHER, tenant_id: tenantId });
  }
});

describe("a subscription for each team", () => {
  const IDENTITIES = "33333333-3333-4333-8333-333333333333";
  const spec: ClusterSpec = {
    ...written(),
    identities: { subscriptionId: IDENTITIES, resourceGroup: { name: "small", create: true } },
    resourceGroup: { name: "small", create: true },
    network: {
      ...SMALL.network,
      virtualNetwork: ResourceReference.byName({
        name: "vnet",
        resourceGroup: "network-rg",
        subscriptionId: OTHER,
      }),
    },
  };
  const { identities, networkPermissions, cluster } = stacksOf(spec);
  const [ofIdentities, ofNetwork, ofCluster] = [identities, networkPermissions, cluster].map(
    render,
  ) as [StackJson, StackJson, StackJson];

  test("is that of the provider of its stack", () => {
    const own = [ofIdentities, ofNetwork, ofCluster].map(
      ({ provider }) => provider.azurerm!.find(({ alias }) => alias === undefined)!.subscription_id,
    );
    expect(own).toEqual([IDENTITIES, OTHER, OWN]);
  });

  test("is where the others look its resources up, and where the cluster's are by default", () => {
    const provider = (stack: StackJson, type: string) =>
      Object.values(stack.data![type]!).map((data) => data.provider);
    const there = (id: string) => `azurerm.subscription-${id}`;
    expect(provider(ofNetwork, "azurerm_user_assigned_identity")).toEqual([there(IDENTITIES)]);
    expect(provider(ofNetwork, "azurerm_virtual_network")).toEqual([undefined]);
    expect(provider(ofCluster, "azurerm_virtual_network")).toEqual([there(OTHER)]);
    const scopes = Object.values(ofIdentities.resource!.azurerm_role_assignment!).map(
      ({ scope }) => scope,
    );
    expect(scopes).toContain(
      `/subscriptions/${OWN}/resourceGroups/files-rg/providers/Microsoft.Storage/storageAccounts/shares`,
    );
  });

  test("is in the names of the custom roles there", () => {
    const names = Object.values(ofIdentities.resource!.azurerm_role_definition!).map(
      ({ name }) => name,
    );
    expect(names).toContain(`AKS Identity Assign (small, small in ${IDENTITIES})`);
    expect(names).toContain(`AKS Storage Account (small, files-rg in ${OWN})`);
  });

  test("makes two resource groups of one name", () => {
    for (const stack of [ofIdentities, ofCluster]) {
      expect(Object.values(stack.resource!.azurerm_resource_group!)).toMatchObject([
        { name: "small" },
      ]);
    }
    // Where they are one, the identity team creates it.
    const one = stacksOf({ ...spec, identities: { ...spec.identities, subscriptionId: OWN } });
    expect(render(one.cluster).resource!.azurerm_resource_group).toBeUndefined();
    expect(codes({ ...spec, access: { deployers: [Principal.group("deployers")] } })).toEqual([]);
  });

  test("is where one stack of all creates its part", () => {
    const app = Testing.app();
    const stack = new TeamStack(app, "all", { subscriptionId: OWN });
    new StandaloneCluster(stack, "everything", { plan: new ClusterPlan(spec) });
    const { azurerm_resource_group: groups, azurerm_user_assigned_identity: made } =
      render(stack).resource!;
    const there = `azurerm.subscription-${IDENTITIES}`;
    expect(Object.values(groups!).map(({ provider }) => provider)).toEqual([undefined, there]);
    expect(Object.values(made!).map(({ provider }) => provider)).toEqual([there, there]);
  });

  test("tells custom roles of identities in two subscriptions apart", () => {
    const apart = stacksOf({
      ...spec,
      identities: {
        ...spec.identities,
        kubelet: { subscriptionId: OTHER, resourceGroup: "small" },
      },
      access: { deployers: [Principal.group("deployers")] },
    });
    const roles = render(apart.identities).resource!.azurerm_role_definition!;
    const ofAssign = Object.values(roles).filter(({ name }) => String(name).includes("Assign"));
    expect(ofAssign.map(({ name }) => name).sort()).toEqual([
      `AKS Identity Assign (small, small in ${IDENTITIES})`,
      `AKS Identity Assign (small, small in ${OTHER})`,
    ]);
  });

  test("must be a GUID, and leaves none of the cluster out", () => {
    const without = { ...spec, subscriptionId: undefined };
    expect(codes(without)).toContain("HAKS-SUB-003");
    expect(
      codes({ ...spec, identities: { ...spec.identities, subscriptionId: "identities" } }),
    ).toEqual(["HAKS-NAME-003"]);
    expect(codes(spec)).toEqual([]);
  });

  test("is where its runner has rights, but for Reader where it looks identities up", () => {
    const ids = (kind: string, digit: string) => ({
      id: `/subscriptions/${IDENTITIES}/resourceGroups/small/providers/Microsoft.ManagedIdentity/userAssignedIdentities/small-${kind}-mi`,
      principalId: `${digit}0000000-0000-4000-8000-000000000000`,
      clientId: `${digit}1111111-1111-4111-8111-111111111111`,
    });
    const given = {
      ...spec.identities,
      controlPlane: { ids: ids("cp", "a") },
      kubelet: { ids: ids("kubelet", "b") },
    };
    const placesOf = (identities: ClusterSpec["identities"]) => {
      const { runners = [] } = new ClusterPlan({ ...spec, identities, storage: {} }).review();
      return runners.map(({ rights }) =>
        rights.map(({ role, subscriptionId }) => [role.name, subscriptionId]),
      );
    };
    const [, ofNoc] = placesOf(spec.identities);
    expect(ofNoc).toContainEqual(["Reader", IDENTITIES]);
    const [ofTeam, ofNocByIds] = placesOf(given);
    expect(new Set(ofTeam!.map(([, id]) => id))).toEqual(new Set([IDENTITIES]));
    expect(new Set(ofNocByIds!.map(([, id]) => id))).toEqual(new Set([OTHER]));
  });
});

function codes(spec: ClusterSpec): string[] {
  return new ClusterPlan(spec).findings
    .filter(({ severity }) => severity === "error")
    .map(({ code }) => code);
}

test("an invalid subscription is reported once, as the id of a subscription", () => {
  const spec = { ...written(), subscriptionId: "production" };
  const errors = new ClusterPlan(spec).findings.filter(({ severity }) => severity === "error");
  expect(errors).toMatchObject([{ code: "HAKS-NAME-003", path: "subscriptionId" }]);
  expect(errors[0]!.remedy).toContain("not its name");
  expect(() => new ClusterStacks(new App(), { plan: new ClusterPlan(spec) })).toThrow(
    /subscriptionId: "production" is not a GUID/,
  );
});

test("references keep everything but the subscription, wherever they are", () => {
  const reference = ResourceReference.byName({
    name: "a",
    resourceGroup: "b",
    subscriptionId: OWN,
  });
  const id = `/subscriptions/${OWN}/resourceGroups/b/providers/Microsoft.Network/virtualNetworks/a`;
  const byId = ResourceReference.byId(id);
  const part = { list: [reference, byId, 1, null], des: DiskEncryption.customerManaged(reference) };
  const copy = withoutSubscription(part, OWN);
  expect(copy.list[0]).toEqual(ResourceReference.byName({ name: "a", resourceGroup: "b" }));
  expect(copy.list.slice(1)).toEqual([byId, 1, null]);
  expect(copy.des).toBeInstanceOf(DiskEncryption);
  expect(copy.des.diskEncryptionSet).toEqual(copy.list[0]);
  expect(part.list[0]).toBe(reference);
  expect(withoutSubscription(part, undefined)).toBe(part);
});

describe("a resource in another subscription", () => {
  const there = (name: string, subscriptionId?: string) =>
    ResourceReference.byName({ name, resourceGroup: "there-rg", subscriptionId });
  const pools = (pool: object): Partial<ClusterSpec> => ({
    nodePools: {
      system: { ...SMALL.nodePools.system, ...pool },
      user: [{ name: "apps", vmSize: "Standard_D4ds_v5", ...pool }],
    },
  });
  const key = {
    keyId: "https://vault1.vault.azure.net/keys/k/00000000000000000000000000000000",
  };
  const kms = (network: KeyVaultNetwork, id?: string): Partial<ClusterSpec> => ({
    network: { ...SMALL.network, apiServerSubnet: "api" },
    kms: { ...key, keyVault: there("vault1", id), network },
  });
  const network = (change: Partial<ClusterSpec["network"]>) => ({
    network: { ...SMALL.network, ...change },
  });
  const CASES: { [words: string]: [(id?: string) => Partial<ClusterSpec>, string[], string?] } = {
    "a disk encryption set": [
      (id) => ({ diskEncryption: DiskEncryption.customerManaged(there("des", id)) }),
      ["diskEncryption.diskEncryptionSet"],
    ],
    "a private key vault": [(id) => kms(KeyVaultNetwork.PRIVATE, id), ["kms.keyVault"]],
    "a public key vault": [(id) => kms(KeyVaultNetwork.PUBLIC, id), []],
    "a host group": [
      (id) => pools({ hostGroup: there("hosts", id), zones: ["1"] }),
      ["nodePools.system.hostGroup", "nodePools.user.0.hostGroup"],
    ],
    "a disk": [(id) => ({ storage: { disks: [there("disk", id)] } }), ["storage.disks.0"]],
    "a storage account": [(id) => ({ storage: { storageAccounts: [there("acct", id)] } }), []],
    "a public IP of services": [
      (id) => network({ servicePublicIps: [there("ip", id)] }),
      ["network.servicePublicIps.0"],
    ],
    "a public IP of egress": [
      (id) => network({ egress: Egress.loadBalancer({ publicIps: [there("ip", id)] }) }),
      ["network.egress.publicIps.0"],
      "HAKS-SUB-002",
    ],
    "a capacity reservation group": [
      (id) => pools({ capacityReservationGroup: there("crg", id), zones: ["1"] }),
      ["nodePools.system.capacityReservationGroup", "nodePools.user.0.capacityReservationGroup"],
      "HAKS-SUB-002",
    ],
    "a storage account of backups": [
      (id) => ({ backup: backedUp({ storageAccount: there("smallbackups", id) }).backup }),
      ["backup.storageAccount"],
      "HAKS-SUB-002",
    ],
    "a Backup vault": [
      (id) => ({ backup: backedUp({ vault: there("small-vault", id) }).backup }),
      [],
    ],
    "a virtual network": [(id) => network({ virtualNetwork: there("vnet", id) }), []],
    "a log workspace": [(id) => ({ monitoring: { logAnalyticsWorkspace: there("logs", id) } }), []],
  };

  test.each(Object.entries(CASES))("is said of %s", (_, [change, paths, code = "HAKS-SUB-001"]) => {
    const found = (own: string | undefined, id?: string) =>
      new ClusterPlan({ ...SMALL, subscriptionId: own, ...change(id) }).findings
        .filter((finding) => finding.code.startsWith("HAKS-SUB-"))
        .map((finding) => [finding.code, finding.path]);
    expect(found(OWN, OTHER)).toEqual(paths.map((path) => [code, path]));
    expect(found(OWN, OWN)).toEqual([]);
    expect(found(OWN)).toEqual([]);
    // Without the subscription of the cluster, the two cannot be compared.
    const unsure = code === "HAKS-SUB-001" ? paths : [];
    expect(found(undefined, OTHER)).toEqual(unsure.map((path) => ["HAKS-SUB-002", path]));
  });

  test("cites what says so of the resource", () => {
    const sources = Object.values(CASES).flatMap(([change]) =>
      new ClusterPlan({ ...SMALL, subscriptionId: OWN, ...change(OTHER) }).findings
        .filter(({ code }) => code === "HAKS-SUB-001")
        .map(({ path, source = "none" }) => `${path}: ${source}`),
    );
    const hosts = "https://learn.microsoft.com/azure/aks/use-azure-dedicated-hosts";
    expect(sources).toEqual([
      "diskEncryption.diskEncryptionSet: https://learn.microsoft.com/azure/virtual-machines/disk-encryption#restrictions",
      expect.stringMatching(/^kms.keyVault: .*populate_cache.go$/),
      `nodePools.system.hostGroup: ${hosts}`,
      `nodePools.user.0.hostGroup: ${hosts}`,
      "storage.disks.0: https://github.com/Azure/AKS/issues/1760",
      "network.servicePublicIps.0: https://github.com/kubernetes/kubernetes/issues/103994",
    ]);
  });

  test("is known by its id, too", () => {
    const at = (id: string) => {
      const des = `/subscriptions/${id}/resourceGroups/keys-rg/providers/Microsoft.Compute/diskEncryptionSets/des`;
      const diskEncryption = DiskEncryption.customerManaged(ResourceReference.byId(des));
      return new ClusterPlan({ ...written(), diskEncryption }).findings.map(({ code }) => code);
    };
    expect(at(OTHER)).toContain("HAKS-SUB-001");
    expect(at(OWN.toUpperCase())).not.toContain("HAKS-SUB-001");
  });
});
