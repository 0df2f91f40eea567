// The preflight checks in worlds in which they fail and in worlds in which they pass.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadConfiguration } from "../../app/config/load";
import { synthesize } from "../../app/synthesize";
import { ClusterSpec } from "../../lib";
import { INPUTS } from "../scenarios";
import { inSentences } from "../preflight-lists";
import { inputWith } from "./inputs";
import { handOver } from "./life";
import { describeOffline } from "./offline";
import { changesOf, only, unknownOf } from "./readings";
import { newScratch } from "./scratch";
import { Diagnostic, TerraformRoot } from "./terraform";
import {
  Finds,
  FoundAssignment,
  SUBSCRIPTION,
  assignmentsOf,
  builtInRole,
  finding,
  fittingNetwork,
  worldOf,
} from "./world";

const TENANT = "11111111-1111-4111-8111-111111111111";
const CONTROL_PLANE = "aaaaaaaa-0000-4000-8000-00000000000a";
const KUBELET = "bbbbbbbb-0000-4000-8000-00000000000b";
const DEPLOYERS = "55555555-5555-4555-8555-555555555552";
const ADMINS = "55555555-5555-4555-8555-555555555551";

const IDENTITIES = `${SUBSCRIPTION}/resourceGroups/identity-rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities`;
const NETWORK = `${SUBSCRIPTION}/resourceGroups/network-rg`;
const VNET = `${NETWORK}/providers/Microsoft.Network/virtualNetworks/spoke-vnet`;
const SUBNET = `${VNET}/subnets/aks-nodes`;
const DES = `${SUBSCRIPTION}/resourceGroups/keys-rg/providers/Microsoft.Compute/diskEncryptionSets/aks-des`;
const REGISTRY = `${SUBSCRIPTION}/resourceGroups/registry-rg/providers/Microsoft.ContainerRegistry/registries/sharedregistry`;

const IDENTITY_TEAM = "the identity team has to deploy the stack haks-prod-identities.";
const NOC = "the NOC has to deploy the stack haks-prod-network-permissions.";

// Everything that the description asks for, as it is said where nothing of it is granted.
const MISSING = {
  assignKubelet: `The control plane identity "haks-prod-cp-mi" lacks the role "Managed Identity Operator" on the kubelet identity "haks-prod-kubelet-mi", which it needs because the control plane gives the kubelet identity to the nodes: ${IDENTITY_TEAM}`,
  subnet: `The control plane identity "haks-prod-cp-mi" lacks the role "Network Contributor" on the subnet "aks-nodes", which it needs because the control plane joins nodes and internal load balancers to the subnet: ${NOC}`,
  vnet: `The control plane identity "haks-prod-cp-mi" lacks the role "Private DNS Zone Contributor" on the virtual network "spoke-vnet", which it needs because the control plane links the private DNS zone of the API server to the virtual network: ${NOC}`,
  disks: `The control plane identity "haks-prod-cp-mi" lacks the role "Reader" on the disk encryption set "aks-des", which it needs because the control plane reads the disk encryption set for the disks that it makes: ${IDENTITY_TEAM}`,
  pull: `The kubelet identity "haks-prod-kubelet-mi" lacks the role "Container Registry Repository Reader" on the container registry "sharedregistry", without a condition or with the one of the plan, which it needs because the nodes pull images from the registry: ${IDENTITY_TEAM}`,
  deployControlPlane: `The group "platform-engineers" lacks the role "Managed Identity Operator" on the control plane identity "haks-prod-cp-mi", which it needs because the deployer of the cluster assigns its identities to it: ${IDENTITY_TEAM}`,
  deployKubelet: `The group "platform-engineers" lacks the role "Managed Identity Operator" on the kubelet identity "haks-prod-kubelet-mi", which it needs because the deployer of the cluster assigns its identities to it: ${IDENTITY_TEAM}`,
  deploySubnet: `The group "platform-engineers" lacks the role "Network Contributor" on the subnet "aks-nodes", which it needs because the deployer of the cluster joins it to its subnets: ${NOC}`,
  readNetwork: `The group "platform-engineers" lacks the role "Reader" on the virtual network "spoke-vnet", which it needs because the deployer of the cluster reads its network, which azurerm does after each node pool: ${NOC}`,
  deployDisks: `The group "platform-engineers" lacks the role "Reader" on the disk encryption set "aks-des", which it needs because the deployer of the cluster reads its disk encryption set: ${IDENTITY_TEAM}`,
  deployLogs: `The group "platform-engineers" lacks the role "Log Analytics Contributor" on the Log Analytics workspace "platform-logs", which it needs because the deployer of the cluster connects it to its log workspace: ${IDENTITY_TEAM}`,
  admin: `The group "aks-admins" lacks the role "Azure Kubernetes Service RBAC Cluster Admin" on the resource group "haks-prod", which it needs because the Kubernetes user works in Kubernetes by Azure RBAC: ${IDENTITY_TEAM}`,
  kubeconfig: `The group "aks-admins" lacks the role "Azure Kubernetes Service Cluster User Role" on the resource group "haks-prod", which it needs because the Kubernetes user gets the kubeconfig of the cluster: ${IDENTITY_TEAM}`,
};

