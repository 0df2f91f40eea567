// The page gives what the command line gives, byte for byte, for all examples.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { Page } from "puppeteer-core";
import { exampleTexts } from "../../build/site/examples";
import { choose } from "../../site/chromium/drive";
import { describe as load, open, reviewFrame, saved, textOf, withBrowser } from "./browser";

withBrowser();

const EXAMPLES = Object.keys(exampleTexts()).filter((file) => !file.endsWith("defaults.yaml"));

let page: Page;
beforeAll(async () => {
  ({ page } = await open());
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "haks-same-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function commandLine(...args: string[]): { stdout: string; stderr: string } {
  const { stdout, stderr } = spawnSync("node", ["dist/app/cli.js", ...args], { encoding: "utf8" });
  return { stdout, stderr };
}

function filesOf(out: string): { [path: string]: string } {
  const paths = readdirSync(out, { recursive: true, encoding: "utf8" });
  return Object.fromEntries(
    paths
      .filter((path) => /\.\w+$/.test(path) && !path.startsWith("."))
      .map((path) => [path, readFileSync(join(out, path), "utf8")]),
  );
}

test("the page offers all descriptions of the repository", () => {
  const files = execFileSync("git", ["ls-files", "*.yaml"], { encoding: "utf8" })
    .trim()
    .split("\n");
  const descriptions = files.filter(
    (file) => !file.startsWith("__tests__") && /^name: /m.test(readFileSync(file, "utf8")),
  );
  expect(EXAMPLES.sort()).toEqual(
    descriptions.filter((file) => !/pipelines|fleet\/(?!clusters)/.test(file)).sort(),
  );
});

describe.each(EXAMPLES)("%s", (example) => {
  beforeAll(async () => {
    if (example === "haks.yaml") {
      await choose(
        page,
        EXAMPLES.find((one) => one !== example)!,
      );
    }
    await choose(page, example);
  });

  test("findings", async () => {
    const { stderr } = commandLine("check", "--config", example);
    await page.click("#tab-findings");
    const found = await page.$$eval("#findings .finding", (items) =>
      items.map((item) => {
        const [severity, code, place, message, remedy] = [
          ".severity",
          ".code",
          ".place",
          ".message",
          ".remedy",
        ].map((part) => item.querySelector(part)?.textContent);
        return `${place}: ${severity} ${code}: ${message} ${remedy}\n`;
      }),
    );
    expect(found.join("")).toBe(stderr);
  });

  test("addresses", async () => {
    const { stdout } = commandLine("addresses", "--config", example);
    await page.click("#tab-addresses");
    expect(await page.$eval("#addresses pre", (pre) => pre.textContent)).toBe(stdout);
  });

  test("the access review that is shown", async () => {
    commandLine("review", "--config", example, "--out", folder);
    const address = (await reviewFrame(page)).url();
    const target = page
      .browser()
      .targets()
      .find((one) => one.url() === address);
    const session = await target!.createCDPSession();
    await session.send("Page.enable");
    const { id: frameId, url } = (await session.send("Page.getFrameTree")).frameTree.frame;
    const { content } = await session.send("Page.getResourceContent", { frameId, url });
    expect(content).toBe(readFileSync(join(folder, "access-review.html"), "utf8"));
  });

  test("all files: stacks, review, requests and scripts", async () => {
    commandLine("synth", "--config", example, "--out", folder);
    expect(existsSync(join(folder, "manifest.json"))).toBe(true);
    const { "haks.yaml": text, ...files } = Object.fromEntries(
      Object.entries(unzipSync(await saved(page, "#zip"))).map(([path, bytes]) => [
        path,
        strFromU8(bytes),
      ]),
    );
    expect(text).toBe(readFileSync(example, "utf8"));
    expect(
      Object.keys(files)
        .filter((path) => files[path] !== "")
        .sort(),
    ).toEqual(
      Object.keys(filesOf(folder))
        .filter((path) => filesOf(folder)[path] !== "")
        .sort(),
    );
    expect(files).toEqual(filesOf(folder));
  });
});

test("errors are those of the command line as well", async () => {
  await load(page, "name: haks\nlocatoin: westeurope\n");
  expect(await textOf(page, "findings")).toContain("HAKS-FILE");
});
