// Tests of a hand-off folder for `terraform test`, without Azure: one run in which all conditions hold, and one for
// each condition that does not. Pure.
import { ClusterPlan } from "../../../lib";
import { renderJson } from "../../review/json";
import { Json, JsonObject, StackJson, isObject, mapObject, objectAt, textOf } from "../stack-json";
import { Variable } from "../variable";
import { Break, breakOf } from "./breaks";
import { computedIn, conditionsIn, lookupsIn } from "./conditions";
import { Source } from "./sources";
import { EXTENSION_PRINCIPAL } from "../../../lib/spec/backup";
import { World } from "./world";

/** The file, in the folder where `terraform test` looks by default, and `terraform plan` does not. */
export const TEST_FILE = "tests/handoff.tftest.json";

const ASSIGNMENTS = "azurerm_role_assignments";
const IDENTITY = "azurerm_user_assigned_identity";

/** Input of `testFileOf`. */
export interface TestFileProps {
  readonly plan: ClusterPlan;
  /** The stack with the values of the description. */
  readonly plain: StackJson;
  /** The stack with variables. */
  readonly json: JsonObject;
  readonly variables: Variable[];
}

/** Returns the text of the test file. */
export function testFileOf({ plan, plain, json, variables }: TestFileProps): string {
  const world = new World(plan);
  const found = Object.fromEntries(
    lookupsIn(plain)
      .filter(({ type }) => type !== ASSIGNMENTS)
      .map(({ type, address, block }) => [
        address,
        world.find(type, block, subscriptionOf(block) ?? world.subscriptionId),
      ]),
  );
  const values = valuesOf(variables, world);
  const held = {
    valueOf: (source: Source) =>
      source.kind === "data" ? found[source.address]?.[source.attribute] : values[source.name],
    assignments: world.assignments(),
    caller: world.caller,
  };
  const broken = conditionsIn(json).flatMap((condition): [string, JsonObject][] => {
    const change = breakOf(condition, held);
    return change === undefined
      ? []
      : [[condition.name, failingRun([condition.address], change, found)]];
  });
  return renderJson({
    mock_provider: mocksOf(plain, world),
    variables: values,
    ...(Object.keys(found).length > 0 ? { override_data: overrides(found) } : {}),
    ...overriddenResources(plain, json, world),
    run: [{ everything_holds: { command: "plan" } }, ...variableRuns(variables), ...named(broken)],
  });
}

// A mock for each configuration of a provider. Role assignments are the same for all lookups.
function mocksOf(plain: StackJson, world: World): JsonObject {
  const asked = lookupsIn(plain).some(({ type }) => type === ASSIGNMENTS);
  const found = {
    mock_data: { [ASSIGNMENTS]: { defaults: { role_assignments: world.assignments() } } },
  };
  return mapObject(plain.provider, (name, list) =>
    (list as JsonObject[]).map(({ alias }): JsonObject =>
      alias === undefined ? (asked && name === "azurerm" ? found : {}) : { alias },
    ),
  );
}

function subscriptionOf({ provider }: JsonObject): string | undefined {
  return typeof provider === "string"
    ? /^azurerm\.subscription-(.+)$/.exec(provider)?.[1]
    : undefined;
}

// Mocked providers import nothing, unless the resource is overridden. Ids to import follow from identities, and checks of
// the cluster itself ask for attributes that Azure decides: Terraform 1.11 can know them in a plan.
function overriddenResources(plain: StackJson, json: JsonObject, world: World): JsonObject {
  const { clusterId } = world;
  const imported = [json.import ?? []].flat().filter(isObject);
  const identities = Object.entries(objectAt(plain, "resource", IDENTITY)).filter(([name]) =>
    imported.some(({ id }) => textOf(id).includes(`${IDENTITY}.${name}.`)),
  );
  const asked = conditionsIn(json).flatMap(({ expression }) => computedIn(expression, json));
  const all = [
    ...imported.map(({ to }): JsonObject => ({ target: to! })),
    ...identities.map(([name, block]): JsonObject => ({
      target: `${IDENTITY}.${name}`,
      override_during: "plan",
      values: world.find(IDENTITY, block as JsonObject, world.subscriptionId),
    })),
    ...asked.map(({ address, attribute }): JsonObject => ({
      target: address,
      override_during: "plan",
      values: { id: clusterId, [attribute]: "known" },
    })),
  ];
  return all.length > 0 ? { override_resource: all } : {};
}

// All of them, so that the variable files of a pipeline do not count.
function valuesOf(variables: Variable[], world: World): JsonObject {
  const ids = { control_plane_identity: world.controlPlane, kubelet_identity: world.kubelet };
  const required = Object.fromEntries<string>([
    ...Object.entries(ids).flatMap(
      ([prefix, { id, principalId, clientId }]): [string, string][] => [
        [`${prefix}_id`, id],
        [`${prefix}_principal_id`, principalId],
        [`${prefix}_client_id`, clientId],
      ],
    ),
    // Any object id.
    [EXTENSION_PRINCIPAL, world.tenantId],
  ]);
  const issuer = `https://westeurope.oic.prod-aks.azure.com/${world.tenantId}/${world.tenantId}/`;
  return Object.fromEntries(
    variables.flatMap(({ name, value }): [string, Json][] => {
      if (value === null) {
        return name === "subscription_id" ? [[name, world.subscriptionId]] : [];
      }
      return [[name, (value ?? required[name] ?? issuer) as Json]];
    }),
  );
}

function variableRuns(variables: Variable[]): JsonObject[] {
  const checked = variables.filter(({ validations }) => validations.length > 0);
  const invalid = checked.map(({ name, type }): [string, Json] => [
    name,
    type === "string" ? "" : { "<": "" },
  ]);
  return checked.length === 0
    ? []
    : [
        {
          variables_are_invalid: {
            command: "plan",
            variables: Object.fromEntries(invalid),
            expect_failures: checked.map(({ name }) => `var.${name}`),
          },
        },
      ];
}

function failingRun(
  failures: string[],
  { lookups, variables }: Break,
  found: { readonly [address: string]: JsonObject },
): JsonObject {
  const changed = Object.fromEntries(
    Object.entries(lookups).map(([address, change]) => [address, { ...found[address], ...change }]),
  );
  return {
    command: "plan",
    ...(Object.keys(variables).length > 0 ? { variables } : {}),
    ...(Object.keys(changed).length > 0 ? { override_data: overrides(changed) } : {}),
    expect_failures: failures,
  };
}

function overrides(found: { readonly [address: string]: JsonObject }): JsonObject[] {
  return Object.entries(found).map(([target, values]) => ({ target, values }));
}

// Names of runs consist of letters, digits, _ and -.
function named(runs: [string, JsonObject][]): JsonObject[] {
  const taken = new Map<string, number>();
  return runs.map(([name, run]) => {
    const slug = `fails_${name.replace(/[^A-Za-z0-9_]+/g, "-").replace(/^-|-$/g, "")}`;
    const count = (taken.get(slug) ?? 0) + 1;
    taken.set(slug, count);
    return { [count === 1 ? slug : `${slug}-${count}`]: run };
  });
}
