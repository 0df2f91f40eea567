// The command line: node dist/app/cli.js, or npx hardened-aks.
import { processIo } from "./cli/io";
import { main } from "./cli/main";

void main(process.argv.slice(2), processIo()).then((status) => {
  // Output that could not be written has set one already.
  process.exitCode ??= status;
});
