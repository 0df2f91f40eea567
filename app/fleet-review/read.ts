// Reads the review of a fleet from a file.
import schema from "../../fleet-review.schema.json";
import { FleetReviewDocument } from "../../lib";
import { readValidFile } from "../review/valid-file";
import { FLEET_REVIEW_VERSION } from "./build";

/**
 * Reads the review of a fleet.
 *
 * @throws FindingsError if the file cannot be read, or is no valid review of a fleet
 */
export function readFleetReview(file: string): FleetReviewDocument {
  return readValidFile(file, {
    noun: "a fleet review",
    schema,
    version: ["formatVersion", FLEET_REVIEW_VERSION],
    remedy: "Name a fleet-review.json that the command fleet wrote.",
  }) as FleetReviewDocument;
}
