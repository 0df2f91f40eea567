// docs/moving.md, with the steps of each way from the code of the command. Pure.
import { loadConfiguration } from "../../app/config/load";
import { Fields } from "../../app/config/file-schema";
import { parseExports } from "../../app/discover/exports";
import { planOf } from "../../app/move/plan";
import { PLAN_COMMAND } from "../../app/move/commands";
import { MADE_CANNOT_PULL, stepsOf } from "../../app/move/steps";
import { WAYS } from "../../app/move/ways";
import { prose, table } from "../../app/review/markdown-text";
import { teamName } from "../../app/review/words";

type AskedWay = (typeof WAYS)[number];

const SUBSCRIPTION = "/subscriptions/22222222-2222-4222-8222-222222222222";
const IDENTITIES = `${SUBSCRIPTION}/resourceGroups/identity-rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities`;
const BROUGHT = {
  type: "UserAssigned",
  userAssignedIdentities: { [`${IDENTITIES}/haks-prod-cp-mi`]: {} },
};
const kubelet = (resourceId: string) => ({ kubeletidentity: { resourceId } });
const MADE = kubelet(
  `${SUBSCRIPTION}/resourceGroups/MC_haks-prod/providers/Microsoft.ManagedIdentity/userAssignedIdentities/haks-prod-agentpool`,
);
const SAME = { identity: BROUGHT, identityProfile: kubelet(`${IDENTITIES}/haks-prod-kubelet-mi`) };

/** The clusters that the ways begin with. */
const STARTS: { readonly [way in AskedWay]: { readonly text: string; readonly cluster: Fields } } =
  {
    "service-principal": {
      text: `The cluster has a service principal, whose secret ends. There is no way back to it. ${MADE_CANNOT_PULL} All later steps wait for that: the kubelet identity that AKS made gets the right to pull, then the nodes get the brought one, and then a pool whose image is still the one from before the switch gets a new one. [One page of Azure](https://learn.microsoft.com/azure/aks/user-assigned-managed-identity) says that nodes keep the service principal until their pool is upgraded, [the other](https://learn.microsoft.com/azure/aks/system-assigned-managed-identity) that all nodes are reimaged at once.`,
      cluster: {
        servicePrincipalProfile: { clientId: "88888888-8888-4888-8888-888888888888" },
      },
    },
    "system-assigned": {
      text: "The control plane has a system-assigned identity, and the nodes have the one that AKS made. The system-assigned identity goes with the switch, and leaves its role assignments behind. [Control plane components use it for several hours more](https://learn.microsoft.com/azure/aks/managed-identity-overview), and [Azure keeps tokens of managed identities for around 24 hours](https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/managed-identity-best-practice-recommendations#limitation-of-using-managed-identities-for-authorization): the step `control-plane-tokens` waits for that before nodes are replaced.",
      cluster: { identity: { type: "SystemAssigned" }, identityProfile: MADE },
    },
    kubelet: {
      text: "The control plane identity is brought, and AKS made the kubelet identity.",
      cluster: { identity: BROUGHT, identityProfile: MADE },
    },
    "user-assigned": {
      text: "Both identities are brought, and the description has other ones: in another resource group, or with another name.",
      cluster: {
        identity: {
          type: "UserAssigned",
          userAssignedIdentities: { [`${IDENTITIES}/old-cp`]: {} },
        },
        identityProfile: kubelet(`${IDENTITIES}/old-kubelet`),
      },
    },
    "blue-green": {
      text: "A second cluster takes over with the same identities. Copy the description, give the copy another name, and keep the names of the identities; then name the copy with `--config`. Only with `--way blue-green`. A new subnet of the second cluster is granted through the old description, too, as long as both exist. Each workload identity needs a second federated credential, since the OIDC issuer differs.",
      cluster: { ...SAME, name: "haks-prod-1" },
    },
    recreate: {
      text: "The cluster is deleted and created again: identities and their rights stay. Only with `--way recreate`. Choose it where an attribute that Azure cannot change must change anyway.",
      cluster: { identity: { type: "SystemAssigned" }, identityProfile: MADE },
    },
  };

/** Returns the page. */
export function movingPage(): string {
  return [
    HEAD,
    ...Object.entries(STARTS).flatMap(([way, { text, cluster }]) => [
      `### \`${way}\``,
      text,
      stepsTable(way as AskedWay, cluster),
    ]),
    TAIL,
  ].join("\n\n");
}

function stepsTable(way: AskedWay, cluster: Fields): string {
  const { name = "haks-prod" } = cluster;
  const id = `${SUBSCRIPTION}/resourceGroups/haks-prod/providers/Microsoft.ContainerService/managedClusters/${String(name)}`;
  const content = { nodeResourceGroup: "MC_haks-prod", ...cluster, id };
  const exports = parseExports([], content);
  const { plan: description } = loadConfiguration("examples/enterprise/haks.yaml");
  const plan = planOf(exports, description, undefined, way);
  return table(
    ["Team", "Step", "Effect on nodes", "Duration", "Way back"],
    stepsOf(plan, { exports, now: new Date() }).map(
      ({ id, team, title, effect, duration, back }) => [
        prose(teamName(team)),
        `\`${id}\`: ${prose(title)}`,
        ...[effect, duration, back].map(prose),
      ],
    ),
  );
}

