// Finds things in states and plans.
import { PlannedChange, State, StateResource } from "./terraform";

/** What Terraform manages, without what it only looks up. */
export function managedIn({ resources }: State): StateResource[] {
  return resources.filter(({ mode }) => mode === "managed");
}

export function identitiesIn(state: State): StateResource[] {
  return managedIn(state).filter(({ type }) => type === "azurerm_user_assigned_identity");
}

export function roleAssignmentsIn(state: State): StateResource[] {
  return managedIn(state).filter(({ type }) => type === "azurerm_role_assignment");
}

export function roleDefinitionsIn(state: State): StateResource[] {
  return managedIn(state).filter(({ type }) => type === "azurerm_role_definition");
}

export function clusterIn(state: State): StateResource {
  return only(managedIn(state).filter(({ type }) => type === "azurerm_kubernetes_cluster"));
}

export function changesOf(planned: PlannedChange[], type: string): PlannedChange[] {
  return planned.filter((change) => change.type === type);
}

/** Paths of the attributes that are known after apply only, such as `identity.0.principal_id`. */
export function unknownOf({ change }: PlannedChange): string[] {
  return unknownPaths(change.after_unknown, []);
}

/** @throws if it is not exactly one */
export function only<T>(items: T[]): T {
  const [item] = items;
  if (item === undefined || items.length > 1) {
    throw new Error(`Expected one, found ${items.length}.`);
  }
  return item;
}

function unknownPaths(value: unknown, path: string[]): string[] {
  if (value === true) {
    return [path.join(".")];
  }
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, item]) => unknownPaths(item, [...path, key]))
    : [];
}
