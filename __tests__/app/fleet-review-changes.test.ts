// The changes between two reviews of a fleet.
import { fleetReviewOf } from "../../app/fleet-review/build";
import { changesInWords } from "../../app/fleet-review/change-words";
import { fleetChanges } from "../../app/fleet-review/changes";
import { comparedFleetReview, fleetReviewFiles } from "../../app/fleet-review/write";
import { AccessReviewDocument, FleetReviewDocument, GrantingTeam } from "../../lib";
import { EACH, ID, OTHER_ID, OWN, cluster, registry } from "./fleet-review.fixtures";
import {
  HUB,
  NETWORK_CONTRIBUTOR,
  PULL,
  SUBNET_JOIN,
  deployer,
  grant,
  reviewOf,
} from "./review.fixtures";

describe("the changes of a fleet", () => {
  const changes = (before: AccessReviewDocument[], after: AccessReviewDocument[]) =>
    fleetChanges(fleetReviewOf(before), fleetReviewOf(after));
  const listed = (before: AccessReviewDocument[], after: AccessReviewDocument[], kind: string) =>
    changes(before, after)
      .rights.filter((right) => right.kind === kind && right.via.length === 0)
      .map(({ change, principal, role, clusters, details }) => [
        change,
        principal,
        role,
        clusters,
        details,
      ]);
  const [a, b] = [cluster("a"), cluster("b")];
  const withPull = (name: string) =>
    reviewOf(
      [...cluster(name).grants, grant(deployer("readers", OTHER_ID), PULL, registry("shared"))],
      {
        cluster: name,
        subscriptionId: OWN,
      },
    );
  const onRegistries = "registry";

  test("are none between the same reviews", () => {
    const none = changes([a, b], [b, a]);
    expect(none).toEqual({ clustersAdded: [], clustersRemoved: [], rights: [], following: 0 });
    expect(changesInWords(none)).toBe("No right is new, gone or different.");
  });

  test("are rights that are new in the fleet, and rights that are gone", () => {
    const row = ["readers", "AcrPull", ["a", "b"], []];
    const [before, after] = [
      [a, b],
      [withPull("a"), withPull("b")],
    ];
    expect(listed(before, after, onRegistries)).toEqual([["added", ...row]]);
    expect(listed(after, before, onRegistries)).toEqual([["removed", ...row]]);
    expect(changesInWords(changes(before, after))).toBe("Rights: +1 −0.");
    expect(changesInWords(changes(after, before))).toBe("Rights: +0 −1.");
  });

  test("are clusters that a right is added to or removed from", () => {
    const row = ["readers", "AcrPull", ["b"], []];
    const [before, after] = [
      [withPull("a"), b],
      [withPull("a"), withPull("b")],
    ];
    expect(listed(before, after, onRegistries)).toEqual([["moreClusters", ...row]]);
    expect(listed(after, before, onRegistries)).toEqual([["fewerClusters", ...row]]);
  });

  test("are rights that got wider or narrower, in which clusters", () => {
    const more = {
      ...SUBNET_JOIN,
      actions: [...SUBNET_JOIN.actions, "Microsoft.Network/virtualNetworks/subnets/write"],
    };
    const [before, after] = [
      [a, b],
      [a, cluster("b", { role: more })],
    ];
    const row = (change: string, words: string) => [
      [
        change,
        EACH,
        "AKS Subnet Join",
        ["b"],
        [`${words}: Microsoft.Network/virtualNetworks/subnets/write.`],
      ],
    ];
    expect(listed(before, after, "subnet")).toEqual(row("wider", "Allows in addition"));
    expect(listed(after, before, "subnet")).toEqual(row("narrower", "No longer allows"));
    const bound = [a, cluster("b", { condition: "only so" })];
    expect(listed(before, bound, "subnet")[0]?.[0]).toBe("narrower");
    expect(listed(bound, before, "subnet")[0]?.[0]).toBe("wider");
    expect(listed(bound, [a, cluster("b", { condition: "else" })], "subnet")).toEqual([
      ["changed", EACH, "AKS Subnet Join", ["b"], ["The condition is another one."]],
    ]);
  });

  test("are another role in place of one that is gone, with those that act as the identity", () => {
    const [before, after] = [
      [a, b],
      [a, cluster("b", { role: NETWORK_CONTRIBUTOR })],
    ];
    const [change, ...others] = changes(before, after).rights;
    expect(others).toEqual([]);
    expect(change).toMatchObject({
      change: "wider",
      principal: EACH,
      role: "Network Contributor",
      clusters: ["b"],
      alsoOf: ["engineers"],
    });
    expect(change?.details[0]).toBe("In place of AKS Subnet Join.");
    expect(changes(after, before).rights).toMatchObject([
      { change: "narrower", alsoOf: ["engineers"] },
    ]);
    // On another resource it is no replacement.
    const elsewhere = cluster("b", { role: NETWORK_CONTRIBUTOR, nodes: "b-new" });
    expect(listed(before, [a, elsewhere], "subnet").map(([kind]) => kind)).toEqual([
      "added",
      "fewerClusters",
    ]);
    // A new person has new rights as an identity whose own rights are the same: they are listed.
    const joined = cluster("b", { people: [deployer("engineers", ID), deployer("new", OTHER_ID)] });
    expect(
      changes(before, [a, joined]).rights.map(({ principal, via }) => [principal, via]),
    ).toContainEqual(["new", [EACH]]);
  });

  test("are other teams", () => {
    const moved = {
      ...b,
      grants: b.grants.map((one) => ({ ...one, team: GrantingTeam.IDENTITY })),
    };
    expect(listed([a, b], [a, moved], "subnet")).toEqual([
      ["changed", EACH, "AKS Subnet Join", ["b"], ["Granted by the identity team."]],
    ]);
  });

  test("are other resources, but not other names for the same ones", () => {
    expect(listed([a, b], [a, cluster("b", { nodes: "b-new" })], "subnet")).toEqual([
      [
        "changed",
        EACH,
        "AKS Subnet Join",
        ["b"],
        ["In addition on: <cluster>-new.", "No longer on: <cluster>-nodes."],
      ],
    ]);
    // The resource of one cluster becomes one that two share: for the first one nothing changed.
    for (const subscriptionId of [OWN, HUB]) {
      const more = { subscriptionId };
      const alone = cluster("a", { registryName: "a", more });
      const sharing = cluster("b", { registryName: "a", more });
      expect(
        fleetReviewOf([alone]).rights.some(({ scopes }) => scopes[0]?.name === "<cluster>"),
      ).toBe(true);
      expect(changes([alone], [alone, sharing]).rights).toEqual([]);
    }
  });

  test("are no other names of the same people", () => {
    const named = (name: string, id: string) => [cluster("a", { people: [deployer(name, id)] })];
    expect(changes(named("old", ID), named("new", ID)).rights).toEqual([]);
    const other = changes(named("old", ID), named("new", OTHER_ID)).rights;
    expect(new Set(other.map(({ change, principal }) => `${change} ${principal}`))).toEqual(
      new Set(["added new", "removed old"]),
    );
  });

  test("are not listed for each right of a cluster that is new or has left", () => {
    const grown = changes([a], [a, b]);
    expect(grown).toMatchObject({ clustersAdded: ["b"], clustersRemoved: [], rights: [] });
    expect(grown.following).toBe(fleetReviewOf([a]).rights.length);
    expect(changes([a, b], [a])).toMatchObject({
      clustersAdded: [],
      clustersRemoved: ["b"],
      rights: [],
    });
    // A right that no other cluster has is listed.
    expect(listed([a], [a, withPull("b")], onRegistries)).toEqual([
      ["added", "readers", "AcrPull", ["b"], []],
    ]);
    expect(changesInWords(grown)).toContain("New clusters: b.");
  });

  test("are in the page and in the data, if there is a previous review", () => {
    const previous = fleetReviewOf([a, b]);
    const [[, page], [, data]] = fleetReviewFiles(
      comparedFleetReview([withPull("a"), b], previous),
    ) as [[string, string], [string, string]];
    expect(page).toContain("Rights: +1 −0.");
    expect(page).toContain('<th scope="row">+ added</th>');
    expect((JSON.parse(data) as FleetReviewDocument).changes?.rights).toHaveLength(1);
    const [[, plain], [, without]] = fleetReviewFiles(comparedFleetReview([withPull("a"), b])) as [
      [string, string],
      [string, string],
    ];
    expect(plain).not.toContain("+ added");
    expect(without).not.toContain("changes");
  });
});
