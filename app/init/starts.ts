// The fields of a new description: those of its starting point, with the answers. Pure.
import { Fields } from "../config/file-schema";
import { Path } from "../config/yaml-source";
import { QUESTIONS, StartName } from "./questions";

/** The answers to questions, by the names of their options. */
export interface Answers {
  readonly [option: string]: string | undefined;
}

const SIZE = "Standard_D4ds_v5";
const LOAD_BALANCER = { type: "loadBalancer" };
const BY_NAME = { virtualNetwork: { name: "", resourceGroup: "" }, nodeSubnet: "" };
const KUBERNETES = [{ type: "group", name: "", objectId: "", role: "clusterAdmin" }];

const SINGLE = {
  resourceGroup: { name: "", create: true },
  network: { ...BY_NAME, egress: LOAD_BALANCER },
};
const BY_TEAMS = {
  resourceGroup: { name: "" },
  identities: { resourceGroup: { name: "" } },
  access: { deployers: [{ type: "group", name: "", objectId: "" }], kubernetes: KUBERNETES },
  permissions: { roleSet: { type: "minimal" } },
  terraform: { backend: { type: "azurerm" } },
};

/** The fields that differ between the starting points; questions fill in those that are empty. */
const FIELDS: { readonly [name in StartName]: Fields } = {
  lab: SINGLE,
  "one-person": { ...SINGLE, access: { kubernetes: KUBERNETES } },
  "three-teams": { ...BY_TEAMS, network: { ...BY_NAME, egress: { type: "userDefinedRouting" } } },
  "network-by-id": {
    ...BY_TEAMS,
    network: { virtualNetwork: { id: "" }, nodeSubnet: "", egress: LOAD_BALANCER },
  },
};

/** Returns the fields of a description; questions without an answer have their fallback. */
export function fieldsOf(start: StartName, answers: Answers): Fields {
  const { resourceGroup, identities, network, access, permissions, terraform } = FIELDS[start];
  const fields = structuredClone({
    name: "",
    location: "",
    resourceGroup,
    ...(identities === undefined ? {} : { identities }),
    network,
    nodePools: {
      system: { vmSize: SIZE },
      user: [{ name: "apps", vmSize: SIZE, maxCount: 6 }],
    },
    ...(access === undefined ? {} : { access }),
    ...(permissions === undefined ? {} : { permissions }),
    diskEncryption: { type: "platformManaged" },
    exceptions: [{ name: "noMonitoring", reason: "There is no Log Analytics workspace yet." }],
    ...(terraform === undefined ? {} : { terraform }),
  });
  for (const { option, path } of QUESTIONS[start]) {
    set(fields, path, answerTo(option, start, answers));
  }
  return fields;
}

/** Returns the answer to a question, or its fallback. */
export function answerTo(option: string, start: StartName, answers: Answers): string {
  const { fallback = "" } = QUESTIONS[start].find((one) => one.option === option) ?? {};
  return (
    answers[option] ??
    (fallback.includes("{name}")
      ? fallback.replace("{name}", () => answerTo("name", start, answers))
      : fallback)
  );
}

function set(fields: unknown, path: Path, value: string): void {
  const parent = path.slice(0, -1).reduce<unknown>((at, key) => (at as Fields)[key], fields);
  (parent as { [key: string]: unknown })[path[path.length - 1]!] = value;
}
