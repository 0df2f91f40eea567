// GUIDs that are computed (UUID version 5), as the stacks let Terraform compute them. Pure.
import { createHash } from "node:crypto";
import { NAME_SPACE } from "./names";

/** Returns the GUID that follows from these texts; case is ignored. */
export function fixedGuid(...parts: string[]): string {
  const hash = createHash("sha1")
    .update(Buffer.from(NAME_SPACE.replace(/-/g, ""), "hex"))
    .update(parts.join("|").toLowerCase())
    .digest();
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const [a, b, c, d, e] = [0, 4, 6, 8, 10, 16].map((start, index, starts) =>
    hash.subarray(start, starts[index + 1]).toString("hex"),
  );
  return [a, b, c, d, e].join("-");
}
