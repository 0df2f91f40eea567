// What one does with the page: write, complete, follow findings, compare, share, and all of it by keys.
import { readFileSync } from "node:fs";
import { Page } from "puppeteer-core";
import { choose, edit, settled } from "../../site/chromium/drive";
import { describe as load, open, openEmpty, saved, textOf, withBrowser } from "./browser";

withBrowser();

const ENTERPRISE = "examples/enterprise/haks.yaml";
const TEXT = readFileSync(ENTERPRISE, "utf8");

let page: Page;
beforeEach(async () => {
  ({ page } = await open());
});

const selected = () => page.$eval('[role="tab"][aria-selected="true"]', ({ id }) => id);

async function write(text: string): Promise<void> {
  await page.focus("#editor .cm-content");
  await page.keyboard.down("Control");
  await page.keyboard.press("End");
  await page.keyboard.up("Control");
  await page.keyboard.type(text);
}

test("arrow keys go from view to view, and the tab key into it", async () => {
  await page.focus("#tab-access");
  for (const [key, tab] of [
    ["ArrowRight", "tab-findings"],
    ["End", "tab-stacks"],
    ["ArrowRight", "tab-access"],
    ["ArrowLeft", "tab-stacks"],
    ["Home", "tab-access"],
  ] as const) {
    await page.keyboard.press(key);
    expect(await selected()).toBe(tab);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe(tab);
  }
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("findings");
});

test("the tab key leaves the editor", async () => {
  await page.focus("#editor .cm-content");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.closest("#editor") === null)).toBe(true);
});

test("an error is marked under its place, and its link leads there", async () => {
  await load(page, "name: haks\nlocatoin: westeurope\n");
  const marked = await page.$$eval("#editor .cm-lintRange-error", (all) =>
    all.map((one) => one.textContent),
  );
  expect(marked).toContain("locatoin:");
  await page.click("#tab-findings");
  await page.evaluate(() => {
    [...document.querySelectorAll<HTMLElement>("button.place")]
      .find((one) => one.textContent.endsWith(":2:1"))!
      .click();
  });
  const line = await page.$eval("#editor .cm-activeLine", ({ textContent }) => textContent);
  expect(line).toBe("locatoin: westeurope");
});

test("a description with errors leaves the last views, and says so", async () => {
  const isStale = () => page.$eval("#stale", (one) => !(one as HTMLElement).hidden);
  const before = await textOf(page, "addresses");
  expect(await isStale()).toBe(false);
  await write("\nnonsense: 1\n");
  await page.waitForFunction(() => !document.getElementById("stale")!.hidden);
  expect(await textOf(page, "addresses")).toBe(before);
});

/** Types a part of a word, and accepts the proposal. */
async function accept(part: string, proposal: string): Promise<void> {
  await page.keyboard.type(part);
  await page.waitForFunction(
    (label) => {
      const option = document.querySelector(".cm-tooltip-autocomplete li[aria-selected]");
      return option?.querySelector(".cm-completionLabel")?.textContent === label;
    },
    {},
    proposal,
  );
  // Proposals that have just appeared are not accepted.
  await new Promise((resolve) => setTimeout(resolve, 200));
  await page.keyboard.press("Enter");
}

test("fields and values are proposed", async () => {
  await write("\n");
  await accept("upgr", "upgrades");
  await accept("chan", "channel");
  await accept("pat", "patch");
  const end = await page.$$eval("#editor .cm-line", (lines) =>
    lines.slice(-2).map(({ textContent }) => textContent),
  );
  expect(end).toEqual(["upgrades:", "  channel: patch"]);
});

test("an explanation shows over a field", async () => {
  const box = await (await page.$("#editor .cm-line:nth-child(6)"))!.boundingBox();
  await page.mouse.move(box!.x + 30, box!.y + 8);
  const tip = await page.waitForSelector(".explained");
  expect(await tip!.evaluate(({ textContent }) => textContent)).toContain("location");
});

test("an edit shows what it changes, until it is compared from there", async () => {
  await choose(page, ENTERPRISE);
  expect(await textOf(page, "changes")).toMatch(/the one that it is compared with/);
  await edit(
    page,
    TEXT.replace(
      "objectId: 55555555-5555-4555-8555-555555555552",
      "objectId: 55555555-5555-4555-8555-555555555559",
    ),
  );
  expect(await textOf(page, "changes")).toMatch(/Something live is lost/);
  const review = () => page.frames()[1]!.evaluate(() => document.body.innerText);
  expect(await review()).toMatch(/Changes/);
  await page.click("#tab-stacks");
  const changed = await page.$$eval("#stacks option", (all) =>
    all.filter(({ textContent }) => textContent.endsWith("(changed)")).map((one) => one.value),
  );
  expect(changed.length).toBeGreaterThan(0);
  await page.select("#stacks-file", changed[0]!);
  expect(
    await page.$$eval("#stacks .cm-deletedChunk, #stacks .cm-changedLine", ({ length }) => length),
  ).toBeGreaterThan(0);
  await page.click("#baseline");
  await page.waitForFunction(
    () => document.querySelectorAll("#stacks .cm-deletedChunk").length === 0,
  );
  expect(await textOf(page, "changes")).toMatch(/the one that it is compared with/);
});

test("a link carries the description in its fragment", async () => {
  await choose(page, ENTERPRISE);
  await page.click("#link");
  await page.waitForFunction(() => location.hash !== "");
  const url = page.url();
  expect(new URL(url).search).toBe("");
  const other = await openEmpty();
  await other.page.goto(url);
  await settled(other.page);
  expect(await other.page.$eval("#file", ({ textContent }) => textContent)).toBe(ENTERPRISE);
  expect(await other.page.title()).toContain("haks-prod");
});

test("a file is opened", async () => {
  const input = await page.$("#open");
  await (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(ENTERPRISE);
  await page.waitForFunction(() => document.title.startsWith("haks-prod"));
  expect(await page.$eval("#file", ({ textContent }) => textContent)).toBe("haks.yaml");
});

test("decisions are saved from the frame of the review", async () => {
  const [, review] = page.frames();
  const text = await saved(page, () =>
    review!.evaluate(() => {
      document.getElementById("save")!.click();
    }),
  );
  expect(JSON.parse(text.toString())).toMatchObject({ cluster: "haks" });
});
