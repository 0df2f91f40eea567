// The sizes of virtual machines that this version knows: for each series its processors, features and versions. It
// takes more than Azure has, since not every size of a series has every number of processors. Last changed on
// 2026-11-29, from the naming of series and not from a list of Azure: a size that is not here is only a warning.
// @see https://learn.microsoft.com/azure/virtual-machines/sizes/overview
import { nearest } from "./nearest";

type Series = readonly [family: string, processors: string, features: string, versions: string];

// "-" is no feature, or no version.
const SERIES: readonly Series[] = [
  ["A", "1 2 4 8", "- m", "_v2"],
  ["B", "1 2 4 8 12 16 20", "s ms ls", "-"],
  ["B", "2 4 8 16 32", "s ls ts as als ats ps pls pts", "_v2"],
  ["D", "1 2 3 4 5 11 12 13 14 15", "-", "_v2"],
  ["DS", "1 2 3 4 5 11 12 13 14 15", "-", "_v2"],
  [
    "D",
    "2 4 8 16 32 48 64 96 128 160 192 248 372",
    "- s d ds a as ads ls lds als alds ps pds pls plds ns nds nls nlds",
    "_v3 _v4 _v5 _v6 _v7",
  ],
  [
    "E",
    "2 4 8 16 20 32 48 64 80 96 104 112 128 160 192 248 372",
    "- s d ds i id is ids a as ads ias iads bs bds ibs ibds ps pds ns nds",
    "_v3 _v4 _v5 _v6 _v7",
  ],
  ["D", "1 2 3 4 11 12 13 14", "-", "-"],
  ["DS", "1 2 3 4 11 12 13 14", "-", "-"],
  ["G", "1 2 3 4 5", "-", "-"],
  ["GS", "1 2 3 4 5", "-", "-"],
  ["DC", "1 2 4 8 16 24 32 48 64 96 128", "- s ds as ads es eds as_cc ads_cc", "_v2 _v3 _v5 _v6"],
  ["EC", "2 4 8 16 20 32 48 64 96 128", "as ads es eds ias iads ies ieds as_cc ads_cc", "_v5 _v6"],
  ["F", "1 2 4 8 16", "- s", "-"],
  ["F", "2 4 8 16 32 36 48 64 72", "s", "_v2"],
  ["F", "2 4 8 16 32 48 64 80", "as als ams ads alds amds", "_v6 _v7"],
  ["FX", "2 4 8 12 16 24 32 36 48 64 96", "ms mds", "- _v2"],
  ["L", "2 4 8 12 16 24 32 48 64 80 96", "s as aos", "- _v2 _v3 _v4"],
];

// Series for memory, graphics and high performance have names of many forms.
const OTHERS = /^Standard_(?:M\d+|N(?:C{1,2}|[DGMPV])\d+|PB\d+|H[BCX]?\d+)[\w-]*$/i;

const words = (text: string) => text.split(" ").map((word) => (word === "-" ? "" : word));

let known: ReadonlyMap<string, string> | undefined;

/** The sizes, by their names in lower-case letters. They are listed when the first one is looked for. */
function sizes(): ReadonlyMap<string, string> {
  known ??= new Map(
    SERIES.flatMap(([family, processors, features, versions]) =>
      words(processors).flatMap((processor) =>
        words(features).flatMap((feature) =>
          words(versions).map((version) => `Standard_${family}${processor}${feature}${version}`),
        ),
      ),
    ).map((size) => [size.toLowerCase(), size]),
  );
  return known;
}

/** Whether a size is in the list; one with fewer processors than its machine, such as Standard_E4-2ds_v5, also is. */
export function isVmSize(size: string): boolean {
  return OTHERS.test(size) || sizes().has(size.replace(/-\d+/, "").toLowerCase());
}

/** Returns the size that an unknown one probably is. */
export function nearestVmSize(size: string): string | undefined {
  const separated = size.replace(/^standard[\s-]+/i, "Standard_").replace(/[\s-]+(?=v\d+$)/i, "_");
  const full = /^standard_/i.test(separated) ? separated : `Standard_${separated}`;
  const [start] = /^standard_[a-z]+\d+/.exec(full.toLowerCase()) ?? [];
  // The newest first: of those that are as near, it is the one that is meant.
  const all = [...sizes().values()].reverse();
  const alike = all.filter((one) => start !== undefined && one.toLowerCase().startsWith(start));
  return sizes().get(full.toLowerCase()) ?? nearest(full, alike) ?? nearest(full, all);
}
