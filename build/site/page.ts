// The page as one file: a page that is opened as a file can load no script, style or worker beside it.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { transformSync } from "esbuild";
import { DECISIONS_SCRIPT } from "../../app/review/decisions-script";
import { PAGE_SCRIPT } from "../../app/review/page-script";
import { version } from "../../package.json";
import { Script, bundled } from "./bundle";

/** The page, and the scripts in it. */
export interface Site {
  readonly html: string;
  readonly scripts: readonly Script[];
}

/** Returns the page. */
export async function site(): Promise<Site> {
  const worker = await bundled("site/worker/worker.ts");
  const script = await bundled("site/page/main.ts");
  // The frame of the access review inherits the policy, and its script runs as well.
  const scripts = [script.text, PAGE_SCRIPT + DECISIONS_SCRIPT];
  const { code: style } = transformSync(readFileSync("site/page.css", "utf8"), {
    loader: "css",
    minify: true,
  });
  const parts: { readonly [name: string]: string } = {
    POLICY: policy(scripts),
    STYLE: style,
    VERSION: version,
    WORKER: element(worker.text),
    SCRIPT: element(script.text),
  };
  const html = readFileSync("site/index.html", "utf8").replace(
    /%([A-Z]+)%/g,
    (_, name: string) => parts[name]!,
  );
  return { html, scripts: [worker, script] };
}

function policy(scripts: readonly string[]): string {
  const hashes = scripts.map(
    (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`,
  );
  return [
    "default-src 'none'",
    `script-src ${hashes.join(" ")}`,
    "worker-src blob:",
    "frame-src blob:",
    // Editors write style sheets. Styles load nothing, since images and fonts are refused.
    "style-src 'unsafe-inline'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** Returns a script that can stand in an element. */
function element(script: string): string {
  if (/<\/script|<!--/i.test(script)) {
    throw new Error("The script would end its element, or begin a comment in it.");
  }
  return script;
}
