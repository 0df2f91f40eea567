// hardened-aks review: the access review alone, and what changed against an earlier one.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AccessReviewDocument } from "../../../lib";
import { REVIEW_VERSION } from "../../../lib/access/build-review";
import { loadConfiguration } from "../../config/load";
import { configFile, outputFolder } from "../../environment";
import { ProblemsError } from "../../problem";
import { reviewOf } from "../../review/of-configuration";
import { writeReview } from "../../review/write";
import { STATUS } from "../findings";
import { Io, print, printJson } from "../io";

interface Options {
  readonly config?: string;
  readonly out?: string;
  readonly previous?: string;
  readonly json?: boolean;
}

/** Writes the documents of the review. */
export function review({ config, out, previous, json }: Options, io: Io): Promise<number> {
  const document = reviewOf(loadConfiguration(configFile(config)));
  const before = previous === undefined ? undefined : read(previous);
  const folder = outputFolder(out);
  const files = writeReview(document, folder, before).map((file) => join(folder, file));
  if (json) {
    printJson(io, { files, excess: document.excess });
  } else {
    print(io, [
      "Access review:",
      ...files.map((file) => `  ${file}`),
      ...document.excess.map(
        ({ principal, granted, excess }) =>
          `${principal} holds ${granted} operations, ${excess} of which no feature needs.`,
      ),
    ]);
  }
  return Promise.resolve(STATUS.ok);
}

function read(file: string): AccessReviewDocument {
  try {
    const document = JSON.parse(readFileSync(file, "utf8")) as AccessReviewDocument;
    if (document.version === REVIEW_VERSION && Array.isArray(document.grants)) {
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
      message: `This is not an access review of form ${REVIEW_VERSION}.`,
      remedy: "Name the access-review.json of an earlier run.",
    },
  ]);
}
