// Of every feature: exactly the rights of the minimal set are enough, and the plan stops for each one that is gone.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ClusterPlan } from "../../lib";
import {
  ExactRight,
  exactRights,
  lackingRows,
  operationsOf,
  withoutOperation,
} from "../exact-rights";
import { EXACT_SPECS } from "../exact-specs";
import { inSentences } from "../preflight-lists";
import { stackJson } from "../scenarios";
import { describeOffline } from "./offline";
import { newScratch } from "./scratch";
import { TerraformRoot } from "./terraform";
import { Finds, SUBSCRIPTION, finding, fittingNetwork, worldOf } from "./world";

const PRINCIPALS = {
  controlPlane: "aaaaaaaa-0000-4000-8000-00000000000a",
  kubelet: "bbbbbbbb-0000-4000-8000-00000000000b",
};

/** A custom role for each right. */
function custom(rights: readonly ExactRight[]): Finds[] {
  const guid = (index: number) => `cccccccc-0000-4000-8000-${String(index).padStart(12, "0")}`;
  const definitions = rights.map(({ actions, dataActions }, index) => ({
    type: "azurerm_role_definition",
    match: { role_definition_id: guid(index) },
    values: {
      permissions: [
        {
          actions,
          data_actions: dataActions,
          not_actions: [],
          not_data_actions: [],
          condition: "",
          condition_version: "",
        },
      ],
    },
  }));
  const assignments = rights.map(({ principal, scope, condition = "" }, index) => ({
    principal_id: principal,
    role_definition_id: `/providers/Microsoft.Authorization/roleDefinitions/${guid(index)}`,
    role_assignment_scope: scope,
    condition,
  }));
  return [...definitions, finding(assignments)];
}

// The others of these descriptions have the same rights elsewhere; ../random looks at all without terraform. Node
// auto-provisioning takes azurerm 4.57.
const SPECS = ["most features", "egress by route table"].map((name) => ({
  name,
  spec: EXACT_SPECS[name]!,
}));

describeOffline.each(SPECS)("$name", ({ spec }) => {
  const { identities, tenantId } = new ClusterPlan(spec)._resolved;
  const place = { subscription: SUBSCRIPTION, principals: PRINCIPALS };
  const rights = exactRights(spec, place);
  const found: Finds[] = (["controlPlane", "kubelet"] as const).map((kind) => ({
    type: "azurerm_user_assigned_identity",
    match: { name: identities[kind].name },
    values: { principal_id: PRINCIPALS[kind], ...(tenantId && { tenant_id: tenantId }) },
  }));
  const folder = newScratch();

  /** What stops the plan if these are all rights. */
  async function stops(held: readonly ExactRight[]): Promise<string[]> {
    const world = worldOf(newScratch(), [...found, ...custom(held), ...fittingNetwork(spec)]);
    const said = await new TerraformRoot(folder, world).diagnose("-lock=false");
    return inSentences(said.map(({ detail, summary }) => detail || summary)).sort();
  }

  beforeAll(async () => {
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(stackJson(spec, "cluster")));
    await new TerraformRoot(folder).init();
  });

  test("has enough with exactly its rights", async () => {
    expect(await stops(rights)).toEqual([]);
  });

  test("stops if the first operation of each right is gone, or the second, and so on", async () => {
    const most = Math.max(...rights.map((right) => operationsOf(right).length));
    const without = async (index: number): Promise<void> => {
      const held = withoutOperation(rights, index);
      const lacking = lackingRows(spec, place, held).map(({ principal, scope }): unknown =>
        expect.stringMatching(new RegExp(`"${principal.name}" lacks .*"${scope.name}"`)),
      );
      const said = await stops(held);
      expect({ index, said: said.length }).toEqual({ index, said: lacking.length });
      expect(said).toEqual(expect.arrayContaining(lacking));
    };
    // Two plans at once, one for each core.
    for (let index = 0; index < most; index += 2) {
      await Promise.all([index, index + 1].filter((one) => one < most).map(without));
    }
  });
});
