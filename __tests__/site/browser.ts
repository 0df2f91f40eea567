// The page in Chromium, and what it asks the network for.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pack } from "../../site/worker/link";
import { Browser, Page } from "puppeteer-core";
import { PAGE, forget, settled, startChromium } from "../../site/chromium/drive";

let browser: Browser | undefined;
let current: Page | undefined;

/** Starts Chromium before the tests of a file, and ends it after them. */
export function withBrowser(): void {
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
    current = undefined;
  });
}

/** A page that is open. */
export interface Opened {
  readonly page: Page;
  /** Addresses that were asked for, but data that is in the page. */
  readonly requests: string[];
  /** Errors of scripts, and messages of the browser, such as those about the policy. */
  readonly complaints: string[];
}

/** How a page is opened. */
export interface Opening {
  readonly url?: string;
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: "light" | "dark";
}

/** Opens the page, and waits for its stacks. */
export async function open(opening: Opening = {}): Promise<Opened> {
  const opened = await openEmpty(opening);
  await opened.page.goto(opening.url ?? PAGE);
  await settled(opened.page);
  return opened;
}

/** Opens an empty page. */
export async function openEmpty(opening: Opening = {}): Promise<Opened> {
  const { width = 1400, height = 900, scheme = "light" } = opening;
  // Pages in the background are slow.
  await current?.close();
  const page = await browser!.newPage();
  current = page;
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => {
    if (!/^(blob|data):/.test(request.url())) {
      requests.push(request.url());
    }
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => complaints.push(message.text()));
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  return { page, requests, complaints };
}

/** Replaces the description, as a link does. */
export async function describe(page: Page, text: string, file = "haks.yaml"): Promise<void> {
  await forget(page);
  await page.evaluate((fragment) => {
    location.hash = fragment;
  }, pack({ file, text }));
  await settled(page);
}

/** Shows a view; returns its text. */
export async function textOf(page: Page, view: string): Promise<string> {
  await page.click(`#tab-${view}`);
  return page.$eval(`#${view}`, (panel) => (panel as HTMLElement).innerText);
}

/** Does something that saves a file; returns the content of the file. */
export async function saved(page: Page, act: () => Promise<void>): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "haks-page-"));
  try {
    const session = await page.browser().target().createCDPSession();
    await session.send("Browser.setDownloadBehavior", {
      behavior: "allow",
      downloadPath: folder,
      eventsEnabled: true,
    });
    const done = new Promise<void>((resolve) => {
      session.on("Browser.downloadProgress", ({ state }) => {
        if (state === "completed") {
          resolve();
        }
      });
    });
    await act();
    await done;
    return readFileSync(join(folder, readdirSync(folder)[0]!));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A server of the page on loopback, and the paths that it was asked for. */
export interface Server {
  readonly url: string;
  readonly paths: string[];
  readonly close: () => void;
}

/** Serves the page. */
export async function serve(): Promise<Server> {
  const paths: string[] = [];
  const server = createServer(({ url = "" }, response) => {
    paths.push(url);
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(url === "/" ? readFileSync("dist/site/index.html") : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, paths, close: () => server.close() };
}
