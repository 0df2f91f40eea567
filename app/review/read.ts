// Reads an access review from its file.
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { AccessReviewDocument } from "../../lib";
import { REVIEW_VERSION } from "../../lib/review/build-review";
import { ProblemsError } from "../problem";
import { causeOf } from "../refusal";
import { reviewSchema } from "./schema";

/**
 * Reads an access review.
 *
 * @throws ProblemsError if the file cannot be read, or is something else
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
  const result = v.safeParse(reviewSchema, content);
  if (!result.success) {
    const path = v.getDotPath(result.issues[0]) ?? "the file";
    throw notReview(file, `This is not an access review: ${path} is not as in its form.`);
  }
  const { version } = result.output;
  if (version !== REVIEW_VERSION) {
    throw notReview(
      file,
      `This is an access review of form ${version}, and ${REVIEW_VERSION} is wanted.`,
    );
  }
  return result.output;
}

function notReview(file: string, message: string): ProblemsError {
  const remedy =
    "Name the access-review.json of a run, or the result of ClusterPlan.review in a program.";
  return new ProblemsError([{ severity: "error", code: "HAKS-FILE-007", file, message, remedy }]);
}
