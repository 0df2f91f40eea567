// Writes the JSON Schemas and the pages under docs/ that are made from code: npm run docs.
import { writeFileSync } from "node:fs";
import { jsonSchema } from "../config/json-schema";
import { reviewJsonSchema } from "../review/json-schema";
import { findingsPage } from "./findings";
import { hardeningPage } from "./hardening";
import { troubleshootingPage } from "./troubleshooting";

writeFileSync("docs/findings.md", findingsPage());
writeFileSync("docs/hardening.md", hardeningPage());
writeFileSync("docs/troubleshooting.md", troubleshootingPage());
writeFileSync("haks.schema.json", jsonSchema());
writeFileSync("access-review.schema.json", reviewJsonSchema());
