// npm runs this after it changed node_modules (script "dependencies", which it runs here only, and never where the package
// is installed). Keeps the cdktf command line from touching localStorage, of which Node.js 25 and later warn: a library in
// its bundle looks for the storage of a browser, so no other version of a package helps.
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { ROOT } from "./processes.mjs";

const LAUNCHER = `${ROOT}node_modules/cdktf-cli/bundle/bin/cdktf`;
const BEFORE = '#!/usr/bin/env node\nrequire("./cdktf.js");\n';
const AFTER = BEFORE.replace("require", "delete globalThis.localStorage;\nrequire");

// It is absent with --omit=dev.
const text = existsSync(LAUNCHER) ? readFileSync(LAUNCHER, "utf8") : AFTER;
if (text === BEFORE) {
  // A new file, since other checkouts may share the old one by a hard link.
  writeFileSync(`${LAUNCHER}.new`, AFTER);
  chmodSync(`${LAUNCHER}.new`, 0o755);
  renameSync(`${LAUNCHER}.new`, LAUNCHER);
} else if (text !== AFTER) {
  console.error(`${LAUNCHER} is another one: see whether build/quiet-cdktf.mjs is still needed.`);
  process.exitCode = 1;
}
