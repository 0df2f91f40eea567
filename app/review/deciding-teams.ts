// The teams that decide about an access review, and what each decides about. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import { PLATFORM_TEAM, rightsHashes } from "../../lib/review/rights-hashes";
import { listed, plain } from "./text";
import { teamName } from "./words";

/** Version of the form of decisions. */
export const DECISIONS_VERSION = 1;

/** Stands in place of the form if nothing is granted, and the description has no exceptions. */
export const NOTHING_TO_DECIDE = "No team has anything to decide.";

/** A team that decides about a review. */
export interface DecidingTeam {
  readonly team: string;
  readonly name: string;
  readonly question: string;
  /** The subject of the decision: `rights` or `exceptions`. */
  readonly subject: string;
  /** Hash of what it decides about. */
  readonly hash: string;
  /** The first digits of the hash, for paper. */
  readonly shortHash: string;
}

const SHORT = 12;

/** Returns the teams that decide: those that grant, and the platform team if there are exceptions. */
export function decidingTeams(review: AccessReviewDocument): DecidingTeam[] {
  return Object.entries(rightsHashes(review)).map(([team, hash]) => ({
    ...(team === PLATFORM_TEAM ? platformTeam(review) : grantingTeam(team)),
    hash,
    shortHash: hash.slice(0, SHORT),
  }));
}

function grantingTeam(team: string) {
  const question = "grants the role assignments of its stack";
  return { team, name: teamName(team), question, subject: "rights" };
}

function platformTeam({ exceptions }: AccessReviewDocument) {
  const names = exceptions.map(({ name }) => plain(name));
  return {
    team: PLATFORM_TEAM,
    name: "platform team",
    question: `accepts the ${names.length === 1 ? "exception" : "exceptions"} ${listed(names)}`,
    subject: "exceptions",
  };
}

/** Returns which teams must decide again since an earlier review: sentences, or none if no team decides. */
export function decisionWords(
  previous: AccessReviewDocument,
  review: AccessReviewDocument,
): string {
  const before = rightsHashes(previous);
  const teams = decidingTeams(review);
  const again = teams.filter(({ team, hash }) => before[team] !== hash);
  const others = teams.filter((team) => !again.includes(team)).map(({ name }) => `the ${name}`);
  return [
    ...again.map(
      ({ team, name, subject }) =>
        `The ${subject} of the ${name} ${before[team] === undefined ? "are new" : "changed"}, so it decides again.`,
    ),
    ...(others.length > 0 ? [`An earlier decision of ${listed(others)} stands.`] : []),
  ].join(" ");
}
