// Reads an access review from its file.
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
 * @throws FindingsError if the file cannot be read, or is something else
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
        ? `The file cannot be read as JSON (${(error as Error).message}).`
        : `The file cannot be read: ${cause}.`,
    );
  }
  const { errors } = validate(content, schema as Schema, "2020-12", {});
  const inmost = errors[errors.length - 1];
  if (inmost) {
    const path = inmost.instanceLocation.slice(2).replace(/\//g, ".") || "the file";
    throw notReview(file, `This is not an access review: ${path} is not as in its form.`);
  }
  const review = content as AccessReviewDocument;
  const { version } = review;
  if (version !== REVIEW_VERSION) {
    throw notReview(
      file,
      `This is an access review of form ${version}, and ${REVIEW_VERSION} is wanted.`,
    );
  }
  return review;
}

function notReview(file: string, message: string): FindingsError {
  const remedy =
    "Name the access-review.json of a run, or the result of ClusterPlan.review in a program.";
  return new FindingsError([{ severity: "error", code: "HAKS-FILE-007", file, message, remedy }]);
}
