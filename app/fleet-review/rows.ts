// The values by which the rows of the page are filtered, as numbers in attributes. Pure.
import { FleetReviewDocument, FleetRight } from "../../lib/review/fleet-review";
import { EMPTY, Markup, markup } from "../review/markup";
import { Choice, Options, optionsOf } from "../review/html-page";
import { distinct, plain } from "../review/text";
import { TEAMS, teamName } from "../review/words";

/** The options of the filter. */
export interface FleetOptions {
  readonly teams: Options;
  readonly principals: Options;
  readonly subscriptions: Options;
  readonly clusters: Options;
}

/** Subjects of a row; a row without one of them is shown for each value of it. */
export interface RowValues {
  readonly teams?: readonly string[];
  readonly principals?: readonly string[];
  readonly subscriptions?: readonly string[];
  readonly clusters?: readonly string[];
}

/** Returns the options of a review. */
export function fleetOptions({ rights, principals, clusters }: FleetReviewDocument): FleetOptions {
  const teams = new Set<string>(rights.map(({ team }) => team));
  const own = clusters.flatMap(({ subscriptionId }) => subscriptionId?.toLowerCase() ?? []);
  const subscriptions = distinct([...own, ...rights.flatMap((right) => right.subscriptions)]);
  const same = (names: readonly string[]) => names.map((name) => [name, name] as const);
  return {
    teams: optionsOf(TEAMS.filter((team) => teams.has(team)).map((team) => [team, teamName(team)])),
    principals: optionsOf(same(principals.map(({ id }) => id))),
    subscriptions: optionsOf(same(subscriptions.sort())),
    clusters: optionsOf(same(clusters.map(({ name }) => name))),
  };
}

/** Returns the choices of the filter. */
export function choicesOf(options: FleetOptions): Choice[] {
  const { teams, principals, subscriptions, clusters } = options;
  return [
    { name: "team", label: "Granted by", all: "all teams", options: teams },
    { name: "principal", label: "Who", all: "all principals", options: principals },
    {
      name: "subscription",
      label: "Subscription",
      all: "all subscriptions",
      options: subscriptions,
    },
    { name: "cluster", label: "Cluster", all: "all clusters", options: clusters },
  ];
}

/** Returns the values of some rights together. */
export function valuesOf(rights: readonly FleetRight[]): Required<RowValues> {
  return {
    teams: distinct(rights.map(({ team }) => team)),
    principals: distinct(rights.map(({ principal }) => principal)),
    subscriptions: distinct(rights.flatMap(({ subscriptions }) => subscriptions)),
    clusters: distinct(rights.flatMap(({ clusters }) => clusters)),
  };
}

/** Returns the attributes of a row. */
export function rowAttributes(values: RowValues, options: FleetOptions): Markup {
  const fields = [
    ["team", values.teams, options.teams],
    ["principal", values.principals, options.principals],
    ["subscription", values.subscriptions, options.subscriptions],
    ["cluster", values.clusters, options.clusters],
  ] as const;
  const written = fields.flatMap(([name, keys, all]) =>
    keys === undefined ? [] : [` data-${name}="${ranges(keys, all)}"`],
  );
  return new Markup(written.join(""));
}

/** Returns numbers as ranges, such as `0-19 25`: most rows are about all clusters. */
function ranges(keys: readonly string[], options: Options): string {
  const numbers = keys.flatMap((key) => options.get(key)?.number ?? []).sort((a, b) => a - b);
  const found: [number, number][] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last && number <= last[1] + 1) {
      last[1] = number;
    } else {
      found.push([number, number]);
    }
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(" ");
}

/** Most clusters that a cell names without folding. */
const MAX_NAMED = 3;
/** Most clusters of a folded list that paper shows. */
const MAX_ON_PAPER = 20;

/**
 * Returns clusters: few by name, with links to their reviews; most as all but the others; many as a number with a folded
 * list.
 */
export function clusterList(
  clusters: readonly string[],
  all: readonly string[],
  before = "",
): Markup {
  if (clusters.length <= MAX_NAMED) {
    return markup`${before}${list(clusters.map(reviewLink))}`;
  }
  if (clusters.length === all.length) {
    return markup`${before}all ${all.length} clusters`;
  }
  const held = new Set(clusters);
  const most = clusters.length > all.length / 2;
  const named = most ? all.filter((name) => !held.has(name)) : clusters;
  const number = markup`${before}${clusters.length} of ${all.length} clusters`;
  const but = most ? "all but " : "";
  return named.length <= MAX_NAMED
    ? markup`${number}, ${but}${list(named.map(reviewLink))}`
    : markup`<details${named.length > MAX_ON_PAPER ? markup` class="many"` : EMPTY}><summary>${number}</summary>${but}${named.map(plain).join(", ")}</details>`;
}

function list(items: Markup[]): Markup {
  return markup`${items.map((item, index) => markup`${index > 0 ? ", " : ""}${item}`)}`;
}

/** Returns a link to the access review of a cluster. */
export function reviewLink(cluster: string): Markup {
  return markup`<a href="./reviews/${encodeURIComponent(cluster)}/access-review.html">${cluster}</a>`;
}
