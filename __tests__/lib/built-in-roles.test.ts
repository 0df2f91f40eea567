// The data file of built-in roles, compared with facts that are written down here, and what follows from it.
import { ClusterPlan, ClusterSpec, KubernetesRole, Role } from "../../lib";
import { allowsAction, allowsDataAction, handsOutRights } from "../../lib/access/actions";
import { operationsOf } from "../../lib/access/effective-rights";
import { gives } from "../../lib/access/sufficient-roles";
import { matchesAction } from "../../lib/spec/action-patterns";
import { BUILT_IN_ROLES, ROLES_LISTED, ROLE_PAGE_DATES } from "../../lib/spec/built-in-roles";
import { CATALOGUE } from "../../lib/spec/roles";
import { DEPLOYERS, SMALL } from "../scenarios";

const KUBERNETES = "Microsoft.ContainerService/managedClusters";
const IDENTITIES = "Microsoft.ManagedIdentity/userAssignedIdentities";

/** The GUIDs of Microsoft's list, as far as they were written down apart from the data file. */
const GUIDS: { readonly [name: string]: string } = {
  Owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  Contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  Reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  "Role Based Access Control Administrator": "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
  "User Access Administrator": "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
  "Locks Contributor": "28bf596f-4eb7-45ce-b5bc-6cf482fec137",
  "Network Contributor": "4d97b98b-1d4f-4787-a291-c67834d212e7",
  "Private DNS Zone Contributor": "b12aa53e-6015-4669-85d0-8515ebb3ae7f",
  "DNS Zone Contributor": "befefa01-2a29-4197-83a8-272ff33ce314",
  "Managed Identity Operator": "f1a07417-d97a-45cb-824c-7a7467783830",
  "Managed Identity Contributor": "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59",
  AcrPull: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
  AcrPush: "8311e382-0749-4cb8-b61a-304f252e45ec",
  "Container Registry Repository Reader": "b93aa761-3e63-49ed-ac28-beffa264f7ac",
  "Container Registry Repository Writer": "2a1e307c-b015-4ebd-883e-5b7698a07328",
  "Container Registry Repository Catalog Lister": "bfdb9389-c9a5-478a-bb2f-ba9ca092c3c7",
  "Key Vault Crypto Service Encryption User": "e147488a-f6f5-4113-8e2d-b22465e65bf6",
  "Key Vault Crypto User": "12338af0-0e69-4776-bea7-57ae8d297424",
  "Key Vault Crypto Officer": "14b46e9e-c2b7-41b4-b07b-48a6ebf60603",
  "Key Vault Contributor": "f25e0fa2-a7c8-4377-a976-54943a77a395",
  "Key Vault Secrets User": "4633458b-17de-408a-b874-0445c86b69e6",
  "Azure Kubernetes Service RBAC Cluster Admin": "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
  "Azure Kubernetes Service RBAC Admin": "3498e952-d568-435e-9b2c-8d77e338d7f7",
  "Azure Kubernetes Service RBAC Writer": "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb",
  "Azure Kubernetes Service RBAC Reader": "7f6c6a51-bcf8-42ba-9220-52d62157d7db",
  "Azure Kubernetes Service Cluster User Role": "4abbcc35-e782-43d8-92c5-2d3f1bd2253f",
  "Azure Kubernetes Service Cluster Admin Role": "0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8",
  "Azure Kubernetes Service Cluster Monitoring User": "1afdec4b-e479-420e-99e7-f82237c7c5e6",
  "Azure Kubernetes Fleet Manager Contributor Role": "63bb64ad-9799-4770-b5c3-24ed299a07bf",
  "Azure Kubernetes Service Contributor Role": "ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8",
  "Monitoring Metrics Publisher": "3913510d-42f4-4e42-8a64-420c390055eb",
  "Monitoring Reader": "43d0d8ad-25c7-4714-9337-8ba259a9fe05",
  "Log Analytics Contributor": "92aaf0da-9dab-42b6-94a3-d43ce8d16293",
  "Log Analytics Reader": "73c42c96-874c-492b-b04d-ab87d138a893",
  "Virtual Machine Contributor": "9980e02c-c2be-4d73-94e8-173b1dc7cf3c",
  "Storage Account Contributor": "17d1049b-9a84-46fb-8f53-869881c3d3ab",
  "Storage Blob Data Contributor": "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  "Container Registry Cache Rule Administrator": "df87f177-bb12-4db1-9793-a413691eff94",
  "Key Vault Certificate User": "db79e9a7-68ee-4b58-9aeb-b90e7c24fcba",
  "Key Vault Data Access Administrator": "8b54135c-b56d-4d72-a534-26097cfdc8d8",
  "Azure Kubernetes Service Namespace Contributor": "289d8817-ee69-43f1-a0af-43a45505b488",
  "Azure Kubernetes Service Namespace User": "c9f76ca8-b262-4b10-8ed2-09cf0948aa35",
  "Monitoring Contributor": "749f88d5-cbae-40b8-bcfc-e573ddc772fa",
};

