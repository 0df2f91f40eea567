// Renders the script that exports what the steps of a move are compared with. It only reads. Pure.
import { KEEP, completeQuery } from "../discover/commands";
import { command } from "../review/shell";
import { plain } from "../review/text";
import { clientIdOf } from "./old-grants";
import { MovePlan, leftPrincipals } from "./plan";
import { subscriptionsOf } from "./records";
import { madeName } from "./remember";

/** The file with the last export of a cluster that another one takes over from. */
export const OLD_CLUSTER_FILE = "old-cluster.json";

/** Returns the text of `export.sh`. */
export function renderExportScript(plan: MovePlan): string {
  const { cluster, controlPlane, kubelet } = plan;
  const keep = (file: string, ...words: string[]) => command("keep", file, "az", ...words);
  const own = ["--resource-group", cluster.resourceGroup, "--subscription", cluster.subscriptionId];
  const subscriptions = subscriptionsOf(plan);
  const clientId = clientIdOf(plan);
  return [
    "#!/usr/bin/env bash",
    `# Exports the cluster ${plain(cluster.name)} for hardened-aks move. It only reads.`,
    "# Needs Reader on the subscriptions; for a service principal also the directory role Directory Readers.",
    "set -euo pipefail",
    "",
    'folder="${1-}"',
    'if [[ -z "$folder" || -e "$folder" ]]; then',
    "  printf 'Usage: %s NEW_FOLDER\\n' \"$0\" >&2",
    "  exit 2",
    "fi",
    "",
    KEEP,
    "",
    keep("cluster.json", "aks", "show", ...own, "--name", cluster.name),
    ...(plan.way === "blue-green" && plan.start.uid !== undefined
      ? oldClusterLines(plan.start.uid, cluster.subscriptionId)
      : []),
    keep("node-pools.json", "aks", "nodepool", "list", ...own, "--cluster-name", cluster.name),
    ...[controlPlane, kubelet].map(({ id }, index) =>
      keep(`identity-${index + 1}.json`, "identity", "show", "--ids", id),
    ),
    ...(plan.way === "service-principal"
      ? [
          keep(
            "made-kubelet.json",
            ...["identity", "list", "--resource-group", cluster.nodeResourceGroup],
            ...["--subscription", cluster.subscriptionId],
            ...["--query", `[?name=='${madeName(cluster.name)}']`],
          ),
        ]
      : []),
    ...subscriptions.map((subscription, index) =>
      keep(
        `role-assignments-${index + 1}.json`,
        ...["role", "assignment", "list", "--all", "--subscription", subscription],
        ...completeQuery(subscription),
      ),
    ),
    ...(clientId === ""
      ? []
      : [
          keep("application.json", "ad", "app", "show", "--id", clientId),
          keep("service-principal.json", "ad", "sp", "show", "--id", clientId),
          keep(
            "deleted-application.json",
            ...["rest", "--method", "get", "--url"],
            `https://graph.microsoft.com/v1.0/directory/deletedItems/microsoft.graph.application?%24filter=appId eq '${clientId}'`,
            ...["--query", "value"],
          ),
        ]),
    ...recordLines(leftPrincipals(plan), subscriptions),
    "",
    `printf 'The exports are in %s. Next: %s --from %q\\n' "$folder" ${command(command(...plan.again))} "$folder"`,
    "",
  ].join("\n");
}

/** Takes the last export of the old cluster once it is gone. */
function oldClusterLines(uid: string, subscription: string): string[] {
  const list = [
    ...["az", "aks", "list", "--subscription", subscription],
    ...["--query", `[?resourceUid=='${uid}'].id`, "--output", "tsv"],
  ];
  return [
    `if [[ ! -e "$folder/cluster.json" ]] && found="$(${command(...list)})" && [[ -z "$found" ]]; then`,
    '  here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"',
    `  cp "$here/${OLD_CLUSTER_FILE}" "$folder/cluster.json"`,
    "  printf 'The cluster is gone. Its last export: %s\\n' \"$folder/cluster.json\"",
    "fi",
  ];
}

function recordLines(principals: string[], subscriptions: string[]): string[] {
  return principals.length === 0
    ? []
    : [
        "",
        RECORD,
        ...principals.flatMap((principal) =>
          subscriptions.map((subscription) => command("record", principal, subscription)),
        ),
      ];
}

const RECORD = `# record PRINCIPAL_ID SUBSCRIPTION: writes which role assignments an earlier identity has left.
record() {
  local found
  if found="$(az role assignment list --all --assignee-object-id "$1" --subscription "$2" --query '[].id' --output json)"; then
    printf '{"principalId":"%s","subscriptionId":"%s","assignments":%s}\\n' "$1" "$2" "$(tr -d '\\n' <<<"$found")" \\
      >>"$folder/old-grants.jsonl"
  fi
}`;
