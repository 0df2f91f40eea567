// What is live stays: with states of an earlier version, and when another team is to grant on a kind of scope.
import { GrantingTeam } from "../../lib";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { synthesize } from "../../app/synthesize";
import { INPUTS } from "../scenarios";
import { inputWith } from "./inputs";
import { STACKS, StackName, handOver } from "./life";
import { describeOffline } from "./offline";
import { roleAssignmentsIn } from "./readings";
import { newScratch } from "./scratch";
import { State, TerraformRoot } from "./terraform";

const OFF = { identityGrants: "off", peopleGrants: "off", network: "off", cluster: "off" };

/** Synthesizes a file, and gives the stacks in the order in which they are deployed. */
function stacksOf(file: string): string[] {
  const outdir = join(newScratch(), "out");
  return synthesize({ file, outdir }).stacks.map((stack) => join(outdir, stack.file));
}

/** The rights that these versions lacked: what comes with them. Nothing is replaced or destroyed for it. */
const ADDED: { readonly [stack: string]: readonly string[] } = {
  "enterprise identities": ["update azurerm_role_definition.workspace_monitor-rg"],
  "every-feature identities": [
    "create azurerm_role_assignment.group-platform-engineers-34d065_keyVaultRead_key-vault-keys-rg-etcd-vault",
    "create azurerm_role_assignment.principal-deployment-pipeline_keyVaultRead_key-vault-keys-rg-etcd-vault",
    "create azurerm_role_definition.keyvaultread_keys-rg",
    "update azurerm_role_definition.hostgroup_compute-rg",
    "update azurerm_role_definition.workspace_monitor-rg",
  ],
  "every-feature network-permissions": [
    "create azurerm_role_assignment.control_plane_natGatewayJoin_nat-gateway-network-rg-aks-nat",
    "create azurerm_role_assignment.control_plane_networkSecurityGroupJoin_network-security-group-network-rg-aks-nsg",
    "create azurerm_role_assignment.control_plane_privateLinkSubnet_subnet-network-rg-spoke-vnet-aks-frontends",
    "create azurerm_role_assignment.control_plane_publicIpGroup_public-ip-group-network-rg",
    "create azurerm_role_definition.natgatewayjoin_network-rg",
    "create azurerm_role_definition.networksecuritygroupjoin_network-rg",
    "create azurerm_role_definition.publicipgroup_network-rg",
  ],
};

/** Fields that the example got since then. */
const NEW_FIELDS: readonly (string | number)[][] = [
  ["identities", "kubelet", "resourceGroup"],
  ["network", "egress", "outboundPortsAllocated"],
  ["network", "egress", "idleTimeoutInMinutes"],
  ["nodePools", "user", 1, "podSubnet"],
  ["network", "servicePublicIpPrefixes"],
  ["monitoring", "defender"],
  ["privateDns", "fqdnSubdomain"],
  ["flux"],
  ["fleetManager"],
];

/** The file of an input as it was then. */
function formerly(input: string): string {
  const paths = input === "every-feature" ? NEW_FIELDS : [];
  const file = inputWith(INPUTS[input]!, ["preflight"], OFF);
  return paths.reduce((former, path) => inputWith(former, path, undefined), file);
}

// The states in the folder states/ were made by the version before addresses stopped following from names.
describeOffline.each(["lab", "enterprise", "every-feature"])(
  "a state of %s that has names in addresses",
  (input) => {
    let stacks: string[];

    beforeAll(() => {
      stacks = stacksOf(formerly(input));
    });

    test.each(STACKS)("moves, and nothing but missing rights comes: %s", async (name) => {
      const folder = handOver(stacks[STACKS.indexOf(name)]!, join(newScratch(), name));
      copyFileSync(
        join("__tests__/terraform/states", input, `${name}.json`),
        join(folder, "terraform.tfstate"),
      );
      const root = new TerraformRoot(folder);
      await root.init();
      await root.plan();
      const changes = (await root.planned()).filter(({ mode }) => mode === "managed");
      const changed = changes
        .filter(({ change }) => change.actions.join() !== "no-op")
        .map(({ address, change }) => `${change.actions.join()} ${address}`);
      expect(changed.sort()).toEqual(ADDED[`${input} ${name}`] ?? []);
      expect(changes.filter((one) => one.previous_address !== undefined)).not.toHaveLength(0);
    });
  },
);

describeOffline("zones that the identity team grants on from now on", () => {
  // With built-in roles: the stand-ins make up another id of a custom role that is imported.
  const base = inputWith(
    inputWith(INPUTS.enterprise!, ["preflight"], OFF),
    ["permissions", "roleSet", "type"],
    "builtIn",
  );
  const handed = inputWith(base, ["permissions", "grantedBy"], { privateDnsZone: "identity" });
  const files = {
    before: base,
    handedOver: inputWith(handed, ["previous"], { permissions: { grantedBy: {} } }),
    after: handed,
    back: inputWith(base, ["previous"], {
      permissions: { grantedBy: { privateDnsZone: GrantingTeam.IDENTITY } },
    }),
  };
  const folder = newScratch();
  const started: string[] = [];
  const states: { [step: string]: State[] } = {};

  /** Applies the stacks that grant, and notes what was done. */
  async function deploy(step: keyof typeof files): Promise<void> {
    const stacks = stacksOf(files[step]);
    states[step] = [];
    for (const name of ["identities", "network-permissions"] satisfies StackName[]) {
      const root = new TerraformRoot(handOver(stacks[STACKS.indexOf(name)]!, join(folder, name)));
      await root.init();
      const actions = await root.applied();
      started.push(...actions.map((action) => `${step}: ${action}`));
      states[step].push(await root.state());
    }
  }

  const idsIn = (step: string) =>
    states[step]!.flatMap(roleAssignmentsIn)
      .map(({ values }) => values.id)
      .sort();

  beforeAll(async () => {
    await deploy("before");
    await deploy("handedOver");
    await deploy("after");
    await deploy("back");
  });

  test("are the same assignments, each in one state", () => {
    expect(idsIn("handedOver")).toEqual(idsIn("before"));
    expect(idsIn("after")).toEqual(idsIn("before"));
    expect(idsIn("back")).toEqual(idsIn("before"));
    const inIdentities = (step: string) => roleAssignmentsIn(states[step]![0]!).length;
    expect(inIdentities("handedOver")).toBeGreaterThan(inIdentities("before"));
    expect(inIdentities("after")).toBe(inIdentities("handedOver"));
    expect(inIdentities("back")).toBe(inIdentities("before"));
  });

  test("were at no time gone, and were not created again", () => {
    expect(
      started.filter((action) => action.startsWith("before: create azurerm_role_assignment")),
    ).toHaveLength(idsIn("before").length);
    const later = started.filter((action) => !action.startsWith("before: create "));
    expect(later.filter((action) => /: (create|delete|replace) /.test(action))).toEqual([]);
  });
});
