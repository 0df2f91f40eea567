// Entry point of the command line: node dist/app/cli.js, or npx hardened-aks. Threads of the command fleet start here, too.
import { isMainThread } from "node:worker_threads";
import { processIo } from "./cli/io";
import { main } from "./cli/main";

if (isMainThread) {
  void main(process.argv.slice(2), processIo()).then((status) => {
    // A failure to write to stdout has already set an exit status.
    process.exitCode ??= status;
  });
} else {
  void import("./fleet/cluster-pool.js").then(({ serveClusters }) => {
    serveClusters();
  });
}
