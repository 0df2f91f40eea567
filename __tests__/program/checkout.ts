// A checkout of the application in a folder of its own.
import { cpSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { ROOT, newScratch } from "../package/tools";

const SOURCES = [
  "app",
  "lib",
  "build",
  "access-review.schema.json",
  "fleet-review.schema.json",
  "fleet.schema.json",
  "haks.schema.json",
  "haks.yaml",
  "package.json",
  "tsconfig.json",
];

/** Returns the folder of a new checkout without a bundle. */
export function newCheckout(): string {
  const checkout = newScratch();
  for (const name of SOURCES) {
    cpSync(join(ROOT, name), join(checkout, name), { recursive: true });
  }
  symlinkSync(join(ROOT, "node_modules"), join(checkout, "node_modules"));
  return checkout;
}
