// A part of the test files of lib and app, as parts/parts.js lists them.
import { relative } from "node:path";

declare const PARTS: { readonly withSnapshots?: string; readonly others: string[] }[];

/** Declares the tests of a part, each under the name of its file, except those whose snapshots have their names. */
export function describePart(number: number): void {
  const { withSnapshots, others = [] } = PARTS[number - 1] ?? {};
  if (withSnapshots !== undefined) {
    jest.requireActual(withSnapshots);
  }
  for (const file of others) {
    describe(relative("__tests__", file), () => {
      jest.requireActual(file);
    });
  }
}
