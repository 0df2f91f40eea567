// Of every feature: exactly the rights of the minimal set are enough, and the preflight notices each one that is gone.
// It is no random test: it is here because it takes seconds. The same with terraform is in ../terraform.
import { ClusterPlan, ClusterSpec } from "../../lib";
import { FEATURES, allNeeds } from "../../lib/access/features";
import { RIGHTS } from "../../lib/access/rights";
import {
  ExactRight,
  exactRights,
  lackingRows,
  operationsOf,
  spareOperations,
  withoutOperation,
} from "../exact-rights";
import { EXACT_SPECS, SPARE } from "../exact-specs";
import { SUBSCRIPTION, roleId } from "../hcl/azure";
import { Attributes } from "../hcl/stack";
import { Change, jsonOf, permission, stopping } from "../lib/preflight-worlds";
import { once } from "../scenarios";

const PLACES = Object.entries(EXACT_SPECS).map(([name, spec]) => {
  const { controlPlane, kubelet } = new ClusterPlan(spec)._resolved.identities;
  const place = {
    subscription: SUBSCRIPTION,
    principals: {
      controlPlane: `object id of ${controlPlane.name}`,
      kubelet: `object id of ${kubelet.name}`,
    },
  };
  return { name, spec, place, rights: exactRights(spec, place) };
});

/** A custom role for each right, in a network that fits. */
function worldWith(rights: readonly ExactRight[], { location }: ClusterSpec): Change {
  const guid = (index: number) => `99999999-9999-4999-8999-${String(index).padStart(12, "0")}`;
  const fitting: { readonly [type: string]: Attributes } = {
    azurerm_virtual_network: { location },
    azurerm_subnet: { private_link_service_network_policies_enabled: false },
    azurerm_key_vault: { rbac_authorization_enabled: true },
  };
  return {
    grants: rights.map(({ principal, scope, condition = "" }, index) => ({
      principal_id: principal,
      role_definition_id: roleId(guid(index)),
      role_assignment_scope: scope,
      condition,
    })),
    roles: Object.fromEntries(
      rights.map(({ actions, dataActions }, index) => [
        guid(index),
        [permission({ actions, data_actions: dataActions })],
      ]),
    ),
    found: (type) => fitting[type] ?? {},
  };
}

describe.each(PLACES)("$name", ({ spec, place, rights }) => {
  const json = once(() => jsonOf(spec));
  const stops = (held: readonly ExactRight[]) => stopping(json(), worldWith(held, spec)).sort();

  test("has enough with exactly its rights", () => {
    expect(stops(rights)).toEqual([]);
  });

  const most = Math.max(...rights.map((right) => operationsOf(right).length));
  test.each(Array.from({ length: most }, (_, index) => index + 1))(
    "stops if operation %d of each right is gone",
    (number) => {
      const held = withoutOperation(rights, number - 1);
      const lacking = lackingRows(spec, place, held).map(
        ({ principal, address }) =>
          `${principal.principal ? "peopleGrant" : "identityGrant"} ${address}`,
      );
      expect(lacking).not.toEqual([]);
      expect(stops(held)).toEqual(lacking.sort());
    },
  );
});

test("an operation that is gone makes no difference only where another right gives the same", () => {
  const spare = PLACES.flatMap(({ rights }) => spareOperations(rights));
  expect(spare.map((one) => one.replace(SUBSCRIPTION, ""))).toEqual(Object.keys(SPARE));
});

test("every right of every feature is needed by one of the descriptions", () => {
  const needed = PLACES.flatMap(({ spec }) => allNeeds(new ClusterPlan(spec)._resolved));
  const missing = FEATURES.flatMap((feature) =>
    (["controlPlane", "kubelet", "deployer"] as const)
      .map((who) => feature[who])
      .filter(
        (required) =>
          "right" in required &&
          !needed.some(
            ({ right, reason: { why } }) =>
              right === RIGHTS[required.right] && why.endsWith(required.why),
          ),
      )
      .map((required) => [feature.name, required]),
  );
  expect(missing).toEqual([]);
});
