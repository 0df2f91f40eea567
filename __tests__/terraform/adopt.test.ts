// Clusters that exist, with the real terraform: an adoption imports all, replaces nothing, and says what the plan does.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Adoption } from "../../app/adopt/adoption";
import { BLOCKS } from "../../app/adopt/cluster-attributes";
import { importText } from "../../app/adopt/place";
import { Exports } from "../../app/discover/exports";
import { Json, JsonObject, isObject, objectAt } from "../../app/handoff/stack-json";
import { Edits, adoptionWith, descriptionOf, inside, stacksOf } from "../app/adopt.fixtures";
import { describeOffline } from "./offline";
import { newScratch } from "./scratch";
import { Attributes, PlannedChange, State, TerraformRoot } from "./terraform";
import { Finds, assignmentsIn, finding, fittingNetwork, worldOf } from "./world";

/** Clusters that can be adopted: what has to be edited before. */
const CLUSTERS: readonly [name: string, edits: Edits][] = [
  ["brought", {}],
  ["private-hub-zone", {}],
  ["system-assigned", {}],
  ["kubelet-made", {}],
  [
    "service-principal",
    {
      // Without it, the adoption is refused: Terraform would replace the cluster.
      cluster: (cluster) => {
        inside(cluster, "networkProfile").networkPolicy = "none";
      },
    },
  ],
  [
    "everything",
    {
      description: (content) => {
        inside(content, "identities", "controlPlane").existing = true;
        inside(content, "identities", "kubelet").existing = true;
      },
    },
  ],
];

/** Blocks that adopt compares as on or off, and the stand-ins only by their attributes. */
const SWITCHED = BLOCKS.map(({ attribute }) => attribute);

const MAPS = ["configuration_settings", "node_labels", "tags"];

function pick(values: Attributes, names: readonly string[]): Attributes {
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}

/** A resource as an import finds it: what only Terraform knows is left out, and blocks are lists. */
function found(block: JsonObject): Attributes {
  const META = ["lifecycle", "depends_on", "provider", "timeouts"];
  return Object.fromEntries(
    Object.entries(block).flatMap(([name, value]) =>
      META.includes(name) || isPending(value) || SWITCHED.includes(name)
        ? []
        : [[name, asList(name, value)]],
    ),
  );
}

function isPending(value: Json): boolean {
  return !isObject(value) && JSON.stringify(value).includes("${");
}

function asList(name: string, value: Json): unknown {
  if (isObject(value)) {
    return MAPS.includes(name) ? value : [found(value)];
  }
  return Array.isArray(value) ? value.map((one) => (isObject(one) ? found(one) : one)) : value;
}

/** Azure with the resources that an adoption imports, as the exports have them. */
function azureOf({ imports, existing }: Adoption, exports: Exports, stack: string): Finds[] {
  return imports
    .filter((one) => one.stack === stack)
    .map(({ type, to, id }) => {
      const block = objectAt(existing.get(stack)!, "resource", ...to.split("."));
      const identity = exports.identities.find((one) => one.id === id);
      const ids = identity && {
        principal_id: identity.principalId,
        client_id: identity.clientId,
      };
      const role = type === "azurerm_role_definition" && {
        role_definition_resource_id: id.split("|")[0],
      };
      return { type, match: { id }, values: { ...found(block), ...ids, ...role } };
    });
}

/** The attributes that a plan changes; to azurerm, absent and empty are the same. */
function changesIn({ address, change: { before, after, after_unknown: unknown } }: PlannedChange) {
  const [old, now] = [leaves(before ?? {}), leaves(after)];
  const pending = leaves(unknown);
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((attribute) => !pending.has(attribute) && old.get(attribute) !== now.get(attribute))
    .map((attribute) => ({ address, attribute, before: old.get(attribute) }));
}

function leaves(value: unknown, path = ""): Map<string, string> {
  const inner: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (isObject(inner as Json) && !MAPS.includes(path.split(".").pop() ?? "")) {
    const entries = Object.entries(inner as JsonObject).flatMap(([name, one]) => [
      ...leaves(one, path === "" ? name : `${path}.${name}`),
    ]);
    return new Map(entries);
  }
  const isEmpty =
    [null, "", false, 0].includes(value as null) ||
    /^[[{][\]}]$/.test(String(JSON.stringify(value)));
  return new Map(isEmpty ? [] : [[path, JSON.stringify(value)]]);
}

