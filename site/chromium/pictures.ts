// npm run pictures: takes the pictures of README and docs, from the page and the access review as they are.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Browser, Page } from "puppeteer-core";
import { synthesize } from "../../app/synthesize";
import { PAGE, choose, edit, settled, startChromium } from "./drive";

const OUT = "docs/pictures";
const EXAMPLE = "examples/enterprise/haks.yaml";
const MOST_BYTES = 200_000;

interface View {
  readonly width: number;
  readonly height: number;
  readonly scheme: "light" | "dark";
}

const WIDE: View = { width: 1400, height: 860, scheme: "light" };
const NARROW: View = { width: 390, height: 844, scheme: "light" };

async function takeAll(browser: Browser): Promise<void> {
  for (const scheme of ["light", "dark"] as const) {
    await take(await opened(browser, { ...WIDE, scheme }), `page-wide-${scheme}`);
    const narrow = await opened(browser, { ...NARROW, scheme });
    await narrow.$eval("#views", (views) => {
      views.scrollIntoView();
    });
    await take(narrow, `page-narrow-${scheme}`);
  }
  const page = await opened(browser, WIDE);
  await page.click("#tab-addresses");
  await take(page, "page-addresses", false);
  // The deployers become another group.
  const text = readFileSync(EXAMPLE, "utf8");
  await edit(
    page,
    text.replace("platform-engineers", "cluster-operators").replace("555555555552", "555555555559"),
  );
  await page.click("#tab-changes");
  await take(page, "page-changes");
  await takeReview(browser);
}

async function opened(browser: Browser, { width, height, scheme }: View): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.goto(PAGE);
  await settled(page);
  await choose(page, EXAMPLE);
  return page;
}

async function takeReview(browser: Browser): Promise<void> {
  const outdir = mkdtempSync(join(tmpdir(), "haks-pictures-"));
  synthesize({ file: EXAMPLE, outdir });
  const page = await browser.newPage();
  await page.setViewport({ width: 1400, height: 1200 });
  await page.goto(`file://${join(outdir, "access-review.html")}`);
  await take(page, "access-review");
  rmSync(outdir, { recursive: true });
}

async function take(page: Page, name: string, isLast = true): Promise<void> {
  const path = join(OUT, `${name}.webp`) as `${string}.webp`;
  await page.screenshot({ path, type: "webp", quality: 80 });
  const { size } = statSync(path);
  console.log(`${path}: ${Math.round(size / 1000)} KB`);
  if (size > MOST_BYTES) {
    throw new Error(`${path} has more than ${MOST_BYTES / 1000} KB.`);
  }
  if (isLast) {
    await page.close();
  }
}

void startChromium().then(async (browser) => {
  mkdirSync(OUT, { recursive: true });
  await takeAll(browser).finally(() => browser.close());
});
