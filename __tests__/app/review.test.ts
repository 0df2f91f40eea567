// The documents of an access review: what they say, and that no name in them gets out of its place.
import { GrantingTeam, PrincipalKind, PrincipalType } from "../../lib";
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import Ajv2020 from "ajv/dist/2020";
import * as fc from "fast-check";
import { scopePath } from "../../app/review/azure";
import { changesForReaders, compareReviews, widthOf } from "../../app/review/diff";
import { renderHtml } from "../../app/review/html";
import { renderJson } from "../../app/review/json";
import { renderMarkdown } from "../../app/review/markdown";
import { PAGE_CSS } from "../../app/review/page.css";
import { PAGE_SCRIPT } from "../../app/review/page-script";
import { renderRequest } from "../../app/review/request";
import { renderScript } from "../../app/review/script";
import { word } from "../../app/review/shell";
import { writeReview } from "../../app/review/write";
import { AccessReviewDocument } from "../../lib/review/access-review";
import { ReviewedGrant } from "../../lib/review/reviewed-grant";
import { OTHER_SUBSCRIPTION, inScratch, once, textOf } from "../scenarios";
import {
  CONTROL_PLANE,
  HOSTILE_NAMES,
  KUBELET,
  NETWORK_CONTRIBUTOR,
  OPERATOR,
  SUBNET_JOIN,
  deployer,
  grant,
  hostile,
  identityScope,
  lab,
  large,
  middle,
  resource,
  reviewOf,
  subnet,
} from "./review.fixtures";
import { run } from "./review.scripts";

const ALL: [string, AccessReviewDocument][] = [
  ["nothing", reviewOf([])],
  ["the lab", lab()],
  ["some twenty grants", middle()],
  ["60 irregular grants", large(false, 60)],
];

describe("the JSON", () => {
  const validator = once(() =>
    new Ajv2020({ strict: true, code: { optimize: false } }).compile(
      JSON.parse(textOf("access-review.schema.json")) as object,
    ),
  );

  test.each(ALL)("of %s is what the schema says", (_, review) => {
    const validate = validator();
    const data: unknown = JSON.parse(renderJson(review));
    expect([validate(data), validate.errors]).toEqual([true, null]);
    expect(data).toEqual(JSON.parse(JSON.stringify(review)));
  });

  test("with a field too many or too few is not what the schema says", () => {
    const validate = validator();
    expect(validate({ ...lab(), more: 1 })).toBe(false);
    expect(validate({ ...lab(), cluster: undefined })).toBe(false);
  });

  test("does not depend on the order of keys, and ends with a new line", () => {
    const review = lab();
    const reversed = Object.fromEntries(Object.entries(review).reverse());
    expect(renderJson(reversed as unknown as AccessReviewDocument)).toBe(renderJson(review));
    expect(renderJson(review)).toMatch(/}\n$/);
  });
});