describeOffline("an adoption", () => {
  describe.each(CLUSTERS)("of the cluster of %s", (name, edits) => {
    const { adoption, configuration, exports } = adoptionWith(name, edits);
    const { stacks } = stacksOf(descriptionOf(name, edits));
    const { controlPlane, kubelet } = configuration.plan._resolved.identities;
    const principals = exports.identities;
    const plans = new Map<string, PlannedChange[]>();
    const later = new Map<string, boolean>();

    beforeAll(async () => {
      const applied: State[] = [];
      for (const [stack, json] of stacks) {
        const root = join(newScratch(), stack);
        mkdirSync(root);
        writeFileSync(join(root, "cdk.tf.json"), JSON.stringify(json));
        const imports = adoption.imports.filter((one) => one.stack === stack);
        if (imports.length > 0) {
          writeFileSync(join(root, "adopt.tf.json"), importText(imports));
        }
        const override = { terraform: { backend: { local: {} } } };
        writeFileSync(join(root, "backend_override.tf.json"), JSON.stringify(override));
        const made = applied.flatMap(({ resources }) => resources);
        const identities = [controlPlane, kubelet].flatMap(({ name: called }): Finds[] => {
          const type = "azurerm_user_assigned_identity";
          const own = principals.find(({ id }) => id.endsWith(`/${called}`));
          const tenant = configuration.plan._resolved.tenantId;
          const state = made.find((one) => one.type === type && one.values.name === called);
          const values = own
            ? { id: own.id, principal_id: own.principalId, client_id: own.clientId }
            : // The stack of the identity team has created it.
              state && pick(state.values, ["id", "principal_id", "client_id"]);
          return values
            ? [{ type, match: { name: called }, values: { ...values, tenant_id: tenant } }]
            : [];
        });
        const none = { not_actions: [], data_actions: [], not_data_actions: [] };
        const roles = exports.roles.map(({ guid, actions }): Finds => ({
          type: "azurerm_role_definition",
          match: { role_definition_id: guid },
          values: { permissions: [{ actions, ...none }] },
        }));
        const data = [
          ...identities,
          ...roles,
          finding(assignmentsIn(...applied)),
          ...fittingNetwork(configuration.spec),
        ];
        const env = worldOf(root, data, azureOf(adoption, exports, stack));
        const terraform = new TerraformRoot(root, env);
        await terraform.init();
        await terraform.plan();
        plans.set(
          stack,
          (await terraform.planned()).filter(({ mode }) => mode === "managed"),
        );
        applied.push(await terraform.apply());
        later.set(stack, await terraform.plan());
      }
    }, 600_000);

    const planned = () => [...plans.values()].flat();

    test("imports what the list says, with its ids", () => {
      const imported = planned().flatMap(({ address, change: { importing } }) =>
        importing ? [[address, (importing as { readonly id: string }).id]] : [],
      );
      expect(imported.sort()).toEqual(adoption.imports.map(({ to, id }) => [to, id]).sort());
    });

    test("creates what the list says, and replaces nothing", () => {
      const actions = (verb: string) =>
        planned()
          .filter(({ change }) => change.actions.includes(verb))
          .map(({ address }) => address)
          .sort();
      expect(actions("create")).toEqual(adoption.created.map(({ address }) => address).sort());
      expect(actions("delete")).toEqual([]);
    });

    test("changes what the list says, attribute by attribute", () => {
      const changes = planned().flatMap((one) => (one.change.importing ? changesIn(one) : []));
      const effects = adoption.effects.filter(
        ({ effect, attribute }) => effect !== "ignored" && !SWITCHED.includes(attribute),
      );
      const named = (list: readonly { readonly address: string; readonly attribute: string }[]) =>
        list.map(({ address, attribute }) => `${address} ${attribute}`).sort();
      // An import of the stand-ins knows no computed values: what was unset may be unknown.
      const known = effects.filter(({ before }) => ![undefined, false].includes(before as false));
      expect(named(changes.filter(({ before }) => before !== undefined))).toEqual(named(known));
      const pending = planned().flatMap(({ address, change: { after_unknown: unknown } }) =>
        [...leaves(unknown).keys()].map((attribute) => ({ address, attribute })),
      );
      const all = named([...changes, ...pending]);
      expect(named(effects).filter((one) => !all.includes(one))).toEqual([]);
    });

    test("leaves nothing to do", () => {
      expect([...later.values()]).toEqual([false, false, false]);
    });
  });

  test("that would replace the cluster is refused, by Terraform, too", async () => {
    const off = { identityGrants: "off", peopleGrants: "off", network: "off", cluster: "off" };
    const edits: Edits = {
      cluster: (cluster) => {
        cluster.dnsPrefix = "other";
      },
      description: (content) => {
        content.preflight = off;
      },
    };
    const { adoption, exports, findings } = adoptionWith("brought", edits);
    expect(findings.map(({ code }) => code)).toContain("HAKS-ADOPT-002");
    const stack = "billing-cluster";
    const root = newScratch();
    const json = stacksOf(descriptionOf("brought", edits)).stacks.get(stack)!;
    writeFileSync(
      join(root, "cdk.tf.json"),
      JSON.stringify({
        ...json,
        terraform: { required_providers: objectAt(json, "terraform", "required_providers") },
      }),
    );
    writeFileSync(
      join(root, "adopt.tf.json"),
      importText(adoption.imports.filter((one) => one.stack === stack)),
    );
    const terraform = new TerraformRoot(root, worldOf(root, [], azureOf(adoption, exports, stack)));
    await terraform.init();
    const refusals = await terraform.refusals();
    expect(refusals.map(({ detail }) => detail).join("\n")).toMatch(
      /azurerm_kubernetes_cluster\.cluster has lifecycle\.prevent_destroy set/,
    );
  });
});
