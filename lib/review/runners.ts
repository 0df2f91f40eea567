// The rights that the runners of the stacks need to grant what the plan says, each on a resource group. Pure.
import { assignmentCondition } from "../access/assignment-condition";
import { fixedGuid } from "../access/fixed-guid";
import { stackSuffix } from "../access/planned-grant";
import { GrantingTeam } from "../spec/granting-team";
import { isKnown } from "../spec/known";
import { isSameName } from "../spec/naming";
import { PrincipalKind } from "../spec/principal";
import { PlacedIdentity, ResolvedSpec, placedIdentities } from "../spec/resolved-spec";
import { subscriptionOf } from "../spec/own-subscription";
import { CATALOGUE } from "../spec/roles";
import {
  GrantableRole,
  ReviewedGrant,
  ReviewedRole,
  ReviewedRunner,
  ReviewedScope,
  RunnerRight,
} from "./access-review";
import { runnerNotes } from "./runner-notes";
import { UNKNOWN_GROUP } from "./unknown-group";

/** A resource group. */
type Place = Pick<RunnerRight, "resourceGroup" | "subscriptionId">;

const ASSIGNS = "Role Based Access Control Administrator";

/** A stack that grants rights. */
interface GrantingStack {
  readonly team: GrantingTeam;
  /** Whether it comes after the cluster, for its workloads. */
  readonly isAfter: boolean;
}

const STACKS: readonly GrantingStack[] = [false, true].flatMap((isAfter) =>
  [GrantingTeam.IDENTITY, GrantingTeam.NETWORK].map((team) => ({ team, isAfter })),
);

/** Returns what the runners of the stacks of the identity team and of the NOC need. */
export function runnersOf(grants: readonly ReviewedGrant[], spec: ResolvedSpec): ReviewedRunner[] {
  return STACKS.flatMap((granting) => {
    const { team, isAfter } = granting;
    const rows = grants.filter(
      (row) =>
        row.team === team &&
        row.grantedFor === undefined &&
        (row.principal.kind === PrincipalKind.WORKLOAD) === isAfter,
    );
    const placed = byPlace(rows.filter(({ scope }) => scope.resourceGroup !== UNKNOWN_GROUP));
    const rights = [
      ...(team === GrantingTeam.IDENTITY ? identityRights(isAfter, spec) : []),
      ...placed.flatMap(([place, inPlace]) => grantingRights(place, inPlace, spec)),
    ];
    const all = [...rights, ...lookupRights(rows, rights, granting, spec)];
    const stack = `${spec.name}-${stackSuffix(team, isAfter)}`;
    return all.length === 0
      ? []
      : [
          {
            team,
            stack,
            subscriptionId: known(subscriptionOf(spec, team)),
            rights: all,
            notes: runnerNotes(all, rows, team === GrantingTeam.IDENTITY && !isAfter, spec),
          },
        ];
  });
}

function identityPlace(
  { identity }: PlacedIdentity,
  { subscriptionId: ofStacks }: ResolvedSpec,
): Place {
  const { resourceGroup, subscriptionId = known(ofStacks) } = identity;
  return { resourceGroup, subscriptionId };
}

/** Returns the rights to create identities and, after the cluster, their credentials. */
function identityRights(isAfter: boolean, spec: ResolvedSpec): RunnerRight[] {
  const inStack = placedIdentities(spec).filter(({ kind }) => (kind === "workload") === isAfter);
  const placesOf = (existing: boolean) =>
    distinctPlaces(
      inStack
        .filter(({ identity }) => identity.existing === existing)
        .map((one) => identityPlace(one, spec)),
    );
  const made = placesOf(false).flatMap((place): RunnerRight[] => [
    {
      ...place,
      role: builtIn("Managed Identity Contributor"),
      why: isAfter
        ? "Creates the identities of workloads, and their federated credentials."
        : "Creates the identities.",
    },
    ...(spec.identities.locked && !isAfter
      ? [
          {
            ...place,
            role: builtIn("Locks Contributor"),
            why: "Locks the identities against deletion, and lifts the locks.",
          },
        ]
      : []),
  ]);
  const found = isAfter ? placesOf(true) : [];
  return [
    ...made,
    ...found
      .filter((place) => !made.some((right) => keyOf(right) === keyOf(place)))
      .map((place) => ({
        ...place,
        role: builtIn("Managed Identity Federated Identity Credential Contributor"),
        why: "Creates the federated credentials of workloads.",
      })),
  ];
}

