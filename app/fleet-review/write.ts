// The files of the review of a fleet. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import { FleetReviewDocument } from "../../lib/review/fleet-review";
import { TextFile } from "../files";
import { renderJson } from "../review/json";
import { fleetReviewOf } from "./build";
import { fleetChanges } from "./changes";
import { renderFleetHtml } from "./html";

/**
 * Returns the review of a fleet.
 *
 * @param reviews the access reviews of the clusters, in any order
 * @param previous the previous review of the fleet, to show the changes
 */
export function comparedFleetReview(
  reviews: readonly AccessReviewDocument[],
  previous?: FleetReviewDocument,
): FleetReviewDocument {
  const current = fleetReviewOf(reviews);
  return previous ? { ...current, changes: fleetChanges(previous, current) } : current;
}

/** Returns the page and the data of the review of a fleet. */
export function fleetReviewFiles(review: FleetReviewDocument): TextFile[] {
  return [
    ["fleet-review.html", renderFleetHtml(review)],
    ["fleet-review.json", renderJson(review)],
  ];
}
