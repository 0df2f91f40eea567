// Edits of a description whose stacks are deployed: nothing that is live is lost without being asked for.
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseDocument } from "yaml";
import { Changes } from "../../app/changes/changes";
import { changesSince } from "../../app/changes/changes-since";
import { loadConfiguration } from "../../app/config/load";
import { NATIVE_FILE } from "../../app/native";
import { synthesize } from "../../app/synthesize";
import { Edit } from "../../build/docs/edit";
import { EDITS } from "../../build/docs/edits";
import { LATE_EDITS } from "../../build/docs/late-edits";
import { textOf } from "../scenarios";
import { handOver } from "./life";
import { describeOffline } from "./offline";
import { twoAtATime } from "./processes";
import { newScratch } from "./scratch";
import { PlannedChange, TerraformRoot } from "./terraform";

const FILE = "__tests__/terraform/edits.yaml";
const LATE_FILE = "__tests__/terraform/late-edits.yaml";

const issuer = (cluster: string) =>
  `https://westeurope.oic.prod-aks.azure.com/11111111-1111-4111-8111-111111111111/0000000${cluster}-0000-4000-8000-000000000000/`;
const ENV = { TF_VAR_oidc_issuer_url: issuer("1"), TF_VAR_oidc_issuer_url_green: issuer("2") };

const VERBS: { readonly [actions: string]: string } = {
  create: "creates",
  "create+delete": "replaces (create before destroy)",
  delete: "destroys",
  "delete+create": "replaces",
  forget: "forgets",
  update: "changes",
};

/** The deployed version: its output, and the folder of each stack. */
interface Deployed {
  readonly text: string;
  readonly outdir: string;
  readonly folders: ReadonlyMap<string, string>;
}

/** The plans of an edit. */
interface Planned {
  readonly plans: readonly string[];
  /** Everything that goes in the plans and that `check --previous` does not say. */
  readonly unsaid: readonly string[];
}

describeOffline.each([
  ["an edit of a description", EDITS, textOf(FILE)],
  ["an edit of workloads, add-ons and locks", LATE_EDITS, textOf(FILE) + textOf(LATE_FILE)],
] as const)("%s", (_, edits, text) => {
  const results = new Map<Edit, Planned>();

  beforeAll(async () => {
    const before = await deployed(text);
    await twoAtATime([...edits], async (edit) => {
      const plans = await planned(edit, before).catch((error: Error) => [error.message]);
      results.set(edit, "unsaid" in plans ? plans : { plans, unsaid: plans });
    });
    const rows = edits.map((edit) => `${edit.title}: ${results.get(edit)!.plans.join("; ")}`);
    process.stdout.write(`${rows.join("\n")}\n`);
  }, 900_000);

  test.each(edits)("$title", (edit) => {
    expect(results.get(edit)!.plans).toEqual(edit.plans);
  });

  test("takes nothing away that check --previous does not say", () => {
    const all = [...results].flatMap(([{ title }, { unsaid }]) =>
      unsaid.map((one) => `${title}: ${one}`),
    );
    expect(all).toEqual([]);
  });
});

test("destroys or replaces no identity of the cluster, group or cluster", () => {
  const lost =
    /(destroys|replaces)[^;]* (user_assigned_identity\.(control_plane|kubelet)|resource_group\.|kubernetes_cluster\.)/;
  const texts = [...EDITS, ...LATE_EDITS].map(
    ({ title, plans }) => `${title}: ${plans.join("; ")}`,
  );
  expect(texts.filter((text) => lost.test(text))).toEqual([]);
  // The same is noticed where a pool goes.
  expect(texts.some((text) => text.includes("destroys kubernetes_cluster_node_pool."))).toBe(true);
});

function written(text: string): string {
  const file = join(newScratch(), "haks.yaml");
  writeFileSync(file, text);
  return file;
}

async function deployed(text: string): Promise<Deployed> {
  const outdir = join(newScratch(), "out");
  const { stacks } = synthesize({ file: written(text), outdir });
  const folders = new Map(
    stacks.map(({ name, file }) => [name, handOver(join(outdir, file), join(newScratch(), name))]),
  );
  await twoAtATime([...folders.values()], async (folder) => {
    const root = new TerraformRoot(folder, ENV);
    await root.init();
    await root.plan();
    await root.apply();
  });
  return { text, outdir, folders };
}

