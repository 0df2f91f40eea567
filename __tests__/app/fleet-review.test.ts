// The review of a fleet: what is one row, what changed, and a page that stays small.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Script, createContext } from "node:vm";
import Ajv2020 from "ajv/dist/2020";
import { fleetReviewOf } from "../../app/fleet-review/build";
import { fleetChanges } from "../../app/fleet-review/changes";
import { changesInWords } from "../../app/fleet-review/change-words";
import { renderFleetHtml } from "../../app/fleet-review/html";
import { FLEET_SCRIPT } from "../../app/fleet-review/page-script";
import { readFleetReview } from "../../app/fleet-review/read";
import { fleetReviewFiles } from "../../app/fleet-review/write";
import {
  AccessReviewDocument,
  ClusterSpec,
  ExceptionName,
  FleetPlan,
  FleetReviewDocument,
  FleetRight,
  GrantingTeam,
  KubernetesRole,
  Principal,
  PrincipalKind,
  ResourceReference,
  Risk,
  RoleSet,
} from "../../lib";
import { SMALL, inScratch, once, textOf } from "../scenarios";
import {
  CONTROL_PLANE,
  HOSTILE_NAMES,
  HUB,
  KUBELET,
  NETWORK_CONTRIBUTOR,
  OPERATOR,
  PULL,
  SUBNET_JOIN,
  deployer,
  grant,
  hostile,
  identityScope,
  resource,
  reviewOf,
  subnet,
} from "./review.fixtures";

const OWN = "22222222-2222-4222-8222-222222222222";
const ID = "55555555-5555-4555-8555-555555555551";
const OTHER_ID = "55555555-5555-4555-8555-555555555552";

const registry = (name: string) =>
  resource("registry", "Microsoft.ContainerRegistry/registries", name);

interface Made {
  /** Name of the subnet of the nodes. */
  readonly nodes?: string;
  readonly role?: typeof SUBNET_JOIN;
  readonly kubelet?: string;
  readonly registryName?: string;
  readonly people?: ReturnType<typeof deployer>[];
  readonly condition?: string;
  readonly more?: Partial<AccessReviewDocument>;
}

/** The review of a cluster: deployers that may assign its identity, a control plane with a subnet, a kubelet with a registry. */
function cluster(name: string, made: Made = {}): AccessReviewDocument {
  const { nodes = `${name}-nodes`, role = SUBNET_JOIN, registryName = "shared" } = made;
  const { people = [deployer("engineers", ID)], condition, more } = made;
  const place = { resourceGroup: "haks-identities", subscriptionId: OWN };
  const own = made.kubelet === undefined ? {} : { resourceGroup: "fleet-identities" };
  const controlPlane = { ...CONTROL_PLANE, ...place, name: `${name}-cp-mi` };
  const kubelet = { ...KUBELET, ...place, ...own, name: made.kubelet ?? `${name}-kubelet-mi` };
  const at = (principal: typeof controlPlane) => ({ ...identityScope(principal), ...place });
  return reviewOf(
    [
      grant(controlPlane, role, subnet(nodes, `${name}-vnet`), { condition }),
      grant(controlPlane, OPERATOR, { ...at(kubelet), ...own }),
      grant(kubelet, PULL, registry(registryName)),
      ...people.map((one) => grant(one, OPERATOR, at(controlPlane))),
    ],
    { cluster: name, subscriptionId: OWN, ...more },
  );
}

const rightsOf = (review: FleetReviewDocument, principal: string) =>
  review.rights.filter((right) => right.principal === principal);

const EACH = "control plane identity of each cluster";
const KUBELETS = "kubelet identity of each cluster";

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
    expect(page).toContain("not needed in each cluster");
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
    const text = JSON.stringify(fleetReviewFiles(reviews));
    expect(JSON.stringify(fleetReviewFiles([...reviews].reverse()))).toBe(text);
    expect(JSON.stringify(fleetReviewFiles(reviews.slice(1)))).not.toBe(text);
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
        cluster("a", { kubelet, registryName: "one", people: [deployer("of-a", ID)] }),
        cluster("b", { kubelet, registryName: "two", people: [deployer("of-b", OTHER_ID)] }),
      ]);
    const pulls = (review: FleetReviewDocument) =>
      rightsOf(review, "of-a")
        .filter(({ kind }) => kind === "registry")
        .map(({ via, clusters, scopes }) => [via, clusters, scopes.map(({ name }) => name)]);
    const shared = of("common");
    expect(shared.principals).toContainEqual(
      expect.objectContaining({ id: "common", kinds: [PrincipalKind.KUBELET] }),
    );
    expect(pulls(shared)).toEqual([[[EACH, "common"], ["a"], ["one", "two"]]]);
    // The twin: each cluster has a kubelet identity of its own.
    expect(pulls(of(undefined))).toEqual([[[EACH, KUBELETS], ["a"], ["one"]]]);
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
    const alone = cluster("a", { registryName: "a" });
    const sharing = cluster("b", { registryName: "a" });
    expect(
      fleetReviewOf([alone]).rights.some(({ scopes }) => scopes[0]?.name === "<cluster>"),
    ).toBe(true);
    expect(changes([alone], [alone, sharing]).rights).toEqual([]);
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
    const [[, page], [, data]] = fleetReviewFiles([withPull("a"), b], previous) as [
      [string, string],
      [string, string],
    ];
    expect(page).toContain("Rights: +1 −0.");
    expect(page).toContain('<th scope="row">+ added</th>');
    expect((JSON.parse(data) as FleetReviewDocument).changes?.rights).toHaveLength(1);
    const [[, plain], [, without]] = fleetReviewFiles([withPull("a"), b]) as [
      [string, string],
      [string, string],
    ];
    expect(plain).not.toContain("+ added");
    expect(without).not.toContain("changes");
  });
});

