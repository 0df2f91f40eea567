// Builds the access review of a loaded description. Pure.
import { AccessReviewDocument } from "../../lib";
import { LoadedConfiguration } from "../config/load";

/** Returns the access review of a description. */
export function reviewOf({ plan, terraform }: LoadedConfiguration): AccessReviewDocument {
  return plan.review(terraform.subscriptionId);
}
