// The files whose declarations are public: those that lib/index.ts takes from.
import { readFileSync } from "node:fs";

/** Returns their names, relative to the repository. */
export function publicFiles() {
  const index = readFileSync(new URL("../lib/index.ts", import.meta.url), "utf8");
  return [...index.matchAll(/from "\.\/(.+)"/g)].map(([, path]) => `lib/${path}.ts`);
}
