// Scripts that export a cluster: for each team the commands of az that it needs, which only read. Pure.
import { canonicalId, isGuid, parseResourceId } from "../../lib/spec/resource-id";
import { CLUSTER_PARTS as PARTS } from "../review/azure";
import { Word, command, joined, variable } from "../review/shell";
import { Exports } from "./exports";
import { KubeletIdentity, identitiesOf } from "./identities";
import { networkIdOf } from "./network-fields";

/** Teams with a script, in the order in which they export. */
export const EXPORT_TEAMS = ["platform", "network", "identity"] as const;

/** A team with a script. */
export type ExportTeam = (typeof EXPORT_TEAMS)[number];

const NEEDS: { readonly [team in ExportTeam]: string } = {
  platform:
    "Reader on the resource group of the cluster, and on its fleet if it is a member of one",
  network: "Reader on the virtual network",
  identity:
    "Reader on the subscriptions, and to see the end of a secret, the directory role Directory Readers",
};

const TEAM_NAMES: { readonly [team in ExportTeam]: string } = {
  platform: "the platform team",
  network: "the NOC",
  identity: "the identity team",
};

/**
 * Returns the script of one team or several.
 *
 * @param exports the exports of the platform team, which name what the other teams export; without them only the
 * platform team has a script
 */
export function exportScript(teams: readonly ExportTeam[], exports?: Exports): string {
  const names = teams.map((team) => TEAM_NAMES[team]).join(", ");
  return [
    "#!/usr/bin/env bash",
    `# Exports a cluster for hardened-aks discover, by ${names}. It only reads.`,
    ...teams.map((team) => `# Needs ${NEEDS[team]}.`),
    exports
      ? "# Usage: bash SCRIPT [FOLDER]; writes to the folder exports by default."
      : "# Usage: bash SCRIPT RESOURCE_GROUP CLUSTER [FOLDER]; writes to the folder exports by default.",
    "set -euo pipefail",
    // Without a question, and without messages between the JSON.
    "export AZURE_CORE_ONLY_SHOW_ERRORS=true AZURE_EXTENSION_USE_DYNAMIC_INSTALL=no",
    "",
    ...(exports
      ? [`folder="\${1:-exports}"`]
      : [
          "if (($# < 2)); then",
          "  printf 'Usage: %s RESOURCE_GROUP CLUSTER [FOLDER]\\n' \"$0\" >&2",
          "  exit 2",
          "fi",
          'resource_group="$1"',
          'cluster="$2"',
          `folder="\${3:-exports}"`,
        ]),
    "",
    KEEP,
    ...teams.flatMap((team) => ["", `# ${TEAM_NAMES[team]}`, ...linesOf(team, exports)]),
    "",
    'printf \'The exports are in %s. Next: hardened-aks discover --from %s\\n\' "$folder" "$folder"',
    "",
  ].join("\n");
}

/** Path of the data collection rule associations of a resource, and the version of their API. */
const ASSOCIATIONS =
  "/providers/Microsoft.Insights/dataCollectionRuleAssociations?api-version=2022-06-01";

/** Function that writes the output of a command to a file in a folder. */
export const KEEP = `mkdir -p "$folder"

# keep FILE COMMAND...: writes the output of a command to a file, unless it is an empty list.
keep() {
  local file="$folder/$1" draft="$folder/.$1.draft"
  shift
  # What an earlier export had does not count.
  rm -f "$file"
  if ! "$@" --output json >"$draft"; then
    printf 'Not exported: %s\\n' "$file" >&2
    rm -f "$draft"
    return
  fi
  if [[ "$(tr -d '[:space:]' <"$draft")" =~ ^(\\[\\]|\\{\\"value\\":\\[\\]\\})?$ ]]; then
    printf 'Nothing exists: %s\\n' "$file"
    rm -f "$draft"
  else
    mv "$draft" "$file"
    printf '%s\\n' "$file"
  fi
}`;

function linesOf(team: ExportTeam, exports?: Exports): string[] {
  switch (team) {
    case "platform":
      return platformLines(exports);
    case "network":
      return exports ? networkLines(exports) : [];
    case "identity":
      return exports ? identityLines(exports) : [];
  }
}

/** Options that write the subscription beside its role assignments, which no filter cuts: then what is not in the list does not exist. */
export function completeQuery(subscription: string): string[] {
  return ["--query", `{subscription:'${subscription}',value:@}`];
}

