// The page of the review of a fleet: no name gets out of its place, the filter finds rows, and many clusters stay small.
import { Script, createContext } from "node:vm";
import { fleetReviewOf } from "../../app/fleet-review/build";
import { fleetChanges } from "../../app/fleet-review/changes";
import { renderFleetHtml } from "../../app/fleet-review/html";
import { FLEET_SCRIPT } from "../../app/fleet-review/page-script";
import { comparedFleetReview, fleetReviewFiles } from "../../app/fleet-review/write";
import {
  AccessReviewDocument,
  ClusterSpec,
  ExceptionName,
  FleetPlan,
  FleetReviewDocument,
  GrantingTeam,
  KubernetesRole,
  Principal,
  ResourceReference,
  RoleSet,
} from "../../lib";
import { SMALL, once } from "../scenarios";
import { ID, OTHER_ID, OWN, cluster } from "./fleet-review.fixtures";
import { HOSTILE_NAMES, deployer, hostile } from "./review.fixtures";

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

  test("names few clusters, says which are all or all but few, and folds the others", () => {
    const names = Array.from({ length: 50 }, (_, index) => `c${index + 10}`);
    const people = (index: number) =>
      [
        { name: "few", has: index < 2 },
        { name: "most", has: index > 1 },
        { name: "many", has: index > 15 },
        { name: "some", has: index < 24 },
        { name: "all", has: true },
      ].flatMap(({ name, has }) => (has ? [deployer(name)] : []));
    const page = pageOf(...names.map((name, index) => cluster(name, { people: people(index) })));
    const rowOf = (who: string) => new RegExp(`>${who}</a><small>.*?</th>(.*)`).exec(page)?.[1];
    const link = (name: string) => `<a href="./reviews/${name}/access-review.html">${name}</a>`;
    expect(rowOf("few")).toContain(`<td>${link("c10")}, ${link("c11")}</td>`);
    expect(rowOf("most")).toContain(
      `<td>48 of 50 clusters, all but ${link("c10")}, ${link("c11")}</td>`,
    );
    expect(rowOf("many")).toContain(
      `<td><details><summary>34 of 50 clusters</summary>all but ${names.slice(0, 16).join(", ")}</details></td>`,
    );
    // Paper does not unfold it.
    expect(rowOf("some")).toContain(
      `<td><details class="many"><summary>24 of 50 clusters</summary>${names.slice(0, 24).join(", ")}</details></td>`,
    );
    expect(rowOf("all")).toContain("<td>all 50 clusters</td>");
  });

  test("numbers clusters in ranges for the filter, and escapes their names in links", () => {
    const few = { people: [deployer("few")] };
    const page = pageOf(cluster("a", few), cluster("b", few), cluster("c"), cluster("d/..", few));
    expect(page).toMatch(/<tr[^>]* data-cluster="0-1 3"><th scope="row"><a [^>]*>few</);
    expect(page).toMatch(/<tr[^>]* data-cluster="2"><th scope="row"><a [^>]*>engineers</);
    expect(page).toContain('<option value="3">d/..</option>');
    expect(page).toContain('href="./reviews/d%2F../access-review.html"');
  });

  test("has the resources of some clusters in parts that the filter finds, and folds many", () => {
    const odd = (names: string[]) =>
      pageOf(...names.map((name, index) => cluster(name, { nodes: `nodes-${index * 7}` })));
    const two = odd(["a", "b"]);
    expect(two).toContain('<div data-cluster="1"><code>nodes-7</code>');
    expect(two).not.toContain("<summary>2 subnets</summary>");
    expect(odd(["a", "b", "c", "d", "e"])).toContain("<summary>5 subnets</summary><div");
  });

  test("has a row for each cluster, with what the filter and a reviewer look for", () => {
    const exceptions = [{ name: ExceptionName.FREE_TIER, reason: "A laboratory." }];
    const [first, second] = pageOf(cluster("a", { more: { exceptions } }), cluster("b")).match(
      /<tr[^>]* data-cluster="\d"><th scope="row"><a href="\.\/reviews.*/g,
    ) as [string, string];
    expect(first).toContain(' data-subscription="0" data-cluster="0"');
    expect(first).toContain(`<td>${OWN}</td>`);
    expect(first).toMatch(/<td>4<\/td><td>privilege escalation<\/td><td>1<\/td><td>0<\/td><\/tr>$/);
    expect(second).toMatch(/<td>0<\/td><td>0<\/td><\/tr>$/);
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
    const [[, page], [, data]] = fleetReviewFiles(comparedFleetReview(reviews)) as [
      [string, string],
      [string, string],
    ];
    expect(Date.now() - start).toBeLessThan(3000);
    expect(page.length).toBeLessThan(500_000);
    const review = JSON.parse(data) as FleetReviewDocument;
    expect(review.clusters).toHaveLength(200);
    const network = review.rights.filter(({ team }) => team === GrantingTeam.NETWORK);
    expect(network.every(({ clusters }) => clusters.length === 200)).toBe(true);
    expect(review.rights.length).toBeLessThan(60);
    // The twin: each cluster with people of its own.
    const [[, larger]] = fleetReviewFiles(comparedFleetReview(reviewsOf(true))) as [
      [string, string],
    ];
    expect(larger.length).toBeGreaterThan(page.length * 2);
    expect(larger.length).toBeLessThan(4_000_000);
  });
});
