// The files of the review of a fleet. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import { FleetReviewDocument } from "../../lib/review/fleet-review";
import { TextFile } from "../files";
import { renderJson } from "../review/json";
import { fleetReviewOf } from "./build";
import { fleetChanges } from "./changes";
import { renderFleetHtml } from "./html";

/**
 * Returns the page and the data of the review of a fleet.
 *
 * @param reviews the access reviews of the clusters, in any order
 * @param previous the previous review of the fleet, to show the changes
 */
export function fleetReviewFiles(
  reviews: readonly AccessReviewDocument[],
  previous?: FleetReviewDocument,
): TextFile[] {
  const current = fleetReviewOf(reviews);
  const review = previous ? { ...current, changes: fleetChanges(previous, current) } : current;
  return [
    ["fleet-review.html", renderFleetHtml(review)],
    ["fleet-review.json", renderJson(review)],
  ];
}
