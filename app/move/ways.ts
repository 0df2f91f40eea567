// Names of the ways to brought identities. Pure.

/** Ways to brought identities. */
export const WAYS = [
  "service-principal",
  "system-assigned",
  "kubelet",
  "user-assigned",
  "blue-green",
  "recreate",
] as const;
