// Puts variables into strings: ids, parts of ids, names of custom roles, names in messages. Pure.
import { ClusterPlan } from "../../lib";
import { PlannedGrant } from "../../lib/access/planned-grant";
import {
  customRoleName,
  customRolePlace,
  customRoleSeed,
  customRoleSubscription,
  isNewRole,
} from "../../lib/access/names";
import { VariableIndex } from "./variable-index";
import { TextPlace } from "./template";

const ID =
  /^\/subscriptions\/([0-9a-f-]{36})(?:\/resourceGroups\/([^/]+)(?:\/providers\/([^/]+)\/(.+))?)?$/i;

/** Templates with variables for the names of custom roles, computed on demand. */
export type RoleNames = ReadonlyMap<string, () => string>;

/** Returns the names of the custom roles, which contain those of the cluster and a resource group. */
export function customRoleNames(plan: ClusterPlan, index: VariableIndex): RoleNames {
  const spec = plan._resolved;
  const template = ({ role, scope }: PlannedGrant, subscription: string | undefined): string => {
    const { resourceGroup, subscriptionId = "" } = customRolePlace(scope, spec);
    const place = [
      index.group(subscriptionId, resourceGroup) ?? resourceGroup,
      ...(subscription === undefined ? [] : [index.subscription(subscription) ?? subscription]),
    ];
    return `${role.name} (${index.find("cluster") ?? spec.name}, ${place.join(" in ")})`;
  };
  return new Map(
    plan._grants
      .filter(({ role }) => isNewRole(role, spec))
      .flatMap((grant) => {
        const { role, scope } = grant;
        const { subscriptionId = spec.subscriptionId } = customRolePlace(scope, spec);
        const inSeed = customRoleSubscription(scope, spec);
        return [
          [customRoleName(role, scope, spec), () => template(grant, subscriptionId)],
          [customRoleSeed(role, scope, spec), () => template(grant, inSeed)],
        ] as const;
      }),
  );
}

/** Puts variables into the names of custom roles in a string. */
export function changeRoleNames(text: string, names: RoleNames): string {
  let changed = text;
  for (const [name, template] of names) {
    if (text.includes(name)) {
      changed = changed.split(name).join(template());
    }
  }
  return changed;
}

/** Returns an Azure resource id with variables for its parts; undefined for other strings. */
export function changeId(text: string, index: VariableIndex): string | undefined {
  const given = index.id(text);
  if (given) {
    return `${given.start}${changeSegments(given.rest.split("/"), (name) => index.subnet(name))}`;
  }
  const [, subscription, group, namespace, rest] = ID.exec(text) ?? [];
  if (subscription === undefined) {
    return undefined;
  }
  if (group === undefined) {
    return `/subscriptions/${index.subscription(subscription) ?? subscription}`;
  }
  const groupId = index.groupId(subscription, group);
  if (namespace === undefined || rest === undefined) {
    return groupId;
  }
  const [type = "", name = "", ...more] = rest.split("/");
  const resource = index.resource(`${namespace}/${type}`, name, subscription, group) ?? name;
  const below = changeSegments(["", ...more], (one) => index.subnet(one));
  return `${groupId}/providers/${namespace}/${type}/${resource}${more.length > 0 ? below : ""}`;
}

/** Returns the variable for a string in `join("/", […])` that builds an id; undefined for other strings. */
export function changeIdPart(
  text: string,
  { before }: TextPlace,
  index: VariableIndex,
): string | undefined {
  const last = before[before.length - 1] ?? "";
  if (last === "resourceGroups") {
    return index.group("", text);
  }
  if (last === "subnets") {
    return index.subnet(text);
  }
  const group = before[before.lastIndexOf("resourceGroups") + 1];
  return before[before.length - 2] === "providers" && before.includes("resourceGroups")
    ? index.resource(last, text, "", group)
    : undefined;
}

/** Puts variables into a message, for names that follow the noun of their resource. */
export function changeMessage(text: string, index: VariableIndex): string {
  let changed = text;
  for (const variable of index.values) {
    const word = variable.words?.split(" ").pop();
    const name = typeof variable.value === "string" ? variable.value : "";
    if (word !== undefined && name !== "" && text.includes(name)) {
      const quoted = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      const pattern = new RegExp(`(?<=\\b${word} (?:\\\\?")?)${quoted}(?![\\w-]|\\.\\w)`, "g");
      changed = changed.replace(pattern, () => index.use(variable));
    }
  }
  return changed;
}

function changeSegments(segments: string[], subnet: (name: string) => string | undefined): string {
  return segments
    .map((segment, at) => (segments[at - 1] === "subnets" ? (subnet(segment) ?? segment) : segment))
    .join("/");
}
