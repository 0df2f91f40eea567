// The access review of a loaded description. Pure.
import { AccessReview, AccessReviewDocument } from "../../lib";
import { Configuration } from "../config/to-spec";

/** The access review of a description. */
export function reviewOf({ spec, terraform }: Configuration): AccessReviewDocument {
  return AccessReview.of({ spec, subscriptionId: terraform.subscriptionId });
}