describe("a comparison", () => {
  const before = reviewOf([
    grant(CONTROL_PLANE, NETWORK_CONTRIBUTOR, subnet("a")),
    grant(CONTROL_PLANE, NETWORK_CONTRIBUTOR, subnet("b")),
    grant(CONTROL_PLANE, OPERATOR, identityScope(KUBELET)),
  ]);
  const change = (index: number, part: Partial<ReviewedGrant>) => ({
    ...before,
    grants: before.grants.map((one, at) => (at === index ? { ...one, ...part } : one)),
  });

  test("of a review with itself finds nothing", () => {
    expect(compareReviews(before, structuredClone(before))).toEqual({
      added: [],
      removed: [],
      changed: [],
    });
    expect(renderHtml(before, before)).toContain("No grant was added, removed or changed.");
  });

  test("finds added, removed and changed grants, and says what changed", () => {
    const after = change(2, { condition: "now", team: GrantingTeam.IDENTITY });
    const changes = compareReviews(
      { ...before, grants: before.grants.slice(1) },
      { ...after, grants: [after.grants[0]!, after.grants[2]!] },
    );
    expect(changes.added).toEqual([before.grants[0]]);
    expect(changes.removed).toEqual([before.grants[1]]);
    expect(changes.changed).toEqual([
      { before: before.grants[2], after: after.grants[2], parts: ["team", "condition"] },
    ]);
  });

  test("takes a grant for the same by principal, role and scope, whatever its address and its words", () => {
    const { reasons } = before.grants[0]!;
    const objectId = "55555555-5555-4555-8555-55555555555a";
    const people = {
      kind: PrincipalKind.DEPLOYER,
      name: "people",
      principalType: PrincipalType.GROUP,
      objectId,
    };
    const known = change(0, { principal: people });
    const renamed = change(0, {
      address: "another",
      principal: { ...people, name: "renamed", objectId: objectId.toUpperCase() },
      reasons: reasons.map((reason) => ({ ...reason, why: "In other words." })),
    });
    const changes = compareReviews(known, renamed);
    expect([changes.added, changes.removed]).toEqual([[], []]);
    expect(changes.changed.map(({ parts }) => parts)).toEqual([["principal"]]);
    const other = change(0, { principal: { ...people, objectId: OTHER_SUBSCRIPTION } });
    expect(compareReviews(known, other).added).toHaveLength(1);
  });

  test("takes another scope for another grant", () => {
    const { added, removed } = compareReviews(
      before,
      change(2, { scope: subnet("b", "other-vnet") }),
    );
    expect([added.length, removed.length]).toEqual([1, 1]);
  });

  test.each([
    ["principal", { principal: { ...CONTROL_PLANE, name: "renamed" } }],
    ["role", { role: { ...NETWORK_CONTRIBUTOR, actions: [] } }],
    ["reasons", { reasons: [] }],
    ["team", { team: GrantingTeam.IDENTITY }],
    ["effectiveActions", { effectiveActions: [] }],
  ])("sees another %s", (part, value) => {
    const { changed } = compareReviews(before, change(2, value));
    expect(changed.map(({ parts }) => parts)).toEqual([[part]]);
    const width = part === "effectiveActions" ? " (1 narrower)" : "";
    const words = `0 grants added, 0 removed, 1 changed${width}.`;
    expect(renderHtml(change(2, value), before)).toContain(words);
    // The pull request shows what changed before all else.
    const heads = renderMarkdown(change(2, value), before).split("\n").slice(0, 5);
    expect(heads.filter((line) => line !== "").slice(1)).toEqual(["## Changes", words]);
  });

  test("takes another role of the same principal on the same resource for a change, and says which allows more", () => {
    const people = deployer("people");
    const narrow = reviewOf([grant(people, SUBNET_JOIN, subnet("a"))]);
    const wide = reviewOf([grant(people, NETWORK_CONTRIBUTOR, subnet("a"))]);
    const elsewhere = reviewOf([grant(people, NETWORK_CONTRIBUTOR, subnet("b"))]);
    const shown = (from: AccessReviewDocument, to: AccessReviewDocument) => {
      const { added, removed, changed } = changesForReaders(from, to);
      return [added.length, removed.length, ...changed.map(widthOf)];
    };
    expect(shown(narrow, wide)).toEqual([0, 0, "wider"]);
    expect(shown(wide, narrow)).toEqual([0, 0, "narrower"]);
    expect(shown(narrow, elsewhere)).toEqual([1, 1]);
    const bound = {
      ...wide,
      grants: wide.grants.map((one) => ({ ...one, condition: "@Resource[x] exists" })),
    };
    expect(shown(bound, wide)).toEqual([0, 0, "wider"]);
    expect(shown(wide, bound)).toEqual([0, 0, "narrower"]);
    // To Azure these are two role assignments.
    expect(compareReviews(narrow, wide)).toMatchObject({ added: [{}], removed: [{}], changed: [] });
  });
});

