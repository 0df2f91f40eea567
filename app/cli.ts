// Entry point of the command line: node dist/app/cli.js, or npx hardened-aks.
import { processIo } from "./cli/io";
import { main } from "./cli/main";

void main(process.argv.slice(2), processIo()).then((status) => {
  // A failure to write to stdout has already set an exit status.
  process.exitCode ??= status;
});
