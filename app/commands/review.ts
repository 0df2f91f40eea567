// npm run review: the access review alone, and what changed against an earlier one.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { AccessReviewDocument } from "../../lib";
import { loadConfiguration } from "../config/load";
import { configFile, outputFolder, run } from "../environment";
import { ProblemsError } from "../problem";
import { reviewOf } from "../review/of-configuration";
import { writeReview } from "../review/write";

run(() => {
  const { values } = parseArgs({ options: { previous: { type: "string" } } });
  const review = reviewOf(loadConfiguration(configFile()));
  const previous = values.previous === undefined ? undefined : read(values.previous);
  console.log("Access review:");
  for (const file of writeReview(review, outputFolder(), previous)) {
    console.log(`  ${join(outputFolder(), file)}`);
  }
  for (const { principal, granted, excess } of review.excess) {
    console.log(`${principal} holds ${granted} operations, ${excess} of which no feature needs.`);
  }
});

function read(file: string): AccessReviewDocument {
  try {
    const document = JSON.parse(readFileSync(file, "utf8")) as AccessReviewDocument;
    if (document.version === 1 && Array.isArray(document.grants)) {
      return document;
    }
  } catch {
    // The same answer as for a file of something else.
  }
  throw new ProblemsError([
    {
      severity: "error",
      code: "HAKS-FILE-007",
      file,
      message: "This is not an access review.",
      remedy: "Name the access-review.json of an earlier run.",
    },
  ]);
}
