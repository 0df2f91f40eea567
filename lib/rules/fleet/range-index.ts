// Finds the ranges of a fleet that share addresses with another one, without comparing each with all. Pure.
import { Address4 } from "ip-address";

/** First and last address of a range, as numbers. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** Returns the first and the last address of a range. */
export function spanOf(range: Address4): Span {
  const first = Number(range.startAddress().bigInt());
  return { first, last: first + 2 ** (32 - range.subnetMask) - 1 };
}

/** Ranges with a prefix, sorted. Two of them are nested or apart, so that they form a tree. */
export class RangeIndex<T extends { readonly span: Span }> {
  private readonly sorted: readonly T[];
  /** Index of the smallest range that holds each one, or -1. */
  private readonly parents: number[] = [];

  public constructor(items: Iterable<T>) {
    this.sorted = [...items].sort(
      ({ span: a }, { span: b }) => a.first - b.first || b.last - a.last,
    );
    this.sorted.forEach(({ span: { last } }, index) => {
      let parent = index - 1;
      while (parent >= 0 && this.sorted[parent]!.span.last < last) {
        parent = this.parents[parent]!;
      }
      this.parents.push(parent);
    });
  }

  /** Visits the items whose range shares an address with another one: those that hold it first. */
  public *meeting({ first, last }: Span): Iterable<T> {
    const start = this.indexOf(first);
    for (let index = start - 1; index >= 0; index = this.parents[index]!) {
      if (this.sorted[index]!.span.last >= last) {
        yield this.sorted[index]!;
      }
    }
    for (let index = start; index < this.sorted.length; index++) {
      if (this.sorted[index]!.span.first > last) {
        return;
      }
      yield this.sorted[index]!;
    }
  }

  /** Returns one text for all ranges that are in one outermost range: of an item, or the given one. */
  public outermost(span: Span): string {
    let outer = span;
    for (const { span: other } of this.meeting(span)) {
      if (other.first > outer.first) {
        break;
      }
      outer = other.last > outer.last || other.first < outer.first ? other : outer;
    }
    return `${outer.first}-${outer.last}`;
  }

  /** Returns the index of the first item that begins at an address or after it. */
  private indexOf(first: number): number {
    let least = 0;
    let most = this.sorted.length;
    while (least < most) {
      const middle = (least + most) >> 1;
      if (this.sorted[middle]!.span.first < first) {
        least = middle + 1;
      } else {
        most = middle;
      }
    }
    return least;
  }
}
