// npm run build: compiles the library with jsii, and bundles the program meanwhile; then, side by side, API.md and
// the comparison with the last release.
import { compareWithBaseline, writeReference } from "./api.mjs";
import { bundleCommandLine } from "./bundle.mjs";
import { timed, tool } from "./processes.mjs";

try {
  await timed("build", async () => {
    const library = tool("jsii", [
      "--generate-tsconfig",
      "tsconfig.jsii.json",
      "--fail-on-warnings",
    ]);
    await timed("program", bundleCommandLine);
    await library;
    await Promise.all([writeReference(), compareWithBaseline()]);
  });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