function keep(file: string, ...words: Word[]): string {
  return command("keep", file, "az", ...words);
}

/** Options that write the type beside a list, which is then kept if it is empty. */
function known(type: string, list: string): string[] {
  return ["--query", `{type:'${type}',value:${list}}`];
}

function platformLines(exports?: Exports): string[] {
  const { resourceGroup, name, subscriptionId } = exports?.place ?? {};
  const group = resourceGroup ?? variable("resource_group");
  const cluster = name ?? variable("cluster");
  const subscription: Word[] =
    subscriptionId === undefined ? [] : ["--subscription", subscriptionId];
  const id: Word = exports?.id ?? variable("id");
  return [
    keep(
      "cluster.json",
      "aks",
      "show",
      "--resource-group",
      group,
      "--name",
      cluster,
      ...subscription,
    ),
    keep(
      "node-pools.json",
      ...["aks", "nodepool", "list", "--resource-group", group, "--cluster-name", cluster],
      ...subscription,
    ),
    keep(
      "maintenance-configurations.json",
      ...["aks", "maintenanceconfiguration", "list", "--resource-group", group],
      ...["--cluster-name", cluster, ...subscription],
    ),
    ...(exports
      ? []
      : [
          `id="$(${command("az", "aks", "show", "--resource-group", group, "--name", cluster, "--query", "id", "--output", "tsv")})"`,
        ]),
    keep("diagnostic-settings.json", "monitor", "diagnostic-settings", "list", "--resource", id),
    // The command of az for them is in an extension, which az would have to install.
    keep(
      "data-collection-associations.json",
      ...["rest", "--method", "get", "--url", joined(id, ASSOCIATIONS), "--query", "value"],
    ),
    keep("resource-group.json", "group", "show", "--name", group, ...subscription),
    ...[
      ["cluster", "--resource", id] as const,
      ["group", "--resource-group", group, ...subscription] as const,
    ].map(([of, ...words]) =>
      keep(
        `locks-of-${of}.json`,
        "lock",
        "list",
        ...words,
        ...known("Microsoft.Authorization/locks", "@"),
      ),
    ),
    ...["extensions", "fluxConfigurations"].map((part) =>
      keep(
        part === "extensions" ? "extensions.json" : "flux-configurations.json",
        ...[
          "rest",
          "--method",
          "get",
          "--url",
          joined(id, `${PARTS.path}/${part}${PARTS.version}`),
        ],
        ...known(`Microsoft.KubernetesConfiguration/${part}`, "value"),
      ),
    ),
    ...FLEET_LINES,
  ];
}

/** A page of the members of a fleet. */
const PAGE: Word[] = ["az", "rest", "--method", "get", "--url", variable("page")];

/** Exports the members of all fleets that az sees: the cluster does not know its fleet. */
const FLEET_LINES = [
  "# Fewer of them may exist now than in an earlier export.",
  'rm -f "$folder"/fleet-members-*.json',
  "count=0",
  "while IFS= read -r fleet; do",
  '  page="${fleet:+$fleet/members?api-version=2024-04-01}"',
  "  # The answer has the next page of a large fleet.",
  '  while [[ "$page" == *members* ]]; do',
  "    count=$((count + 1))",
  `    ${command("keep", joined("fleet-members-", variable("count"), ".json"), ...PAGE, "--query", "value")}`,
  `    page="$(${command(...PAGE, "--query", "nextLink", "--output", "tsv")})" || page=''`,
  "  done",
  "done < <(",
  ...inAllSubscriptions(
    command(
      ...["az", "resource", "list", "--resource-type", "Microsoft.ContainerService/fleets"],
      ...["--subscription", variable("one"), "--query", "[].id", "--output", "tsv"],
    ),
    "fleets",
  ),
  ")",
];

function networkLines(exports: Exports): string[] {
  const id = networkIdOf({ exports });
  const parts = parseResourceId(id ?? "");
  if (id === undefined || !parts) {
    return ["# The nodes are in a network that AKS made."];
  }
  const { name, resourceGroup, subscriptionId } = parts;
  return [
    keep("virtual-network.json", "network", "vnet", "show", "--ids", canonicalId(id)),
    keep(
      "subnets.json",
      ...["network", "vnet", "subnet", "list", "--resource-group", resourceGroup],
      ...["--vnet-name", name, "--subscription", subscriptionId],
    ),
  ];
}

