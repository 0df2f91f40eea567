// Values of lookups and variables with which a condition does not hold. Pure.
import { fixedGuid } from "../../../lib/access/fixed-guid";
import { Json, JsonObject } from "../stack-json";
import { TestedCondition, isAboutResource } from "./conditions";
import { Source } from "./sources";

/** The values that break a condition. */
export interface Break {
  /** Attributes of lookups, by address. */
  readonly lookups: { readonly [address: string]: JsonObject };
  readonly variables: JsonObject;
}

/** A world in which all conditions hold. */
export interface Held {
  /** Returns the value of an attribute of a lookup, or of a variable. */
  readonly valueOf: (source: Source) => Json | undefined;
  readonly assignments: JsonObject[];
  /** Object id of the caller of the plan. */
  readonly caller: string;
}

const OTHER = fixedGuid("other");

// Of several attributes in a condition, the first in this table is changed.
const WRONG: {
  readonly [attribute: string]: (condition: TestedCondition, held: Held) => Json;
} = {
  // Nothing is left to the caller, or to all others: that is about other conditions.
  role_assignments: ({ sources }, { assignments, caller }) => {
    const isAboutCaller = sources.some(has("object_id"));
    return assignments.filter(({ principal_id: id }) => (id === caller) !== isAboutCaller);
  },
  address_prefixes: ({ expression }) => [rangeIn(expression) ?? "172.16.0.0/32"],
  address_space: ({ expression }) => [rangeIn(expression) ?? ""],
  route_table_id: () => "",
  private_link_service_network_policies_enabled: () => true,
  location: () => "another region",
  rbac_authorization_enabled: () => false,
  admin_enabled: () => true,
  permissions: () => [
    { actions: ["*"], data_actions: ["*"], not_actions: [], not_data_actions: [] },
  ],
  tenant_id: () => OTHER,
  // Of two identities, the second becomes the first.
  principal_id: ({ sources }, { valueOf }) => valueOf(sources.find(has("principal_id"))!) ?? OTHER,
  id: () => `/${OTHER}`,
};

/** Returns how a condition is broken; undefined if only an existing cluster can break it. */
export function breakOf(condition: TestedCondition, held: Held): Break | undefined {
  const { sources, expression } = condition;
  if (isAboutResource(expression)) {
    return undefined;
  }
  const attribute = Object.keys(WRONG).find((name) => sources.some(has(name)));
  if (attribute === undefined) {
    return undefined;
  }
  const all = sources.filter(has(attribute));
  // All lists of role assignments count, and of two identities the second.
  const chosen =
    attribute === "role_assignments"
      ? all
      : attribute === "principal_id"
        ? all.slice(1)
        : all.slice(0, 1);
  const wrong = WRONG[attribute]!(condition, held);
  const lookups = chosen.flatMap((source): [string, JsonObject][] =>
    source.kind === "data" ? [[source.address, { [attribute]: wrong }]] : [],
  );
  const variables = chosen.flatMap((source): [string, Json][] =>
    source.kind === "variable" ? [[source.name, wrong]] : [],
  );
  return { lookups: Object.fromEntries(lookups), variables: Object.fromEntries(variables) };
}

function has(attribute: string): (source: Source) => boolean {
  return (source) =>
    source.kind === "data"
      ? source.attribute === attribute
      : attribute === "principal_id" && source.name.endsWith("_principal_id");
}

// The range that the condition compares with.
function rangeIn(expression: string): string | undefined {
  const match = /cidrhost\("(\d[\d.]*)\/\$\{min\(.*?, (\d+)\)\}/.exec(expression);
  return match?.slice(1).join("/");
}
