// A fleet by way of ClusterStacks: clusters of one description, each with a name and identities of its own.
import { loadConfiguration } from "../app/config/load";
import { ClusterPlan, ClusterStacks } from "../lib";
import { measure } from "./measure";

const { spec, terraform } = loadConfiguration(process.env.HAKS_CONFIG ?? "haks.yaml");
const { resourceGroup, locked } = spec.identities ?? {};

measure((app, name) => {
  new ClusterStacks(app, {
    ...terraform,
    plan: new ClusterPlan({ ...spec, name, identities: { resourceGroup, locked } }),
  });
});
