// Nothing leaves the page, and no text of a description runs.
import { readFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import { pack, unpack } from "../../site/worker/link";
import { PAGE } from "../../site/chromium/drive";
import {
  Opened,
  Server,
  describe as load,
  open,
  openEmpty,
  serve,
  textOf,
  withBrowser,
} from "./browser";

withBrowser();

let server: Server;
beforeAll(async () => {
  server = await serve();
});
afterAll(() => {
  server.close();
});

const VIEWS = ["access", "findings", "changes", "addresses", "hardening", "requests", "stacks"];

async function useAll({ page }: Opened): Promise<void> {
  for (const view of VIEWS) {
    await page.click(`#tab-${view}`);
  }
  await page.click("#baseline");
  await page.click("#link");
}

describe("requests", () => {
  test("as a file, the page loads nothing but itself", async () => {
    const opened = await open();
    await useAll(opened);
    expect(opened.requests).toEqual([PAGE]);
    expect(opened.complaints).toEqual([]);
  });

  test("from a server, the page loads nothing but itself", async () => {
    const opened = await open({ url: server.url });
    await useAll(opened);
    expect(opened.requests).toEqual([server.url]);
    expect(server.paths).toEqual(["/"]);
    expect(opened.complaints).toEqual([]);
  });

  test.each(["fetch", "image", "script", "frame", "style", "beacon", "worker"])(
    "the policy refuses a request by %s",
    async (kind) => {
      const { page, complaints } = await open({ url: server.url });
      await page.evaluate(request, kind, `${server.url}taken`);
      await page.waitForFunction(() => true);
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(server.paths).not.toContain("/taken");
      expect(complaints.join("\n")).toMatch(/Content Security Policy/);
    },
  );

  test.each(["fetch", "image", "script", "frame", "style", "beacon", "worker"])(
    "a page without the policy makes a request by %s",
    async (kind) => {
      const { page } = await openEmpty();
      await page.goto(`${server.url}other`);
      await page.evaluate(request, kind, `${server.url}taken-by-${kind}`);
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(server.paths).toContain(`/taken-by-${kind}`);
    },
  );
});

function request(kind: string, url: string): void {
  const add = (tag: string, attributes: object) =>
    document.body.append(Object.assign(document.createElement(tag), attributes));
  const ways: { [kind: string]: () => unknown } = {
    fetch: () => fetch(url).catch(() => undefined),
    image: () => {
      add("img", { src: url });
    },
    script: () => {
      add("script", { src: url });
    },
    frame: () => {
      add("iframe", { src: url });
    },
    style: () => {
      add("link", { rel: "stylesheet", href: url });
    },
    beacon: () => navigator.sendBeacon(url),
    worker: () => new Worker(url),
  };
  ways[kind]!();
}

// Each part runs where a text is parsed as HTML, in an attribute or in a script.
const HOSTILE = `</script></style></textarea><img src=x onerror="top.hacked=window.hacked=1"><script>top.hacked=window.hacked=1</script>"'\`\${hacked}`;

/** Returns a value in which each text has the hostile one at its end. */
function hostile(value: unknown, isText: (path: string) => boolean, path = ""): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => hostile(item, isText, `${path}.${index}`));
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, hostile(item, isText, `${path}.${key}`)]),
    );
  }
  return typeof value === "string" && isText(path) ? `${value}${HOSTILE}` : value;
}

function isHacked({ page }: Opened): Promise<boolean> {
  const hacked = page
    .frames()
    .map((frame) => frame.evaluate(() => "hacked" in window).catch(() => false));
  return Promise.all(hacked).then((all) => all.includes(true));
}

describe("a hostile description", () => {
  const valid = parse(readFileSync("examples/enterprise/haks.yaml", "utf8")) as object;
  const quiet = HOSTILE.replace("${", "$");

  test("runs nothing with errors about every text", async () => {
    const opened = await open();
    await load(
      opened.page,
      stringify(hostile(valid, () => true)).replaceAll("${", "$"),
      `${quiet}.yaml`,
    );
    await useAll(opened);
    expect(await textOf(opened.page, "findings")).toContain("onerror=");
    expect(await opened.page.$eval("#file", ({ textContent }) => textContent)).toContain(
      "onerror=",
    );
    expect(await isHacked(opened)).toBe(false);
    expect(opened.complaints).toEqual([]);
  });

  test("runs nothing where it is valid", async () => {
    const opened = await open();
    const free = {
      ...valid,
      tags: { owner: quiet, [quiet.slice(0, 40).replace(/[<>%&\\?/]/g, "")]: quiet },
    };
    const text = stringify({
      ...free,
      exceptions: [{ name: "runCommand", reason: quiet }],
    });
    await load(opened.page, text);
    await useAll(opened);
    expect(await opened.page.$eval("#stale", (one) => (one as HTMLElement).hidden)).toBe(true);
    expect(await textOf(opened.page, "hardening")).toContain("onerror=");
    const [, review] = opened.page.frames();
    expect(await review!.evaluate(() => document.body.innerText)).toContain("onerror=");
    expect(await isHacked(opened)).toBe(false);
    expect(opened.complaints).toEqual([]);
  });

  test("would run in a page that parses it", async () => {
    const opened = await openEmpty();
    await opened.page.goto(`${server.url}other`);
    await opened.page.evaluate(parseHostile, HOSTILE);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await opened.page.evaluate(() => "hacked" in window && "ran" in window)).toBe(true);
  });

  test("would not run in the review, even if it were parsed: the policy of the page holds there", async () => {
    const { page } = await open();
    const [, review] = page.frames();
    await review!.evaluate(parseHostile, HOSTILE);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await review!.evaluate(() => "hacked" in window || "ran" in window)).toBe(false);
  });
});

function parseHostile(html: string): void {
  const script = Object.assign(document.createElement("script"), { textContent: "window.ran = 1" });
  document.body.innerHTML = html;
  document.body.append(script);
}

test("a link with a broken or an enormous description carries none", () => {
  const source = { file: "haks.yaml", text: "name: haks # Grüße 🙂\n" };
  expect(unpack(pack(source))).toEqual(source);
  expect(unpack("haks=%%%")).toBeUndefined();
  expect(unpack("haks=AAAA")).toBeUndefined();
  expect(unpack("other")).toBeUndefined();
  expect(unpack(pack({ file: "haks.yaml", text: "x".repeat(2 ** 19) }))).toBeDefined();
  expect(unpack(pack({ file: "haks.yaml", text: "x".repeat(2 ** 22) }))).toBeUndefined();
});
