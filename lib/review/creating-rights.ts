// The rights that the runners of the identity team need besides those to grant: to create identities, locks and access. Pure.
import { phaseOf } from "../access/phases";
import { GrantingTeam } from "../spec/granting-team";
import { known } from "../spec/known";
import { ResolvedSpec, placedIdentities } from "../spec/resolved-spec";
import { Deployed, isDeployed } from "./deployed";
import { RunnerRight } from "./reviewed-runner";
import { Place, distinctPlaces, identityPlace, keyOf } from "./runner-places";
import { builtIn, runnerRole } from "./runner-roles";

/** Returns the rights to create what the stacks of the identity team create besides role assignments. */
export function creatingRights(deployed: Deployed, spec: ResolvedSpec): RunnerRight[] {
  return deployed.team === GrantingTeam.IDENTITY
    ? [
        ...identityRights(deployed, spec),
        ...lockRights(deployed, spec),
        ...backupRights(deployed, spec),
      ]
    : [];
}

/** Returns the right to lock the cluster and its resource group. */
function lockRights({ phase = "addOns" }: Deployed, spec: ResolvedSpec): RunnerRight[] {
  const { locks, resourceGroup, subscriptionId } = spec;
  return phase === "addOns" && locks !== undefined
    ? [
        {
          resourceGroup: resourceGroup.name,
          subscriptionId: known(subscriptionId),
          role: builtIn("Locks Contributor"),
          why: "The runner locks the cluster and its resource group against deletion, and lifts the locks.",
        },
      ]
    : [];
}

/** Returns the right to let the Backup vault reach the extension of the cluster. */
function backupRights({ phase = "addOns" }: Deployed, spec: ResolvedSpec): RunnerRight[] {
  const { backup, resourceGroup, subscriptionId } = spec;
  const place = { resourceGroup: resourceGroup.name, subscriptionId: known(subscriptionId) };
  const clusters = "Microsoft.ContainerService/managedClusters";
  return phase === "addOns" && backup !== undefined
    ? [
        {
          ...place,
          role: runnerRole(place, {
            name: "AKS Trusted Access",
            description: "Gives and takes away the access of Azure services to clusters.",
            actions: ["read", "write", "delete"]
              .map((operation) => `${clusters}/trustedAccessRoleBindings/${operation}`)
              .concat(`${clusters}/read`),
          }),
          why: "The runner lets the Backup vault reach the backup extension of the cluster.",
        },
      ]
    : [];
}

/** Returns the rights to create identities and, after the cluster, their credentials. */
function identityRights(deployed: Deployed, spec: ResolvedSpec): RunnerRight[] {
  const placesOf = (existing: boolean, isWorkload: boolean) =>
    distinctPlaces(
      placedIdentities(spec)
        .filter(
          ({ kind }) => isDeployed(phaseOf(kind), deployed) && (kind === "workload") === isWorkload,
        )
        .filter(({ identity }) => identity.existing === existing)
        .map((one) => identityPlace(one, spec)),
    );
  const made = [
    ...placesOf(false, false).flatMap((place) => ownIdentityRights(place, spec)),
    ...placesOf(false, true).map((place) => ({
      ...place,
      role: builtIn("Managed Identity Contributor"),
      why: "The runner creates the identities of workloads, and their federated credentials.",
    })),
  ];
  const found = placesOf(true, true)
    .filter((place) => !made.some((right) => keyOf(right) === keyOf(place)))
    .map((place) => ({
      ...place,
      role: builtIn("Managed Identity Federated Identity Credential Contributor"),
      why: "The runner creates the federated credentials of workloads.",
    }));
  return [...made, ...found];
}

function ownIdentityRights(place: Place, { identities }: ResolvedSpec): RunnerRight[] {
  return [
    {
      ...place,
      role: builtIn("Managed Identity Contributor"),
      why: "The runner creates the identities.",
    },
    ...(identities.locked
      ? [
          {
            ...place,
            role: builtIn("Locks Contributor"),
            why: "The runner locks the identities against deletion, and lifts the locks.",
          },
        ]
      : []),
  ];
}
