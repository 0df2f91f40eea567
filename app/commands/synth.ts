// npm run synth: the stacks, without the cdktf command line.
import { join } from "node:path";
import { configFile, outputFolder, run } from "../environment";
import { formatProblem } from "../problem";
import { synthesize } from "../synthesize";

run(() => {
  const { outdir, stacks, warnings } = synthesize({ file: configFile(), outdir: outputFolder() });
  for (const warning of warnings) {
    console.error(formatProblem(warning));
  }
  console.log(`Stacks in the order in which they are deployed:`);
  for (const { name, file } of stacks) {
    console.log(`  ${name}  ${join(outdir, file)}`);
  }
});