const OTHER_TENANT = "99999999-9999-4999-8999-999999999999";
const WRONG_NETWORK: Finds[] = [
  {
    type: "azurerm_subnet",
    values: {
      address_prefixes: ["10.244.1.0/28", "10.245.0.0/28", "fd00::/64"],
      route_table_id: "",
    },
  },
  {
    type: "azurerm_virtual_network",
    values: { address_space: ["10.240.0.0/12"], location: "northeurope" },
  },
];
const WRONG_IDENTITIES: Finds[] = [
  {
    type: "azurerm_user_assigned_identity",
    values: { principal_id: CONTROL_PLANE, tenant_id: OTHER_TENANT },
  },
];
const RANGES = "10.244.1.0/28, 10.245.0.0/28, fd00::/64";

const WRONG = {
  size: `The subnet "aks-nodes" (${RANGES}) has 32 addresses, and the cluster needs 39: the NOC has to give it a larger subnet, or the cluster has to be planned smaller (npm run addresses).`,
  pods: `The subnet "aks-nodes" (${RANGES}) overlaps the range of the pods, 10.244.0.0/16: take another range for the pods, or, if the cluster is there already, the NOC has to take the overlap away.`,
  services: `The subnet "aks-nodes" (${RANGES}) overlaps the range of the services, 10.245.0.0/16: take another range for the services, or, if the cluster is there already, the NOC has to take the overlap away.`,
  routeTable:
    'The subnet "aks-nodes" has no route table, and the traffic of the cluster is to leave by one: the NOC has to attach a route table with a route for 0.0.0.0/0.',
  region:
    'The virtual network "spoke-vnet" is in northeurope, and the cluster is to be in westeurope: nodes can only join networks in the same region. Use another network or another region.',
  space:
    'The virtual network "spoke-vnet" (10.240.0.0/12) overlaps the range of the services, 10.245.0.0/16: take another range for the services, or, if the cluster is there already, the NOC has to take the overlap away.',
  controlPlaneTenant: `The control plane identity "haks-prod-cp-mi" belongs to the tenant ${OTHER_TENANT}, and the cluster is to be in ${TENANT}: sign in to the right tenant, or give the right identity.`,
  kubeletTenant: `The kubelet identity "haks-prod-kubelet-mi" belongs to the tenant ${OTHER_TENANT}, and the cluster is to be in ${TENANT}: sign in to the right tenant, or give the right identity.`,
  one: 'The control plane identity "haks-prod-cp-mi" and the kubelet identity "haks-prod-kubelet-mi" are one and the same: every pod could act as the control plane. The identity team has to make two.',
};

const MADE = {
  kubelet: `The nodes of the cluster "haks-prod" act as ${ADMINS}, and not as the kubelet identity "haks-prod-kubelet-mi" of the description: its rights do not reach them. Terraform leaves the nodes as they are. Run az aks update --assign-kubelet-identity in a maintenance window, which upgrades every pool; hardened-aks move prints the steps before and after it.`,
  accounts:
    'The cluster "haks-prod" has local accounts, whose certificates give admin access that bypasses Entra ID. Turn them off, and rotate the certificates.',
  issuer:
    'The cluster "haks-prod" has no OIDC issuer, so workloads cannot have identities. Turn the issuer on.',
};

const UNREADABLE = "AuthorizationFailed: not for you";
const UNREADABLE_LOOKUPS: Finds[] = [
  { type: "azurerm_role_assignments", error: UNREADABLE },
  { type: "azurerm_virtual_network", error: UNREADABLE },
  { type: "azurerm_subnet", error: UNREADABLE },
];

const every = (mode: string) => ({
  identityGrants: mode,
  peopleGrants: mode,
  network: mode,
  cluster: mode,
});
const sorted = (texts: object): string[] => Object.values(texts).map(String).sort();