const HEAD = `# Moving a cluster to brought identities

\`hardened-aks move\` is the runbook for a cluster that exists: the steps of each team, made from exports of this cluster and from its description. It changes nothing itself. [Identity kinds](identity-kinds.md) compares service principal, system-assigned identity and brought identities.

\`npm run docs\` generates this page from the code of the command.

\`\`\`sh
npm run move -- --from exports --config discovered/haks.yaml
\`\`\`

[Export the cluster](discover.md#export-the-cluster) for the first run. From then on, the script \`export.sh\` that the command writes exports what the steps are compared with, into a new folder: also the new identities, and a proof of what the old ones have left. The command prints each step, whether it is done, next or later, and how that shows in the exports. Run it again with fresh exports after each step:

- A step is done when the exports show it, and never because its script ran. An export that is missing or filtered proves nothing.
- A step is next when all steps before it are done. Steps of two teams can be next at the same time.
- If something is undone, such as a role assignment that was deleted, its step is next again, and all after it wait.
- The output folder \`move\` keeps in \`move.json\` what later exports no longer have: the old identity, the node images right before the switch of a service principal, and when each switch was first seen. Keep the folder until the end, such as in the repository.
- Rights need up to 60 minutes to take effect, and tokens of an old identity last up to 24 hours. Scripts stop where a right is younger, and steps wait where tokens may still be in use.

It writes into this folder:

| File                                      | Content                                                                                              |
| ----------------------------------------- | ---------------------------------------------------------------------------------------------------- |
| \`move.json\`                               | All steps with their states, for tools, and the start of the move; \`--json\` prints it                |
| \`export.sh\`                               | Exports the cluster again; it only reads                                                             |
| \`old-cluster.json\`                        | For the way \`blue-green\`: the last export of the old cluster, which \`export.sh\` takes once it is gone |
| \`identity.md\`, \`network.md\`, \`platform.md\` | A ticket for each team: commands, effect on nodes, duration, how to verify, how to go back            |
| \`identity.sh\`, \`network.sh\`, \`platform.sh\` | A script for each team, which does the first step that is not done, and ends                          |
| \`identity-grants.sh\`, \`network-grants.sh\` | The scripts of the [access review](access-review.md), for teams that do not deploy the stacks        |

Each script looks at Azure before it acts, and stops if something is not as it should be: the cluster is busy, a right is missing or younger than an hour, node images are not those of the last exports, another cluster in a subscription that \`az\` sees uses the old identity, or such a subscription cannot be read. \`--dry-run\` prints the commands. Without \`--yes\`, no script deletes anything, switches an identity or drains nodes.

## The role that az looks for

Before \`az aks update --assign-kubelet-identity\` assigns a kubelet identity, it looks for the built-in role Managed Identity Operator of the control plane identity, by its GUID. It ignores custom roles that allow the same, and then tries to grant the built-in one, which fails for a Contributor. With the minimal role set the identity team therefore grants the built-in role for the time of the move, and deletes it at the end: the steps \`az-role\` and \`az-role-removed\`.

## The stacks while a cluster moves

The cluster stack plans no replacement in any state of a move. A service principal or another control plane identity is an update in place. The kubelet identity is ignored by Terraform, which could only replace the cluster: a [preflight](preflight.md) check warns until az has switched it. The step \`terraform-plan\` reads the log of a plan of the cluster stack, which has no secrets: run \`${PLAN_COMMAND}\` in the folder of the stack, and put \`plan.jsonl\` into the folder of the exports.

## Ways

The exports call for one of the first four ways; \`--way\` names one. Steps that neither exports nor \`plan.jsonl\` show are confirmed with \`--confirm\` and the id of the step.`;

const TAIL = `## Limits

- The exports do not show PodDisruptionBudgets, sign-in logs and federated credentials. Look at them where a step says so.
- Old role assignments are compared in the exported subscriptions alone. Scripts look for other clusters with the same identity in the subscriptions of the tenant that \`az\` sees: run them as people who see all. Other users of an application show in its sign-ins alone.
- Without \`platform.sh\`, such as with the cluster stack, export right before the switch of a service principal: images that change in between count as if they had changed afterwards.
- Role assignments of the new identities that no feature of the description needs are deleted with the old ones. Add those to keep as [additional grants](permissions.md).
- A move that begins when the service principal is gone from the cluster does not know it. It warns where the kubelet identity that AKS made cannot pull, or the exports have an application: leave the application and its role assignments until each pool has a new node image, and delete them by hand.
- Membership in Azure Kubernetes Fleet Manager ends when the identity of a cluster changes. Create the member again.
`;