async function planned({ fields }: Edit, before: Deployed): Promise<Planned> {
  const document = parseDocument(before.text);
  for (const [path, value] of Object.entries(fields)) {
    const keys = path.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key));
    if (value === null) {
      document.deleteIn(keys);
    } else {
      document.setIn(keys, document.createNode(value));
    }
  }
  const file = written(document.toString());
  const outdir = join(dirname(file), "out");
  const { stacks } = synthesize({ file, outdir });
  const changes = changesSince(before.outdir, loadConfiguration(file));
  const plans: Planned[] = [];
  for (const [name, folder] of before.folders) {
    const stack = stacks.find((one) => one.name === name)?.file;
    const short = name.replace("demo-", "");
    if (stack === undefined) {
      plans.push({
        plans: [`${short} is no longer part of the output`],
        unsaid: changes.gone.includes(name) || isToTakeOver(changes, name) ? [] : [name],
      });
    } else if (textsIn(dirname(join(outdir, stack))) !== textsIn(folder)) {
      const copy = join(dirname(file), name);
      cpSync(folder, copy, { recursive: true, verbatimSymlinks: true });
      handOver(join(outdir, stack), copy);
      const { lines, gone } = await planOf(new TerraformRoot(copy, ENV));
      plans.push({
        plans: lines.map((line) => `${short} ${line}`),
        unsaid: gone
          .map(({ address, fates }) => [`${name} ${address}`, fates] as const)
          .filter(([one, fates]) => !sayingOf(changes, fates).includes(one))
          .map(([one]) => one),
      });
    }
  }
  return {
    plans: plans.flatMap((one) => one.plans),
    unsaid: plans.flatMap((one) => one.unsaid),
  };
}

/** Whether a stack holds a right that another one is to take over, so that it must not be destroyed. */
function isToTakeOver({ rights }: Changes, name: string): boolean {
  return rights.some(({ fate, before }) => fate === "notHandedOver" && before?.stack === name);
}

/** What `check --previous` may call something that goes; what comes again before it goes is exchanged. */
const GOING = ["lost", "replaced", "refused", "destroyed"];
const COMING_FIRST = [...GOING, "exchanged"];

/** Returns the stacks and addresses of everything that `check --previous` gives one of these fates. */
function sayingOf({ rights, resources }: Changes, fates: readonly string[]): string[] {
  return [
    ...rights
      .filter(({ fate }) => fates.includes(fate))
      .flatMap(({ grant, before = grant }) => [before, grant])
      .map(({ stack, address }) => `${stack} azurerm_role_assignment.${address}`),
    ...resources
      .filter(({ fate }) => fates.includes(fate))
      .map(({ stack, address }) => `${stack} ${address}`),
  ];
}

function textsIn(folder: string): string {
  return ["cdk.tf.json", NATIVE_FILE].map((one) => readFileSync(join(folder, one), "utf8")).join();
}

/** Something that goes, and what it may be called. */
interface Gone {
  readonly address: string;
  readonly fates: readonly string[];
}

/** What a plan says, and what goes. A role definition by itself gives no right. */
async function planOf(root: TerraformRoot): Promise<{ lines: string[]; gone: Gone[] }> {
  const refusals = await root.refusals("-out=plan");
  const isCondition = ({ summary }: { summary: string }) =>
    summary === "Resource postcondition failed";
  if (refusals.length > 0 && refusals.every(isCondition)) {
    const cluster = "kubernetes_cluster.cluster";
    const gone = [{ address: `azurerm_${cluster}`, fates: GOING }];
    return { lines: [`fails a condition of ${cluster}`], gone };
  }
  const refused = refusals
    .filter((one) => !isCondition(one))
    .flatMap(({ summary, detail }) =>
      summary === "Instance cannot be destroyed"
        ? (/^Resource (\S+)/.exec(detail)?.[1] ?? [])
        : [`${summary}: ${detail}`],
    )
    .sort();
  if (refused.length > 0) {
    const addresses = refused.join(", ").replace(/azurerm_/g, "");
    const gone = refused.map((address) => ({ address, fates: GOING }));
    return { lines: [`refuses to destroy ${addresses}`], gone };
  }
  const changes = (await root.planned()).filter(({ mode }) => mode === "managed");
  const gone = changes
    .filter(({ type, change }) => {
      return change.actions.includes("delete") && type !== "azurerm_role_definition";
    })
    .map(({ address, previous_address: before = address, change }) => ({
      address: before,
      fates: change.actions[0] === "create" ? COMING_FIRST : GOING,
    }));
  return { lines: grouped(changes), gone };
}

function grouped(changes: PlannedChange[]): string[] {
  const groups = new Map<string, string[]>();
  for (const { address, change } of changes) {
    const verb = change.importing ? "imports" : VERBS[change.actions.join("+")];
    if (verb !== undefined) {
      groups.set(verb, [...(groups.get(verb) ?? []), address.replace(/^azurerm_/, "")]);
    }
  }
  return [...groups].sort().map(([verb, addresses]) => `${verb} ${listed(addresses)}`);
}

/** The types whose resources are counted: other tests say which they are. */
const COUNTED = ["role_assignment", "role_definition", "federated_identity_credential"];

function listed(addresses: string[]): string {
  const isOf = (type: string, address: string) => address.startsWith(`${type}.`);
  const counted = COUNTED.flatMap((type) => {
    const count = addresses.filter((address) => isOf(type, address)).length;
    const words = type.replace(/_/g, " ");
    return count === 0 ? [] : `${count} ${words}${count === 1 ? "" : "s"}`;
  });
  const others = addresses.filter((address) => !COUNTED.some((type) => isOf(type, address)));
  return [...others.sort(), ...counted].join(", ");
}
