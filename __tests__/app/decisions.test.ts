// Where a review comes from, and the decisions of the teams about it.
import { runInNewContext } from "node:vm";
import Ajv2020 from "ajv/dist/2020";
import { Window } from "happy-dom";
import { commitOf } from "../../app/environment";
import { DECISIONS_SCRIPT } from "../../app/review/decisions-script";
import { decisions } from "../../app/review/html-decisions";
import { renderHtml } from "../../app/review/html";
import { renderMarkdown } from "../../app/review/markdown";
import { DECISIONS_VERSION, decidingTeams, decisionWords } from "../../app/review/deciding-teams";
import { withProvenance } from "../../app/review/provenance";
import {
  ClusterPlan,
  ClusterSpec,
  Decision,
  ExceptionName,
  GrantingTeam,
  HardeningException,
  Principal,
  RegistryMode,
  ResourceReference,
  ReviewedGrant,
  RoleSet,
} from "../../lib";
import { rightsHashes } from "../../lib/review/rights-hashes";
import { version } from "../../package.json";
import { DEPLOYERS, SMALL, planOf, specOf, textOf } from "../scenarios";

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

const FREE = { name: ExceptionName.FREE_TIER, reason: "The lab has a small budget." };
const OTHER = "55555555-5555-4555-8555-555555555559";

type EditedSpec = { -readonly [field in keyof ClusterSpec]: ClusterSpec[field] };
type Edit = (spec: EditedSpec) => void;

const registry = (name: string, mode?: RegistryMode) => ({
  registry: ResourceReference.byName({ name, resourceGroup: "registry-rg" }),
  mode,
});
const deployedBy = (name: string, objectId = DEPLOYERS.objectId) => ({
  deployers: [Principal.group(name, objectId)],
});
const sharedSpec = (): EditedSpec => ({
  ...SMALL,
  access: deployedBy(DEPLOYERS.name),
  registries: [registry("first"), registry("second")],
  exceptions: [FREE],
});

describe("the rights of a team", () => {
  const hashesOf = (edit: Edit = () => undefined) => {
    const spec = sharedSpec();
    edit(spec);
    return new ClusterPlan(spec).review().rightsHashes ?? {};
  };
  const hashes = hashesOf();
  const changed = (edit: Edit) => {
    const now = hashesOf(edit);
    return [...new Set([...Object.keys(hashes), ...Object.keys(now)])].filter(
      (team) => now[team] !== hashes[team],
    );
  };

  test("have a hash for each team that has any, and the exceptions for the platform team", () => {
    expect(Object.keys(hashes)).toEqual(["identity", "network", "platform"]);
    expect(Object.values(hashes)).toEqual(Array(3).fill(expect.stringMatching(/^[0-9a-f]{64}$/)));
    expect(new Set(Object.values(hashes)).size).toBe(3);
    expect(Object.keys(hashesOf((it) => (it.exceptions = [])))).toEqual(["identity", "network"]);
  });

  test.each<[string, Edit]>([
    ["a tag", (it) => (it.tags = { owner: "platform" })],
    [
      "more nodes",
      (it) => (it.nodePools = { ...it.nodePools, autoscaler: { scaleDownUnneeded: "20m" } }),
    ],
    ["a time limit", (it) => (it.timeouts = { create: "2h" })],
    ["another order", (it) => it.registries?.reverse()],
    ["another label of a principal", (it) => (it.access = deployedBy("operators"))],
    ["another case", (it) => (it.registries = [registry("FIRST"), registry("Second")])],
  ])("have the same hashes after %s", (_, edit) => {
    expect(changed(edit)).toEqual([]);
  });

  test.each<[string, string[], Edit]>([
    ["another subnet", ["network"], (it) => (it.network = { ...it.network, nodeSubnet: "other" })],
    ["another registry", ["identity"], (it) => (it.registries = [registry("first")])],
    [
      "a weaker registry",
      ["identity"],
      (it) => (it.registries = [registry("first", RegistryMode.ABAC), registry("second")]),
    ],
    [
      "another deployer",
      ["identity", "network"],
      (it) => (it.access = deployedBy(DEPLOYERS.name, OTHER)),
    ],
    [
      "other roles",
      ["identity", "network"],
      (it) => (it.permissions = { roleSet: RoleSet.minimal() }),
    ],
    [
      "another reason",
      ["platform"],
      (it) => (it.exceptions = [{ ...FREE, reason: "It is cheap enough." }]),
    ],
    [
      "another team that grants",
      ["identity", "network"],
      (it) => (it.permissions = { grantedBy: { registry: GrantingTeam.NETWORK } }),
    ],
  ])("have another hash after %s: %j", (_, teams, edit) => {
    expect(changed(edit)).toEqual(teams);
  });

  test.each<[string, boolean, (grant: ReviewedGrant) => ReviewedGrant]>([
    ["the condition", true, (one) => ({ ...one, condition: "@Resource" })],
    ["an action", true, (one) => ({ ...one, role: { ...one.role, actions: ["*"] } })],
    [
      "an exception from its actions",
      true,
      (one) => ({ ...one, role: { ...one.role, notActions: ["*"] } }),
    ],
    ["a data action", true, (one) => ({ ...one, role: { ...one.role, dataActions: ["*"] } })],
    [
      "the subscription",
      true,
      (one) => ({ ...one, scope: { ...one.scope, subscriptionId: OTHER } }),
    ],
    [
      "the resource group",
      true,
      (one) => ({ ...one, scope: { ...one.scope, resourceGroup: "x" } }),
    ],
    [
      "the principal",
      true,
      (one) => ({ ...one, principal: { ...one.principal, objectId: OTHER } }),
    ],
    ["a reason", false, (one) => ({ ...one, reasons: [] })],
    ["the address", false, (one) => ({ ...one, address: "x" })],
    ["the risk", false, (one) => ({ ...one, risk: undefined, excessActions: [] })],
  ])("change with %s: %j", (_, isOther, edit) => {
    const document = new ClusterPlan(sharedSpec()).review();
    const [grant, ...grants] = document.grants;
    const now = rightsHashes({ ...document, grants: [edit(grant!), ...grants] });
    expect(now[grant!.team] !== hashes[grant!.team]).toBe(isOther);
  });

  test("are not those that the stacks of another cluster grant", () => {
    const document = new ClusterPlan(sharedSpec()).review();
    const [grant, ...grants] = document.grants;
    const shared = { ...grant!, grantedFor: "other" };
    expect(rightsHashes({ ...document, grants: [shared, ...grants] })).toEqual(
      rightsHashes({ ...document, grants }),
    );
    expect(rightsHashes(document)).toEqual(hashes);
  });
});

