// The review of a fleet: what is one row, and for whom.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import { fleetReviewOf } from "../../app/fleet-review/build";
import { renderFleetHtml } from "../../app/fleet-review/html";
import { FLEET_REVIEW } from "../../app/fleet-review/read";
import { readValidFile } from "../../app/review/valid-file";
import { comparedFleetReview, fleetReviewFiles } from "../../app/fleet-review/write";
import {
  AccessReviewDocument,
  ExceptionName,
  FleetReviewDocument,
  FleetRight,
  PrincipalKind,
  PrincipalType,
  Risk,
} from "../../lib";
import { inScratch, once, textOf } from "../scenarios";
import {
  EACH,
  ID,
  KUBELETS,
  Made,
  OTHER_ID,
  cluster,
  registry,
  rightsOf,
} from "./fleet-review.fixtures";
import { HUB, NETWORK_CONTRIBUTOR, PULL, deployer, grant, reviewOf } from "./review.fixtures";

/** A right in short: how, role and clusters. */
const short = ({ via, role, clusters }: FleetRight) => [via, role, clusters];

describe("the rights of a fleet", () => {
  const review = fleetReviewOf([cluster("b"), cluster("a"), cluster("c")]);

  test("are one row where clusters have them in the same way", () => {
    const all = ["a", "b", "c"];
    expect(rightsOf(review, EACH).map(short)).toEqual([
      [[], "Managed Identity Operator, kubelet identity", all],
      [[KUBELETS], "AcrPull, container registry", all],
      [[], "AKS Subnet Join, subnet", all],
    ]);
    expect(rightsOf(review, "engineers").map(({ via }) => via)).toContainEqual([EACH, KUBELETS]);
    expect(review.principals.map(({ id }) => id)).toEqual(["engineers", EACH, KUBELETS]);
    expect(review.clusters.map(({ name }) => name)).toEqual(all);
  });

  test("are several rows where role, condition or kind of resource differ", () => {
    const different = fleetReviewOf([
      cluster("a"),
      cluster("b", { role: NETWORK_CONTRIBUTOR }),
      cluster("c", { condition: "only so" }),
    ]);
    const onSubnets = rightsOf(different, EACH).filter(({ kind }) => kind === "subnet");
    expect(onSubnets.map(({ clusters }) => clusters).sort()).toEqual([["a"], ["b"], ["c"]]);
  });

  test("have the resources that follow the name of the cluster once", () => {
    const [join] = rightsOf(review, EACH).filter(({ kind }) => kind === "subnet");
    expect(join?.scopes).toEqual([
      {
        name: "<cluster>-nodes",
        resourceGroup: "haks-network",
        parent: "<cluster>-vnet",
        subscriptionId: undefined,
        shared: false,
        clusters: undefined,
      },
    ]);
    const [other] = rightsOf(
      fleetReviewOf([cluster("a"), cluster("b", { nodes: "apple" })]),
      EACH,
    ).filter(({ kind }) => kind === "subnet");
    expect(other?.scopes.map(({ name, clusters }) => [name, clusters])).toEqual([
      ["<cluster>-nodes", ["a"]],
      ["apple", ["b"]],
    ]);
  });

  test("name the resources that clusters share, with their subscription", () => {
    const [pull] = rightsOf(review, KUBELETS);
    expect(pull?.scopes).toMatchObject([{ name: "shared", shared: true, subscriptionId: HUB }]);
    expect(pull?.subscriptions).toEqual([HUB]);
    // One cluster works in the subscription of the registry, and need not name it.
    const hub = cluster("b", { more: { subscriptionId: HUB } });
    const grants = hub.grants.map((one) =>
      one.scope.kind === "registry"
        ? { ...one, scope: { ...one.scope, subscriptionId: undefined } }
        : one,
    );
    const [same] = rightsOf(fleetReviewOf([cluster("a"), { ...hub, grants }]), KUBELETS);
    expect(same?.scopes).toMatchObject([{ shared: true, subscriptionId: HUB }]);
    const own = fleetReviewOf([cluster("a", { more: { subscriptionId: HUB.toUpperCase() } })]);
    expect(rightsOf(own, KUBELETS)[0]?.scopes[0]?.subscriptionId).toBeUndefined();
    // Two grants of one cluster on a resource share nothing.
    const two = fleetReviewOf([cluster("a", { people: [deployer("x"), deployer("y")] })]);
    expect(rightsOf(two, "x")[0]?.scopes).toMatchObject([
      { name: "<cluster>-cp-mi", shared: false },
    ]);
    const alone = fleetReviewOf([cluster("a"), cluster("b", { registryName: "b" })]);
    expect(rightsOf(alone, KUBELETS)[0]?.scopes).toMatchObject([
      { name: "<cluster>", shared: false, clusters: ["b"] },
      { name: "shared", shared: false, clusters: ["a"] },
    ]);
  });

  test("tell paths to the network, operations that are not needed, and grants that are kept for a while", () => {
    const wide = cluster("b", { role: NETWORK_CONTRIBUTOR });
    const kept = { ...wide, grants: wide.grants.map((one) => ({ ...one, kept: true })) };
    const { rights } = fleetReviewOf([cluster("a"), kept]);
    const onSubnets = (who: string) =>
      rights
        .filter(({ principal, kind }) => principal === who && kind === "subnet")
        .map(({ role, reachesNetwork, excessActions, keptIn }) => [
          role,
          reachesNetwork,
          excessActions.length > 0,
          keptIn,
        ]);
    expect(onSubnets("engineers")).toEqual([
      ["Network Contributor, subnet", true, false, ["b"]],
      ["AKS Subnet Join, subnet", true, false, undefined],
    ]);
    expect(onSubnets(EACH)).toEqual([
      ["Network Contributor, subnet", false, true, ["b"]],
      ["AKS Subnet Join, subnet", false, false, undefined],
    ]);
    const page = renderFleetHtml(fleetReviewOf([cluster("a"), kept]));
    expect(page).toContain("<dt>Paths that can change the network</dt><dd>1 of 2</dd>");
    expect(page).toContain("not always needed");
    expect(page).toContain("kept until they have moved");
  });

  test("count a role assignment that clusters share once", () => {
    // Four for each cluster, none of them shared.
    expect(review.roleAssignments).toBe(12);
    const shared = [cluster("a", { kubelet: "common" }), cluster("b", { kubelet: "common" })];
    // The kubelet identity pulls from the registry for both.
    expect(fleetReviewOf(shared).roleAssignments).toBe(7);
  });

  test("do not depend on the order of the clusters", () => {
    const reviews = [cluster("a"), cluster("b", { people: [deployer("engineers")] }), cluster("c")];
    const text = JSON.stringify(fleetReviewFiles(comparedFleetReview(reviews)));
    expect(JSON.stringify(fleetReviewFiles(comparedFleetReview([...reviews].reverse())))).toBe(
      text,
    );
    expect(JSON.stringify(fleetReviewFiles(comparedFleetReview(reviews.slice(1))))).not.toBe(text);
  });
});

