// The starting points of hardened-aks init, and what it asks for each. Pure, and read at each start of the program.
import { Path } from "../config/yaml-source";

/** A question: an option of the command, and the field that the answer is for. */
export interface Question {
  /** Name of the option, without dashes. */
  readonly option: string;
  readonly words: string;
  readonly path: Path;
  /** The answer if there is none; `{name}` stands for the name of the cluster. */
  readonly fallback: string;
  /** Whether the fallback stands for something that exists in Azure, so that it must be replaced. */
  readonly isPlaceholder?: boolean;
}

/** Names of the starting points. */
export type StartName = "lab" | "one-person" | "three-teams" | "network-by-id";

/** The starting points, each with its words. */
export const STARTS: { readonly [name in StartName]: string } = {
  lab: "a lab, for one person",
  "one-person": "one person with all rights, who also works in Kubernetes",
  "three-teams": "three teams: identity team, NOC and platform team",
  "network-by-id": "a network in another subscription, by its id",
};

const question = (option: string, path: string, fallback: string, words: string): Question => ({
  option,
  words,
  path: path.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
  fallback,
});
const existing = (option: string, path: string, fallback: string, words: string): Question => ({
  ...question(option, path, fallback, words),
  isPlaceholder: true,
});

const NETWORK_ID =
  "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/network-rg/providers/Microsoft.Network/virtualNetworks/spoke-vnet";

const CLUSTER = [
  question("name", "name", "haks", "name of the cluster"),
  question("location", "location", "westeurope", "Azure region, such as westeurope"),
];
const GROUP = "resource group of the cluster";
const NEW_GROUP = question("resource-group", "resourceGroup.name", "{name}-rg", GROUP);
const EXISTING_GROUP = existing("resource-group", "resourceGroup.name", "{name}-rg", GROUP);
const SUBNET = existing("subnet", "network.nodeSubnet", "aks-nodes", "subnet of the nodes");
const NETWORK = [
  existing("network", "network.virtualNetwork.name", "spoke-vnet", "virtual network"),
  existing(
    "network-resource-group",
    "network.virtualNetwork.resourceGroup",
    "network-rg",
    "resource group of the virtual network",
  ),
  SUBNET,
];
const DEPLOYERS = [
  existing(
    "deployers",
    "access.deployers.0.name",
    "platform-engineers",
    "group that deploys the cluster",
  ),
  existing(
    "deployers-id",
    "access.deployers.0.objectId",
    "55555555-5555-4555-8555-555555555552",
    "object id of that group",
  ),
];
const ADMINS = [
  existing("admins", "access.kubernetes.0.name", "aks-admins", "group that administers Kubernetes"),
  existing(
    "admins-id",
    "access.kubernetes.0.objectId",
    "55555555-5555-4555-8555-555555555551",
    "object id of that group",
  ),
];

const BY_TEAMS = [
  existing(
    "identity-resource-group",
    "identities.resourceGroup.name",
    "identity-rg",
    "resource group of the identities",
  ),
  ...DEPLOYERS,
  ...ADMINS,
];

/** The questions of each starting point. */
export const QUESTIONS: { readonly [name in StartName]: readonly Question[] } = {
  lab: [...CLUSTER, NEW_GROUP, ...NETWORK],
  "one-person": [...CLUSTER, NEW_GROUP, ...NETWORK, ...ADMINS],
  "three-teams": [...CLUSTER, EXISTING_GROUP, ...NETWORK, ...BY_TEAMS],
  "network-by-id": [
    ...CLUSTER,
    EXISTING_GROUP,
    existing("network-id", "network.virtualNetwork.id", NETWORK_ID, "id of the virtual network"),
    SUBNET,
    ...BY_TEAMS,
  ],
};

/** All questions, each option once. */
export const ALL_QUESTIONS: readonly Question[] = [
  ...new Map(
    Object.values(QUESTIONS)
      .flat()
      .map((one) => [one.option, one]),
  ).values(),
];
