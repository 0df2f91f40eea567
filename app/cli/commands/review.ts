// hardened-aks review: writes only the access review, optionally with the changes since an earlier one.
import { join } from "node:path";
import { loadConfiguration } from "../../config/load";
import { commitOf, configFile, outputFolder } from "../../environment";
import { withProvenance } from "../../review/provenance";
import { decisionWords } from "../../review/deciding-teams";
import { readReview } from "../../review/read";
import { writeReview } from "../../review/write";
import { changesInWords, changesForReaders } from "../../review/diff";
import { operationCount } from "../../review/overview";
import { STATUS } from "../findings";
import { Io, print, printJson } from "../io";

interface Options {
  readonly config?: string;
  readonly from?: string;
  readonly out?: string;
  readonly previous?: string;
  readonly commit?: string;
  readonly json?: boolean;
}

/** Writes the documents of the access review. */
export function review(options: Options, io: Io): Promise<number> {
  const { config, from, out, previous, commit, json } = options;
  const document = withProvenance(
    from === undefined ? loadConfiguration(configFile(config)).plan.review() : readReview(from),
    commitOf(commit),
  );
  const before = previous === undefined ? undefined : readReview(previous);
  const folder = outputFolder(out);
  const files = writeReview(document, folder, before).map((file) => join(folder, file));
  if (json) {
    printJson(io, { files, excess: document.excess });
  } else {
    print(io, [
      ...(before
        ? [
            changesInWords(changesForReaders(before, document)),
            ...[decisionWords(before, document)].filter((words) => words !== ""),
          ]
        : []),
      "Access review:",
      ...files.map((file) => `  ${file}`),
      ...document.excess.map(
        ({ principal, ...counts }) => `${principal}: ${operationCount(counts)}.`,
      ),
    ]);
  }
  return Promise.resolve(STATUS.ok);
}
