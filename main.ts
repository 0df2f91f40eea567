// The app that the cdktf command line runs; see cdktf.json.
import { configFile, outputFolder, run } from "./app/environment";
import { synthesize } from "./app/synthesize";

run(() => synthesize({ file: configFile(), outdir: outputFolder(), clean: false }));
