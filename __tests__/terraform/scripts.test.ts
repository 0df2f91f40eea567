// The scripts of the access requests do all of the two teams' part, the preflight finds what they made, and Terraform takes
// it over without a change.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderScript } from "../../app/review/script";
import { ClusterSpec } from "../../lib";
import { FAKE_AZ, idOf } from "../app/review.fixtures";
import { isAssignment, isChange, isRole, optionOf, run } from "../app/review.scripts";
import { planOf, specOf, stackJson } from "../scenarios";
import { describeOffline } from "./offline";
import { only, roleAssignmentsIn } from "./readings";
import { newScratch } from "./scratch";
import { PlannedChange, TerraformRoot } from "./terraform";
import { Finds, builtInRole, finding, fittingNetwork, worldOf } from "./world";

const OWN = "22222222-2222-4222-8222-222222222222";
const AZ = FAKE_AZ.replace("00000000-0000-4000-8000-00000000000a", OWN);

const SPEC: ClusterSpec = {
  ...specOf("enterprise"),
  identities: {
    ...specOf("enterprise").identities,
    resourceGroup: { name: "identity-rg", create: true },
    locked: true,
  },
  tags: { owner: "platform team", "cost center": "4711" },
};

const TEAMS = [
  ["identity", "identities"],
  ["network", "network-permissions"],
] as const;

/** The id of a custom role that a call creates, and the resource group that it is in. */
function placeOf(call: string[]): { readonly id: string; readonly group: string } {
  const [group = "", rest = ""] = optionOf(call, "--url")!.split("/providers/");
  const subscription = group.split("/").slice(0, 3).join("/");
  return { id: `${subscription}/providers/${rest.split("?")[0]}`, group };
}

