// Commands of az that correct a difference between the plan and Azure. Pure.
import { fixedGuid } from "../../lib/access/fixed-guid";
import { knownType } from "../../lib/access/resource-types";
import { parseResourceId } from "../../lib/spec/resource-id";
import { ShellText, command, joined } from "../review/shell";
import { Place, customRoles, roleDefinition } from "../review/azure";
import { Group, sentence } from "../review/text";
import { teamName } from "../review/words";
import { FoundRight } from "./live-review";
import { Denial, Holding } from "./live-exports";
import { Planned, World, roleGuid } from "./world";

const MANAGEMENT = "https://management.azure.com";

/** Returns the command that creates a planned role assignment, under the name that Terraform gives it. */
export function creation(row: Planned, world: World): string[] {
  const { reviewed, scope, principalId } = row;
  const { role, principal, condition, reasons, team } = reviewed;
  const guid = roleGuid(row, world);
  const isMade = world.exports.roles.some((one) => one.guid === guid);
  if (role.custom && guid !== undefined && !isMade && world.exports.kinds.has("roles")) {
    // The role comes first.
    return [command("bash", `access-requests/${team}.sh`)];
  }
  if (principalId === undefined) {
    return [];
  }
  const { subscriptionId = world.subscription } = reviewed.scope;
  const roleId = role.custom && guid !== undefined ? definitionId(subscriptionId, guid) : guid;
  const description = reasons.map(({ why }) => sentence(why)).join(" ");
  return [
    command(
      ...["az", "role", "assignment", "create"],
      ...(roleId === undefined ? [] : ["--name", fixedGuid(scope, principalId, roleId)]),
      ...["--assignee-object-id", principalId],
      ...[
        "--assignee-principal-type",
        principal.principalType === "Group" ? "Group" : "ServicePrincipal",
      ],
      ...["--role", guid ?? role.name, "--scope", scope],
      ...["--description", description.slice(0, 1000)],
      ...(condition === undefined ? [] : ["--condition", condition, "--condition-version", "2.0"]),
    ),
  ];
}

/** Returns the command that writes the planned definition of a custom role, or shows that of a role that existed before. */
export function definition(row: Planned, world: World): string[] {
  const { role } = row.reviewed;
  const guid = roleGuid(row, world);
  const grants = world.planned.map(({ reviewed }) => reviewed);
  const custom = customRoles(grants).find((one) => one.role.name === role.name);
  if (!custom || guid === undefined || role.guidSeed === undefined) {
    return [command("az", "role", "definition", "list", "--name", role.name, "--output", "json")];
  }
  const inSubscription = ({ subscriptionId = world.subscription, ...place }: Place) => ({
    ...place,
    subscriptionId,
  });
  const [first, ...more] = custom.places;
  const places: Group<Place> = [inSubscription(first), ...more.map(inSubscription)];
  return [
    command(
      ...["az", "rest", "--method", "put", "--url"],
      `${MANAGEMENT}${definitionId(places[0].subscriptionId ?? "", guid)}?api-version=2022-04-01`,
      "--body",
      roleDefinition({ role: custom.role, places }),
    ),
  ];
}

function definitionId(subscription: string, guid: string): string {
  return `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
}

/** Returns the command that takes a role assignment away, or the principal out of the group that has it. */
export function removal(found: FoundRight, { principalId, role }: Holding, member: string): string {
  if (found.group !== undefined) {
    return command(
      "az",
      "ad",
      "group",
      "member",
      "remove",
      "--group",
      found.group,
      "--member-id",
      member,
    );
  }
  if (!found.isEligible) {
    return command("az", "role", "assignment", "delete", "--ids", found.id);
  }
  const [subscription = ""] = /^\/subscriptions\/[^/]+/i.exec(found.scope) ?? [];
  const roleDefinitionId = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role.guid}`;
  const body = { principalId, roleDefinitionId, requestType: "AdminRemove" };
  const requests = "/providers/Microsoft.Authorization/roleEligibilityScheduleRequests/";
  return command(
    ...["az", "rest", "--method", "put", "--url"],
    joined(
      `${MANAGEMENT}${found.scope.replace(/ /g, "%20")}${requests}`,
      new ShellText('"$(uuidgen)"'),
      "?api-version=2020-10-01",
    ),
    ...["--body", JSON.stringify({ properties: body })],
  );
}

/** Returns the command that deletes a deny assignment; none if Azure keeps it. */
export function denialRemoval({ id, isProtected }: Denial): string[] {
  return isProtected
    ? []
    : [
        command(
          ...["az", "rest", "--method", "delete", "--url"],
          `${MANAGEMENT}${id.replace(/ /g, "%20")}?api-version=2022-04-01`,
        ),
      ];
}

/** Returns the team that grants on a scope, or the owner of what holds the resources. */
export function teamOf(scope: string, { planned }: World): string {
  const row = planned.find((one) => one.scope.toLowerCase() === scope.toLowerCase());
  const type = parseResourceId(scope)?.type;
  const team = row?.reviewed.team ?? (type === undefined ? undefined : knownType(type)?.team);
  return team === undefined ? `owner of the ${scopeNoun(scope)}` : teamName(team);
}

function scopeNoun(scope: string): string {
  if (parseResourceId(scope)) {
    return "resource";
  }
  return /\/managementGroups\//i.test(scope)
    ? "management group"
    : /\/resourceGroups\//i.test(scope)
      ? "resource group"
      : scope === "/"
        ? "tenant"
        : "subscription";
}
