// Whether expressions that the other tests evaluate without Terraform come out as with it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Attributes, evaluate, scopeOf } from "../hcl/stack";
import {
  CONTROL_PLANE,
  Change,
  JOIN,
  SUBNET,
  grant,
  instead,
  json,
  lifecycleOf,
  permission,
  worldOf,
} from "../lib/preflight-worlds";
import { newScratch } from "./scratch";
import { TerraformRoot } from "./terraform";

const GUID = "99999999-9999-4999-8999-999999999991";
const custom = grant(CONTROL_PLANE, GUID, SUBNET);

const WORLDS: { readonly [world: string]: Change } = {
  "as it should be": {},
  "without assignments, in a wrong network": {
    grants: [],
    found: (type) => ({
      ...(type === "azurerm_subnet"
        ? { address_prefixes: ["10.240.0.0/12", "10.0.9.0/30", "fd00::/64"], route_table_id: "" }
        : {}),
      ...(type === "azurerm_virtual_network" ? { location: "North Europe" } : {}),
    }),
  },
  "with a custom role that is enough": {
    grants: instead(JOIN, custom),
    roles: {
      [GUID]: [permission({ actions: ["Microsoft.Network/*"], not_actions: ["*/delete"] })],
    },
  },
  "with a custom role that is not enough": {
    grants: instead(JOIN, custom),
    roles: { [GUID]: [permission({ actions: ["*"], not_actions: ["*/Action"] })] },
  },
};

// What the conditions in the worlds do not have.
const SELF = {
  name: "it",
  none: null,
  permissions: [{ actions: ["A.B/c", "*"] }, { actions: ["A.B/D/read"] }],
};
const EXPRESSIONS = [
  "${[for action in flatten(self.permissions[*].actions) : lower(action)]}",
  '${length(setsubtract([for one in flatten(self.permissions[*].actions) : lower(one)], ["*"])) == 2}',
  '${reverse(split("/", self.permissions[1].actions[0]))[0]}',
  '${endswith(self.name, "t") && !startswith(self.name, "t")}',
  '${can(regex("(?i)^A[.]B/C$", self.permissions[0].actions[0]))}',
  '${can(regex("^A.b$", self.name))}',
  "${try(length(self.none) > 0, false)}",
  '${self.none == null ? "none" : self.none}',
  '${uuidv5("5b0d1f6e-6c0e-5d3a-9a53-2f8f6f5f0c11", lower(join("|", [self.name, "X"])))}',
  '${uuidv5("5b0d1f6e-6c0e-5d3a-9a53-2f8f6f5f0c11", lower(join("|", ["/resourceGroups/GRÖẞE-Ł", "É"])))}',
  '${cidrhost("10.1.2.3/9", 0)}',
  '${join("/", slice(split("/", "/a/b/c/d"), 0, 3))}',
  "${{ for index, one in self.permissions : length(one.actions) => index... }}",
  '${[for name, value in { b = 1, a = 2 } : "${name}${value}" if value < 2 || name == "a"]}',
  '${lookup({ a = 1 }, "b", 2) + pow(2, 3) - min(4, 3)}',
  'a $${b} %%{c} ${trimsuffix("d/", "/")}',
];

/** What Terraform makes of expressions: for each, by its number. */
async function byTerraform(locals: object, expressions: unknown[]): Promise<unknown[]> {
  const folder = newScratch();
  const output = { all: { value: expressions } };
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ locals, output }));
  const root = new TerraformRoot(folder);
  await root.init();
  await root.plan();
  return (await root.apply()).outputs.all as unknown[];
}

/** A JSON text in which something is found among the locals. */
function among<T>(value: T, name: string, pattern: RegExp): T {
  return JSON.parse(JSON.stringify(value).replace(pattern, `local.${name}`)) as T;
}

test.each(Object.entries(WORLDS))("conditions in a world %s", async (_, change) => {
  const scope = scopeOf(json(), worldOf(change));
  const lifecycle = lifecycleOf(json());
  const texts = (lifecycle.precondition ?? []).flatMap(({ condition, error_message: message }) => [
    condition,
    message,
  ]);
  const locals = {
    ...among(json().locals ?? {}, "data", /\bdata(?=\.azurerm_)/g),
    data: scope.data,
  };
  const ours = texts.map((text) => evaluate(text, scope));
  expect(ours).toContain(true);
  expect(await byTerraform(locals, texts)).toEqual(ours);
});

test("expressions of other kinds", async () => {
  const ours = EXPRESSIONS.map((text) => evaluate(text, { self: SELF }));
  const theirs = await byTerraform(
    { self: SELF as Attributes },
    among(EXPRESSIONS, "self", /\bself(?=\.)/g),
  );
  expect(theirs).toEqual(ours);
});