describeOffline("preflight", () => {
  let spec: ClusterSpec;
  let enforce: string;
  let warn: string;
  let off: string;

  beforeAll(async () => {
    [enforce, warn, off] = (await Promise.all(
      ["enforce", "warn", "off"].map((mode) => stackOf(mode)),
    )) as [string, string, string];
  });

  test("is valid Terraform in the mode warn, with every feature", async () => {
    const file = inputWith(INPUTS["every-feature"]!, ["preflight"], every("warn"));
    const outdir = join(newScratch(), "out");
    const { stacks } = synthesize({ file, outdir });
    const root = new TerraformRoot(dirname(join(outdir, stacks.at(-1)!.file)));
    await root.init("-backend=false");
    expect(await root.validate()).toMatchObject({ valid: true, diagnostics: [] });
  });

  test("passes where everything is as it should be", async () => {
    const root = inWorld(enforce, right());
    expect(await root.diagnose("-out=plan")).toEqual([]);
    const unknown = unknownOf(only(changesOf(await root.planned(), "azurerm_kubernetes_cluster")));
    expect(unknown).toContain("oidc_issuer_url");
    expect(unknown.filter((path) => /^(kubelet_)?identity(\.|$)/.test(path))).toEqual([
      "identity.0.principal_id",
      "identity.0.tenant_id",
    ]);
  });

  test("fails with a sentence for each thing that is wrong", async () => {
    const found = await inWorld(enforce, wrong()).diagnose();
    expect(details(found, "error")).toEqual(sorted({ ...MISSING, ...WRONG }));
    expect(details(found, "warning")).toEqual([]);
  });

  // As the portal writes it: it limits what an owner can hand out, and nothing else.
  const DELEGATION = `(
 (
  !(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
 )
 OR
 (
  @Request[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {'User'}
 )
)`;

  test("takes what is as good: roles from above, custom roles, other letters", async () => {
    const join = role(1);
    const read = role(2);
    const kubeconfig = role(3);
    const assignments: FoundAssignment[] = [
      grant(
        CONTROL_PLANE.toUpperCase(),
        builtIn("Managed Identity Operator").toUpperCase(),
        `${IDENTITIES}/haks-prod-kubelet-mi`.toUpperCase(),
      ),
      grant(CONTROL_PLANE, join.id, VNET),
      grant(CONTROL_PLANE, builtIn("Network Contributor"), NETWORK.toLowerCase()),
      grant(CONTROL_PLANE, builtIn("Reader"), "/"),
      grant(KUBELET, read.id, REGISTRY),
      grant(DEPLOYERS, builtIn("Owner"), SUBSCRIPTION, DELEGATION),
      grant(
        ADMINS,
        builtIn("Azure Kubernetes Service RBAC Cluster Admin"),
        "/providers/Microsoft.Management/managementGroups/all",
      ),
      // A custom role and a built-in one give it together.
      grant(ADMINS, kubeconfig.id, `${SUBSCRIPTION}/resourceGroups/HAKS-prod`),
      grant(ADMINS, builtIn("Reader"), SUBSCRIPTION),
    ];
    const found = await inWorld(enforce, [
      {
        type: "azurerm_virtual_network",
        values: { address_space: ["172.16.0.0/12", "fd00::/48"], location: "West Europe" },
      },
      join.allows({
        actions: ["Microsoft.Network/virtualNetworks/subnets/*"],
        not_actions: ["*/delete"],
      }),
      read.allows({ data_actions: ["microsoft.containerregistry/registries/repositories/*/READ"] }),
      kubeconfig.allows(
        { actions: ["Microsoft.Network/*/read"] },
        { actions: ["*/listClusterUserCredential/action"] },
      ),
      ...right(assignments),
    ]).diagnose();
    expect(found).toEqual([]);
  });

  test("does not take what only looks alike", async () => {
    const [notJoin, notSure, notData] = [role(4), role(5), role(6)];
    const assignments: FoundAssignment[] = [
      // Too little, or for another principal.
      grant(CONTROL_PLANE, builtIn("Reader"), `${IDENTITIES}/haks-prod-kubelet-mi`),
      grant(KUBELET, builtIn("Managed Identity Operator"), `${IDENTITIES}/haks-prod-kubelet-mi`),
      // Beside the scope and below it.
      grant(CONTROL_PLANE, builtIn("Network Contributor"), `${SUBNET}-2`),
      grant(CONTROL_PLANE, builtIn("Network Contributor"), SUBNET.slice(0, -1)),
      grant(CONTROL_PLANE, builtIn("Owner"), `${DES}/providers/Microsoft.Example/locks/one`),
      grant(CONTROL_PLANE, builtIn("Network Contributor"), `${VNET}/subnets/other`),
      // Taken away again; only under a condition; as an action where a data action is needed.
      grant(CONTROL_PLANE, notJoin.id, VNET),
      grant(DEPLOYERS, notSure.id, SUBNET),
      grant(KUBELET, notData.id, REGISTRY),
      {
        ...grant(KUBELET, builtIn("Container Registry Repository Reader"), REGISTRY),
        condition: "other",
      },
      // Not everything that a data action is.
      grant(ADMINS, builtIn("Owner"), SUBSCRIPTION),
      grant(ADMINS, builtIn("Azure Kubernetes Service RBAC Admin"), SUBSCRIPTION),
      // This one is enough.
      grant(DEPLOYERS, builtIn("Managed Identity Operator"), `${IDENTITIES}/haks-prod-cp-mi`),
    ];
    const found = await inWorld(enforce, [
      notJoin.allows({
        actions: ["Microsoft.Network/virtualNetworks/*"],
        not_actions: ["Microsoft.Network/virtualNetworks/*/action"],
      }),
      notSure.allows({ actions: ["*"], condition: "@Resource[x] StringEquals 'y'" }),
      notData.allows({ actions: ["*"] }),
      ...right(assignments),
    ]).diagnose();
    const { deployControlPlane, kubeconfig, ...missing } = MISSING;
    expect([deployControlPlane, kubeconfig]).toHaveLength(2);
    expect(details(found, "error")).toEqual(sorted(missing));
  });

  test("stops if the runner lacks the right to read a lookup", async () => {
    const found = await inWorld(enforce, [...UNREADABLE_LOOKUPS, ...right()]).diagnose();
    expect(summaries(found, "error")).toContain(UNREADABLE);
  });

  test("in the mode warn says the same and goes on, also of what is given by its id", async () => {
    const found = await inWorld(warn, wrong()).diagnose();
    const zone =
      'The control plane identity "haks-prod-cp-mi" lacks the role "Private DNS Zone Contributor" on the private DNS zone "privatelink.westeurope.azmk8s.io"';
    const reader =
      'The group "platform-engineers" lacks the role "Reader" on the private DNS zone "privatelink.westeurope.azmk8s.io"';
    expect(details(found, "error")).toEqual([]);
    expect(details(found, "warning")).toEqual(
      [
        ...sorted({ ...MISSING, ...WRONG }),
        ...[zone, reader].map((text): unknown => expect.stringContaining(text)),
      ].sort((a, b) => (sortable(a) < sortable(b) ? -1 : 1)),
    );
  });

  test("in the mode warn says nothing where everything is right", async () => {
    const found = await inWorld(warn, right()).diagnose();
    expect(details(found, "error")).toEqual([]);
    // Nothing that is wrong; what only the finished cluster can tell is still open.
    expect(found.filter(({ summary }) => !summary.includes("known after apply"))).toEqual([]);
  });

  test("in the mode warn continues if the runner lacks the right to read a lookup", async () => {
    const found = await inWorld(warn, [...UNREADABLE_LOOKUPS, ...right()]).diagnose();
    expect(details(found, "error")).toEqual([]);
    expect(summaries(found, "warning")).toContain(UNREADABLE);
  });

  test("in the mode off reads nothing and says nothing", async () => {
    const found = await inWorld(off, [...UNREADABLE_LOOKUPS, ...wrong()]).diagnose();
    expect(found).toEqual([]);
  });

  test.each([
    ["enforce", [MADE.accounts], []],
    ["warn", [], [MADE.accounts, MADE.kubelet]],
  ])("in the mode %s says what is wrong with the cluster", async (mode, errors, warnings) => {
    const found = await inWorld(await stackOf(mode, asMadeByOthers), right()).diagnose();
    expect(details(found, "error")).toEqual(errors);
    expect(details(found, "warning")).toEqual(warnings);
  });

  test("says what is wrong with the cluster when it is made", async () => {
    const noIssuer = [{ type: "azurerm_kubernetes_cluster", values: { oidc_issuer_url: "" } }];
    const root = inWorld(await stackOf("enforce"), right(), noIssuer);
    expect(details(await root.diagnoseApply(), "error")).toEqual([MADE.issuer]);
  });

  test("keeps a cluster whose nodes act as another identity, and says so", async () => {
    const folder = await stackOf("enforce");
    const root = inWorld(folder, right());
    await root.plan();
    await root.apply();
    const file = join(folder, "terraform.tfstate");
    const state = readFileSync(file, "utf8");
    const drifted = state.replaceAll(
      /("kubelet_identity": \[\s*\{[^}]*"object_id": ")[^"]*"/g,
      `$1${ADMINS}"`,
    );
    expect(drifted).not.toBe(state);
    writeFileSync(file, drifted);
    expect(details(await root.diagnose(), "warning")).toEqual([MADE.kubelet]);
    expect(await root.plan()).toBe(false);
    // And with the right one there is nothing to do.
    writeFileSync(file, state);
    expect(await root.plan()).toBe(false);
  });

  /** The folder of the cluster stack of a description that asks for much. */
  async function stackOf(mode: string, change?: (stack: StackFile) => void): Promise<string> {
    const file = [
      [["subscriptionId"], undefined],
      [["permissions"], undefined],
      [["preflight"], every(mode)],
      [["registries", 0, "repositories"], ["apps/"]],
    ].reduce(
      (input, [path, value]) => inputWith(input, path as (string | number)[], value),
      INPUTS.enterprise!,
    );
    spec = loadConfiguration(file).spec;
    const outdir = join(newScratch(), "out");
    const { stacks } = synthesize({ file, outdir });
    const folder = handOver(join(outdir, stacks.at(-1)!.file), newScratch());
    if (change) {
      const path = join(folder, "cdk.tf.json");
      const stack = JSON.parse(readFileSync(path, "utf8")) as StackFile;
      change(stack);
      writeFileSync(path, JSON.stringify(stack));
    }
    await new TerraformRoot(folder).init();
    return folder;
  }

  function right(
    assignments = assignmentsOf(spec, { controlPlane: CONTROL_PLANE, kubelet: KUBELET }),
  ): Finds[] {
    return [
      identity("haks-prod-cp-mi", CONTROL_PLANE),
      identity("haks-prod-kubelet-mi", KUBELET),
      finding(assignments),
      ...fittingNetwork(spec),
    ];
  }

  function wrong(): Finds[] {
    const same = `${IDENTITIES}/one`;
    return [
      ...WRONG_IDENTITIES.map((one) => ({ ...one, values: { ...one.values, id: same } })),
      finding([]),
      ...WRONG_NETWORK,
    ];
  }
});

interface StackFile {
  resource: {
    azurerm_kubernetes_cluster: {
      cluster: { kubelet_identity: { object_id: string }; local_account_disabled: boolean };
    };
  };
}

// What Azure says of a cluster is what the stand-ins find in its configuration.
function asMadeByOthers({ resource }: StackFile): void {
  const cluster = resource.azurerm_kubernetes_cluster.cluster;
  cluster.kubelet_identity.object_id = ADMINS;
  cluster.local_account_disabled = false;
}

function inWorld(folder: string, data: Finds[], resource?: Finds[]): TerraformRoot {
  return new TerraformRoot(folder, worldOf(newScratch(), data, resource));
}

function identity(name: string, principal: string): Finds {
  return {
    type: "azurerm_user_assigned_identity",
    match: { name },
    values: { principal_id: principal, tenant_id: TENANT.toUpperCase() },
  };
}

function grant(
  principal: string,
  roleId: string,
  scope: string,
  condition?: string,
): FoundAssignment {
  return {
    principal_id: principal,
    role_definition_id: roleId,
    role_assignment_scope: scope,
    ...(condition === undefined ? {} : { condition }),
  };
}

function builtIn(name: string): string {
  const others: { [name: string]: string } = {
    Owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    Contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  };
  return builtInRole(name) ?? `/providers/Microsoft.Authorization/roleDefinitions/${others[name]}`;
}

/** A role that is not in the catalogue. */
function role(digit: number) {
  const guid = `cccccccc-0000-4000-8000-00000000000${digit}`;
  const nothing = {
    actions: [],
    not_actions: [],
    data_actions: [],
    not_data_actions: [],
    condition: "",
    condition_version: "",
  };
  return {
    id: `/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
    allows: (...permissions: object[]): Finds => ({
      type: "azurerm_role_definition",
      match: { role_definition_id: guid },
      values: { permissions: permissions.map((one) => ({ ...nothing, ...one })) },
    }),
  };
}

function details(found: Diagnostic[], of: Diagnostic["severity"]): string[] {
  return found
    .filter(({ severity, summary }) => severity === of && !summary.includes("known after apply"))
    .flatMap(({ detail }) => inSentences([detail]))
    .sort();
}

function summaries(found: Diagnostic[], of: Diagnostic["severity"]): string {
  return found
    .filter(({ severity }) => severity === of)
    .map(({ summary }) => summary)
    .join();
}

function sortable(value: unknown): string {
  return typeof value === "string" ? value : String((value as { sample: string }).sample);
}
