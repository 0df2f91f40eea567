// Failures of AKS deployments by Contributors with identities that are brought: what is seen, why, who does what. Pure.
import { Failure } from "./failure";
import { FAILURES_WITH_CLUSTER } from "./failures-cluster";
import { FAILURES_WITH_NETWORK } from "./failures-network";
import { FAILURES_WITH_RIGHTS } from "./failures-rights";

/** Every failure that is known. */
export const FAILURES: Failure[] = [
  ...FAILURES_WITH_RIGHTS,
  ...FAILURES_WITH_NETWORK,
  ...FAILURES_WITH_CLUSTER,
];
