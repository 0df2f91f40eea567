// Every input, planned and applied: what is in the states, and that nothing is left to change.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { synthesize } from "../../app/synthesize";
import { ClusterPlan, GrantingTeam } from "../../lib";
import { resolveSpec } from "../../lib/spec/resolved-spec";
import { ROLE_SET_INPUTS, inputWith, specIn } from "./inputs";
import { Life, STACKS, StackName, handOver, live } from "./life";
import { describeOffline } from "./offline";
import { twoAtATime } from "./processes";
import {
  changesOf,
  clusterIn,
  identitiesIn,
  managedIn,
  only,
  roleAssignmentsIn,
  roleDefinitionsIn,
  unknownOf,
} from "./readings";
import { newScratch } from "./scratch";
import { Attributes, TerraformRoot } from "./terraform";

const UUID_V5 = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const WRITES_RIGHTS = /role_assignment|role_definition|federated_identity_credential/;
const GUARDED_AFTER_CLUSTER = /flux_configuration|fleet_member|_backup$/;

const GRANTING = [
  { name: "identities", team: GrantingTeam.IDENTITY },
  { name: "network-permissions", team: GrantingTeam.NETWORK },
] as const;

interface Lookups {
  resource: { [type: string]: { [name: string]: object } };
  data: { azurerm_user_assigned_identity: { [name: string]: { depends_on?: string[] } } };
}