function identityLines(exports: Exports): string[] {
  const { cluster } = exports;
  const { controlPlane, kubelet } = identitiesOf(exports);
  const brought = [
    ...(controlPlane.kind === "userAssigned" ? [controlPlane.id] : []),
    ...(kubelet.kind === "brought" ? [kubelet.id] : []),
  ].filter((id) => id !== undefined);
  const workspace = cluster.text("addonProfiles.omsagent.config.logAnalyticsWorkspaceResourceID");
  const { clientId } = controlPlane;
  return [
    "# Fewer of them may exist now than in an earlier export.",
    'rm -f "$folder"/{identity,locks,role-assignments,role-definitions}-[0-9]*.json "$folder"/registry-*.json',
    ...brought.flatMap((id, index) => [
      keep(`identity-${index + 1}.json`, "identity", "show", "--ids", id),
      keep(`locks-${index + 1}.json`, "lock", "list", "--resource", id),
    ]),
    ...(controlPlane.kind === "servicePrincipal" && clientId !== undefined
      ? [
          keep("application.json", "ad", "app", "show", "--id", clientId),
          keep("service-principal.json", "ad", "sp", "show", "--id", clientId),
        ]
      : []),
    ...subscriptionsOf(exports).flatMap((subscription, index) => [
      keep(
        `role-assignments-${index + 1}.json`,
        ...["role", "assignment", "list", "--all", "--subscription", subscription],
        ...completeQuery(subscription),
      ),
      keep(
        `role-definitions-${index + 1}.json`,
        ...["role", "definition", "list", "--custom-role-only", "true"],
        ...["--subscription", subscription],
      ),
    ]),
    ...(workspace === undefined
      ? []
      : [
          keep(
            "workspace.json",
            ...["monitor", "log-analytics", "workspace", "show", "--ids", canonicalId(workspace)],
          ),
        ]),
    ...registryLines(kubelet),
  ];
}

/** Returns lines that run a command for each subscription that az sees, `$one`. */
function inAllSubscriptions(list: string, what: string): string[] {
  return [
    `  ${command("az", "account", "list", "--query", "[].id", "--output", "tsv")} | while IFS= read -r one; do`,
    `    ${list} ||`,
    `      printf 'Not exported: the ${what} of the subscription %s\\n' "$one" >&2`,
    "  done",
  ];
}

/** Exports the registries that the kubelet identity has a role on, in all subscriptions that az sees: one registry often serves many clusters. */
function registryLines({ principalId = "", clientId = "", kind }: KubeletIdentity): string[] {
  // Exports of the platform team have only the client id of a service principal.
  const terms = [
    ...(isGuid(principalId) ? [`principalId=='${principalId}'`] : []),
    ...(kind === "servicePrincipal" && isGuid(clientId) ? [`principalName=='${clientId}'`] : []),
  ];
  if (terms.length === 0) {
    return [];
  }
  const query = `[?(${terms.join(" || ")}) && contains(scope, '/registries/')].scope`;
  const list = command(
    ...["az", "role", "assignment", "list", "--all", "--subscription", variable("one")],
    ...["--query", query, "--output", "tsv"],
  );
  return [
    "while IFS= read -r registry; do",
    '  if [[ -z "$registry" ]]; then continue; fi',
    '  name="${registry##*/}"',
    '  registry_subscription="$(cut -d / -f 3 <<<"$registry")"',
    `  ${command("keep", joined("registry-", variable("name"), ".json"), "az", "acr", "show", "--name", variable("name"), "--subscription", variable("registry_subscription"))}`,
    "done < <(",
    ...inAllSubscriptions(list, "registries"),
    ")",
  ];
}

/** Returns the subscriptions of the cluster and of the resources around it, each once. */
function subscriptionsOf(exports: Exports): string[] {
  const { controlPlane, kubelet } = identitiesOf(exports);
  const zone = exports.cluster.text("apiServerAccessProfile.privateDnsZone");
  const ids = [exports.id, controlPlane.id, kubelet.id, networkIdOf({ exports }), zone];
  const found = ids.flatMap((id) => parseResourceId(id ?? "")?.subscriptionId.toLowerCase() ?? []);
  return [...new Set(found)];
}
