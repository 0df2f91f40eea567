// npm run addresses: what the cluster needs of each subnet and range, and what there is.
import { AddressPlan } from "../../lib";
import { addressTable } from "../addresses/table";
import { loadConfiguration } from "../config/load";
import { configFile, run } from "../environment";
import { formatProblem } from "../problem";

run(() => {
  const { spec, warnings } = loadConfiguration(configFile());
  for (const warning of warnings) {
    console.error(formatProblem(warning));
  }
  process.stdout.write(addressTable(AddressPlan.of(spec)));
});
