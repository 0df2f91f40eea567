// What a review says of the whole cluster: place, risk, limits, roles. In the Markdown and on the page.
import { renderHtml } from "../../app/review/html";
import { renderMarkdown } from "../../app/review/markdown";
import { notSeen } from "../../app/review/overview";
import { subscriptionLegend, subscriptionNames } from "../../app/review/subscriptions";
import { Risk } from "../../lib";
import { riskOf } from "../../lib/review/risk";
import { once, planOf, specOf } from "../scenarios";

const OWN = "22222222-2222-4222-8222-222222222222";
const HUB = "44444444-4444-4444-8444-444444444444";
const TENANT = "11111111-1111-4111-8111-111111111111";

const review = once(() => planOf(specOf("enterprise")).review());
const markdown = once(() => renderMarkdown(review()));
const html = once(() => renderHtml(review()));
const both = once(() => [markdown(), html()]);

test("a review has the place of the cluster, and the risk of each right", () => {
  expect(review()).toMatchObject({ location: "westeurope", subscriptionId: OWN, tenantId: TENANT });
  for (const { risk, effectiveActions } of review().grants) {
    expect(risk).toBe(riskOf(effectiveActions));
  }
  for (const { risk, actions } of review().effectiveRights) {
    expect(risk).toBe(riskOf(actions));
  }
  const risks = new Set(review().grants.map(({ risk }) => risk));
  expect([...risks].sort()).toEqual(
    [Risk.CREDENTIALS, Risk.DATA, Risk.ESCALATION, Risk.NETWORK, Risk.READ].sort(),
  );
});

test("the id of each subscription appears once, with a short name for others than the cluster's", () => {
  for (const text of both()) {
    expect(text).toContain(`westeurope, subscription ${OWN}, tenant ${TENANT}`);
    expect(text).toContain(`Subscription A is ${HUB}.`);
    expect([text.split(OWN).length, text.split(HUB).length]).toEqual([2, 2]);
    expect(text).toMatch(/resource group dns-rg, subscription A/);
    expect(text).toContain("AKS Private DNS Zone (haks-prod, dns-rg in A)");
    expect(text).toContain("AKS Subnet Join (haks-prod, network-rg)");
    expect(text).toContain("the names of custom roles end with the id of their subscription");
  }
});

test("subscriptions of the previous review have the same short names", () => {
  const other = "33333333-3333-4333-8333-333333333333";
  const [zone, ...rest] = review().grants.filter(({ scope }) => scope.subscriptionId === HUB);
  const moved = { ...zone!, scope: { ...zone!.scope, subscriptionId: other } };
  const previous = { ...review(), grants: [moved, ...rest] };
  const pages = [renderMarkdown(review(), previous), renderHtml(review(), previous)];
  for (const text of pages) {
    expect(text).toContain(`Subscription A is ${HUB} and subscription B is ${other}.`);
    expect(text).toContain("subscription B");
    expect(text.split(other)).toHaveLength(2);
  }
});

test("names subscriptions after Z, and none if there is no other", () => {
  const ids = Array.from({ length: 28 }, (_, index) => `sub-${index}`);
  const [grant] = review().grants;
  const grants = ids.map((subscriptionId) => ({
    ...grant!,
    scope: { ...grant!.scope, subscriptionId },
  }));
  const names = subscriptionNames({ ...review(), runners: [], grants });
  expect(ids.map((id) => names.get(id))).toEqual(expect.arrayContaining(["A", "Z", "AA", "AB"]));
  expect(subscriptionLegend(subscriptionNames({ ...review(), runners: [], grants: [] }))).toBe("");
});

test("conditions of runners are below their tables, with the roles that they allow to grant", () => {
  const cells = markdown()
    .split("\n")
    .filter((line) => line.startsWith("| `Role Based"));
  expect(cells.length).toBeGreaterThan(4);
  expect(cells.filter((line) => line.includes("ActionMatches"))).toEqual([]);
  expect(cells[0]).toContain(
    "only `Azure Kubernetes Service Cluster User Role` and `Azure Kubernetes Service RBAC Cluster Admin`: condition 1 |",
  );
  const rights = review().runners!.flatMap((runner) => runner.rights);
  const conditions = rights.flatMap(({ condition }) => condition ?? []);
  expect(conditions.length).toBeGreaterThan(4);
  for (const text of both().map((one) => one.replace(/\s+/g, " ").replace(/&#39;/g, "'"))) {
    expect(conditions.filter((condition) => !text.includes(condition))).toEqual([]);
  }
});

test("the greatest risk is said, with all who have it", () => {
  for (const text of both()) {
    expect(text).toContain(
      "The greatest risk is privilege escalation, by aks-admins, haks-prod-cp-mi and platform-engineers.",
    );
  }
});

test("paths that can change the network are counted among all of them", () => {
  expect(markdown()).toContain("1 of 6 paths of people and pipelines can change the network");
  expect(html()).toContain("<dt>Paths that can change the network</dt><dd>1 of 6</dd>");
});

test("a wildcard over Kubernetes is everything in it, beside what is counted", () => {
  expect(markdown()).toContain("`aks-admins` has everything in Kubernetes, and 3 operations, all");
  expect(html()).toContain("everything in Kubernetes, and 3 operations, all needed");
});

test.each(notSeen())("a review says that it does not show: %s", (fact) => {
  expect(markdown()).toContain(`- ${fact}`);
  expect(html()).toContain(`<li>${fact}</li>`);
});

test("the Markdown says what each role allows, as the page does", () => {
  const [, roles = ""] = markdown().split("\n## Roles\n");
  const actions = review().grants.flatMap(({ role }) => [...role.actions, ...role.dataActions]);
  expect(actions.length).toBeGreaterThan(20);
  for (const action of actions) {
    expect(roles.split("\n## ")[0]).toContain(`\`${action}\``);
  }
});