describe("the principals of a fleet", () => {
  const idsOf = (...reviews: AccessReviewDocument[]) =>
    fleetReviewOf(reviews).principals.map(({ id }) => id);
  const people = (...all: Made["people"] & object) => ({ people: all });

  test("are one person by object id, or by name where a cluster does not know the id", () => {
    expect(
      idsOf(
        cluster("a", people(deployer("engineers", ID))),
        cluster("b", people(deployer("Engineers", ID.toUpperCase()))),
        cluster("c", people(deployer("engineers"))),
      ),
    ).toEqual(["engineers", EACH, KUBELETS]);
  });

  test("have the object id that any cluster knows", () => {
    const known = fleetReviewOf([
      cluster("a", people(deployer("engineers"))),
      cluster("b", people(deployer("engineers", ID))),
      cluster("c", people(deployer("engineers"))),
    ]);
    expect(known.principals[0]).toEqual({
      id: "engineers",
      kinds: [PrincipalKind.DEPLOYER],
      name: "engineers",
      principalType: PrincipalType.GROUP,
      objectId: ID,
    });
  });

  test("include the Contributor of each cluster that names no deployer, once", () => {
    const unlisted = (name: string, principal: string) => {
      const review = cluster(name, people());
      const rights = review.effectiveRights.filter((one) => one.principal === `${name}-cp-mi`);
      const [right] = rights.filter(({ via }) => via.length === 0);
      const more = { ...right!, principal, via: [`${name}-cp-mi`] };
      return { ...review, effectiveRights: [...review.effectiveRights, more] };
    };
    expect(
      idsOf(unlisted("a", "Contributor on a-rg"), unlisted("b", "Contributor on b-rg")),
    ).toEqual(["Contributor on <cluster>-rg", EACH, KUBELETS]);
    expect(idsOf(unlisted("a", "a-admins"), unlisted("b", "b-admins"))).toEqual([
      "a-admins",
      "b-admins",
      EACH,
      KUBELETS,
    ]);
  });

  test("are several people by object id, also where they are called alike", () => {
    expect(
      idsOf(
        cluster("a", people(deployer("engineers", ID))),
        cluster("b", people(deployer("engineers", OTHER_ID))),
        cluster("c", people(deployer("engineers"))),
      ),
    ).toEqual([
      `engineers (${ID})`,
      `engineers (${OTHER_ID})`,
      "engineers (name engineers)",
      EACH,
      KUBELETS,
    ]);
  });

  test("are the most powerful first: by risk, then by clusters", () => {
    const { risk } = fleetReviewOf([cluster("a")]).rights[0]!;
    expect(risk).toBe(Risk.ESCALATION);
    const reader = grant(deployer("readers"), PULL, registry("shared"));
    const a = cluster("a", people(deployer("few", ID), deployer("many", OTHER_ID)));
    const b = cluster("b", people(deployer("many", OTHER_ID)));
    const c = reviewOf([reader], { cluster: "c" });
    const d = reviewOf([reader], { cluster: "d" });
    const e = reviewOf([reader], { cluster: "e" });
    expect(idsOf(a, b, c, d, e)).toEqual(["many", "few", "readers", EACH, KUBELETS]);
  });

  test("include an identity that several clusters use, with all that it can do for each of them", () => {
    const of = (kubelet: string | undefined) =>
      fleetReviewOf([
        cluster("a", { kubelet, registryName: "a-images", people: [deployer("of-a", ID)] }),
        cluster("b", { kubelet, registryName: "b-images", people: [deployer("of-b", OTHER_ID)] }),
      ]);
    const pulls = (review: FleetReviewDocument) =>
      rightsOf(review, "of-a")
        .filter(({ kind }) => kind === "registry")
        .map(({ via, clusters, scopes }) => [
          via,
          clusters,
          scopes.map((scope) => [scope.name, scope.clusters]),
        ]);
    const shared = of("common");
    expect(shared.principals).toContainEqual(
      expect.objectContaining({ id: "common", kinds: [PrincipalKind.KUBELET] }),
    );
    expect(pulls(shared)).toEqual([
      [
        [EACH, "common"],
        ["a"],
        [
          ["a-images", undefined],
          ["b-images", undefined],
        ],
      ],
    ]);
    // The twin: each cluster has a kubelet identity of its own.
    expect(pulls(of(undefined))).toEqual([
      [[EACH, KUBELETS], ["a"], [["<cluster>-images", undefined]]],
    ]);
  });
});

