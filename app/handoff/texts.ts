// What a text becomes wherever it stands: ids, parts of ids, names of custom roles, names in messages. Pure.
import { ClusterPlan } from "../../lib";
import { PlannedGrant } from "../../lib/access/planned-grant";
import { customRoleGroup, customRoleName } from "../../lib/access/names";
import { LateIndex } from "./late-index";
import { TextPlace } from "./template";

const ID =
  /^\/subscriptions\/([0-9a-f-]{36})(?:\/resourceGroups\/([^/]+)(?:\/providers\/([^/]+)\/(.+))?)?$/i;

/** Texts that hold names: how each is written with the variables. Asked for as it is needed. */
export type RoleNames = ReadonlyMap<string, () => string>;

/** The names of the custom roles, which hold those of the cluster and of a resource group. */
export function customRoleNames(plan: ClusterPlan, index: LateIndex): RoleNames {
  const spec = plan._resolved;
  const template = ({ role, scope }: PlannedGrant): string => {
    const subscription = scope.reference?.subscriptionId;
    const group = customRoleGroup(scope, spec);
    const place = [
      index.group(subscription ?? "", group) ?? group,
      ...(subscription === undefined ? [] : [index.subscription(subscription) ?? subscription]),
    ];
    return `${role.name} (${index.find("cluster") ?? spec.name}, ${place.join(" in ")})`;
  };
  return new Map(
    plan._grants
      .filter(
        ({ role }) =>
          role.key !== undefined && spec.permissions.roleSet.existing[role.key] === undefined,
      )
      .map((grant) => [customRoleName(grant.role, grant.scope, spec), () => template(grant)]),
  );
}

/** Puts variables into the names of custom roles in a text. */
export function changeRoleNames(text: string, names: RoleNames): string {
  let changed = text;
  for (const [name, template] of names) {
    if (text.includes(name)) {
      changed = changed.split(name).join(template());
    }
  }
  return changed;
}

/** An id of Azure, as far as its parts are variables; undefined if the text is none. */
export function changeId(text: string, index: LateIndex): string | undefined {
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

/** A text within `join("/", […])` that builds an id. */
export function changeIdPart(
  text: string,
  { before }: TextPlace,
  index: LateIndex,
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

/** Puts variables into a message, for names that stand behind the word for what they name. */
export function changeMessage(text: string, index: LateIndex): string {
  let changed = text;
  for (const late of index.values) {
    const word = late.words?.split(" ").pop();
    const name = typeof late.value === "string" ? late.value : "";
    if (word !== undefined && name !== "" && text.includes(name)) {
      const quoted = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      const pattern = new RegExp(`(?<=\\b${word} (?:\\\\?")?)${quoted}(?![\\w-]|\\.\\w)`, "g");
      changed = changed.replace(pattern, () => index.use(late));
    }
  }
  return changed;
}

function changeSegments(segments: string[], subnet: (name: string) => string | undefined): string {
  return segments
    .map((segment, at) => (segments[at - 1] === "subnets" ? (subnet(segment) ?? segment) : segment))
    .join("/");
}
