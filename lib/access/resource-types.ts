// The types of resources that roles are granted on. Pure.
import { GrantingTeam } from "../spec/granting-team";
import { isSameName } from "../spec/naming";
import { isIdentityKind } from "../spec/identities";
import { entryOf } from "../spec/tables";
import { GROUPS, IDENTITY, NETWORK, Row } from "./resource-type-table";

/** A type of resources. */
export interface ResourceType extends Omit<Row, "operations" | "dataOperations"> {
  /** Its name in the table, by which a description says who grants on such resources. */
  readonly owner: string;
  /** The team that owns such resources, and grants on them unless the description says otherwise. */
  readonly team: GrantingTeam;
  /** Absent for a type that the table has no row for. */
  readonly operations?: readonly string[];
  readonly dataOperations?: readonly string[];
}

/** The name of a row of the table. */
export type ResourceTypeName = keyof typeof NETWORK | keyof typeof IDENTITY;

const rowsOf = (
  team: ResourceType["team"],
  rows: { readonly [owner: string]: Row },
): [string, ResourceType][] =>
  Object.entries(rows).map(([owner, row]) => [
    owner,
    {
      ...row,
      owner,
      team,
      operations: operationsOn(row.type, row.operations),
      dataOperations: operationsOn(row.type, row.dataOperations ?? ""),
    },
  ]);

/** Every type that the library grants on, by its name. */
export const RESOURCE_TYPES = Object.fromEntries([
  ...rowsOf(GrantingTeam.NETWORK, NETWORK),
  ...rowsOf(GrantingTeam.IDENTITY, IDENTITY),
]) as { readonly [name in ResourceTypeName]: ResourceType };

/** Operations on a type, from their ends; `*` stands for read, write and delete. */
export function operationsOn(type: string, ends: string): string[] {
  const operations = ends
    .split(/\s+/)
    .filter((end) => end !== "")
    .flatMap((end) =>
      end.endsWith("*") ? ["read", "write", "delete"].map((verb) => end.replace("*", verb)) : end,
    )
    .map((end) => (end.startsWith("/") ? end.slice(1) : `${type}/${end}`));
  return [...new Set(operations)];
}

/** The names by which a description can hand resources to another team. */
export const OWNERS: readonly string[] = Object.keys(RESOURCE_TYPES);

/** The type of a scope: that of its kind in the table, or one that an additional grant names. */
export function resourceTypeOf(kind: string): ResourceType {
  return entryOf(RESOURCE_TYPES, isIdentityKind(kind) ? "identity" : kind) ?? namedType(kind);
}

/** Whether a scope is a resource group. */
export function isResourceGroup(kind: string): boolean {
  return resourceTypeOf(kind).type === GROUPS;
}

/** The row of the table for a resource type in Azure, if there is one. */
export function knownType(type: string): ResourceType | undefined {
  return Object.values(RESOURCE_TYPES).find((one) => isSameName(one.type, type));
}

function namedType(type: string): ResourceType {
  const [provider = ""] = type.split("/");
  const team = isSameName(provider, "Microsoft.Network")
    ? GrantingTeam.NETWORK
    : GrantingTeam.IDENTITY;
  const known = knownType(type) ?? { owner: type, team, words: type, prefix: typePrefix(type) };
  return { ...known, type };
}

/** Returns the name of a type in addresses, if the table has no row for it. */
export function typePrefix(type: string): string {
  return type
    .split("/")
    .slice(1)
    .join("-")
    .replace(/([a-z])([A-Z])/g, "$1-$2")
    .toLowerCase();
}
