// The shape of a failure in docs/troubleshooting.md. Pure.
import { PREFLIGHT_CHECKS } from "../../lib/cluster/preflight/checks";

/** Who does something about a failure. */
export type Who = "identity team" | "NOC" | "platform team" | "owner of the subscription";

/** A failure. */
export interface Failure {
  /** What is seen: codes and texts of messages. */
  readonly messages: string[];
  /** Why: a sentence or two. */
  readonly cause: string;
  readonly who: Who;
  /** What they do. */
  readonly remedy: string;
  /** Codes of the rules that find it before Terraform runs. */
  readonly rules?: string[];
  /** The preflight checks that find it in the plan. */
  readonly preflight?: (keyof typeof PREFLIGHT_CHECKS)[];
  /** What else in this project keeps it away, or how far that goes. */
  readonly note?: string;
}

/** What the identity team does about a right that is missing. */
export const DEPLOY_IDENTITIES = "Deploy the stack <cluster>-identities.";

/** What the NOC does about a right that is missing. */
export const DEPLOY_NETWORK = "Deploy the stack <cluster>-network-permissions.";
