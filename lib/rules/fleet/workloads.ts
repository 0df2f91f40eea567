// HAKS-FLEET-060 to 066: workloads of several clusters, the memberships of clusters, and their backups. Pure.
import { MOST_CREDENTIALS, credentialsOf, isOwner } from "../../access/credentials";
import { identityKey, placeKey, principalKey } from "../../access/fleet-rows";
import { WORKLOAD_PAGE } from "../../access/workload-grants";
import { isKnown } from "../../spec/known";
import { IDENTITY_KINDS } from "../../spec/identities";
import { ResolvedSpec, ResolvedWorkload, workloadPath } from "../../spec/resolved-spec";
import {
  FleetMember,
  FleetRule,
  clusterNames,
  forEachShared,
  grouped,
  lastByName,
  specsOf,
} from "./rule";
import { groupKey, groupsOf } from "../own-groups";

/** The rules about workloads, memberships and backups. */
export const FLEET_WORKLOAD_RULES: readonly FleetRule[] = [
  {
    code: "HAKS-FLEET-060",
    title: "Two clusters with workloads must not have the same OIDC issuer.",
    source: "https://learn.microsoft.com/azure/aks/use-oidc-issuer",
    check: (members, report) => {
      const issuers = members
        .filter(({ spec }) => spec.workloads.length > 0)
        .flatMap(({ spec }) => spec.oidcIssuers.map(({ url }, index) => ({ spec, url, index })))
        .filter(({ url }) => url !== undefined && isKnown(url));
      forEachShared(
        issuers,
        ({ url }) => url,
        ({ spec, index, url }, others) =>
          report(
            spec,
            `oidcIssuers.${index}.url`,
            `The issuer "${url}" is also that of ${clusterNames(specsOf(others))}: pods of one cluster would become the workloads of the other.`,
            "Use the output oidc_issuer_url of the stack of this cluster; while one cluster takes over from another, only one of them has workloads.",
          ),
      );
    },
  },
  {
    code: "HAKS-FLEET-061",
    title: "The identity of a workload must be created by one cluster.",
    source: WORKLOAD_PAGE,
    check: (members, report) => {
      const created = identitiesOf(members).filter(({ workload }) => !workload.identity.existing);
      forEachShared(created, keyOf, ({ spec, path, workload }, others) =>
        report(
          spec,
          `${path}.name`,
          `The stacks of ${clusterNames([...specsOf(others), spec])} create the identity "${workload.identity.name}".`,
          "Give the workloads different identities or, if they are to share one, set existing to true in all clusters but one.",
        ),
      );
    },
  },
  {
    code: "HAKS-FLEET-062",
    title: "A workload must not have the identity of another cluster.",
    source: WORKLOAD_PAGE,
    check: (members, report) => {
      const ofClusters = grouped(
        members.flatMap(({ spec }) => IDENTITY_KINDS.map((kind) => ({ spec, kind }))),
        ({ spec, kind }) => identityKey(kind, spec),
      );
      for (const use of identitiesOf(members)) {
        const { spec, path, workload } = use;
        const others = specsOf(ofClusters.get(keyOf(use)) ?? []).filter((other) => other !== spec);
        if (others.length > 0) {
          report(
            spec,
            `${path}.name`,
            `The workload "${workload.name}" has the identity "${workload.identity.name}" of ${clusterNames(others)}, with all of its rights.`,
            "Use another identity: pods must not have the rights of a cluster.",
          );
        }
      }
    },
  },
  {
    code: "HAKS-FLEET-063",
    title: `An identity must have at most ${MOST_CREDENTIALS} federated credentials in all clusters together.`,
    source:
      "https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations",
    check: (members, report) => {
      for (const uses of grouped(identitiesOf(members), keyOf).values()) {
        const count = uses.reduce((sum, { credentials }) => sum + credentials, 0);
        const last = lastByName(uses);
        // HAKS-WL-003 reports those of one cluster.
        if (count > MOST_CREDENTIALS && uses.every((use) => use.credentials <= MOST_CREDENTIALS)) {
          report(
            last.spec,
            `${last.path}.name`,
            `The identity "${last.workload.identity.name}" would have ${count} federated credentials from ${clusterNames(specsOf(uses))}, and ${MOST_CREDENTIALS} are possible.`,
            "Use fewer service accounts or issuers, or another identity for some of them.",
          );
        }
      }
    },
  },
  {
    code: "HAKS-FLEET-064",
    title: "Members of a fleet of Azure Kubernetes Fleet Manager must have different names.",
    source: "https://learn.microsoft.com/azure/kubernetes-fleet/concepts-fleet",
    check: (members, report) =>
      forEachShared(
        members.flatMap(({ spec }) => (spec.fleetManager ? [{ spec, ...spec.fleetManager }] : [])),
        ({ spec, fleet, memberName }) => `${placeKey(fleet, spec)}/${memberName.toLowerCase()}`,
        ({ spec, fleet, memberName }, others) =>
          report(
            spec,
            "fleetManager.memberName",
            `${clusterNames([...specsOf(others), spec])} would be the member "${memberName}" of the fleet "${fleet.name}".`,
            "Give each cluster another memberName.",
          ),
      ),
  },
  {
    code: "HAKS-FLEET-065",
    title: "Two clusters must not have one blob container for their backups.",
    source:
      "https://learn.microsoft.com/azure/backup/azure-kubernetes-service-cluster-backup-support-matrix",
    check: (members, report) =>
      forEachShared(
        members.flatMap(({ spec }) => (spec.backup ? [{ spec, ...spec.backup }] : [])),
        ({ spec, storageAccount, blobContainer }) =>
          `${placeKey(storageAccount, spec)}/${blobContainer}`,
        ({ spec, storageAccount, blobContainer }, others) =>
          report(
            spec,
            "backup.blobContainer",
            `${clusterNames([...specsOf(others), spec])} would write their backups into the container "${blobContainer}" of "${storageAccount.name}".`,
            "Give each cluster another container.",
          ),
      ),
  },
  {
    code: "HAKS-FLEET-066",
    title: "The resource group of backup snapshots must not be one of another cluster.",
    source:
      "https://learn.microsoft.com/azure/backup/azure-kubernetes-service-cluster-backup-concept",
    check: (members, report) => {
      const groups = grouped(
        members.flatMap(({ spec }) => groupsOf(spec)),
        ({ key }) => key,
      );
      const uses = members.flatMap(({ spec }) => {
        const { backup, subscriptionId } = spec;
        const key = groupKey(backup?.snapshotResourceGroup ?? "", subscriptionId);
        // That of the same cluster is a finding without the fleet, too.
        const owners = (groups.get(key) ?? []).filter((one) => one.spec !== spec);
        return backup && owners.length > 0 ? [{ spec, key, owners, ...backup }] : [];
      });
      for (const users of grouped(uses, ({ key }) => key).values()) {
        const { spec, snapshotResourceGroup, owners } = lastByName(users);
        report(
          spec,
          "backup.snapshotResourceGroup",
          `The control plane identity of ${clusterNames(specsOf(users))} would be Contributor on the resource group "${snapshotResourceGroup}" of ${clusterNames(specsOf(owners))}, with all that is in it.`,
          "Use a resource group for the snapshots alone.",
        );
      }
    },
  },
];

interface Use {
  readonly spec: ResolvedSpec;
  readonly workload: ResolvedWorkload;
  /** The identity in the description. */
  readonly path: string;
  /** The number of federated credentials. */
  readonly credentials: number;
}

/** Returns the identities of workloads, once for each cluster. */
function identitiesOf(members: readonly FleetMember[]): Use[] {
  return members.flatMap(({ spec }) =>
    spec.workloads.flatMap((workload, index) =>
      isOwner(workload)
        ? [
            {
              spec,
              workload,
              path: `${workloadPath(index, spec)}.identity`,
              credentials: credentialsOf(workload, spec).length,
            },
          ]
        : [],
    ),
  );
}

function keyOf({ spec, workload }: Use): string {
  return principalKey({ kind: "workload", workload: workload.name }, spec);
}