describe("the decisions", () => {
  const html = renderHtml(review);
  const form = html.slice(html.indexOf('<form id="decisions"'));

  test("are asked of each team that grants, and of the one that deploys if there are exceptions", () => {
    const teams = (exceptions: HardeningException[], grants = review.grants) =>
      decidingTeams({ ...review, grants, exceptions }).map(({ team }) => team);
    expect(teams([])).toEqual(["identity", "network"]);
    expect(teams([FREE])).toEqual(["identity", "network", "platform"]);
    expect(teams([FREE], [])).toEqual(["platform"]);
    const none = { ...review, grants: [], exceptions: [] };
    for (const text of [renderMarkdown(none), renderHtml(none)]) {
      expect(text).toContain("No team has anything to decide.");
      expect(text).not.toContain('<form id="decisions"');
    }
    const markdown = renderMarkdown(review);
    const [, table = ""] = markdown.split("## Decisions");
    expect(table).toContain("| Team | Granted or refused | By | On | Review again on | Remark |");
    const [, noc] = decidingTeams(review);
    expect(table).toContain(
      `| The NOC grants the role assignments of its stack (rights \`${noc!.shortHash}\`) |`,
    );
    expect(form.match(/<fieldset /g)).toHaveLength(2);
    expect(form).toContain(`data-rights="${review.rightsHashes?.network}"`);
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
    const content = (decision: string, named: object) => ({
      version: DECISIONS_VERSION,
      cluster,
      descriptionHash,
      decisions: [
        { team: "network", rightsHash: "0", decision, ...named },
        { team: "platform", rightsHash: "0" },
      ],
    });
    const named = { by: "A", on: "2026-11-29" };
    expect(validate(content(Decision.GRANTED, named)) || validate.errors).toBe(true);
    expect(validate(content("perhaps", named))).toBe(false);
    expect(validate(content(Decision.GRANTED, { by: "A" }))).toBe(false);
    expect(validate(content(Decision.GRANTED, { on: "2026-11-29" }))).toBe(false);
  });

  test("say since an earlier review which team decides again", () => {
    const [grant] = review.grants.filter(({ team }) => team === "network");
    const before = { ...review, grants: review.grants.filter((one) => one !== grant) };
    const words =
      "The rights of the NOC changed, so it decides again. An earlier decision of the identity team stands.";
    expect(renderMarkdown(review, before)).toContain(words);
    expect(renderHtml(review, before)).toContain(words);
    const excepted = { ...review, exceptions: [FREE] };
    expect(decisionWords(review, excepted)).toBe(
      "The exceptions of the platform team are new, so it decides again. An earlier decision of the identity team and the NOC stands.",
    );
    expect(decisionWords(review, review)).toBe(
      "An earlier decision of the identity team and the NOC stands.",
    );
  });
});

