// Reads an access review from a file.
import schema from "../../access-review.schema.json";
import { AccessReviewDocument } from "../../lib";
import { REVIEW_VERSION } from "../../lib/review/build-review";
import { readValidFile } from "./valid-file";

/**
 * Reads an access review.
 *
 * @throws FindingsError if the file cannot be read, or is no valid access review
 */
export function readReview(file: string): AccessReviewDocument {
  return readValidFile(file, {
    noun: "an access review",
    schema,
    version: ["version", REVIEW_VERSION],
    remedy:
      "Name an access-review.json that synth or review wrote, or the result of ClusterPlan.review in a program.",
  }) as AccessReviewDocument;
}
