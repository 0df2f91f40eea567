// The app that the cdktf CLI runs; see cdktf.json.
import { report } from "./app/cli/findings";
import { processIo } from "./app/cli/io";
import { commitOf, configFile, outputFolder } from "./app/environment";
import { synthesize } from "./app/synthesize";

try {
  synthesize({
    file: configFile(),
    outdir: outputFolder(),
    clean: false,
    commit: commitOf(),
    announce: true,
  });
} catch (error) {
  process.exitCode = report(processIo(), error, false);
}
