// For tests that plan and apply: they run with the stand-ins only, never against Azure.
import { HAS_STAND_INS } from "./environment";

/** Like `describe`; skipped, and said so, without the stand-ins. */
export const describeOffline = HAS_STAND_INS ? describe : describe.skip;

if (!HAS_STAND_INS) {
  // Jest does not show the console of a file whose tests are all skipped.
  process.stderr.write(
    "Skipped: plan and apply need the offline stand-ins for the providers in ../shared/terraform, which are not there. Only validate runs.\n",
  );
}
