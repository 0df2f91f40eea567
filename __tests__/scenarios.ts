// The inputs that the tests share, and ways to look at what comes out of them.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformStack, Testing } from "cdktf";
import { loadConfiguration } from "../app/config/load";
import {
  ClusterPlan,
  ClusterSpec,
  ClusterStacks,
  DiskEncryption,
  Egress,
  Principal,
  PrivateDns,
  ResourceReference,
  TeamStack,
  TeamStackProps,
} from "../lib";
import {
  ClusterStack,
  IdentitiesStack,
  NetworkPermissionsStack,
} from "../lib/stacks/stacks-by-team";

/** The files of all inputs, by name. */
export const INPUTS: { [name: string]: string } = {
  lab: "haks.yaml",
  ...Object.fromEntries(
    readdirSync("examples")
      .map((name) => [name, join("examples", name, "haks.yaml")] as const)
      .filter(([, file]) => existsSync(file)),
  ),
};

/** The smallest description that is valid. */
export const SMALL: ClusterSpec = {
  name: "small",
  location: "westeurope",
  resourceGroup: { name: "cluster-rg" },
  identities: { resourceGroup: { name: "identity-rg" } },
  network: {
    virtualNetwork: ResourceReference.byName({ name: "vnet", resourceGroup: "network-rg" }),
    nodeSubnet: "nodes",
    egress: Egress.loadBalancer(),
  },
  nodePools: {
    system: { vmSize: "Standard_D4ds_v5" },
    user: [{ name: "apps", vmSize: "Standard_D4ds_v5" }],
  },
  diskEncryption: DiskEncryption.platformManaged(),
  monitoring: {
    logAnalyticsWorkspace: ResourceReference.byName({ name: "logs", resourceGroup: "logs-rg" }),
  },
};

/** A subscription other than the stacks' own. */
export const OTHER_SUBSCRIPTION = "44444444-4444-4444-8444-444444444444";

/** The id of a resource in that subscription. */
export function idOf(type: string, name: string): string {
  return `/subscriptions/${OTHER_SUBSCRIPTION}/resourceGroups/hub-rg/providers/${type}/${name}`;
}

/** A group by its object id. */
export const DEPLOYERS = Principal.group(
  "platform-engineers",
  "55555555-5555-4555-8555-555555555552",
);

/** A private DNS zone of the hub. */
export const HUB_ZONE = PrivateDns.existingZone(
  ResourceReference.byId(
    idOf("Microsoft.Network/privateDnsZones", "privatelink.westeurope.azmk8s.io"),
  ),
);

/** A stack as parsed Terraform JSON. */
export interface StackJson {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly locals?: { readonly [name: string]: unknown };
  readonly output?: { [name: string]: { value: unknown; description: string } };
  readonly provider: { [name: string]: { [key: string]: unknown }[] };
  readonly terraform: { [key: string]: unknown };
  readonly moved?: { readonly from: string; readonly to: string }[];
  readonly removed?: { readonly from: string; readonly lifecycle: { readonly destroy: boolean } }[];
  readonly import?: { readonly to: string; readonly id: string }[];
}

interface Blocks {
  [type: string]: { [name: string]: { [key: string]: unknown } };
}

/** A stack as parsed Terraform JSON, with its validations run and without metadata. */
export function render(stack: TerraformStack): StackJson {
  return JSON.parse(Testing.synth(stack, true)) as StackJson;
}

/** The resources of a type in a stack, by their names in Terraform. */
export function resources(stack: TerraformStack | undefined, type: string) {
  return render(stack!).resource?.[type] ?? {};
}

// A plan never changes, and is computed once.
const plans = new WeakMap<ClusterSpec, ClusterPlan>();

/** The plan of a description, the same one for the same description. */
export function planOf(spec: ClusterSpec): ClusterPlan {
  const plan = plans.get(spec) ?? new ClusterPlan(spec);
  plans.set(spec, plan);
  return plan;
}

/** The three stacks of a description. */
export function stacksOf(spec: ClusterSpec, settings?: TeamStackProps): ClusterStacks {
  return new ClusterStacks(Testing.app(), { ...settings, plan: planOf(spec) });
}

/** The same, in the order of deployment. */
export function allStacksOf(spec: ClusterSpec, settings?: TeamStackProps): TeamStack[] {
  const { identities, networkPermissions, cluster } = stacksOf(spec, settings);
  return [identities, networkPermissions, cluster];
}

const CLASSES = {
  identities: IdentitiesStack,
  "network-permissions": NetworkPermissionsStack,
  cluster: ClusterStack,
};

// Each stack of a description is made once.
const stacks = new WeakMap<ClusterSpec, { [role: string]: StackJson }>();

/** One of the three stacks of a description as JSON; only this one is made. */
export function stackJson(
  spec: ClusterSpec,
  role: keyof typeof CLASSES,
  settings?: TeamStackProps,
): StackJson {
  const known = stacks.get(spec) ?? {};
  stacks.set(spec, known);
  const make = () => {
    const props = { ...settings, plan: planOf(spec) };
    return render(new CLASSES[role](Testing.app(), `${spec.name}-${role}`, props));
  };
  return settings ? make() : (known[role] ??= make());
}

/** The addresses of what is in a stack, sorted. */
export function addressesOf({ resource = {}, data = {} }: StackJson): string[] {
  const list = (blocks: Blocks, prefix: string): string[] =>
    Object.entries(blocks).flatMap(([type, names]) =>
      Object.keys(names).map((name) => `${prefix}${type}.${name}`),
    );
  return [...list(resource, ""), ...list(data, "data.")].sort();
}

/** How a state comes to the addresses of a stack: each chain from the oldest address to that of today, sorted. */
export function movesOf({ moved = [] }: StackJson): string[] {
  const next = new Map(moved.map(({ from, to }) => [from, to]));
  const chain = (address: string): string[] => {
    const to = next.get(address);
    return [address, ...(to === undefined ? [] : chain(to))];
  };
  const targets = new Set(next.values());
  return [...next.keys()]
    .filter((from) => !targets.has(from))
    .map((from) => chain(from).join(" -> "))
    .sort();
}

const specs = new Map<string, ClusterSpec>();

/** The description of an input, which is read once. */
export function specOf(name: string): ClusterSpec {
  const spec = specs.get(name) ?? loadConfiguration(INPUTS[name] ?? "").spec;
  specs.set(name, spec);
  return spec;
}

/** What something makes, made when it is first asked for. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Runs something in a folder that is gone afterwards. */
export function inScratch<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "haks-"));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file as text. */
export function textOf(...parts: string[]): string {
  return readFileSync(join(...parts), "utf8");
}
