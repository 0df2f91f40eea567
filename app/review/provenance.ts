// Where a review comes from, and what the teams decide about it. Pure.
import { AccessReviewDocument } from "../../lib/review/access-review";
import { version } from "../../package.json";
import { plain } from "./text";
import { TEAMS, teamName } from "./words";

/** Version of the form of decisions. */
export const DECISIONS_VERSION = 1;

/** The team that deploys the cluster: it grants nothing, and decides, too. */
const PLATFORM = "platform";

/** A team that decides about a review. */
export interface DecidingTeam {
  readonly team: string;
  readonly name: string;
  readonly question: string;
}

/** Returns a review with its origin; one that a program wrote may have it already. */
export function withProvenance(
  review: AccessReviewDocument,
  commit: string | undefined,
): AccessReviewDocument {
  return { ...review, producedBy: review.producedBy ?? version, commit: commit ?? review.commit };
}

/** Returns the origin of a review in words: version, hash of the description, and commit. */
export function originWords({
  producedBy,
  descriptionHash,
  commit,
}: AccessReviewDocument): string[] {
  return [
    ...(producedBy === undefined ? [] : [`hardened-aks ${plain(producedBy)}`]),
    ...(descriptionHash === undefined ? [] : [`description ${plain(descriptionHash)}`]),
    ...(commit === undefined ? [] : [`commit ${plain(commit)}`]),
  ];
}

/** Returns the teams that decide: those that grant, and the one that deploys. */
export function decidingTeams({ grants }: AccessReviewDocument): DecidingTeam[] {
  const granting = TEAMS.filter((team) => grants.some((grant) => grant.team === team));
  return [
    ...granting.map((team) => ({
      team,
      name: teamName(team),
      question: "grants the role assignments of its stack",
    })),
    {
      team: PLATFORM,
      name: "platform team",
      question: "deploys the cluster with these rights, and accepts the exceptions",
    },
  ];
}
