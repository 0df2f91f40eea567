// Writes what is made from code: the JSON Schemas, pages under docs/, and the help in help and README. npm run docs.
import { readFileSync, writeFileSync } from "node:fs";
import { jsonSchema } from "../config/json-schema";
import { reviewJsonSchema } from "../review/json-schema";
import { azurerm5Page } from "./azurerm-5";
import { helpWithCommands, readmeWithCommands } from "./commands";
import { findingsPage } from "./findings";
import { hardeningPage } from "./hardening";
import { troubleshootingPage } from "./troubleshooting";

writeFileSync("docs/azurerm-5.md", azurerm5Page());
writeFileSync("docs/findings.md", findingsPage());
writeFileSync("docs/hardening.md", hardeningPage());
writeFileSync("docs/troubleshooting.md", troubleshootingPage());
writeFileSync("haks.schema.json", jsonSchema());
writeFileSync("access-review.schema.json", reviewJsonSchema());
writeFileSync("help", helpWithCommands(readFileSync("help", "utf8")));
writeFileSync("README.md", readmeWithCommands(readFileSync("README.md", "utf8")));
