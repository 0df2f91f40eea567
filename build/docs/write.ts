// Writes what is made from code: pages under docs/, and the help in help and docs/cli.md. npm run docs.
import { readFileSync, writeFileSync } from "node:fs";
import { Assembly, apiPage } from "./api";
import { azurerm5Page } from "./azurerm-5";
import { changesPage } from "./changes";
import { helpWithCommands, pageWithCommands } from "./commands";
import { fieldsPage } from "./fields";
import { findingsPage } from "./findings";
import { hardeningPage } from "./hardening";
import { movingPage } from "./moving";
import { pageWithFeatures } from "./permissions";
import { troubleshootingPage } from "./troubleshooting";

writeFileSync("docs/api.md", apiPage(JSON.parse(readFileSync(".jsii", "utf8")) as Assembly));
writeFileSync("docs/azurerm-5.md", azurerm5Page());
writeFileSync("docs/changes.md", changesPage());
writeFileSync("docs/fields.md", fieldsPage());
writeFileSync("docs/findings.md", findingsPage());
writeFileSync("docs/hardening.md", hardeningPage());
writeFileSync("docs/moving.md", movingPage());
writeFileSync("docs/troubleshooting.md", troubleshootingPage());
writeFileSync("help", helpWithCommands(readFileSync("help", "utf8")));
writeFileSync("docs/permissions.md", pageWithFeatures(readFileSync("docs/permissions.md", "utf8")));
writeFileSync("docs/cli.md", pageWithCommands(readFileSync("docs/cli.md", "utf8")));
