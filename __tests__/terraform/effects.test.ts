// The table of effects has what the schema of azurerm says: what replaces a resource, and what Azure decides if left out.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  AUTOSCALER_ATTRIBUTES,
  BLOCKS,
  CLUSTER_ATTRIBUTES,
} from "../../app/adopt/cluster-attributes";
import { SYSTEM_POOL_ATTRIBUTES, USER_POOL_ATTRIBUTES } from "../../app/adopt/pool-attributes";
import { isListed } from "../../app/changes/attribute-effects";
import { EFFECTS, EFFECTS_OF } from "../../app/changes/effects-table";
import { ROOT } from "./environment";
import { describeOffline } from "./offline";

interface Rule {
  readonly forceNew?: boolean;
  readonly computed?: boolean;
}

interface Attribute {
  readonly computed?: boolean;
  readonly optional?: boolean;
  readonly required?: boolean;
}

interface Block {
  readonly attributes?: { readonly [name: string]: Attribute };
  readonly block_types?: { readonly [name: string]: { readonly block: Block } };
}

const FOLDER = join(ROOT, "..", "shared", "terraform");
const read = <T>(...path: string[]) => JSON.parse(readFileSync(join(FOLDER, ...path), "utf8")) as T;

const CLUSTER = "azurerm_kubernetes_cluster";
const POOL = "azurerm_kubernetes_cluster_node_pool";

/** The attributes that adopt compares, by resource type. */
const COMPARED = {
  [CLUSTER]: [
    ...[...CLUSTER_ATTRIBUTES, ...AUTOSCALER_ATTRIBUTES, ...BLOCKS].map(
      ({ attribute }) => attribute,
    ),
    ...SYSTEM_POOL_ATTRIBUTES.map(({ attribute }) => `default_node_pool.${attribute}`),
  ],
  [POOL]: USER_POOL_ATTRIBUTES.map(({ attribute }) => attribute),
};

/** Attributes that adopt does not compare, each with its reason. */
const WITHOUT_ROW: { readonly [attribute: string]: string } = {
  id: "It identifies the resource.",
  kubernetes_cluster_id: "It identifies the resource.",
  name: "It identifies the resource.",
  resource_group_name: "It identifies the resource.",
  timeouts: "Terraform alone has it.",
  temporary_name_for_rotation: "Terraform alone has it.",
  "default_node_pool.temporary_name_for_rotation": "Terraform alone has it.",
  maintenance_window: "It comes from another export.",
  maintenance_window_auto_upgrade: "It comes from another export.",
  maintenance_window_node_os: "It comes from another export.",
  "network_profile.nat_gateway_profile": "No stack sets it, and azurerm keeps it.",
  "linux_os_config.transparent_huge_page_enabled": "It is the same as transparent_huge_page.",
  "default_node_pool.linux_os_config.transparent_huge_page_enabled": "The same.",
  storage_profile: "azurerm does not read it, and leaves it alone unless the stack sets it.",
  upgrade_override: "The stack ignores it, or describes it.",
  "service_principal.client_secret": "Azure does not tell it.",
  "windows_profile.admin_password": "Azure does not tell it.",
};

/** A block that replaces where it comes or goes as a whole: its attributes say the same, and a cluster always has it. */
const WHOLE_BLOCKS = ["network_profile"];

describeOffline("the table of effects", () => {
  const rules = () =>
    read<{ resource: { [type: string]: { [path: string]: Rule } } }>(
      "rules",
      `azurerm-${EFFECTS_OF}.json`,
    ).resource;
  const extra = () =>
    read<{ [type: string]: { replaceWhen?: { path: string }[] } }>("rules", "extra.json");
  const schemas = () =>
    read<{ resource_schemas: { [type: string]: { block: Block } } }>(
      "schema",
      `azurerm-${EFFECTS_OF}.json`,
    ).resource_schemas;

  const tableOf = (type: string) => {
    const { replaces, replacesWhen = {} } = EFFECTS[type]!;
    return [...replaces, ...Object.keys(replacesWhen)];
  };

  test.each(Object.keys(EFFECTS))("has all attributes of %s that replace it", (type) => {
    const forced = Object.entries(rules()[type] ?? {})
      .filter(([, { forceNew }]) => forceNew)
      .map(([path]) => path);
    const conditional = (extra()[type]?.replaceWhen ?? []).map(({ path }) => path);
    const all = [...forced, ...conditional].filter((path) => !WHOLE_BLOCKS.includes(path));
    expect(all.filter((path) => !isListed(path, tableOf(type)))).toEqual([]);
    expect(forced).not.toEqual([]);
  });

  test.each(Object.keys(EFFECTS))("has no attribute of %s that does not", (type) => {
    const conditional = (extra()[type]?.replaceWhen ?? []).map(({ path }) => path);
    const forced = Object.entries(rules()[type] ?? {}).filter(([, { forceNew }]) => forceNew);
    const paths = [...conditional, ...forced.map(([path]) => path)];
    const others = tableOf(type).filter((path) => !paths.some((one) => isListed(one, [path])));
    expect(others).toEqual([]);
  });

  test.each([CLUSTER, POOL] as const)("says what stays of %s, where adopt compares it", (type) => {
    const found = COMPARED[type].map((path) => ({
      path,
      attribute: attributeAt(schemas()[type]!.block, path),
    }));
    expect(found.filter(({ attribute }) => attribute === undefined)).toEqual([]);
    const decided = found.filter(({ attribute }) => attribute?.computed && attribute.optional);
    expect(decided.filter(({ path }) => !isListed(path, EFFECTS[type]!.stays))).toEqual([]);
    expect(decided).not.toEqual([]);
  });

  test.each([CLUSTER, POOL] as const)(
    "adopt compares each attribute of %s, or there is a reason",
    (type) => {
      const all = settable(schemas()[type]!.block);
      const left = all.filter(
        (path) => !isListed(path, [...COMPARED[type], ...Object.keys(WITHOUT_ROW)]),
      );
      expect(left).toEqual([]);
    },
  );

  test.each([CLUSTER, POOL] as const)("adopt compares what replaces %s", (type) => {
    const identifies = ["name", "resource_group_name", "kubernetes_cluster_id"];
    // No stack sets them.
    const unset = ["network_profile.nat_gateway_profile"];
    const left = tableOf(type).filter(
      (path) =>
        ![...identifies, ...unset].includes(path) &&
        !COMPARED[type].some((one) => isListed(one, [path])),
    );
    expect(left).toEqual([]);
  });
});

/** Returns the paths of the attributes of a block that a configuration can set. */
function settable({ attributes = {}, block_types: blocks = {} }: Block, path = ""): string[] {
  return [
    ...Object.entries(attributes)
      .filter(([, { optional, required }]) => optional === true || required === true)
      .map(([name]) => `${path}${name}`),
    ...Object.entries(blocks).flatMap(([name, { block }]) => settable(block, `${path}${name}.`)),
  ];
}

function attributeAt(block: Block, path: string) {
  const parts = path.split(".");
  const last = parts.pop()!;
  const inner = parts.reduce<Block | undefined>(
    (one, name) => one?.block_types?.[name]?.block,
    block,
  );
  return inner?.attributes?.[last] ?? (inner?.block_types?.[last] && {});
}
