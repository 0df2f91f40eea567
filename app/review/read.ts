// Reads an access review from a file.
import { readFileSync } from "node:fs";
import { Schema, validate } from "@cfworker/json-schema";
import schema from "../../access-review.schema.json";
import { AccessReviewDocument } from "../../lib";
import { REVIEW_VERSION } from "../../lib/review/build-review";
import { FindingsError } from "../finding";
import { causeOf } from "../refusal";

/**
 * Reads an access review.
 *
 * @throws FindingsError if the file cannot be read, or is no valid access review
 */
export function readReview(file: string): AccessReviewDocument {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const cause = causeOf(error);
    throw notReview(
      file,
      cause === undefined
        ? `The file is not JSON: ${(error as Error).message.replace(/\.?$/, ".")}`
        : `The file cannot be read: ${cause}.`,
    );
  }
  const { errors } = validate(content, schema as Schema, "2020-12", {});
  const innermost = errors[errors.length - 1];
  if (innermost) {
    const path = innermost.instanceLocation.slice(2).replace(/\//g, ".") || "the file";
    throw notReview(file, `This is not an access review: ${path} does not match the schema.`);
  }
  const review = content as AccessReviewDocument;
  const { version } = review;
  if (version !== REVIEW_VERSION) {
    throw notReview(
      file,
      `The access review has format ${version}, but format ${REVIEW_VERSION} is required.`,
    );
  }
  return review;
}

function notReview(file: string, message: string): FindingsError {
  const remedy =
    "Name an access-review.json that synth or review wrote, or the result of ClusterPlan.review in a program.";
  return new FindingsError([{ severity: "error", code: "HAKS-FILE-007", file, message, remedy }]);
}
