// Failures of AKS deployments by Contributors with identities that are brought: what is seen, why, who does what. Pure.
import { Trouble } from "./trouble";
import { TROUBLES_WITH_CLUSTER } from "./troubles-cluster";
import { TROUBLES_WITH_NETWORK } from "./troubles-network";
import { TROUBLES_WITH_RIGHTS } from "./troubles-rights";

/** Every failure that is known. */
export const TROUBLES: Trouble[] = [
  ...TROUBLES_WITH_RIGHTS,
  ...TROUBLES_WITH_NETWORK,
  ...TROUBLES_WITH_CLUSTER,
];