describeOffline("the scripts", () => {
  const folder = newScratch();
  const review = planOf(SPEC).review();
  const scripts = TEAMS.map(([team]) => renderScript(review, team));
  const runs = (option?: string) => scripts.map((script) => run(folder, script, option, AZ));
  const names = review.created!.identities.map(({ name }) => name);
  // In this order: each finds what the runs before it left.
  const dry = run(folder, scripts[0]!, "--dry-run", AZ);
  const early = run(folder, scripts[0]!, "--imports", AZ);
  const made = runs();
  const again = runs();
  const imports = runs("--imports");
  const calls = made.flatMap((one) => one.calls);

  const world: Finds[] = names.map((name) => ({
    type: "azurerm_user_assigned_identity",
    match: { name },
    values: { principal_id: idOf(name), tenant_id: SPEC.tenantId },
  }));

  test("make everything, and nothing when they run again", () => {
    expect(made.map(({ status, stderr }) => [status, stderr])).toEqual([
      [0, ""],
      [0, ""],
    ]);
    const kinds = calls.filter(isChange).map(([first, second]) => `${first} ${second}`);
    const counts = Object.fromEntries(
      kinds.map((kind) => [kind, kinds.filter((one) => one === kind).length]),
    );
    expect(counts).toMatchObject({ "group create": 1, "identity create": 2, "lock create": 2 });
    expect(counts["role assignment"]).toBe(review.grants.length);
    expect(calls.find((call) => call[0] === "identity" && call[1] === "create")).toEqual(
      expect.arrayContaining(["--tags", "owner=platform team", "cost center=4711"]),
    );
    expect(again.flatMap((one) => one.calls.filter(isChange))).toEqual([]);
    expect(again.map(({ status, stderr }) => [status, stderr])).toEqual([
      [0, ""],
      [0, ""],
    ]);
  });

  test("show in a dry run what they would do where nothing exists", () => {
    expect([dry.status, dry.stderr, dry.calls.filter(isChange)]).toEqual([0, "", []]);
    expect(dry.stdout).toContain(
      "  would run: az identity create --name haks-prod-cp-mi --resource-group identity-rg",
    );
    expect(dry.stdout).toContain("--assignee-object-id '<object id of haks-prod-cp-mi>'");
    expect(dry.stdout).toContain("--notes 'A cluster works with this identity. Ask");
    expect(dry.stdout).toMatch(/^1\. [^\n]+\.$/m);
    const [created] = made;
    const total = created!.calls.filter(isChange).length;
    expect(dry.stdout).toContain(`${total} to create, 0 already there.`);
    expect([early.stdout, early.stderr]).toEqual(["", `0 to import, ${total} missing.\n`]);
  });

  describe.each(TEAMS)("of the %s team", (team, stack) => {
    const index = TEAMS.findIndex(([one]) => one === team);
    const root = join(folder, stack);
    let changes: PlannedChange[];
    let changesLater: boolean;
    let applied: ReadonlyMap<string, unknown>;
    const written = stackJson(SPEC, stack).resource!;
    /** An attribute as it is written: what the plan ignores of it, an import takes from Azure. */
    const configured = (address: string, attribute: string): unknown => {
      const [type = "", name = ""] = address.split(".");
      return written[type]![name]![attribute];
    };

    beforeAll(async () => {
      mkdirSync(root);
      writeFileSync(join(root, "cdk.tf.json"), JSON.stringify(stackJson(SPEC, stack)));
      writeFileSync(join(root, "imports.tf"), imports[index]!.stdout);
      const override = { terraform: { backend: { local: {} } } };
      writeFileSync(join(root, "backend_override.tf.json"), JSON.stringify(override));
      const definitions = made[index]!.calls.filter(isRole).map((call): Finds => {
        const { id, group } = placeOf(call);
        return {
          type: "azurerm_role_definition",
          match: { id: `${id}|${group}` },
          values: { role_definition_resource_id: id },
        };
      });
      const terraform = new TerraformRoot(root, worldOf(root, world, [...world, ...definitions]));
      await terraform.init();
      await terraform.plan();
      changes = (await terraform.planned()).filter(({ mode }) => mode === "managed");
      applied = new Map(
        roleAssignmentsIn(await terraform.apply()).map(({ address, values }) => [
          address,
          // The stand-ins make up the GUIDs of some built-in roles.
          builtInRole(String(values.role_definition_name)) ?? values.role_definition_id,
        ]),
      );
      changesLater = await terraform.plan();
    });

    test("are followed by Terraform, which imports all and creates nothing", () => {
      expect(changes.length).toBe(made[index]!.calls.filter(isChange).length);
      for (const { change } of changes) {
        expect(change.importing).toBeDefined();
        expect(change.actions.join()).toMatch(/^(no-op|update)$/);
      }
      expect(changesLater).toBe(false);
    });

    // An import of the stand-ins knows only what is in the id: the plan has all else, and az was told the same.
    test("give each role assignment the attributes that Terraform plans", () => {
      const planned = changes
        .filter(({ type }) => type === "azurerm_role_assignment")
        .map(({ address, change: { after, importing } }) => ({
          id: (importing as { readonly id: string }).id.toLowerCase(),
          principal: after.principal_id,
          type: after.principal_type,
          role: String(applied.get(address)).split("/").at(-1),
          scope: String(after.scope).toLowerCase(),
          description: configured(address, "description"),
          condition: after.condition ?? undefined,
        }));
      const told = made[index]!.calls.filter(isAssignment).map((call) => ({
        id: `${optionOf(call, "--scope")}/providers/Microsoft.Authorization/roleAssignments/${optionOf(call, "--name")}`.toLowerCase(),
        principal: optionOf(call, "--assignee-object-id"),
        type: optionOf(call, "--assignee-principal-type"),
        role: optionOf(call, "--role"),
        scope: optionOf(call, "--scope")!.toLowerCase(),
        description: optionOf(call, "--description"),
        condition: optionOf(call, "--condition"),
      }));
      const byId = (a: { readonly id: string }, b: { readonly id: string }) =>
        a.id < b.id ? -1 : 1;
      expect(planned.sort(byId)).toEqual(told.sort(byId));
      expect(told).not.toHaveLength(0);
    });

    test("give each custom role the actions and the place that Terraform plans", () => {
      const planned = changes
        .filter(({ type }) => type === "azurerm_role_definition")
        .map(({ address, change: { after, importing } }) => [
          (importing as { readonly id: string }).id,
          configured(address, "name"),
          only(
            (after.permissions as { readonly actions: string[] }[]).map(({ actions }) => actions),
          ),
          after.assignable_scopes,
        ]);
      const told = made[index]!.calls.filter(isRole).map((call) => {
        const { properties } = JSON.parse(optionOf(call, "--body")!) as {
          readonly properties: {
            readonly roleName: string;
            readonly permissions: { readonly actions: string[] }[];
            readonly assignableScopes: string[];
          };
        };
        const { id, group } = placeOf(call);
        return [
          `${id}|${group}`,
          properties.roleName,
          properties.permissions[0]!.actions,
          properties.assignableScopes,
        ];
      });
      expect(planned.sort()).toEqual(told.sort());
    });
  });

  test("leave nothing for the preflight of the cluster to ask for", async () => {
    const root = join(folder, "cluster");
    mkdirSync(root);
    writeFileSync(join(root, "cdk.tf.json"), JSON.stringify(stackJson(SPEC, "cluster")));
    const diagnosed = async (assignments: string[][]) => {
      const found = finding(
        assignments.map((call) => ({
          principal_id: optionOf(call, "--assignee-object-id")!,
          role_definition_id: `/subscriptions/${OWN}/providers/Microsoft.Authorization/roleDefinitions/${optionOf(call, "--role")}`,
          role_assignment_scope: optionOf(call, "--scope")!,
          condition: optionOf(call, "--condition") ?? "",
        })),
      );
      const env = worldOf(root, [...world, found, ...fittingNetwork(SPEC)]);
      return new TerraformRoot(root, env).diagnose("-lock=false");
    };
    await new TerraformRoot(root, worldOf(root, [])).init();
    const assignments = calls.filter(isAssignment);
    expect(await diagnosed(assignments)).toEqual([]);
    expect(await diagnosed(assignments.slice(1))).not.toEqual([]);
  });
});
