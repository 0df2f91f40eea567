// A cluster whose description is edited, and what `check --previous` says of the edits.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { main } from "../app/cli/main";

export interface Fields {
  [name: string]: unknown;
}

export const SUBSCRIPTION = "22222222-2222-4222-8222-222222222222";
export const GUID = "55555555-5555-4555-8555-55555555555";

export const at = (name: string, resourceGroup: string) => ({ name, resourceGroup });
export const group = (name: string, digit: number) => ({
  type: "group",
  name,
  objectId: `${GUID}${digit}`,
});
export const kms = (vault: string) => ({
  keyVault: at(vault, "keys-rg"),
  keyId: `https://${vault}.vault.azure.net/keys/etcd/00000000000000000000000000000001`,
});

/** The parts of a description that the edits are about. */
const BASE = {
  name: "demo",
  location: "westeurope",
  subscriptionId: SUBSCRIPTION,
  resourceGroup: at("demo-rg", "") as Fields,
  identities: { resourceGroup: { name: "identity-rg" }, locked: true } as Fields,
  network: {
    virtualNetwork: at("spoke-vnet", "network-rg"),
    nodeSubnet: "aks-nodes",
    egress: { type: "loadBalancer", publicIps: [at("egress-ip", "network-rg")] },
    dataPlane: "azure",
    podNetwork: { type: "overlay", podCidr: "10.244.0.0/18" },
    serviceCidr: "10.0.0.0/16",
    dnsServiceIp: "10.0.0.10",
  } as Fields,
  nodePools: {
    system: { vmSize: "Standard_D4ds_v5", maxPods: 110, upgrade: { drainTimeoutMinutes: 45 } },
    user: [
      {
        name: "apps",
        vmSize: "Standard_D4ds_v5",
        maxCount: 6,
        labels: { "example.com/team": "a" },
      },
      { name: "more", vmSize: "Standard_D4ds_v5", maxCount: 6 },
    ] as Fields[],
  } as { system: Fields; user: Fields[]; autoProvisioning?: boolean },
  registries: [at("registryone", "registry-rg")] as Fields[],
  kms: kms("vault-one") as Fields | undefined,
  storage: { disks: [at("disk-one", "data-rg")] } as Fields,
  diskEncryption: {
    type: "customerManaged",
    diskEncryptionSet: at("set-one", "keys-rg"),
  } as Fields,
  monitoring: { logAnalyticsWorkspace: at("logs", "logs-rg") } as Fields,
  access: {
    deployers: [group("engineers", 2)],
    kubernetes: [{ ...group("admins", 1), role: "clusterAdmin" }],
  } as { deployers: Fields[]; kubernetes: Fields[] },
  preflight: { identityGrants: "off", peopleGrants: "off", network: "off", cluster: "off" },
  tags: { env: "prod" } as Fields,
};

export type Description = typeof BASE & Fields;
export type Edit = (description: Description) => void;

/** The folder of the files; it is gone when the tests are done. */
export const folder = mkdtempSync(join(tmpdir(), "haks-"));

// Each edit is synthesized, and the first one loads the classes of azurerm.
jest.setTimeout(60_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

export async function run(
  ...args: string[]
): Promise<{ status: number; out: string; err: string }> {
  let [out, err] = ["", ""];
  const io = {
    stdout: (text: string) => (out += text),
    stderr: (text: string) => (err += text),
    colours: false,
  };
  return { status: await main(args, io), out, err };
}

export function described(name: string, edit: Edit = () => undefined): string {
  const description = structuredClone(BASE) as Description;
  delete description.resourceGroup.resourceGroup;
  edit(description);
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, stringify(description));
  return file;
}

const deployed = new Map<Edit | undefined, Promise<string>>();

/** The output folder of a description that is deployed. */
export function output(edit?: Edit): Promise<string> {
  const known =
    deployed.get(edit) ??
    (async () => {
      const name = `deployed-${deployed.size}`;
      const out = join(folder, name);
      const { status, err } = await run("synth", "--config", described(name, edit), "--out", out);
      expect([status, err]).toEqual([0, expect.not.stringContaining(" error ")]);
      return out;
    })();
  deployed.set(edit, known);
  return known;
}

export async function checked(edit: Edit, before?: Edit, ...options: string[]) {
  const file = described("edited", edit);
  return run("check", "--config", file, "--previous", await output(before), ...options);
}
