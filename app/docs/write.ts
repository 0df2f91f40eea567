// Writes the pages under docs/ that are made from code: npm run docs.
import { writeFileSync } from "node:fs";
import { findingsPage } from "./findings";
import { hardeningPage } from "./hardening";

writeFileSync("docs/findings.md", findingsPage());
writeFileSync("docs/hardening.md", hardeningPage());
