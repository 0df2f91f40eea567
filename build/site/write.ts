// npm run site: writes the page to dist/site.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { licenses } from "./licenses";
import { site } from "./page";

const OUT = "dist/site";

void site().then(({ html, scripts }) => {
  mkdirSync(OUT, { recursive: true });
  writeFileSync(join(OUT, "index.html"), html);
  writeFileSync(join(OUT, "LICENSES.txt"), `${licenses(scripts)}\n`);
});