describe("the Markdown", () => {
  const plain = hostile("plain");
  const plainMarkdown = once(() => renderMarkdown(plain));

  test("of the lab says who is granted what, and why", () => {
    const text = renderMarkdown(lab());
    expect(text).toContain(
      "The cluster `haks` with the role set `builtIn` has 3 grants: 2 by the identity team and 1 by the NOC. `haks-cp-mi` has 14 operations, 10 not needed; `haks-kubelet-mi` has 1 operation, all needed.",
    );
    expect(text).toContain('  n0{{"haks-kubelet-mi<br/>kubelet identity"}}');
    expect(text).toContain('("Network Contributor<br/>network change")');
    expect(text).toContain("### 1 grant by the NOC");
    expect(text).toContain("- `haks-cp-mi` can act as `haks-kubelet-mi`.");
    expect(text).toContain(
      "Only the identities of the cluster reach resources of the NOC; no other principal in this review does.",
    );
  });

  test("says whether paths to the network join and read only", () => {
    const people = deployer("people");
    const join = reviewOf([grant(people, SUBNET_JOIN, subnet("a"))]);
    const more = reviewOf([
      grant(people, SUBNET_JOIN, subnet("a")),
      grant(people, OPERATOR, identityScope(CONTROL_PLANE)),
      grant(CONTROL_PLANE, NETWORK_CONTRIBUTOR, subnet("a")),
    ]);
    for (const render of [renderMarkdown, renderHtml]) {
      expect(render(join)).toContain(
        "People and pipelines reach the network by 1 path, only to join and read.",
      );
      expect(render(more)).toContain(
        "1 of 2 paths of people and pipelines can change the network, by 6 operations.",
      );
    }
  });

  // Names are in code, in labels of the diagram and in sentences; none adds a line, a cell or a tag.
  test.each(HOSTILE_NAMES)("keeps its form with the name %j", (name) => {
    const form = (text: string) =>
      text.split("\n").map((line) => [
        /^(#+ |\||```|- |flowchart| {2}[nr][\dx]+|$)?/.exec(line)?.[0],
        // Bars in code are <code>, so that each bar is the border of a cell.
        line.startsWith("|") ? line.split("|").length : 0,
        (line.match(/<(?!br>|br\/>|\/?code>|details>|\/?summary>)/g) ?? []).length,
      ]);
    const bad = hostile(name);
    const withoutCode = (text: string) =>
      text
        .replace(/^(```+)(?:bash|text)\n[^]*?\n\1$/gm, "block")
        .replace(/(`+) ?.*?[^`]\1(?!`)/g, "code");
    expect(form(withoutCode(renderMarkdown(bad)))).toEqual(form(withoutCode(plainMarkdown())));
    const diagram = /```mermaid\n([^]*?)\n```/.exec(renderMarkdown(bad))?.[1]?.split("\n") ?? [];
    const label = '"(?:[A-Za-z0-9 ]|(?<=[A-Za-z0-9])-(?=[A-Za-z0-9])|#\\d+;|<br/>)*"';
    const line = new RegExp(
      `^(flowchart LR|  [nr][\\dx]+[[({]+${label}[\\])}]+|  [nr][\\dx]+ (==>|-->|-.->) [nr][\\dx]+|  linkStyle [\\d,]+ stroke-width:3px)$`,
    );
    expect(diagram.filter((one) => !line.test(one))).toEqual([]);
    expect(diagram.length).toBeGreaterThan(4);
    for (const team of ["identity", "network"]) {
      const text = withoutCode(renderRequest(bad, team));
      expect(form(text)).toEqual(form(withoutCode(renderRequest(plain, team))));
      expect(text).not.toMatch(/<script|@octocat|\]\(javascript/);
    }
    expect(withoutCode(renderMarkdown(bad))).not.toMatch(/@octocat|\]\(javascript|\*\*bold/);
  });
});

describe("the page", () => {
  test.each(ALL)("of %s needs nothing from elsewhere and is always the same", (_, review) => {
    const page = renderHtml(review);
    expect(page).toBe(renderHtml(structuredClone(review)));
    expect(page).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; script-src &#39;unsafe-inline&#39;; img-src data:">`,
    );
    expect(page).not.toMatch(/<(link|img|iframe|object|embed|base)\b|\bsrc=|url\((?!#)|@import/);
    const links = [...page.matchAll(/href="([^"]*)"/g)].map(([, target = ""]) => target);
    expect(links.filter((target) => !/^(#|https:\/\/)/.test(target))).toEqual([]);
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    const known = new Set(ids);
    expect(ids).toHaveLength(known.size);
    expect(links.filter((one) => one.startsWith("#") && !known.has(one.slice(1)))).toEqual([]);
  });

  test("has every grant in a row, without scripts too", () => {
    const page = renderHtml(large(true, 100));
    const [, table = ""] = page.split('<table class="grants filtered">');
    const rows = table.slice(0, table.indexOf("</table>")).match(/<tr data-team/g) ?? [];
    expect(rows).toHaveLength(100);
    // Without scripts, the filter stays hidden; the rows are not.
    expect(page).toContain(
      '<form id="filter" role="search" aria-label="Filter grants and rights" hidden>',
    );
    expect(page).not.toMatch(/<tr[^>]* hidden/);
  });

  test("has parts that programs for the blind find", () => {
    const page = renderHtml(middle());
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('<a class="skip" href="#main">');
    for (const part of ["<header>", '<nav aria-label="Sections">', '<main id="main"', "<footer>"]) {
      expect(page.split(part)).toHaveLength(2);
    }
    expect(page.match(/<table/g)).toHaveLength((page.match(/<caption>/g) ?? []).length);
    expect(page).not.toMatch(/<th>/);
    expect(page).toContain('<output id="found" aria-live="polite">');
    expect(page).toMatch(/<svg [^>]*role="img" aria-labelledby="picture-title picture-desc"/);
  });

  test("has a script that is small and that engines understand", () => {
    expect(() => new Script(PAGE_SCRIPT)).not.toThrow();
    expect(PAGE_SCRIPT.length).toBeLessThan(4000);
    expect(PAGE_SCRIPT).not.toMatch(/innerHTML|eval|fetch|<\//);
  });

  test("prints all rows, whether filtered or not, all that is folded, and whole codes", () => {
    const [, print = ""] = PAGE_CSS.split("@media print {");
    expect(print).toContain("tr[hidden] { display: table-row !important; }");
    expect(print).toContain("details::details-content { content-visibility: visible;");
    expect(print).toMatch(/h2, h3, caption, thead, [^{]*\{ break-after: avoid; \}/);
    expect(PAGE_SCRIPT).toContain("for (const one of folded) one.open = true;");
    expect(PAGE_CSS).toContain(".whole { white-space: nowrap; }");
    expect(renderHtml(middle())).toContain('<th scope="row" class="whole">HAKS-ACC-007</th>');
  });

  test("opens fast with many grants: browsers draw what is visible", () => {
    expect(renderHtml(large())).toContain('<body class="large">');
    expect(renderHtml(middle())).toContain("<body>");
    expect(PAGE_CSS).toContain(".large section { content-visibility: auto;");
  });

  const harmless = once(() => renderHtml(hostile("other"), hostile("plain")));

  test.each(HOSTILE_NAMES)("keeps its form with the name %j", (name) => {
    const tags = (page: string) =>
      (page.match(/<[^>]*>/g) ?? []).map((tag) => tag.split(/[ >]/)[0]);
    const bad = renderHtml(hostile(name), hostile("plain"));
    const [head = "", script = ""] = bad.split("<script>");
    expect(script.startsWith(PAGE_SCRIPT)).toBe(true);
    expect(bad.match(/<\/?script/g)).toHaveLength(2);
    // A place for a line break, after a dot in a name.
    const without = tags(head).filter((tag) => tag !== "<wbr");
    expect(new Set(without)).toEqual(new Set(tags(harmless().split("<script>")[0] ?? "")));
    expect(head).not.toMatch(/<[^>]* on\w+=|href="javascript|\u202e/);
  });

  test("shows only links to https", () => {
    const review = lab();
    const [first] = review.grants;
    const withSource = (source: string) =>
      renderHtml({
        ...review,
        grants: [{ ...first!, reasons: [{ feature: "odd", why: "So.", source }] }],
      });
    expect(withSource("https://example.com/a?b=1&c='\"")).toContain(
      '(<a href="https://example.com/a?b=1&amp;c=%27%22" rel="noreferrer">odd</a>)',
    );
    for (const source of ["javascript:alert(1)", "data:text/html,x", "http://example.com", "no"]) {
      expect(withSource(source)).toContain("So. (odd)");
    }
  });
});

describe("the rights of a runner", () => {
  const review = middle();

  test("are in each document, with words for GUIDs that only Azure knows", () => {
    const condition = "GuidEquals {<GUID of AKS Subnet Join (haks, haks-network)>}";
    expect(renderMarkdown(review)).toContain("### Runner of `haks-network`, NOC");
    expect(renderMarkdown(review)).toContain(condition);
    expect(renderRequest(review, "network")).toContain(condition);
    expect(renderHtml(review)).toContain('<h2 id="runners">Rights of the runners</h2>');
    expect(renderHtml(review)).toContain("A fact about AKS Subnet Join (haks, haks-network).");
  });

  test("are left out if a review says nothing about them", () => {
    const { runners, ...earlier } = review;
    expect(runners).toHaveLength(1);
    const texts = [renderMarkdown(earlier), renderHtml(earlier), renderRequest(earlier, "network")];
    expect(texts.filter((text) => text.includes("Rights of the runner"))).toEqual([]);
    expect(renderRequest(review, "identity")).not.toContain("Rights of the runner");
  });
});

describe("a request", () => {
  test("names principals, roles and whole scopes, how to verify, and how to take back", () => {
    const network = renderRequest(middle(), "network");
    expect(network).toContain(
      "please create 1 custom role and 10 role assignments on your resources.",
    );
    expect(network).toContain(
      "`/subscriptions/<subscription>/resourceGroups/haks-network/providers/Microsoft.Network/virtualNetworks/haks-vnet/subnets/aks-nodes`",
    );
    expect(network).toContain("`55555555-5555-4555-8555-555555555552`");
    expect(network).toContain("see `principal_1` below");
    expect(network).toContain(
      `principal_1="$(az identity show --name haks-cp-mi --resource-group haks-identities --subscription "$subscription" --query principalId --output tsv)"`,
    );
    expect(network).toContain("`4d97b98b-1d4f-4787-a291-c67834d212e7`");
    expect(network).toContain("## Custom roles");
    expect(network.match(/^az role assignment list .*--output table$/gm)).toHaveLength(10);
    expect(network.match(/^az role assignment delete /gm)).toHaveLength(10);
    expect(network).toContain(
      "az role definition delete --name 'AKS Subnet Join (haks, haks-network)'",
    );
    expect(renderRequest(middle(), "identity")).toContain("shop/");
  });
});

describe("a script", () => {
  // __tests__/program runs more of them.
  // The unit "binary" of fast-check takes seconds to set up in jest.
  const ANY_CHARACTER = fc
    .integer({ min: 1, max: 0x10ffff })
    .map((code) => String.fromCodePoint(code));

  test("quotes every text", () => {
    const texts = [
      ...HOSTILE_NAMES,
      ...fc.sample(fc.string({ unit: ANY_CHARACTER }), { numRuns: 200, seed: 1 }),
      ...fc.sample(fc.string({ unit: fc.constantFrom(...`'"\\$\`!;|&~#*?[]{}() \n\t-=a`) }), {
        numRuns: 300,
        seed: 2,
      }),
    ].map((text) => text.replace(/[\0\p{Cs}]/gu, ""));
    inScratch((folder) => {
      const file = join(folder, "line.sh");
      writeFileSync(file, `printf '%s\\0' ${texts.map(word).join(" ")}`);
      const { stdout } = spawnSync("bash", [file], { encoding: "utf8" });
      expect(stdout.split("\0").slice(0, -1)).toEqual(texts);
    });
  });

  test("knows what is part of something else by all its names", () => {
    const secret = resource("x", "Microsoft.KeyVault/vaults/secrets", "s");
    expect(scopePath({ ...secret, parent: "v" })).toBe(
      "/resourceGroups/x-rg/providers/Microsoft.KeyVault/vaults/v/secrets/s",
    );
    const version = resource("x", "Microsoft.KeyVault/vaults/secrets/versions", "1");
    expect(scopePath({ ...version, parent: "v/s" })).toBe(
      "/resourceGroups/x-rg/providers/Microsoft.KeyVault/vaults/v/secrets/s/versions/1",
    );
  });

  test("knows no other option", () => {
    inScratch((folder) => {
      const { status, stderr, calls } = run(folder, renderScript(lab(), "network"), "--force");
      expect([status, calls]).toEqual([2, []]);
      expect(stderr).toContain("[--dry-run | --imports]");
    });
  });
});

describe("writing", () => {
  const RUNNER = join("access-requests", "network-runner.sh");

  test("makes the documents, and requests for teams that have something to grant", () => {
    inScratch((folder) => {
      const documents = ["access-review.md", "access-review.html", "access-review.json"];
      const requests = ["identity.md", "identity.sh", "network.md", "network.sh"].map((name) =>
        join("access-requests", name),
      );
      expect(writeReview(lab(), folder).sort()).toEqual([...documents, ...requests].sort());
      expect(textOf(folder, "access-review.json")).toBe(renderJson(lab()));
      expect(textOf(folder, "access-requests", "network.sh")).toBe(renderScript(lab(), "network"));
      expect(writeReview(middle(), folder)).toContain(RUNNER);
      writeReview(lab(), folder);
      expect(existsSync(join(folder, RUNNER))).toBe(false);
      // Nothing for the NOC any more: what was asked of it goes.
      const rest = reviewOf([grant(CONTROL_PLANE, OPERATOR, identityScope(KUBELET))]);
      writeReview(rest, folder, lab());
      expect(existsSync(join(folder, "access-requests", "network.sh"))).toBe(false);
      expect(existsSync(join(folder, "access-requests", "network.md"))).toBe(false);
      expect(textOf(folder, "access-requests", "identity.md")).toContain(
        "please create 1 role assignment.",
      );
      expect(textOf(folder, "access-review.html")).toContain(
        "0 grants added, 2 removed, 0 changed.",
      );
    });
  });
});
