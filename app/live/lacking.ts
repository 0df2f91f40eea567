// Judges rights that no role assignment gives, as far as they are known. Pure.
import { PrincipalKind } from "../../lib/spec/principal";
import { extensionLookup } from "../review/azure";
import { command } from "../review/shell";
import { isIdentity } from "../review/words";
import { Judgement, removals, roleName } from "./found";
import { subscriptionIn } from "../discover/exports";
import { Held, Planned, World } from "./world";

/** Judges a right that no role assignment gives, as far as they are known. */
export function lacking(
  planned: Planned,
  own: Held[],
  same: Held[],
  world: World,
  create: string[],
): Judgement {
  const { scope, principalId = "" } = planned;
  const [bound] = same;
  if (bound) {
    return {
      status: "missing",
      message:
        "The role assignment has another condition than planned. Delete it, and grant the planned one.",
      found: [bound],
      settled: [bound.holding],
      commands: [...removals([bound], principalId, world), ...create],
    };
  }
  const unclear = own.filter(
    ({ holding }) => !holding.isEligible && (!world.roleOf(holding) || holding.condition),
  );
  const [first] = unclear;
  if (first) {
    const why = world.roleOf(first.holding)
      ? "has a condition, which is not evaluated here"
      : "is not among the exported definitions";
    return {
      status: "unknown",
      message: `The role ${roleName(first.holding, world)} may give the right: it ${why}.`,
      found: unclear,
      commands: world.roleOf(first.holding)
        ? create
        : [
            command(
              "az",
              "role",
              "definition",
              "list",
              "--name",
              first.holding.role.guid,
              "--output",
              "json",
            ),
          ],
    };
  }
  if (!world.exports.subscriptions.has(subscriptionIn(scope))) {
    const id = subscriptionIn(scope);
    return {
      status: "unknown",
      message: `The exports have no role assignments of the subscription ${id}.`,
      commands: [
        command(
          "az",
          "role",
          "assignment",
          "list",
          "--all",
          "--subscription",
          id,
          "--output",
          "json",
        ),
      ],
    };
  }
  const eligible = own.filter(({ holding }) => holding.isEligible);
  return {
    status: "missing",
    message:
      eligible.length > 0 && !canActivate(planned)
        ? "The principal is only eligible for a role, which a service principal cannot activate."
        : "No role assignment gives the right.",
    found: eligible,
    commands: create,
  };
}

/** Judges a right of a principal whose object id is not known. */
export function withoutId({ reviewed }: Planned, { plan, subscription }: World): Judgement {
  const {
    kind,
    name,
    principalType,
    resourceGroup = "",
    subscriptionId = subscription,
  } = reviewed.principal;
  if (kind === PrincipalKind.ADD_ON && reviewed.principal.resourceGroup === undefined) {
    const { name: cluster, resourceGroup: group } = plan._resolved;
    const place = { cluster, resourceGroup: group.name, subscriptionId };
    return {
      status: "unknown",
      message: `The description has no object id of ${name}: add backup.extensionPrincipalId to it, once the cluster is deployed.`,
      commands: [command(...extensionLookup(place))],
    };
  }
  return isIdentity(kind)
    ? {
        status: "unknown",
        message: "No export has the object id of the identity: it might not exist yet.",
        commands: [
          command(
            ...["az", "identity", "show", "--name", name, "--resource-group", resourceGroup],
            ...["--subscription", subscriptionId, "--output", "json"],
          ),
        ],
      }
    : {
        status: "unknown",
        message: `The description has no object id of ${name}: add ${kind === PrincipalKind.BACKUP_VAULT ? "backup.vaultPrincipalId" : "objectId"} to it.`,
        commands: [
          command(
            ...["az", "ad", principalType === "Group" ? "group" : "sp", "list"],
            ...["--filter", `displayName eq '${name.replace(/'/g, "''")}'`],
            ...["--query", "[].id", "--output", "tsv"],
          ),
        ],
      };
}

/** Whether the principal can activate an eligible role: people can, and applications cannot. */
export function canActivate({ reviewed }: Planned): boolean {
  return reviewed.principal.principalType === "Group";
}
