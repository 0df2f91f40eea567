// npm run build: compiles the library with jsii, and makes the JSON Schemas of it; then, side by side, API.md, the
// comparison with the last release, and the program, which reads its file by the schema.
import { compareWithBaseline, writeReference } from "./api.mjs";
import { bundleCommandLine } from "./bundle.mjs";
import { timed, tool } from "./processes.mjs";
import { writeSchemas } from "./schema.mjs";

try {
  await timed("build", async () => {
    await tool("jsii", ["--generate-tsconfig", "tsconfig.jsii.json", "--fail-on-warnings"]);
    await timed("schemas", writeSchemas);
    const others = Promise.all([writeReference(), compareWithBaseline()]);
    await timed("program", bundleCommandLine);
    await others;
  });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
