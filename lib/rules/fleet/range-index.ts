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

/** All items with one range. */
export interface SameRange<T> {
  readonly span: Span;
  readonly items: T[];
}

interface Node<T> extends SameRange<T> {
  /** The smallest range that holds this one. */
  readonly parent?: Node<T>;
  readonly root: Span;
}

/** Ranges with a prefix, sorted. Two of them are nested or apart, so that they form trees. */
export class RangeIndex<T extends { readonly span: Span }> {
  private readonly nodes: readonly Node<T>[];

  public constructor(items: Iterable<T>) {
    const sorted = [...items].sort(
      ({ span: a }, { span: b }) => a.first - b.first || b.last - a.last,
    );
    const nodes: Node<T>[] = [];
    for (const item of sorted) {
      const { span } = item;
      let parent = nodes.at(-1);
      if (parent?.span.first === span.first && parent.span.last === span.last) {
        parent.items.push(item);
        continue;
      }
      while (parent && parent.span.last < span.last) {
        parent = parent.parent;
      }
      nodes.push({ span, items: [item], parent, root: parent?.root ?? span });
    }
    this.nodes = nodes;
  }

  /** Visits the ranges that share an address with another one: first those that hold it. */
  public *meeting({ first, last }: Span): Iterable<SameRange<T>> {
    const start = this.indexOf(first);
    for (let node: Node<T> | undefined = this.nodes[start - 1]; node; node = node.parent) {
      if (node.span.last >= last) {
        yield node;
      }
    }
    for (let index = start; index < this.nodes.length; index++) {
      const node = this.nodes[index]!;
      if (node.span.first > last) {
        return;
      }
      yield node;
    }
  }

  /** Returns one text for all ranges that are in one outermost range: one of the index, or the given one. */
  public outermost(span: Span): string {
    const start = this.indexOf(span.first);
    const outer = [this.nodes[start - 1]?.root, this.nodes[start]?.span].find(
      (one) => one && one.first <= span.first && one.last >= span.last,
    );
    const { first, last } = outer ?? span;
    return `${first}-${last}`;
  }

  /** Returns the index of the first range that begins at an address or after it. */
  private indexOf(first: number): number {
    let least = 0;
    let most = this.nodes.length;
    while (least < most) {
      const middle = (least + most) >> 1;
      if (this.nodes[middle]!.span.first < first) {
        least = middle + 1;
      } else {
        most = middle;
      }
    }
    return least;
  }
}
