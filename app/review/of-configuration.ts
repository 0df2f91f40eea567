// The access review of a loaded description, with what the rules warn about. Pure.
import { AccessReview, AccessReviewDocument, SpecRules } from "../../lib";
import { Configuration } from "../config/to-spec";

/** The access review of a description. */
export function reviewOf({ spec, terraform }: Configuration): AccessReviewDocument {
  const warnings = SpecRules.check({ spec })
    .filter(({ severity }) => severity === "warning")
    .map(({ code, path, message, remedy }) => ({ code, path, message, remedy }));
  return AccessReview.of({ spec, warnings, subscriptionId: terraform.subscriptionId });
}