function role(name: string): Role {
  const found = CATALOGUE.find((one) => one.name === name);
  if (!found) {
    throw new Error(`no role ${name}`);
  }
  return found;
}

describe("the data file", () => {
  test.each(Object.entries(GUIDS))("has %s with its GUID", (name, guid) => {
    expect(role(name).guid).toBe(guid);
  });

  test("has each role once, and says where it is documented", () => {
    for (const key of ["name", "guid"] as const) {
      const all = BUILT_IN_ROLES.map((one) => one[key].toLowerCase());
      expect(new Set(all).size).toBe(all.length);
    }
    const pages = [...new Set(BUILT_IN_ROLES.flatMap(({ page }) => page ?? []))].sort();
    expect(pages).toEqual(Object.keys(ROLE_PAGE_DATES).sort());
  });

  test("says from when it is, which is after the dates of the pages", () => {
    for (const date of Object.values(ROLE_PAGE_DATES)) {
      expect(new Date(date).getTime()).toBeLessThan(new Date(ROLES_LISTED).getTime());
    }
  });

  // Only Azure's list has them; the page that should have them did not when it was read.
  test("has these roles without a page", () => {
    const names = BUILT_IN_ROLES.filter(({ page }) => page === undefined).map(({ name }) => name);
    expect(names.sort()).toEqual([
      "AppGw for Containers Configuration Manager",
      "Azure Kubernetes Service Agent Pool Manager Role",
      "Azure Kubernetes Service Machine Manager Role",
      "Azure Kubernetes Service Policy Add-on Deployment",
      "Dedicated Host Contributor Role",
      "Key Vault Purge Operator",
      "Managed Identity Federated Identity Credential Contributor",
      "Monitoring Data Reader",
    ]);
  });

  // Actions, exceptions, data actions, exceptions from these: as many as Azure lists.
  test.each<[string, number, number, number, number]>([
    ["Azure Kubernetes Service RBAC Reader", 4, 0, 31, 0],
    ["Azure Kubernetes Service RBAC Writer", 4, 0, 35, 0],
    ["Azure Kubernetes Service RBAC Admin", 5, 0, 1, 4],
    ["Azure Kubernetes Service RBAC Cluster Admin", 5, 0, 1, 0],
    ["Azure Kubernetes Service Contributor Role", 9, 0, 0, 0],
    ["AppGw for Containers Configuration Manager", 16, 0, 3, 0],
    ["Owner", 1, 0, 0, 0],
    ["Contributor", 1, 11, 0, 0],
    ["Reader", 1, 0, 0, 0],
    ["User Access Administrator", 3, 0, 0, 0],
    ["Role Based Access Control Administrator", 4, 0, 0, 0],
    ["Reservations Administrator", 7, 0, 0, 0],
    ["Locks Contributor", 3, 0, 0, 0],
    ["Network Contributor", 7, 0, 0, 0],
    ["Private DNS Zone Contributor", 10, 0, 0, 0],
    ["DNS Zone Contributor", 7, 0, 0, 0],
    ["Managed Identity Operator", 7, 0, 0, 0],
    ["Managed Identity Contributor", 12, 0, 0, 0],
    ["Container Registry Repository Contributor", 0, 0, 6, 0],
    ["Container Registry Data Importer and Data Reader", 3, 0, 3, 0],
    ["Container Registry Tasks Contributor", 24, 0, 0, 0],
    ["Container Registry Configuration Reader and Data Access Configuration Reader", 33, 0, 0, 0],
    ["Container Registry Contributor and Data Access Configuration Administrator", 59, 0, 0, 0],
    ["Key Vault Administrator", 10, 0, 1, 0],
    ["Key Vault Contributor", 6, 3, 0, 0],
    ["Key Vault Reader", 9, 0, 2, 0],
    ["Key Vault Crypto User", 0, 0, 9, 0],
    ["Key Vault Data Access Administrator", 9, 0, 0, 0],
    ["Log Analytics Contributor", 13, 0, 1, 0],
    ["Log Analytics Reader", 4, 1, 1, 0],
    ["Monitoring Contributor", 46, 0, 0, 0],
    ["Virtual Machine Contributor", 45, 0, 0, 0],
    ["Virtual Machine Data Access Administrator (preview)", 14, 0, 0, 0],
    ["Storage Account Contributor", 9, 0, 0, 0],
  ])("has all of %s", (name, ...counts) => {
    const { actions, notActions, dataActions, notDataActions } = role(name);
    expect([actions, notActions, dataActions, notDataActions].map((one) => one.length)).toEqual(
      counts,
    );
  });

  test("has every list without repetitions", () => {
    for (const one of BUILT_IN_ROLES) {
      for (const kind of ["actions", "notActions", "dataActions", "notDataActions"] as const) {
        const list = (one[kind] ?? []).map((action) => action.toLowerCase());
        expect([one.name, new Set(list).size]).toEqual([one.name, list.length]);
      }
    }
  });

  // Everything else that such a role allows is allowed without a condition.
  test("has conditions about role assignments alone", () => {
    const found = BUILT_IN_ROLES.flatMap(({ name, condition }) =>
      [...(condition ?? "").matchAll(/ActionMatches\{'([^']*)'\}/g)].map(([, on]) => [name, on]),
    );
    const assignments = "Microsoft.Authorization/roleAssignments";
    expect(found).toEqual(
      ["Key Vault Data Access Administrator", "Virtual Machine Data Access Administrator (preview)"]
        .map((name) => [
          [name, `${assignments}/write`],
          [name, `${assignments}/delete`],
        ])
        .flat(),
    );
    const vaults = BUILT_IN_ROLES.find(({ name }) => name === found[0]?.[0]);
    expect(vaults?.condition).toContain(
      `@Request[${assignments}:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals{00482a5a-887f-4fb3-b363-3b7fe8e74483, a4417e6f-`,
    );
  });

  test("has no wildcard in the reads of Reader for Kubernetes", () => {
    for (const action of Role.AKS_RBAC_READER.dataActions) {
      expect(action).toMatch(/^Microsoft\.ContainerService\/managedClusters\/[\w./]+\/read$/);
    }
  });
});

describe("a role", () => {
  test.each<[string, string, boolean]>([
    ["Azure Kubernetes Service RBAC Reader", `${KUBERNETES}/pods/read`, true],
    ["Azure Kubernetes Service RBAC Reader", `${KUBERNETES}/secrets/read`, false],
    ["Azure Kubernetes Service RBAC Reader", `${KUBERNETES}/pods/write`, false],
    ["Azure Kubernetes Service RBAC Writer", `${KUBERNETES}/secrets/read`, true],
    [
      "Azure Kubernetes Service RBAC Writer",
      `${KUBERNETES}/rbac.authorization.k8s.io/rolebindings/write`,
      false,
    ],
    [
      "Azure Kubernetes Service RBAC Admin",
      `${KUBERNETES}/rbac.authorization.k8s.io/rolebindings/write`,
      true,
    ],
    ["Azure Kubernetes Service RBAC Admin", `${KUBERNETES}/namespaces/write`, false],
    ["Azure Kubernetes Service RBAC Admin", `${KUBERNETES}/namespaces/read`, true],
    ["Azure Kubernetes Service RBAC Cluster Admin", `${KUBERNETES}/namespaces/write`, true],
    ["Azure Kubernetes Service Contributor Role", `${KUBERNETES}/pods/read`, false],
    ["Key Vault Contributor", "Microsoft.KeyVault/vaults/keys/encrypt/action", false],
    ["Key Vault Crypto User", "Microsoft.KeyVault/vaults/keys/encrypt/action", true],
    ["Key Vault Reader", "Microsoft.KeyVault/vaults/keys/read", true],
    ["Key Vault Reader", "Microsoft.KeyVault/vaults/secrets/getSecret/action", false],
    ["Monitoring Data Reader", "Microsoft.Monitor/accounts/data/metrics/read", true],
    ["Monitoring Contributor", "Microsoft.Monitor/accounts/data/metrics/read", false],
  ])("%s on data: %s, %s", (name, operation, isAllowed) => {
    expect(allowsDataAction(role(name), operation)).toBe(isAllowed);
  });

  test.each<[string, string, boolean]>([
    ["Contributor", "Microsoft.Network/virtualNetworks/subnets/join/action", true],
    ["Contributor", "Microsoft.Authorization/roleAssignments/write", false],
    ["Owner", "Microsoft.Authorization/roleAssignments/write", true],
    ["Contributor", "*", false],
    ["Owner", "*", true],
    ["Key Vault Contributor", "Microsoft.KeyVault/vaults/write", true],
    ["Key Vault Contributor", "microsoft.keyvault/hsmpools/read", false],
    ["Log Analytics Reader", "Microsoft.OperationalInsights/workspaces/read", true],
    ["Log Analytics Reader", "Microsoft.OperationalInsights/workspaces/sharedkeys/read", false],
    ["Key Vault Crypto User", "Microsoft.KeyVault/vaults/keys/read", false],
    // What section 1.1 of the facts says of the important ones.
    ["Network Contributor", "Microsoft.Authorization/roleAssignments/write", false],
    ["Network Contributor", "Microsoft.Authorization/roleAssignments/read", true],
    ["Private DNS Zone Contributor", "Microsoft.Network/virtualNetworks/join/action", true],
    ["Private DNS Zone Contributor", "Microsoft.Network/virtualNetworks/subnets/read", false],
    ["Managed Identity Operator", `${IDENTITIES}/assign/action`, true],
    ["Managed Identity Operator", `${IDENTITIES}/federatedIdentityCredentials/write`, false],
    ["Managed Identity Contributor", `${IDENTITIES}/federatedIdentityCredentials/write`, true],
    ["Managed Identity Contributor", `${IDENTITIES}/assign/action`, false],
    ["Contributor", `${IDENTITIES}/assign/action`, true],
    ["Contributor", `${IDENTITIES}/federatedIdentityCredentials/write`, true],
    [
      "Role Based Access Control Administrator",
      "Microsoft.Authorization/roleAssignments/write",
      true,
    ],
    [
      "Role Based Access Control Administrator",
      "Microsoft.Authorization/roleDefinitions/write",
      false,
    ],
    ["User Access Administrator", "Microsoft.Authorization/roleDefinitions/write", true],
    [
      "Azure Kubernetes Service Contributor Role",
      `${KUBERNETES}/listClusterAdminCredential/action`,
      true,
    ],
    ["Azure Kubernetes Service Contributor Role", `${KUBERNETES}/runCommand/action`, true],
    ["Virtual Machine Contributor", "Microsoft.Compute/hostGroups/hosts/write", true],
    ["Virtual Machine Contributor", "Microsoft.Compute/hostGroups/hosts/read", false],
  ])("%s on resources: %s, %s", (name, operation, isAllowed) => {
    expect(allowsAction(role(name), operation)).toBe(isAllowed);
  });

  test.each<[string, boolean]>([
    ["Owner", true],
    ["Contributor", true],
    ["User Access Administrator", true],
    ["Role Based Access Control Administrator", true],
    ["Locks Contributor", true],
    ["Network Contributor", false],
    ["Managed Identity Contributor", false],
    ["Log Analytics Contributor", false],
    ["Key Vault Administrator", false],
    ["Key Vault Data Access Administrator", true],
    ["Reservations Administrator", true],
  ])("%s grants rights: %s", (name, does) => {
    expect(handsOutRights(role(name))).toBe(does);
  });

  test("that a program names has Microsoft's definition, whatever part of it the program gives", () => {
    const { name, guid = "", actions } = role("DNS Zone Contributor");
    expect(Role.builtIn(name, guid).actions).toEqual(actions);
    expect(Role.builtIn(name, guid, ["Microsoft.Network/dnsZones/read"]).actions).toEqual(actions);
    expect(Role.builtIn(name, guid, ["A.B/c/read"]).actions).toEqual(["A.B/c/read"]);
  });
});

// https://learn.microsoft.com/azure/role-based-access-control/role-definitions#actions
test.each<[string, string, boolean]>([
  ["*", "Microsoft.Network/virtualNetworks/read", true],
  ["*/read", "Microsoft.Network/virtualNetworks/subnets/read", true],
  ["*/read", "Microsoft.Network/virtualNetworks/write", false],
  ["Microsoft.Network/*", "microsoft.network/virtualnetworks/subnets/join/action", true],
  ["Microsoft.Network/*", "Microsoft.Networks/x/read", false],
  ["Microsoft.Network/*/read", "Microsoft.Network/a/b/c/read", true],
  ["Microsoft.X/ids/*/assign/action", "Microsoft.X/ids/assign/action", true],
  ["Microsoft.X/ids/*/assign/action", "Microsoft.X/ids/assign", false],
  ["Microsoft.X/ids/*/read", "Microsoft.X/idsread", false],
  ["Microsoft.X/ids/read", "MicrosoftyX/ids/read", false],
])("%s matches %s: %s", (pattern, operation, does) => {
  expect(matchesAction(pattern, operation)).toBe(does);
});

describe("who works in Kubernetes", () => {
  const rowFor = (kubernetesRole: KubernetesRole) => {
    const spec: ClusterSpec = {
      ...SMALL,
      access: { kubernetes: [{ principal: DEPLOYERS, role: kubernetesRole }] },
    };
    return new ClusterPlan(spec)._grants.find(({ role: { name } }) => name.includes(" RBAC "))!;
  };
  const needed = (row: ReturnType<typeof rowFor>) => ({
    actions: row.needs.filter((need) => allowsAction(row.role, need)),
    dataActions: row.needs.filter((need) => !allowsAction(row.role, need)),
  });

  test("as a reader needs the reads of the role, so that a copy of it is enough", () => {
    const row = rowFor(KubernetesRole.READER);
    const { dataActions } = Role.AKS_RBAC_READER;
    const copy = Role.builtIn("Copy", "12345678-1234-4234-8234-123456789012", [], dataActions);
    const less = Role.builtIn(
      "Less",
      "12345678-1234-4234-8234-123456789013",
      [],
      dataActions.slice(1),
    );
    expect(row.needs).toEqual([...dataActions].sort());
    expect(gives(copy, needed(row))).toBe(true);
    expect(gives(less, needed(row))).toBe(false);
    expect(gives(Role.AKS_RBAC_WRITER, needed(row))).toBe(true);
  });

  test("as an admin does not need what Admin takes away, and a cluster admin needs it", () => {
    const [admin, clusterAdmin] = [KubernetesRole.ADMIN, KubernetesRole.CLUSTER_ADMIN].map(rowFor);
    expect(admin!.needs).toContain(`${KUBERNETES}/namespaces/read`);
    expect(admin!.needs).not.toContain(`${KUBERNETES}/namespaces/write`);
    expect(gives(Role.AKS_RBAC_CLUSTER_ADMIN, needed(admin!))).toBe(true);
    expect(gives(Role.AKS_RBAC_ADMIN, needed(admin!))).toBe(true);
    expect(gives(Role.AKS_RBAC_ADMIN, needed(clusterAdmin!))).toBe(false);
    expect(gives(Role.AKS_RBAC_CLUSTER_ADMIN, needed(clusterAdmin!))).toBe(true);
    expect(operationsOf(admin!)).not.toContain(`${KUBERNETES}/resourcequotas/write`);
    expect(operationsOf(clusterAdmin!)).toContain(`${KUBERNETES}/*`);
  });
});

test("a review shows of a role what is about its resource, with the exceptions", () => {
  const access = { kubernetes: [{ principal: DEPLOYERS, role: KubernetesRole.ADMIN }] };
  const rows = new ClusterPlan({ ...SMALL, access }).review().grants;
  const admin = rows.find(({ role: { name } }) => name === "Azure Kubernetes Service RBAC Admin");
  expect(admin?.role).toMatchObject({
    actions: [`${KUBERNETES}/listClusterUserCredential/action`],
    dataActions: [`${KUBERNETES}/*`],
    notDataActions: Role.AKS_RBAC_ADMIN.notDataActions,
  });
  const subnet = rows.find(({ scope: { kind } }) => kind === "subnet");
  expect(subnet?.role).toMatchObject({ actions: ["Microsoft.Network/*"] });
  expect(subnet?.role.notActions).toBeUndefined();
});
