// The shape of a failure in docs/troubleshooting.md. Pure.
import { PreflightCheckName } from "../../lib/cluster/preflight/checks";

/** The team that fixes a failure. */
export type Who = "identity team" | "NOC" | "platform team" | "owner of the subscription";

/** A failure. */
export interface Failure {
  /** Codes and texts of messages. */
  readonly messages: string[];
  /** One or two sentences. */
  readonly cause: string;
  readonly who: Who;
  /** The fix, as an instruction. */
  readonly remedy: string;
  /** Codes of the rules that find it before Terraform runs. */
  readonly rules?: string[];
  /** The preflight checks that find it in the plan. */
  readonly preflight?: PreflightCheckName[];
  /** Other safeguards of this project, or their limits. */
  readonly note?: string;
}

/** The identity team's fix for a missing right. */
export const DEPLOY_IDENTITIES = "Deploy the stack <cluster>-identities.";

/** The NOC's fix for a missing right. */
export const DEPLOY_NETWORK = "Deploy the stack <cluster>-network-permissions.";