/** Returns the right to create and delete these role assignments alone, and that to define their custom roles. */
function grantingRights(
  place: Place,
  rows: ReviewedGrant[],
  { isOfFleet, identities: { resourceGroup: group } }: ResolvedSpec,
): RunnerRight[] {
  const grantableRoles = rolesOf(rows, place);
  const principalTypes = sorted(rows.map(({ principal }) => principal.principalType));
  const ids = rows.map(({ principal }) => principal.objectId);
  const principalIds = ids.includes(undefined) ? [] : sorted(ids as string[]);
  const roles = grantableRoles.flatMap(({ guid }) => guid ?? []);
  // The stacks of a fleet define the others.
  const definesRoles = !isOfFleet || (group.create && isSameName(group.name, place.resourceGroup));
  const isNew = definesRoles && grantableRoles.some(({ guidSeed }) => guidSeed !== undefined);
  return [
    {
      ...place,
      role: builtIn(ASSIGNS),
      why: "Creates and deletes role assignments in the resource group: only of these roles, and only to such principals.",
      grantableRoles,
      principalTypes,
      principalIds: principalIds.length > 0 ? principalIds : undefined,
      condition:
        roles.length === grantableRoles.length
          ? assignmentCondition({ roles, principalTypes, principalIds })
          : undefined,
    },
    ...(isNew
      ? [
          {
            ...place,
            role: definingRole(place),
            why: "Creates and changes custom roles; its holder is in effect Owner of the resource group.",
          },
        ]
      : []),
  ];
}

function rolesOf(rows: ReviewedGrant[], { resourceGroup, subscriptionId }: Place): GrantableRole[] {
  const roles = new Map(rows.map(({ role }) => [role.name, role]));
  return [...roles.values()]
    .map(({ name, guid, guidSeed }): GrantableRole => {
      const group = `/subscriptions/${subscriptionId ?? ""}/resourceGroups/${resourceGroup}`;
      const computed =
        guidSeed !== undefined && subscriptionId !== undefined
          ? fixedGuid(group, "role", guidSeed)
          : undefined;
      return { name, guid: guid?.toLowerCase() ?? computed, guidSeed };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

// Clusters share it. Its holder can add actions to it, too: the notes say so.
function definingRole({ resourceGroup, subscriptionId }: Place): ReviewedRole {
  const role = "AKS Role Definitions";
  const place =
    subscriptionId === undefined ? resourceGroup : `${resourceGroup} in ${subscriptionId}`;
  return {
    name: `${role} (${place})`,
    custom: true,
    guidSeed: `${role} (${resourceGroup})`,
    description: "Creates and changes custom roles.",
    actions: ["read", "write", "delete"].map(
      (operation) => `Microsoft.Authorization/roleDefinitions/${operation}`,
    ),
    dataActions: [],
  };
}

/** Returns Reader where a stack looks identities up and reads nothing otherwise; the other roles read, too. */
function lookupRights(
  rows: ReviewedGrant[],
  rights: RunnerRight[],
  { team, isAfter }: GrantingStack,
  spec: ResolvedSpec,
): RunnerRight[] {
  const isNamed = ({ kind, identity: { name } }: PlacedIdentity) =>
    rows.some(
      ({ principal, scope }) =>
        ((principal.kind as string) === kind && principal.name === name) || scope.kind === kind,
    );
  const lookedUp = placedIdentities(spec).filter((one) => {
    const { existing, ids } = one.identity;
    const isOwn = (one.kind === "workload") === isAfter && team === GrantingTeam.IDENTITY;
    return isNamed(one) && ids === undefined && (existing || !isOwn);
  });
  return distinctPlaces(lookedUp.map((one) => identityPlace(one, spec)))
    .filter((place) => !rights.some((right) => keyOf(right) === keyOf(place)))
    .map((place) => ({ ...place, role: builtIn("Reader"), why: "Looks the identities up." }));
}

function builtIn(name: string): ReviewedRole {
  const { guid, actions, dataActions } = CATALOGUE.find((role) => role.name === name)!;
  return { name, custom: false, guid, actions, dataActions };
}

function byPlace(rows: ReviewedGrant[]): [Place, ReviewedGrant[]][] {
  const places = distinctPlaces(rows.map(({ scope }) => placeOf(scope)));
  return places.map((place) => [
    place,
    rows.filter(({ scope }) => keyOf(placeOf(scope)) === keyOf(place)),
  ]);
}

function placeOf({ resourceType, name, resourceGroup, subscriptionId }: ReviewedScope): Place {
  const isGroup = isSameName(resourceType, "Microsoft.Resources/resourceGroups");
  return { resourceGroup: isGroup ? name : resourceGroup, subscriptionId };
}

function distinctPlaces(places: Place[]): Place[] {
  const all = new Map<string, Place>();
  for (const place of places) {
    all.set(keyOf(place), all.get(keyOf(place)) ?? place);
  }
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
}

function keyOf({ resourceGroup, subscriptionId = "" }: Place): string {
  return `${resourceGroup}/${subscriptionId}`.toLowerCase();
}

function sorted<T extends string>(texts: T[]): T[] {
  return [...new Set(texts)].sort();
}

// A subscription that only Terraform knows cannot be signed or used by a script.
function known(text: string | undefined): string | undefined {
  return text !== undefined && isKnown(text) ? text : undefined;
}
