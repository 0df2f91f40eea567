// npm run synth: the stacks, without the cdktf command line.
import { join } from "node:path";
import { configFile, outputFolder, run } from "../environment";
import { formatProblem } from "../problem";
import { synthesize } from "../synthesize";

run(() => {
  const { outdir, stacks, review, warnings } = synthesize({
    file: configFile(),
    outdir: outputFolder(),
  });
  for (const warning of warnings) {
    console.error(formatProblem(warning));
  }
  console.log(`Stacks in the order in which they are deployed:`);
  for (const { name, file } of stacks) {
    console.log(`  ${name}  ${join(outdir, file)}`);
  }
  const pages = review.filter((file) => !file.includes("requests"));
  console.log("Access review, with requests and scripts for the teams in access-requests:");
  for (const page of pages) {
    console.log(`  ${join(outdir, page)}`);
  }
});
