// Fleets that break a rule about workloads, memberships or backups, each with a twin that keeps it.
import { ClusterSpec, IdentitySpec, ResourceReference } from "../../lib";
import { Case, TENANT, cluster } from "./fleet-cases";

/** A cluster with one workload for each number of service accounts; its identity is that of the name, if there is one. */
const working = (
  name: string,
  counts: number[],
  identity?: IdentitySpec,
  more: Partial<ClusterSpec> = {},
): ClusterSpec =>
  cluster(name, {
    tenantId: TENANT,
    workloads: counts.map((count, at) => ({
      name: `shop-${at}`,
      identity,
      serviceAccounts: Array.from({ length: count }, (_, index) => ({
        namespaceName: `web-${at}`,
        name: `shop-${index}`,
      })),
    })),
    ...more,
  });

const issued = (...numbers: number[]): Partial<ClusterSpec> => ({
  oidcIssuers: numbers.map((number) => ({
    name: `issuer-${number}`,
    url: `https://westeurope.oic.prod-aks.azure.com/${TENANT}/00000000-0000-4000-8000-00000000000${number}/`,
  })),
});

const existingShop = { name: "shop-mi", resourceGroup: "shop-rg", existing: true };
const createdShop = { ...existingShop, existing: false };
const member = (name: string, fleet: string, memberName?: string): ClusterSpec =>
  cluster(name, {
    fleetManager: {
      fleet: ResourceReference.byName({ name: fleet, resourceGroup: "fleet-rg" }),
      memberName,
    },
  });

const backup = (
  name: string,
  blobContainer: string,
  snapshotResourceGroup = "snapshots-rg",
): ClusterSpec => {
  const reference = ResourceReference.byName({ name: "backups", resourceGroup: "backup-rg" });
  return cluster(name, {
    backup: {
      vault: reference,
      snapshotResourceGroup,
      storageAccount: reference,
      blobContainer,
    },
  });
};

export const FLEET_WORKLOAD_CASES: Case[] = [
  {
    code: "HAKS-FLEET-060",
    when: "two clusters with workloads name one issuer",
    at: "b oidcIssuers.1.url",
    says: '0000001/" is also that of "a": pods of one cluster',
    broken: [working("a", [1], undefined, issued(1)), working("b", [1], undefined, issued(2, 1))],
    kept: [working("a", [1], undefined, issued(1)), working("b", [1], undefined, issued(2))],
  },
  {
    code: "HAKS-FLEET-060",
    when: "three do, and one of two that take over from each other has no workloads",
    at: "c oidcIssuers.0.url",
    says: 'is also that of "a" and "b"',
    broken: ["a", "b", "c"].map((name) => working(name, [1], undefined, issued(1))),
    kept: [working("a", [1], undefined, issued(1, 2)), working("b", [], undefined, issued(2))],
  },
  {
    code: "HAKS-FLEET-061",
    when: "two create the identity of a workload",
    at: "b workloads.0.identity.name",
    says: 'The stacks of "a" and "b" create the identity "Shop-MI"',
    broken: [
      working("a", [1], createdShop),
      working("b", [1], { ...createdShop, name: "Shop-MI" }),
    ],
    kept: [working("a", [1], createdShop), working("b", [1], existingShop)],
  },
  {
    code: "HAKS-FLEET-062",
    when: "pods have the identity of another cluster",
    at: "a workloads.0.identity.name",
    says: 'The workload "shop-0" has the identity "b-cp-mi" of "b", with all of its rights',
    broken: [
      working("a", [1], { name: "b-cp-mi", resourceGroup: "identity-rg", existing: true }),
      cluster("b"),
    ],
    kept: [
      working("a", [1], { name: "b-cp-mi", resourceGroup: "shop-rg", existing: true }),
      cluster("b"),
    ],
  },
  {
    code: "HAKS-FLEET-063",
    when: "the credentials of a shared identity are too many together",
    at: "c workloads.0.identity.name",
    says: 'would have 21 federated credentials from "a", "b" and "c", and 20 are possible',
    broken: [
      working("a", [10], createdShop),
      working("b", [10], existingShop),
      working("c", [1], existingShop),
    ],
    kept: [working("a", [10], createdShop), working("b", [10], existingShop)],
  },
  {
    code: "HAKS-FLEET-064",
    when: "two would be one member of a fleet",
    at: "b fleetManager.memberName",
    says: '"a" and "b" would be the member "a" of the fleet "production"',
    broken: [member("a", "production"), member("b", "production", "a")],
    kept: [member("a", "production"), member("b", "staging", "a")],
  },
  {
    code: "HAKS-FLEET-065",
    when: "two would write their backups into one container",
    at: "b backup.blobContainer",
    says: '"a" and "b" would write their backups into the container "shared" of "backups"',
    broken: [backup("a", "shared"), backup("b", "shared")],
    kept: [backup("a", "shared"), backup("b", "b")],
  },
  {
    code: "HAKS-FLEET-066",
    when: "the snapshots are in the resource group of another cluster",
    at: "a backup.snapshotResourceGroup",
    says: 'Contributor on the resource group "MC_cluster-rg_b_westeurope" of "b", with all that is in it',
    broken: [backup("a", "a", "MC_cluster-rg_b_westeurope"), backup("b", "b")],
    // Clusters may share the group of their snapshots.
    kept: [backup("a", "a"), backup("b", "b")],
  },
];
