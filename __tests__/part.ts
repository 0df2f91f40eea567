// A part of the test files of lib and app, as jest.parts.config.js lists them.
import { relative } from "node:path";

declare const PARTS: string[][];

/** Declares the tests of a part, each under the name of its file. */
export function describePart(number: number): void {
  for (const file of PARTS[number - 1] ?? []) {
    describe(relative("__tests__", file), () => {
      jest.requireActual(file);
    });
  }
}
