// A part of the test files of lib and app, as jest.parts.config.js lists them.
import { relative } from "node:path";

declare const TEST_FILES: string[];

/** Declares the tests of every n-th file, under the name of the file. */
export function describePart(part: number, parts: number): void {
  for (const file of TEST_FILES.filter((_, index) => index % parts === part - 1)) {
    describe(relative("__tests__", file), () => {
      jest.requireActual(file);
    });
  }
}