describe("the data of a fleet", () => {
  const validator = once(() =>
    new Ajv2020({ strict: true, code: { optimize: false } }).compile(
      JSON.parse(textOf("fleet-review.schema.json")) as object,
    ),
  );
  const dataOf = (reviews: AccessReviewDocument[], previous?: FleetReviewDocument) =>
    fleetReviewFiles(reviews, previous)[1]![1];

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
      expect(readFleetReview(file)).toEqual(JSON.parse(text));
      writeFileSync(file, text.replace('"formatVersion": 1', '"formatVersion": 2'));
      expect(() => readFleetReview(file)).toThrow(
        "The fleet review has format 2, but format 1 is required.",
      );
      writeFileSync(file, "{}");
      expect(() => readFleetReview(file)).toThrow("This is not a fleet review");
    });
  });
});

describe("the page of a fleet", () => {
  const pageOf = (...reviews: AccessReviewDocument[]) => renderFleetHtml(fleetReviewOf(reviews));

  test("shows everything without its script, and links to the review of each cluster", () => {
    const page = pageOf(cluster("a"), cluster("b"));
    const [head = ""] = page.split("<script>");
    expect(head.match(/ hidden/g)).toEqual([" hidden"]);
    expect(head).toContain('<form id="filter" role="search" aria-label="Filter rights" hidden>');
    for (const name of ["a", "b"]) {
      expect(head).toContain(`<a href="./reviews/${name}/access-review.html">${name}</a>`);
    }
    expect(head).not.toContain("./reviews/c/");
    expect(head).toContain("Fleet review: 2 clusters");
    expect(head).toContain("The greatest risk is privilege escalation, by engineers.");
  });

  test("is a page for a fleet without clusters, too", () => {
    expect(pageOf()).toContain("There is no cluster.");
    expect(pageOf(cluster("a"))).not.toContain("There is no cluster.");
  });

  test("folds a long list of clusters, and says which are all", () => {
    const names = ["a", "b", "c", "d", "e"];
    const page = pageOf(
      ...names.map((name) => cluster(name)),
      cluster("f", { role: NETWORK_CONTRIBUTOR }),
    );
    expect(page).toContain("<summary>5 of 6 clusters</summary>a, b, c, d, e</details>");
    expect(page).toContain("all 6 clusters");
  });

  const harmless = once(() => withChanges("other"));

  test.each(HOSTILE_NAMES)("keeps its form with the name %j", (name) => {
    const tags = (page: string) =>
      new Set((page.match(/<[^>]*>/g) ?? []).map((tag) => tag.split(/[ >]/)[0]));
    const bad = withChanges(name);
    const [head = "", script = ""] = bad.split("<script>");
    expect(script.startsWith(FLEET_SCRIPT)).toBe(true);
    expect(bad.match(/<\/?script/g)).toHaveLength(2);
    const seen = tags(head);
    seen.delete("<wbr");
    expect(seen).toEqual(tags(harmless().split("<script>")[0] ?? ""));
    expect(head).not.toMatch(/<[^>]* on\w+=|href="javascript|\u202e/);
  });

  function withChanges(name: string): string {
    const exceptions = [{ name: ExceptionName.FREE_TIER, reason: name }];
    const review = { ...hostile(name), exceptions };
    const now = fleetReviewOf([review, { ...cluster("plain"), cluster: `${name}2` }]);
    const before = fleetReviewOf([{ ...hostile("before"), cluster: name }]);
    return renderFleetHtml({ ...now, changes: fleetChanges(before, now) });
  }
});

describe("the script of the page", () => {
  interface Row {
    hidden: boolean;
    readonly dataset: { readonly [name: string]: string };
    readonly textContent: string;
  }

  /** Runs the script with rows of one table, and returns which rows each filter shows. */
  function shown(rows: readonly Partial<Row>[], values: { readonly [name: string]: string }) {
    const listeners = new Map<string, () => void>();
    const all = rows.map((row) => ({ hidden: false, dataset: {}, textContent: "", ...row }));
    const names = ["team", "principal", "subscription", "cluster", "text"];
    const elements = Object.fromEntries(names.map((name) => [name, { value: "" }]));
    const form = {
      elements,
      hidden: true,
      addEventListener: (name: string, listener: () => void) => listeners.set(name, listener),
    };
    const found = { textContent: "" };
    const article = { firstElementChild: { textContent: "Engineers" }, hidden: false };
    const table = {
      closest: () => article,
      classList: { contains: () => true },
      tBodies: [{ rows: all }],
    };
    const document = {
      getElementById: (id: string) => (id === "filter" ? form : found),
      querySelectorAll: (selector: string) => (selector === "table.filtered" ? [table] : []),
    };
    const context = createContext({ document, addEventListener: () => undefined, setTimeout });
    new Script(FLEET_SCRIPT).runInContext(context);
    expect([form.hidden, found.textContent]).toEqual([
      false,
      `${all.length} of ${all.length} rights`,
    ]);
    for (const [name, value] of Object.entries(values)) {
      elements[name]!.value = value;
    }
    listeners.get("input")?.();
    return {
      rows: all.map(({ hidden }) => !hidden),
      article: !article.hidden,
      found: found.textContent,
    };
  }

  const ROWS: Partial<Row>[] = [
    { dataset: { cluster: "0-9 12", team: "0" }, textContent: "Join subnets" },
    { dataset: { cluster: "10-11", team: "1" }, textContent: "Pull images" },
    { dataset: {}, textContent: "About all" },
  ];

  test("filters by numbers and ranges of them; rows without a value are about all", () => {
    expect(shown(ROWS, { cluster: "11" }).rows).toEqual([false, true, true]);
    expect(shown(ROWS, { cluster: "12" }).rows).toEqual([true, false, true]);
    expect(shown(ROWS, { cluster: "1", team: "1" }).rows).toEqual([false, false, true]);
    expect(shown(ROWS, {}).rows).toEqual([true, true, true]);
  });

  test("filters by words, also by the name of the principal, and hides principals without rows", () => {
    expect(shown(ROWS, { text: "engineers  PULL" }).rows).toEqual([false, true, false]);
    expect(shown(ROWS, { text: "pull" })).toMatchObject({
      article: true,
      found: "Shown: 1 of 3 rights",
    });
    expect(shown(ROWS, { text: "none" })).toMatchObject({
      article: false,
      found: "Shown: 0 of 3 rights",
    });
  });

  test("has nothing that a policy forbids", () => {
    expect(FLEET_SCRIPT).not.toMatch(/innerHTML|eval|fetch|<\//);
  });
});

describe("a fleet of 200 clusters", () => {
  function spec(index: number, own: boolean): ClusterSpec {
    const name = `haks-${String(index).padStart(3, "0")}`;
    const people = own ? `${name}-engineers` : "platform-engineers";
    return {
      ...SMALL,
      name,
      subscriptionId: OWN,
      resourceGroup: { name },
      registries: [
        { registry: ResourceReference.byName({ name: "shared", resourceGroup: "acr-rg" }) },
      ],
      access: {
        deployers: [Principal.group(people), Principal.servicePrincipal("pipeline", OTHER_ID)],
        kubernetes: [
          { principal: Principal.group("admins", ID), role: KubernetesRole.CLUSTER_ADMIN },
        ],
      },
      permissions: { roleSet: RoleSet.minimal() },
    };
  }
  const reviewsOf = (own: boolean) =>
    new FleetPlan(Array.from({ length: 200 }, (_, index) => spec(index, own))).clusters.map(
      (plan) => plan.review(),
    );

  // Generous: it takes a tenth of it on an idle machine.
  test("is written in three seconds, as a page whose size depends on what differs", () => {
    const reviews = reviewsOf(false);
    const start = Date.now();
    const [[, page], [, data]] = fleetReviewFiles(reviews) as [[string, string], [string, string]];
    expect(Date.now() - start).toBeLessThan(3000);
    expect(page.length).toBeLessThan(500_000);
    const review = JSON.parse(data) as FleetReviewDocument;
    expect(review.clusters).toHaveLength(200);
    const network = review.rights.filter(({ team }) => team === GrantingTeam.NETWORK);
    expect(network.every(({ clusters }) => clusters.length === 200)).toBe(true);
    expect(review.rights.length).toBeLessThan(60);
    // The twin: each cluster with people of its own.
    const [[, larger]] = fleetReviewFiles(reviewsOf(true)) as [[string, string]];
    expect(larger.length).toBeGreaterThan(page.length * 2);
    expect(larger.length).toBeLessThan(4_000_000);
  });
});
