// Where a review comes from, and the decisions of the teams about it.
import Ajv2020 from "ajv/dist/2020";
import { commitOf } from "../../app/environment";
import { DECISIONS_SCRIPT } from "../../app/review/decisions-script";
import { renderHtml } from "../../app/review/html";
import { renderMarkdown } from "../../app/review/markdown";
import { DECISIONS_VERSION, decidingTeams, withProvenance } from "../../app/review/provenance";
import { ClusterPlan, Decision } from "../../lib";
import { version } from "../../package.json";
import { SMALL, planOf, specOf, textOf } from "../scenarios";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";

const review = withProvenance(planOf(specOf("enterprise")).review(), COMMIT);

test("a review names the version, the description and the commit that it is of", () => {
  expect(review).toMatchObject({ producedBy: version, commit: COMMIT });
  expect(review.descriptionHash).toMatch(/^[0-9a-f]{64}$/);
  for (const text of [renderMarkdown(review), renderHtml(review)]) {
    expect(text).toContain(`hardened-aks ${version}`);
    expect(text).toContain(`description ${review.descriptionHash}`);
    expect(text).toContain(`commit ${COMMIT}`);
  }
  const without = withProvenance(planOf(specOf("enterprise")).review(), undefined);
  expect(renderMarkdown(without)).not.toContain("commit ");
  // A program that wrote it, and its commit, stay.
  expect(withProvenance({ ...review, producedBy: "0.0.9" }, undefined)).toMatchObject({
    producedBy: "0.0.9",
    commit: COMMIT,
  });
});

test("the hash of a description changes with its content, and not with its order or its spelled-out defaults", () => {
  const hashOf = (spec: typeof SMALL) => new ClusterPlan(spec).review().descriptionHash;
  const reversed = Object.fromEntries(Object.entries(SMALL).reverse()) as unknown as typeof SMALL;
  expect(hashOf(reversed)).toBe(hashOf(SMALL));
  expect(hashOf({ ...SMALL, longTermSupport: false })).toBe(hashOf(SMALL));
  expect(hashOf({ ...SMALL, tags: { owner: "platform" } })).not.toBe(hashOf(SMALL));
});

describe("the commit", () => {
  const { HAKS_COMMIT: before } = process.env;

  afterEach(() => {
    delete process.env.HAKS_COMMIT;
    Object.assign(process.env, before === undefined ? {} : { HAKS_COMMIT: before });
  });

  test("is the given one, else that of the environment", () => {
    expect(commitOf()).toBeUndefined();
    process.env.HAKS_COMMIT = COMMIT;
    expect([commitOf(), commitOf("abcdef0"), commitOf("")]).toEqual([COMMIT, "abcdef0", COMMIT]);
  });

  test.each(["main", "abc", "0123456 7"])("is not %j", (commit) => {
    expect(() => commitOf(commit)).toThrow("git rev-parse HEAD");
  });
});

describe("the decisions", () => {
  const html = renderHtml(review);
  const form = html.slice(html.indexOf('<form id="decisions"'));

  test("are asked of each team that grants, and of the one that deploys", () => {
    expect(decidingTeams(review).map(({ team }) => team)).toEqual([
      "identity",
      "network",
      "platform",
    ]);
    expect(decidingTeams({ ...review, grants: [] }).map(({ team }) => team)).toEqual(["platform"]);
    const markdown = renderMarkdown(review);
    const [, table = ""] = markdown.split("## Decisions");
    expect(table).toContain("| Team | Granted or refused | By | On | Review again on | Remark |");
    expect(table).toContain("| The NOC grants the role assignments of its stack |");
    expect(form.match(/<fieldset /g)).toHaveLength(3);
    expect(form).toContain(`data-hash="${review.descriptionHash}"`);
  });

  test("have fields with labels for all that is saved", () => {
    const named = [...form.matchAll(/name="network-(\w+)"/g)].map(([, part]) => part);
    const saved = /const parts = (\[[^\]]+\])/.exec(DECISIONS_SCRIPT)?.[1] ?? "[]";
    expect([...new Set(named)]).toEqual(JSON.parse(saved));
    expect(form.match(/<label/g)).toHaveLength((form.match(/<input/g) ?? []).length);
  });

  test("are what their schema says", () => {
    const validate = new Ajv2020({ strict: true }).compile(
      JSON.parse(textOf("access-decisions.schema.json")) as object,
    );
    const { cluster, descriptionHash } = review;
    const content = (decision: string) => ({
      version: DECISIONS_VERSION,
      cluster,
      descriptionHash,
      decisions: [{ team: "network", decision, by: "A", on: "2026-11-29" }, { team: "platform" }],
    });
    expect(validate(content(Decision.GRANTED)) || validate.errors).toBe(true);
    expect(validate(content("perhaps"))).toBe(false);
  });
});
