// The page gives what the command line gives, byte for byte, for all examples.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { Page } from "puppeteer-core";
import { exampleTexts } from "../../build/site/examples";
import { PAGE, choose, edit, settled } from "../../site/chromium/drive";
import { describe as load, openEmpty, saved, withBrowser } from "./browser";

withBrowser();

const EXAMPLES = Object.keys(exampleTexts()).filter((file) => !file.endsWith("defaults.yaml"));

let page: Page;
beforeAll(async () => {
  ({ page } = await openEmpty());
  // The frame of the review has no text that can be asked for, so its address is noted when it is made.
  await page.evaluateOnNewDocument(() => {
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob: Blob) => {
      if (blob.type === "text/html") {
        (window as unknown as Shown).shown = blob;
      }
      return make(blob);
    };
  });
  await page.goto(PAGE);
  await settled(page);
});

interface Shown {
  shown: Blob;
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "haks-same-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function commandLine(args: string[], cwd?: string): { stdout: string; stderr: string } {
  const program = resolve("dist/app/cli.js");
  const { stdout, stderr } = spawnSync("node", [program, ...args], { encoding: "utf8", cwd });
  return { stdout, stderr };
}

/** Returns the findings of the page, in the form of the command line. */
async function findingsOf(of: Page): Promise<string> {
  const lines = await of.$$eval("#findings .finding", (items) =>
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
  return lines.join("");
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
    const { stderr } = commandLine(["check", "--config", example]);
    expect(await findingsOf(page)).toBe(stderr);
  });

  test("addresses", async () => {
    const { stdout } = commandLine(["addresses", "--config", example]);
    await page.click("#tab-addresses");
    expect(await page.$eval("#addresses pre", (pre) => pre.textContent)).toBe(stdout);
  });

  test("the access review that is shown", async () => {
    commandLine(["review", "--config", example, "--out", folder]);
    const content = await page.evaluate(() => (window as unknown as Shown).shown.text());
    expect(content).toBe(readFileSync(join(folder, "access-review.html"), "utf8"));
  });

  test("all files: stacks, review, requests and scripts", async () => {
    commandLine(["synth", "--config", example, "--out", folder]);
    expect(existsSync(join(folder, "manifest.json"))).toBe(true);
    const { "haks.yaml": text, ...files } = Object.fromEntries(
      Object.entries(unzipSync(await saved(page, () => page.click("#zip")))).map(
        ([path, bytes]) => [path, strFromU8(bytes)],
      ),
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

test.each([
  ["a group of deployers", "555555555552", "555555555559"],
  ["the egress", "type: userDefinedRouting", "type: natGateway"],
  ["the subnet of the nodes", "nodeSubnet: aks-nodes", "nodeSubnet: aks-other"],
  ["the name of the control plane identity", "haks-prod-cp-mi", "haks-prod-cp"],
])("the effects of a change of %s", async (_, from, to) => {
  const example = "examples/enterprise/haks.yaml";
  const text = readFileSync(example, "utf8").replaceAll(from, to);
  const config = join(folder, "haks.yaml");
  writeFileSync(config, text);
  commandLine(["synth", "--config", example, "--out", join(folder, "out")]);
  const { stdout } = commandLine(["check", "--config", config, "--previous", join(folder, "out")]);
  await choose(page, "examples/landing-zone/haks.yaml");
  await choose(page, example);
  await edit(page, text);
  const shown = await page.$$eval("#changes :is(h3, .effects li, .remark, .verdict)", (parts) =>
    parts.map((part) => part.textContent),
  );
  const lines = stdout.split("\n").map((line) => line.trim().replace(/  +/, " "));
  expect(stdout).toMatch(/live/);
  expect(shown.filter((line) => !lines.includes(line))).toEqual([]);
  // The lines of the remedy are in two other elements.
  const remedy = (
    await page.$$eval("#changes pre", (all) => all.map((one) => one.textContent))
  ).join();
  const rest = lines.filter((line) => line !== "" && !shown.includes(line));
  expect(
    rest.filter((line) => !remedy.includes(line) && !line.includes("add to the description")),
  ).toEqual([]);
});

test("errors are those of the command line as well", async () => {
  const text = "name: haks\nlocatoin: westeurope\nnetwork:\n  nodeSubnet: 7\n";
  writeFileSync(join(folder, "haks.yaml"), text);
  const { stderr } = commandLine(["check", "--config", "haks.yaml"], folder);
  await load(page, text);
  expect(await findingsOf(page)).not.toBe("");
  expect(stderr.startsWith(await findingsOf(page))).toBe(true);
  expect(stderr.slice((await findingsOf(page)).length)).toMatch(
    /^\d errors; nothing was written.\n$/,
  );
});
