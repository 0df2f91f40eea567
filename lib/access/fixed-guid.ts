// GUIDs that are computed (UUID version 5), as the stacks let Terraform compute them. Pure.
import { createHash } from "node:crypto";
import { NAME_SPACE } from "./names";

/** Returns the GUID that follows from these texts; case is ignored. */
export function fixedGuid(...parts: string[]): string {
  const hex = createHash("sha1")
    .update(NAME_SPACE.replace(/-/g, ""), "hex")
    .update(parts.join("|").toLowerCase())
    .digest("hex");
  const variant = ((parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
