// Names the subscriptions of a review in few characters: each id appears once. Pure.
import { AccessReviewDocument, EffectiveRight } from "../../lib/review/access-review";
import { ReviewedGrant, ReviewedScope } from "../../lib/review/reviewed-grant";
import { RunnerRight } from "../../lib/review/reviewed-runner";
import { distinct, listed, plain } from "./text";

/** Short names by the ids of subscriptions in lower case; that of the cluster is not named at its resources. */
export type SubscriptionNames = ReadonlyMap<string, string | undefined>;

/** Returns the names for a review, and for the previous one. */
export function subscriptionNames(
  review: AccessReviewDocument,
  previous?: AccessReviewDocument,
): SubscriptionNames {
  const own = review.subscriptionId?.toLowerCase();
  const places = [review, ...(previous ? [previous] : [])].flatMap(({ grants, runners = [] }) => [
    ...grants.map(({ scope }) => scope),
    ...runners.flatMap(({ rights }) => rights),
  ]);
  const ids = distinct(places.flatMap(({ subscriptionId }) => subscriptionId?.toLowerCase() ?? []));
  const others = ids.filter((id) => id !== own);
  return new Map([
    ...(own === undefined ? [] : [[own, undefined] as const]),
    ...others.map((id, index) => [id, letters(index)] as const),
  ]);
}

/** Returns `A` for 0, `Z` for 25, `AA` for 26. */
function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}

/** Returns the ids of the names: `Subscription A is ….`; empty without other subscriptions. */
export function subscriptionLegend(names: SubscriptionNames): string {
  const others = [...names].filter(([, name]) => name !== undefined);
  return others.length === 0
    ? ""
    : `${listed(others.map(([id, name]) => `subscription ${name ?? ""} is ${plain(id)}`)).replace(/^s/, "S")}.`;
}

/** Explains the short names of custom roles; undefined if none is short. */
export function shortNamesNote(
  { grants }: AccessReviewDocument,
  names: SubscriptionNames,
): string | undefined {
  return grants.some(({ role }) => shortName(role.name, names) !== role.name)
    ? "In Azure, the names of custom roles end with the id of their subscription, as in AKS Role (cluster, group in id). Here it is left out for the subscription of the cluster, and short for others."
    : undefined;
}

/** Returns the name of a custom role with the short name of its subscription. */
function shortName(name: string, names: SubscriptionNames): string {
  return name.replace(/ in ([^() ]+)\)$/, (whole, id: string) => {
    const key = id.toLowerCase();
    const short = names.get(key);
    return names.has(key) ? `${short === undefined ? "" : ` in ${short}`})` : whole;
  });
}

/** Returns a review with the short names of subscriptions. */
export function withShortNames(
  review: AccessReviewDocument,
  names: SubscriptionNames,
): AccessReviewDocument {
  const placed = <T extends { readonly subscriptionId?: string }>(place: T): T => ({
    ...place,
    subscriptionId: names.get((place.subscriptionId ?? "").toLowerCase()),
  });
  const named = <T extends { readonly name: string }>(role: T): T => ({
    ...role,
    name: shortName(role.name, names),
  });
  const inScope = <T extends { readonly scope: ReviewedScope }>(one: T): T => ({
    ...one,
    scope: placed(one.scope),
  });
  const grant = (one: ReviewedGrant): ReviewedGrant => ({ ...one, role: named(one.role) });
  const right = (one: EffectiveRight): EffectiveRight => ({
    ...one,
    role: shortName(one.role, names),
  });
  const runnerRight = (one: RunnerRight): RunnerRight => ({
    ...placed(one),
    role: named(one.role),
    grantableRoles: one.grantableRoles?.map(named),
  });
  return {
    ...review,
    grants: review.grants.map(inScope).map(grant),
    effectiveRights: review.effectiveRights.map(inScope).map(right),
    pathsToNetwork: review.pathsToNetwork.map(inScope).map(right),
    runners: review.runners?.map((one) => ({ ...one, rights: one.rights.map(runnerRight) })),
  };
}
