// The meaning of a description, without its stacks: findings, access review, addresses, hardening and requests.
import { LoadedConfiguration, parseConfiguration } from "../../app/config/configuration";
import { unreadable } from "../../app/config/read-source";
import { FindingsError } from "../../app/finding";
import { requestFiles } from "../../app/review/documents";
import { renderHtml } from "../../app/review/html";
import { withProvenance } from "../../app/review/provenance";
import { AccessReviewDocument } from "../../lib/review/access-review";
import { Checked, Edit, Reviewed, Source } from "../messages";
import { addressesOf } from "./addresses";
import { EXAMPLES } from "./examples";
import { hardeningOf } from "./hardening";

type Outcome = LoadedConfiguration | FindingsError;

// The description that is edited, and the one that it is compared with.
const KEPT = 2;

const outcomes = new Map<string, Outcome>();

/** Returns the findings about a description. */
export function check(source: Source): Checked {
  const outcome = outcomeOf(source);
  return outcome instanceof FindingsError
    ? { findings: outcome.findings, isValid: false }
    : { findings: outcome.warnings, isValid: true };
}

/** Returns what a description means; undefined if it has errors. */
export function review(edit: Edit): Reviewed | undefined {
  const configuration = configurationOf(edit.now);
  if (!configuration) {
    return undefined;
  }
  const { plan } = configuration;
  const document = reviewOf(configuration);
  const before = configurationBefore(edit);
  return {
    cluster: document.cluster,
    html: renderHtml(document, before && reviewOf(before)),
    addresses: addressesOf(plan.addresses),
    hardening: hardeningOf(plan.spec.exceptions ?? []),
    requests: requestFiles(document),
  };
}

/** Returns what another description is compared with; undefined if it is the same, or has errors. */
export function configurationBefore({ now, before }: Edit): LoadedConfiguration | undefined {
  return before.text === now.text ? undefined : configurationOf(before);
}

/** Returns the configuration of a description; undefined if it has errors. */
export function configurationOf(source: Source): LoadedConfiguration | undefined {
  const outcome = outcomeOf(source);
  return outcome instanceof FindingsError ? undefined : outcome;
}

/** Returns the access review of a description. */
export function reviewOf({ plan }: LoadedConfiguration): AccessReviewDocument {
  return withProvenance(plan.review(), undefined);
}

function outcomeOf({ file, text }: Source): Outcome {
  const key = `${file}\0${text}`;
  const outcome = outcomes.get(key) ?? loaded(file, text);
  // The map is in the order of use.
  outcomes.delete(key);
  outcomes.set(key, outcome);
  for (const [oldest] of [...outcomes].slice(0, -KEPT)) {
    outcomes.delete(oldest);
  }
  return outcome;
}

function loaded(file: string, text: string): Outcome {
  try {
    return parseConfiguration(file, text, readExample);
  } catch (error) {
    if (error instanceof FindingsError) {
      return error;
    }
    throw error;
  }
}

/** Returns the text of a file of the examples, which other examples extend. */
function readExample(file: string): string {
  const text = EXAMPLES[file];
  if (text === undefined) {
    throw unreadable(file, "The file cannot be read: the page has only the files of the examples.");
  }
  return text;
}
