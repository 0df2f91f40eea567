// The review of a fleet, as it is read from a file.
import schema from "../../fleet-review.schema.json";
import { FLEET_REVIEW_VERSION } from "./build";

/** Files with the review of a fleet. */
export const FLEET_REVIEW = {
  noun: "a fleet review",
  schema,
  version: ["formatVersion", FLEET_REVIEW_VERSION],
  remedy: "Name a fleet-review.json that the command fleet wrote.",
} as const;
