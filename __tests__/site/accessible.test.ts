// axe finds nothing in any view, in light and dark, wide and narrow; keys reach everything.
import { readFileSync } from "node:fs";
import axe, { AxeResults } from "axe-core";
import { Frame, Page } from "puppeteer-core";
import { choose, edit } from "../../site/chromium/drive";
import { describe as load, open, textOf, withBrowser } from "./browser";

withBrowser();

const VIEWS = ["access", "findings", "changes", "addresses", "hardening", "requests", "stacks"];

/** Returns what axe finds, but in frames, which are looked at by themselves. */
async function problems(place: Page | Frame): Promise<string[]> {
  await place.evaluate(axe.source);
  const { violations } = (await place.evaluate("axe.run({ iframes: false })")) as AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

async function problemsOfAll(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const view of VIEWS) {
    await page.click(`#tab-${view}`);
    found.push(...(await problems(page)).map((one) => `${view}: ${one}`));
  }
  return found;
}

describe.each([
  ["light", 1400],
  ["dark", 1400],
  ["light", 390],
  ["dark", 390],
] as const)("%s, %i pixels", (scheme, width) => {
  test("axe finds nothing", async () => {
    const { page } = await open({ scheme, width });
    expect(await problemsOfAll(page)).toEqual([]);
    expect(await problems(page.frames()[1]!)).toEqual([]);
  });

  test("axe finds nothing in changes", async () => {
    const { page } = await open({ scheme, width });
    const text = readFileSync("examples/enterprise/haks.yaml", "utf8");
    await choose(page, "examples/enterprise/haks.yaml");
    await edit(
      page,
      text.replace("name: platform-engineers", "name: crew").replace("555555552", "555555559"),
    );
    expect(await textOf(page, "changes")).toMatch(/lost/);
    expect(await problemsOfAll(page)).toEqual([]);
  });

  test("axe finds nothing in errors", async () => {
    const { page } = await open({ scheme, width });
    await load(page, "name: haks\nlocatoin: westeurope\n");
    expect(await textOf(page, "findings")).toMatch(/error/);
    expect(await problemsOfAll(page)).toEqual([]);
  });
});

test("axe finds a button without a name", async () => {
  const { page } = await open();
  await page.evaluate(() => {
    document.body.append(document.createElement("button"));
  });
  expect(await problems(page)).toEqual([expect.stringContaining("button-name")]);
});

test.each([360, 390, 768, 1400])("at %i pixels nothing is wider than the page", async (width) => {
  const { page } = await open({ width });
  for (const view of VIEWS) {
    await page.click(`#tab-${view}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      width,
    );
  }
});
