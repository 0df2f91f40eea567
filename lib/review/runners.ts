// The rights that the runners of the stacks need to grant what the plan says, each on a resource group. Pure.
import { assignmentCondition } from "../access/assignment-condition";
import { fixedGuid } from "../access/fixed-guid";
import { FLEET } from "../access/fleet-rows";
import { PHASES, phaseOf, stackSuffix } from "../access/phases";
import { GrantingTeam } from "../spec/granting-team";
import { known } from "../spec/known";
import { subscriptionOf } from "../spec/own-subscription";
import {
  PlacedIdentity,
  ResolvedSpec,
  nodeResourceGroupOf,
  placedIdentities,
} from "../spec/resolved-spec";
import { creatingRights } from "./creating-rights";
import { Deployed, isDeployed } from "./deployed";
import { ReviewedGrant, ReviewedRole } from "./reviewed-grant";
import { GrantableRole, ReviewedRunner, RunnerRight } from "./reviewed-runner";
import { ASSIGNS, isLookedUpWithNodes, runnerNotes, sorted } from "./runner-notes";
import { Place, distinctPlaces, identityPlace, keyOf, placeOf } from "./runner-places";
import { builtIn, runnerRole } from "./runner-roles";
import { UNKNOWN_GROUP } from "./unknown-group";

const TEAMS = [GrantingTeam.IDENTITY, GrantingTeam.NETWORK];

const STACKS: readonly Deployed[] = PHASES.flatMap((phase) =>
  TEAMS.map((team) => ({ team, phase })),
);

const OF_FLEET =
  "In a fleet, one runner of a team deploys its stacks of all clusters: the request for what the clusters share has its rights.";

/** Returns what the runners of the stacks of the identity team and of the NOC need. */
export function runnersOf(grants: readonly ReviewedGrant[], spec: ResolvedSpec): ReviewedRunner[] {
  const own = grants.filter((row) => row.grantedFor === undefined);
  return STACKS.flatMap((deployed) => {
    const [runner] = runnerOf(deployed, [{ spec, rows: own }], spec.name);
    const ofFleet = { rights: [], notes: [OF_FLEET] };
    return runner ? [{ ...runner, ...(spec.isOfFleet ? ofFleet : {}) }] : [];
  });
}

/** A description, with the rows that its stacks grant. */
export interface RunnerMember {
  readonly spec: ResolvedSpec;
  readonly rows: readonly ReviewedGrant[];
}

/**
 * Returns what the runner of each team needs that deploys its stacks of all clusters of a fleet. Azure knows one assignment
 * of a role to it on a resource group, so that its condition covers all of them.
 *
 * @param members the clusters, and the stacks that they share
 */
export function fleetRunnersOf(members: readonly RunnerMember[]): ReviewedRunner[] {
  return TEAMS.flatMap((team) => runnerOf({ team }, members, FLEET));
}

function runnerOf(
  deployed: Deployed,
  members: readonly RunnerMember[],
  name: string,
): ReviewedRunner[] {
  const { team, phase = "cluster" } = deployed;
  const [first] = members;
  const ofTeam = members.map(({ spec, rows }) => ({
    spec,
    rows: rows.filter(
      ({ team: of, principal, scope }) =>
        of === team && isDeployed(phaseOf(principal.kind, scope.kind), deployed),
    ),
  }));
  const rows = ofTeam.flatMap((member) => member.rows);
  const rights = [
    ...distinctRights(ofTeam.flatMap(({ spec }) => creatingRights(deployed, spec))),
    ...placed(rows).flatMap(([place, inPlace]) => [
      assigningRight(place, inPlace),
      ...(inPlace.some(isNewRole) ? [definingRight(place)] : []),
    ]),
  ];
  const lookups = ofTeam.flatMap((member) =>
    lookupRights(member.rows, rights, deployed, member.spec),
  );
  const all = [...rights, ...distinctRights(lookups)];
  if (!first || all.length === 0) {
    return [];
  }
  const stack = `${name}-${stackSuffix(team, phase)}`;
  const subscriptionId = known(subscriptionOf(first.spec, team));
  const notes = ofTeam.flatMap((member) =>
    runnerNotes(
      all,
      member.rows,
      team === GrantingTeam.IDENTITY && phase === "cluster",
      member.spec,
    ),
  );
  return [{ team, stack, subscriptionId, rights: all, notes: [...new Set(notes)] }];
}

