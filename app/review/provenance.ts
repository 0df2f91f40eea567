// Where a review comes from. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import { version } from "../../package.json";
import { plain } from "./text";

/** Returns a review with its origin; one that a program wrote may have it already. */
export function withProvenance(
  review: AccessReviewDocument,
  commit: string | undefined,
): AccessReviewDocument {
  return { ...review, producedBy: review.producedBy ?? version, commit: commit ?? review.commit };
}

/** Returns the origin of a review in words: version, hash of the description, and commit. */
export function originWords({
  producedBy,
  descriptionHash,
  commit,
}: AccessReviewDocument): string[] {
  return [
    ...(producedBy === undefined ? [] : [`hardened-aks ${plain(producedBy)}`]),
    ...(descriptionHash === undefined ? [] : [`description ${plain(descriptionHash)}`]),
    ...(commit === undefined ? [] : [`commit ${plain(commit)}`]),
  ];
}
