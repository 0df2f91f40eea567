// The operations by which a principal can act as another one. Pure.

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
