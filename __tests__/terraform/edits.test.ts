// Edits of a description whose stacks are deployed: nothing that is live is lost without being asked for.
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseDocument } from "yaml";
import { NATIVE_FILE } from "../../app/native";
import { synthesize } from "../../app/synthesize";
import { EDITS, Edit } from "../../build/docs/edits";
import { textOf } from "../scenarios";
import { STACKS, handOver } from "./life";
import { describeOffline } from "./offline";
import { twoAtATime } from "./processes";
import { newScratch } from "./scratch";
import { PlannedChange, TerraformRoot } from "./terraform";

const FILE = "__tests__/terraform/edits.yaml";

const VERBS: { readonly [actions: string]: string } = {
  create: "creates",
  "create+delete": "replaces (create before destroy)",
  delete: "destroys",
  "delete+create": "replaces",
  forget: "forgets",
  update: "changes",
};

describeOffline("an edit of a description", () => {
  const scratch = newScratch();
  const results = new Map<Edit, string[]>();

  beforeAll(async () => {
    await twoAtATime(deployed(scratch), async (folder) => {
      const root = new TerraformRoot(folder);
      await root.init();
      await root.plan();
      await root.apply();
    });
    await twoAtATime([...EDITS], async (edit) => {
      results.set(edit, await planned(edit, scratch).catch((error: Error) => [error.message]));
    });
    const rows = EDITS.map((edit) => `${edit.title}: ${results.get(edit)!.join("; ")}`);
    process.stdout.write(`${rows.join("\n")}\n`);
  }, 900_000);

  test.each(EDITS)("$title", (edit) => {
    expect(results.get(edit)).toEqual(edit.plans);
  });

  test("destroys or replaces no identity, group or cluster", () => {
    const lost =
      /(destroys|replaces)[^;]* (user_assigned_identity|resource_group|kubernetes_cluster)\./;
    const texts = [...results].map(([{ title }, plans]) => `${title}: ${plans.join("; ")}`);
    expect(texts.filter((text) => lost.test(text))).toEqual([]);
    // The same is noticed where a pool goes.
    expect(texts.some((text) => text.includes("destroys kubernetes_cluster_node_pool."))).toBe(
      true,
    );
  });
});

function deployed(scratch: string): string[] {
  const outdir = join(scratch, "out");
  const { stacks } = synthesize({ file: FILE, outdir });
  return stacks.map(({ file }, index) =>
    handOver(join(outdir, file), join(scratch, STACKS[index]!)),
  );
}

async function planned({ fields }: Edit, scratch: string): Promise<string[]> {
  const document = parseDocument(textOf(FILE));
  for (const [path, value] of Object.entries(fields)) {
    const keys = path.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key));
    if (value === null) {
      document.deleteIn(keys);
    } else {
      document.setIn(keys, document.createNode(value));
    }
  }
  const folder = newScratch();
  const file = join(folder, "haks.yaml");
  writeFileSync(file, document.toString());
  const outdir = join(folder, "out");
  const { stacks } = synthesize({ file, outdir });
  const plans: string[] = [];
  for (const [index, { file: stack }] of stacks.entries()) {
    const name = STACKS[index]!;
    const before = join(scratch, name);
    if (textsIn(dirname(join(outdir, stack))) !== textsIn(before)) {
      const copy = join(folder, name);
      cpSync(before, copy, { recursive: true, verbatimSymlinks: true });
      handOver(join(outdir, stack), copy);
      plans.push(...(await planOf(name, new TerraformRoot(copy))));
    }
  }
  return plans;
}

function textsIn(folder: string): string {
  return ["cdk.tf.json", NATIVE_FILE].map((one) => readFileSync(join(folder, one), "utf8")).join();
}

async function planOf(stack: string, root: TerraformRoot): Promise<string[]> {
  const refusals = await root.refusals("-out=plan");
  const isCondition = ({ summary }: { summary: string }) =>
    summary === "Resource postcondition failed";
  if (refusals.length > 0 && refusals.every(isCondition)) {
    return [`${stack} fails a condition of kubernetes_cluster.cluster`];
  }
  const refused = refusals
    .filter((one) => !isCondition(one))
    .flatMap(({ summary, detail }) =>
      summary === "Instance cannot be destroyed"
        ? (/^Resource (\S+)/.exec(detail)?.[1] ?? [])
        : [`${summary}: ${detail}`],
    );
  if (refused.length > 0) {
    return [
      `${stack} refuses to destroy ${refused
        .sort()
        .join(", ")
        .replace(/azurerm_/g, "")}`,
    ];
  }
  const changes = (await root.planned()).filter(({ mode }) => mode === "managed");
  return grouped(changes).map((line) => `${stack} ${line}`);
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

// Role assignments and definitions are counted: the tests of the grant plan say which they are.
function listed(addresses: string[]): string {
  const counted = ["role_assignment", "role_definition"].flatMap((type) => {
    const count = addresses.filter((address) => address.startsWith(`${type}.`)).length;
    const words = type.replace("_", " ");
    return count === 0 ? [] : `${count} ${words}${count === 1 ? "" : "s"}`;
  });
  const others = addresses.filter((address) => !/^role_(assignment|definition)\./.test(address));
  return [...others.sort(), ...counted].join(", ");
}