describe("the form on the page", () => {
  const excepted = withProvenance(new ClusterPlan(sharedSpec()).review(), COMMIT);
  const hashOf = (team: string) => excepted.rightsHashes?.[team];
  const named = { by: "A. Owner", on: "2026-11-29" };

  /** The page with its script, and what it saves. */
  function opened(document = excepted) {
    const { window } = new Window();
    const saved: string[] = [];
    window.document.body.innerHTML = decisions(document).text;
    const blob = class {
      constructor(parts: string[]) {
        saved.push(...parts);
      }
    };
    const url = { createObjectURL: () => "blob:", revokeObjectURL: () => undefined };
    runInNewContext(DECISIONS_SCRIPT, { document: window.document, Blob: blob, URL: url });
    const input = (name: string) =>
      window.document.querySelector(`[name="${name}"]`) as unknown as HTMLInputElement;
    const fill = (team: string, values: object) => {
      Object.entries(values).forEach(
        ([part, value]) => (input(`${team}-${part}`).value = value as string),
      );
    };
    const decide = (team: string, decision: string) => {
      const choice = `[name="${team}-decision"][value="${decision}"]`;
      (window.document.querySelector(choice) as unknown as HTMLInputElement).checked = true;
    };
    const chosen = () =>
      [...window.document.querySelectorAll("input:checked")].map(
        (one) => `${one.getAttribute("name")} ${one.getAttribute("value")}`,
      );
    const click = () =>
      window.document.getElementById("save")?.dispatchEvent(new window.Event("click"));
    const said = () => window.document.getElementById("decided")?.textContent;
    const open = async (content: unknown) => {
      const target = window.document.getElementById("open")!;
      const text = typeof content === "string" ? content : JSON.stringify(content);
      const file = { name: "saved.json", text: () => Promise.resolve(text) };
      Object.defineProperty(target, "files", { value: [file], configurable: true });
      target.dispatchEvent(new window.Event("change"));
      await new Promise(setImmediate);
      return said();
    };
    return { saved, input, fill, decide, chosen, click, said, open };
  }

  test("saves decisions with the hashes of what they are about", () => {
    const { saved, fill, decide, click, said } = opened();
    decide("network", "granted");
    fill("network", { ...named, remark: "Until March." });
    click();
    expect(said()).toBe("Saved as access-decisions-small.json.");
    expect(JSON.parse(saved[0] ?? "{}")).toEqual({
      version: DECISIONS_VERSION,
      cluster: "small",
      descriptionHash: excepted.descriptionHash,
      decisions: [
        { team: "identity", rightsHash: hashOf("identity") },
        {
          team: "network",
          rightsHash: hashOf("network"),
          decision: "granted",
          ...named,
          remark: "Until March.",
        },
        { team: "platform", rightsHash: hashOf("platform") },
      ],
    });
  });

  test.each<[string, object]>([
    ["a name", { on: "2026-11-29" }],
    ["a name of letters", { by: "  ", on: "2026-11-29" }],
    ["a date", { by: "A. Owner" }],
  ])("does not save a decision without %s", (_, values) => {
    const { saved, fill, decide, click, said } = opened();
    decide("network", "refused");
    fill("network", values);
    click();
    expect(saved).toEqual([]);
    expect(said()).toBe("Not saved: the decision of the NOC needs a name and a date.");
    fill("network", named);
    click();
    expect(saved).toHaveLength(1);
  });

  const content = {
    cluster: "small",
    descriptionHash: "another one",
    decisions: [
      { team: "identity", rightsHash: "old", decision: "granted", ...named },
      { team: "network", rightsHash: hashOf("network"), decision: "granted", ...named },
      { team: "other", rightsHash: "old", decision: "granted", ...named },
    ],
  };

  test("fills in decisions about the same rights, and says which rights changed", async () => {
    const { open, chosen, input } = opened();
    expect(await open(content)).toBe(
      "Filled in from saved.json: the NOC. The rights of the identity team changed since its decision, so it decides again.",
    );
    expect(chosen()).toEqual(["network-decision granted"]);
    expect([input("network-by").value, input("identity-by").value]).toEqual([named.by, ""]);
  });

  test.each<[unknown, string]>([
    ["no JSON", "The file has no decisions."],
    [null, "The file has no decisions."],
    [{ cluster: "small" }, "The file has no decisions."],
    [{ ...content, cluster: "big" }, "These decisions are about another cluster: big."],
    [{ ...content, decisions: [null, {}] }, "Nothing is filled in from saved.json."],
  ])("refuses %j", async (other, words) => {
    const { open, chosen } = opened();
    expect(await open(other)).toBe(words);
    expect(chosen()).toEqual([]);
  });

  test("is not there if no team decides, and the script does nothing", () => {
    const { click, said } = opened({ ...excepted, grants: [], exceptions: [] });
    click();
    expect(said()).toBeUndefined();
  });
});
