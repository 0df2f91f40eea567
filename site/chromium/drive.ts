// Uses the page in Chromium, as a user does.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import puppeteer, { Browser, Page } from "puppeteer-core";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** The page as a file. */
export const PAGE = `file://${resolve("dist/site/index.html")}`;

/**
 * Starts Chromium.
 *
 * @throws if it is not installed
 */
export async function startChromium(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(
      `There is no ${CHROMIUM}. Install it (apt-get install -y chromium), or set CHROMIUM to its path.`,
    );
  }
  const args = ["--no-sandbox", "--disable-background-networking"];
  return puppeteer.launch({ executablePath: CHROMIUM, args });
}

/** Waits until the stacks of what the page shows are there. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    // A function with a name would refer to this program.
    () => {
      const [checked, reviewed, synthesized] = ["checked", "reviewed", "synthesized"].map(
        (name) => performance.getEntriesByName(name).at(-1)?.startTime ?? 0,
      ) as [number, number, number];
      const isStale = document.getElementById("stale")?.hidden === false;
      // The stacks follow when the review is drawn.
      return isStale || (checked > 0 && reviewed > checked && synthesized > reviewed);
    },
    { timeout: 30_000, polling: 20 },
  );
}

/** Chooses an example. */
export async function choose(page: Page, example: string): Promise<void> {
  await forget(page);
  await page.select("#examples", example);
  await settled(page);
}

/** Replaces the description, as typing does. */
export async function edit(page: Page, text: string): Promise<void> {
  await forget(page);
  await page.focus("#editor .cm-content");
  await page.keyboard.down("Control");
  await page.keyboard.press("KeyA");
  await page.keyboard.up("Control");
  await page.keyboard.sendCharacter(text);
  await settled(page);
}

/** Forgets what the page did, so that `settled` waits for what comes. */
export async function forget(page: Page): Promise<void> {
  await page.evaluate(() => {
    performance.clearMarks();
    document.getElementById("stale")!.hidden = true;
  });
}