describeOffline("plan and apply", () => {
  const lives = new Map<string, PromiseSettledResult<Life>>();

  beforeAll(async () => {
    await twoAtATime(Object.entries(ROLE_SET_INPUTS), async ([input, file]) => {
      const [result] = await Promise.allSettled([live(file, specIn(input), newScratch())]);
      lives.set(input, result);
    });
  });

  describe.each(Object.keys(ROLE_SET_INPUTS))("%s", (input) => {
    const spec = specIn(input);
    let life: Life;

    beforeAll(() => {
      const result = lives.get(input)!;
      if (result.status === "rejected") {
        throw result.reason;
      }
      life = result.value;
    });

    test.each(STACKS)("%s changes something once, and nothing after that", (name) => {
      expect([life[name].changesBefore, life[name].changesAfter]).toEqual([true, false]);
    });

    test("the identities exist, as far as they are made here", () => {
      const { controlPlane, kubelet } = resolveSpec(spec).identities;
      const made = [controlPlane, kubelet].filter(({ existing }) => !existing);
      const names = identitiesIn(life.identities.applied).map(({ values }) => values.name);
      expect(names.sort()).toEqual(made.map(({ name }) => name).sort());
    });

    test.each(GRANTING)("$name holds a role assignment for each grant", ({ name, team }) => {
      const grants = new ClusterPlan(spec)
        ._grantsOf(team)
        .filter(({ _phase: phase }) => phase === "cluster");
      expect(grants).not.toHaveLength(0);
      const { applied } = life[name];
      const customRoles = roleDefinitionsIn(applied).map(
        ({ values }) => values.role_definition_resource_id,
      );
      const assignments = roleAssignmentsIn(applied).map(({ address, values }) => [
        address,
        customRoles.includes(values.role_definition_id) ? "custom" : values.role_definition_name,
      ]);
      expect(assignments.sort()).toEqual(
        grants
          .map(({ address, role }) => [
            `azurerm_role_assignment.${address}`,
            role.key === undefined ? role.name : "custom",
          ])
          .sort(),
      );
    });

    test.each(GRANTING)("$name makes the custom roles that its grants need", ({ name, team }) => {
      const needed = new ClusterPlan(spec)
        ._grantsOf(team)
        .filter(({ role, _phase: phase }) => role.key !== undefined && phase === "cluster")
        .map(({ role }) => role.actions.join());
      const made = roleDefinitionsIn(life[name].applied).map(({ values }) =>
        (values.permissions as { actions: string[] }[]).map(({ actions }) => actions.join()).join(),
      );
      expect([...new Set(made)].sort()).toEqual([...new Set(needed)].sort());
    });

    test.each(GRANTING)("$name grants to the identities that were made", ({ name, team }) => {
      const { outputs } = life.identities.applied;
      const principals: Attributes = {
        controlPlane: outputs.control_plane_identity_principal_id,
        kubelet: outputs.kubelet_identity_principal_id,
      };
      const grants = new ClusterPlan(spec)
        ._grantsOf(team)
        .filter(({ principal }) => principal.kind in principals);
      expect(grants).not.toHaveLength(0);
      const assignments = roleAssignmentsIn(life[name].applied);
      for (const { address, principal } of grants) {
        const { values } = only(
          assignments.filter((found) => found.address === `azurerm_role_assignment.${address}`),
        );
        expect(values).toMatchObject({
          principal_id: principals[principal.kind],
          principal_type: "ServicePrincipal",
        });
      }
    });

    test.each(GRANTING)("$name gives role assignments the same UUIDs again", ({ name }) => {
      const names = roleAssignmentsIn(life[name].applied).map(({ values }) => String(values.name));
      const again = roleAssignmentsIn(life[name].appliedAgain).map(({ values }) => values.name);
      for (const uuid of names) {
        expect(uuid).toMatch(UUID_V5);
      }
      expect(new Set(names).size).toBe(names.length);
      expect(again).toEqual(names);
    });

    test("the cluster has the identities that were made", () => {
      const { outputs } = life.identities.applied;
      expect(clusterIn(life.cluster.applied).values).toMatchObject({
        identity: [{ type: "UserAssigned", identity_ids: [outputs.control_plane_identity_id] }],
        kubelet_identity: [
          {
            user_assigned_identity_id: outputs.kubelet_identity_id,
            client_id: outputs.kubelet_identity_client_id,
            object_id: outputs.kubelet_identity_principal_id,
          },
        ],
      });
      expect(new Set(Object.values(outputs)).size).toBe(6);
    });

    test("the stack of the cluster grants no rights", () => {
      const types = managedIn(life.cluster.applied).map(({ type }) => type);
      expect(types).toContain("azurerm_kubernetes_cluster");
      expect(types.filter((type) => WRITES_RIGHTS.test(type))).toEqual([]);
    });

    test("both identities of the cluster are known when it is planned", () => {
      const unknown = unknownOf(
        only(changesOf(life.cluster.planned, "azurerm_kubernetes_cluster")),
      );
      expect(unknown).toContain("id");
      expect(unknown.filter((path) => /^(kubelet_)?identity(\.|$)/.test(path))).toEqual([
        // Of an identity that Azure would make.
        "identity.0.principal_id",
        "identity.0.tenant_id",
      ]);
    });

    test("the NOC sees in its plan who gets what", () => {
      const changes = changesOf(life["network-permissions"].planned, "azurerm_role_assignment");
      expect(changes).not.toHaveLength(0);
      for (const change of changes) {
        const unknown = unknownOf(change);
        expect(unknown).toContain("id");
        for (const path of ["principal_id", "scope"]) {
          expect(unknown).not.toContain(path);
        }
      }
    });

    /** What a plan to destroy a stack is refused for. Terraform looks no further than the first of a chain. */
    const refused = (name: StackName) =>
      life[name].refusalsToDestroy.map(
        ({ detail }) => /^Resource (\S+) has lifecycle\.prevent_destroy set/.exec(detail)?.[1],
      );

    test("terraform refuses to destroy the identities, and before them their locks", () => {
      const { applied } = life.identities;
      const locks = managedIn(applied).filter(({ type }) => type === "azurerm_management_lock");
      const first = locks.length > 0 ? locks : identitiesIn(applied);
      expect(refused("identities").sort()).toEqual(first.map(({ address }) => address).sort());
    });

    test("terraform refuses to destroy the cluster, and before it what Flux applies, the backups and the fleet", () => {
      const { applied } = life.cluster;
      const after = managedIn(applied).filter(({ address }) => GUARDED_AFTER_CLUSTER.test(address));
      const first = after.length > 0 ? after : [clusterIn(applied)];
      expect(refused("cluster").sort()).toEqual(first.map(({ address }) => address).sort());
    });

    test("network-permissions may be destroyed", () => {
      expect(life["network-permissions"].refusalsToDestroy).toEqual([]);
    });
  });

  // The teams of the landing zone have a subscription each.
  test.each([
    ["identities", "33333333-3333-4333-8333-333333333333"],
    ["network-permissions", "44444444-4444-4444-8444-444444444444"],
    ["cluster", "22222222-2222-4222-8222-222222222222"],
  ] as const)("%s writes in the subscription of its team alone", (name, subscription) => {
    for (const set of ["builtIn", "minimal"]) {
      const life = lives.get(`landing-zone, ${set}`) as PromiseFulfilledResult<Life>;
      const written = managedIn(life.value[name].applied).map(({ values }) =>
        String(values.id).split("/").slice(0, 3).join("/"),
      );
      expect(new Set(written)).toEqual(new Set([`/subscriptions/${subscription}`]));
    }
  });

  // The twin of what is said above about the plan of the cluster.
  test("a kubelet identity that waits for something is not known when the cluster is planned", async () => {
    const scratch = newScratch();
    // Rights of an identity that is not known cannot be looked at: Terraform would refuse to plan.
    const input = inputWith("haks.yaml", ["preflight"], { identityGrants: "off" });
    const { stacks } = synthesize({ file: input, outdir: join(scratch, "out") });
    const folder = handOver(join(scratch, "out", stacks.at(-1)!.file), join(scratch, "root"));
    const file = join(folder, "cdk.tf.json");
    const stack = JSON.parse(readFileSync(file, "utf8")) as Lookups;
    stack.resource.terraform_data = { pending: {} };
    for (const lookup of Object.values(stack.data.azurerm_user_assigned_identity)) {
      lookup.depends_on = ["terraform_data.pending"];
    }
    writeFileSync(file, JSON.stringify(stack));
    const root = new TerraformRoot(folder);
    await root.init();
    await root.plan();
    const changes = changesOf(await root.planned(), "azurerm_kubernetes_cluster");
    expect(unknownOf(only(changes))).toContain("kubelet_identity.0.object_id");
  });
});
