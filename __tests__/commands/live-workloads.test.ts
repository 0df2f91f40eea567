// review --live: rights of workloads, which the stacks grant after the cluster.
import { loadConfiguration } from "../../app/config/load";
import { LiveReview } from "../../app/live/live-review";
import { compareLive } from "../../app/live/read-live";
import { liveLines } from "../../app/live/words";
import { ClusterPlan, ResourceReference } from "../../lib";
import {
  Assigned,
  CONTRIBUTOR,
  DEPLOYERS,
  DESCRIPTION,
  Files,
  OPERATOR,
  SOMEONE,
  SUBSCRIPTION,
  WORKLOAD,
  asPlanned,
  assigned,
  grantOn,
  identityId,
  roleOf,
  scopeOf,
  written,
} from "../app/live-review.fixtures";
import { inScratch, once } from "../scenarios";

const READER = { name: "Reader", guid: "acdd72a7-3385-48ef-bd42-f606fba81ae7" };
const WHOLE = `/subscriptions/${SUBSCRIPTION}`;

const plan = once(() => {
  const { spec } = loadConfiguration(DESCRIPTION);
  return new ClusterPlan({
    ...spec,
    workloads: [
      {
        name: "shop",
        serviceAccounts: [{ namespaceName: "web", name: "shop" }],
        rights: [
          {
            role: "Key Vault Secrets User",
            resourceType: "Microsoft.KeyVault/vaults",
            scope: ResourceReference.byName({ name: "shop-kv", resourceGroup: "shop-rg" }),
            why: "The shop reads its password.",
          },
        ],
      },
    ],
  });
});
const secrets = () => grantOn("haks-prod-shop-mi", "shop-kv", plan());

const compared = (files: Files): LiveReview =>
  inScratch((folder) => compareLive(plan(), [written(files, folder)]));
const world = (...more: Assigned[]) => {
  const files = asPlanned(plan());
  return { ...files, assignments: [...files.assignments, ...more] };
};
const without = (...others: Assigned[]) => {
  const files = world(...others);
  const isSecrets = ({ id, principalId }: Assigned) =>
    principalId === WORKLOAD && id.startsWith(scopeOf(secrets()));
  return {
    ...files,
    assignments: files.assignments.filter((one) => others.includes(one) || !isSecrets(one)),
  };
};
const differing = ({ rows }: LiveReview) =>
  rows
    .filter(({ status }) => status !== "asPlanned")
    .map(({ status, principal, team }) => `${status} ${principal.name} ${principal.kind} ${team}`);

const OPERATES = { name: "Managed Identity Operator", guid: OPERATOR };
const SHOP = identityId("haks-prod-shop-mi");
const FEDERATES = {
  name: "Managed Identity Contributor",
  guid: "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59",
};

test.each<[string, () => Files, string[], string?]>([
  ["all is as planned", world, []],
  ["a right is missing", without, ["missing haks-prod-shop-mi workload identity identity team"]],
  [
    "the planned role is on the resource group",
    () => without(assigned(WORKLOAD, roleOf(secrets(), plan()), `${WHOLE}/resourceGroups/shop-rg`)),
    ["wider haks-prod-shop-mi workload identity identity team"],
    "The planned role is on a scope around the planned one.",
  ],
  [
    "the identity has more than it needs",
    () => world(assigned(WORKLOAD, { name: "Contributor", guid: CONTRIBUTOR }, WHOLE)),
    ["tooMuch haks-prod-shop-mi workload identity owner of the subscription"],
    "No feature of the cluster needs it. Delete it.",
  ],
  [
    "somebody else can assign the identity",
    () => world(assigned(SOMEONE, OPERATES, SHOP)),
    [`tooMuch name of ${SOMEONE} service principal identity team`],
    "Its principal is not in the plan, and can act as the identity haks-prod-shop-mi.",
  ],
  [
    "somebody else can write its federated credentials",
    () => world(assigned(SOMEONE, FEDERATES, SHOP)),
    [`tooMuch name of ${SOMEONE} service principal identity team`],
    "can act as the identity haks-prod-shop-mi.",
  ],
  [
    "a deployer can assign the identity",
    () => world(assigned(DEPLOYERS, OPERATES, SHOP)),
    ["tooMuch platform-engineers group, deployer identity team"],
    "It allows to act as the identity haks-prod-shop-mi. Delete it.",
  ],
  [
    "the identity does not exist yet",
    () => ({ ...without(), "identity-3": undefined }),
    ["unknown haks-prod-shop-mi workload identity identity team"],
  ],
  ["others only read the identity", () => world(assigned(SOMEONE, READER, SHOP)), []],
  [
    "others can assign another identity",
    () => world(assigned(SOMEONE, OPERATES, identityId("other-mi"))),
    [],
  ],
])("in a world where %s, the review says so", (_, files, rows, says = "") => {
  const live = compared(files());
  expect(differing(live)).toEqual(rows);
  expect(liveLines(live).join(" ")).toContain(says);
});