describe("exceptions", () => {
  test("have the clusters for each reason", () => {
    const weak = (name: string, reason: string) =>
      cluster(name, { more: { exceptions: [{ name: ExceptionName.FREE_TIER, reason }] } });
    const review = fleetReviewOf([weak("c", "A."), weak("b", "B."), weak("a", "B."), cluster("d")]);
    expect(review.exceptions).toEqual([
      {
        name: "freeTier",
        clusters: ["a", "b", "c"],
        reasons: [
          { reason: "B.", clusters: ["a", "b"] },
          { reason: "A.", clusters: ["c"] },
        ],
      },
    ]);
    expect(fleetReviewOf([cluster("d")]).exceptions).toEqual([]);
  });
});

describe("the data of a fleet", () => {
  const validator = once(() =>
    new Ajv2020({ strict: true, code: { optimize: false } }).compile(
      JSON.parse(textOf("fleet-review.schema.json")) as object,
    ),
  );
  const dataOf = (reviews: AccessReviewDocument[], previous?: FleetReviewDocument) =>
    fleetReviewFiles(comparedFleetReview(reviews, previous))[1]![1];

  test("are what the schema says, and nothing else", () => {
    const validate = validator();
    const data = JSON.parse(
      dataOf(
        [cluster("a", { kubelet: "common" }), cluster("b", { kubelet: "common", condition: "x" })],
        fleetReviewOf([cluster("a", { role: NETWORK_CONTRIBUTOR })]),
      ),
    ) as object;
    expect([validate(data), validate.errors]).toEqual([true, null]);
    expect(validate({ ...data, more: 1 })).toBe(false);
  });

  test("are read from a file, and refused in another form", () => {
    inScratch((folder) => {
      const file = join(folder, "fleet-review.json");
      const text = dataOf([cluster("a")]);
      writeFileSync(file, text);
      expect(readValidFile(file, FLEET_REVIEW)).toEqual(JSON.parse(text));
      writeFileSync(file, text.replace('"formatVersion": 1', '"formatVersion": 2'));
      expect(() => readValidFile(file, FLEET_REVIEW)).toThrow(
        "The fleet review has format 2, but format 1 is required.",
      );
      writeFileSync(file, "{}");
      expect(() => readValidFile(file, FLEET_REVIEW)).toThrow("This is not a fleet review");
    });
  });
});
