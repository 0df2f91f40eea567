// The steps by which a principal can act as another one, and the operations behind them. Pure.

/** Ways in which a principal can act as an identity. */
export enum ActingWay {
  /** A role on the identity. */
  ROLE = "role",
  /** Contributor on the resource group of the identity, which the cluster is deployed to, too. */
  OWNERSHIP = "ownership",
  /** Pods, which can use the identity of their node and those of the workloads of the cluster. */
  PODS = "pods",
}

/** A step by which a principal can act as an identity of the cluster. */
export interface ActingStep {
  /** Name of the principal. */
  readonly principal: string;
  /** Name of the identity. */
  readonly identity: string;
  /** Way in which the principal can act as it. */
  readonly by: ActingWay;
}

/** Operations on a managed identity that let a principal act as it. */
export const ASSIGNING_IDENTITIES = ["assign/action", "federatedIdentityCredentials/write"].map(
  (operation) => `Microsoft.ManagedIdentity/userAssignedIdentities/${operation}`,
);

/** Operations in Kubernetes that run pods: on a node, with any service account of their namespace. */
export const RUNNING_PODS = [
  "pods replicationcontrollers apps/deployments apps/daemonsets apps/statefulsets apps/replicasets",
  "batch/jobs batch/cronjobs",
].flatMap((line) =>
  line.split(" ").map((type) => `Microsoft.ContainerService/managedClusters/${type}/write`),
);
