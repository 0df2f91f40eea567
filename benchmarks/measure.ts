// Measures one fleet in one process: an app with a number of clusters, from the first construct to the
// last file. An app of other clusters goes before, so that what is loaded and compiled once counts nowhere.
import { join } from "node:path";
import { App } from "cdktf";

const WARM_UP = 60;

/**
 * Builds `<program> <folder> [count]` and prints what it took; without a count, one cluster without measuring.
 *
 * @param build adds one cluster to an app
 */
export function measure(build: (app: App, name: string) => void): void {
  const [folder = "", count] = process.argv.slice(2);
  if (count === undefined) {
    synthesize(folder, 1, build);
    return;
  }
  synthesize(join(folder, "before"), WARM_UP, build);
  const before = process.cpuUsage();
  synthesize(join(folder, "fleet"), Number(count), build);
  const { user, system } = process.cpuUsage(before);
  const rssMb = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ ms: (user + system) / 1000, rssMb }));
}

function synthesize(outdir: string, count: number, build: (app: App, name: string) => void): void {
  const app = new App({ outdir, stackTraces: false });
  for (let index = 0; index < count; index++) {
    build(app, `fleet-${String(index).padStart(4, "0")}`);
  }
  app.synth();
}
