// npm run build: compiles the library with jsii, and makes the JSON Schemas of it; then, side by side, API.md, the
// comparison with the last release, and the program, which reads its file by the schema.
import { compareWithBaseline, compile, writeReference } from "./api.mjs";
import { bundleCommandLine } from "./bundle.mjs";
import { script, timed } from "./processes.mjs";
import { writeSchemas } from "./schema.mjs";

await script(() =>
  timed("build", async () => {
    await compile();
    await timed("schemas", writeSchemas);
    const others = Promise.all([writeReference(), compareWithBaseline()]);
    await timed("program", bundleCommandLine);
    await others;
  }),
);
