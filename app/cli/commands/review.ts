// hardened-aks review: writes only the access review, optionally with the changes since an earlier one.
import { join } from "node:path";
import { loadConfiguration } from "../../config/load";
import { commitOf, configFile, outputFolder } from "../../environment";
import { hasDrift } from "../../live/live-review";
import { compareLive } from "../../live/read-live";
import { liveLines } from "../../live/words";
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
  readonly live?: string[];
  readonly commit?: string;
  readonly json?: boolean;
}

/**
 * Writes the documents of the access review.
 *
 * @returns status 3 if rights are missing in Azure, or too much
 */
export function review(options: Options, io: Io): Promise<number> {
  const { config, from, out, previous, live, commit, json } = options;
  const plan = from === undefined ? loadConfiguration(configFile(config)).plan : undefined;
  const document = withProvenance(plan?.review() ?? readReview(from ?? ""), commitOf(commit));
  const compared = plan && live ? compareLive(plan, live) : undefined;
  const before = previous === undefined ? undefined : readReview(previous);
  const folder = outputFolder(out);
  const files = writeReview(document, folder, before, compared).map((file) => join(folder, file));
  if (json) {
    printJson(io, { files, excess: document.excess, ...(compared && { live: compared }) });
  } else {
    print(io, [
      ...(compared ? liveLines(compared) : []),
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
  return Promise.resolve(compared && hasDrift(compared) ? STATUS.lost : STATUS.ok);
}