function distinctRights(rights: RunnerRight[]): RunnerRight[] {
  return [
    ...new Map(rights.map((right) => [`${keyOf(right)} ${right.role.name}`, right])).values(),
  ];
}

/** Returns the right to create and delete these role assignments alone. */
function assigningRight(place: Place, rows: ReviewedGrant[]): RunnerRight {
  const grantableRoles = rolesOf(rows, place);
  const principalTypes = sorted(rows.map(({ principal }) => principal.principalType));
  const ids = rows.map(({ principal }) => principal.objectId);
  const principalIds = ids.includes(undefined) ? [] : sorted(ids as string[]);
  const roles = grantableRoles.flatMap(({ guid }) => guid ?? []);
  return {
    ...place,
    role: builtIn(ASSIGNS),
    why: "The runner creates and deletes role assignments in the resource group: only of these roles, and only to such principals.",
    grantableRoles,
    principalTypes,
    principalIds: principalIds.length > 0 ? principalIds : undefined,
    condition:
      roles.length === grantableRoles.length
        ? assignmentCondition({ roles, principalTypes, principalIds })
        : undefined,
  };
}

/** Returns the right to define custom roles. */
function definingRight(place: Place): RunnerRight {
  return {
    ...place,
    role: definingRole(place),
    why: "The runner creates and changes custom roles; its holder is in effect Owner of the resource group.",
  };
}

// Clusters share it. Its holder can add actions to it, too: the notes say so.
function definingRole(place: Place): ReviewedRole {
  return runnerRole(place, {
    name: "AKS Role Definitions",
    description: "Creates and changes custom roles.",
    actions: ["read", "write", "delete"].map(
      (operation) => `Microsoft.Authorization/roleDefinitions/${operation}`,
    ),
  });
}

function isNewRole({ role }: ReviewedGrant): boolean {
  return role.guidSeed !== undefined;
}

/** Returns the rows by resource group, without those whose group only Terraform knows. */
function placed(rows: readonly ReviewedGrant[]): [Place, ReviewedGrant[]][] {
  return byPlace(rows.filter(({ scope }) => scope.resourceGroup !== UNKNOWN_GROUP));
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

/** Returns Reader where a stack looks identities up and reads nothing otherwise; the other roles read, too. */
function lookupRights(
  rows: ReviewedGrant[],
  rights: RunnerRight[],
  deployed: Deployed,
  spec: ResolvedSpec,
): RunnerRight[] {
  const isNamed = ({ kind, identity: { name } }: PlacedIdentity) =>
    rows.some(
      ({ principal, scope }) =>
        ((principal.kind as string) === kind && principal.name === name) || scope.kind === kind,
    );
  const lookedUp = placedIdentities(spec).filter((one) => {
    const { existing, ids } = one.identity;
    const isOwn =
      deployed.team === GrantingTeam.IDENTITY && isDeployed(phaseOf(one.kind), deployed);
    return isNamed(one) && ids === undefined && (existing || !isOwn);
  });
  const ofAddOns = rows.some(isLookedUpWithNodes)
    ? [{ resourceGroup: nodeResourceGroupOf(spec), subscriptionId: known(spec.subscriptionId) }]
    : [];
  return [
    ...distinctPlaces(lookedUp.map((one) => identityPlace(one, spec)))
      .filter((place) => !rights.some((right) => keyOf(right) === keyOf(place)))
      .map((place) => ({
        ...place,
        role: builtIn("Reader"),
        why: "The runner looks the identities up.",
      })),
    ...ofAddOns.map((place) => ({
      ...place,
      role: builtIn("Reader"),
      why: "The runner looks the identities of add-ons up.",
    })),
  ];
}

function byPlace(rows: ReviewedGrant[]): [Place, ReviewedGrant[]][] {
  const places = distinctPlaces(rows.map(({ scope }) => placeOf(scope)));
  return places.map((place) => [
    place,
    rows.filter(({ scope }) => keyOf(placeOf(scope)) === keyOf(place)),
  ]);
}
