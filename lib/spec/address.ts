// Names in Terraform addresses. An address is a promise: renaming one destroys something.
import { createHash } from "node:crypto";

/** Ids of the identities of a cluster in Terraform addresses, independent of their names. */
export const IDENTITY_IDS = { controlPlane: "control_plane", kubelet: "kubelet" } as const;

/**
 * A name that can stand in a Terraform address, the same for the same text. A text that has to be
 * changed for it gets a mark of what it was, so that two texts never become one name.
 */
export function addressName(text: string): string {
  return formerAddressName(text.toLowerCase());
}

/** The name that a text had in earlier states, where the case of its letters counted. */
export function formerAddressName(text: string): string {
  const slug = text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^a-z0-9_-]+/g, "-");
  if (slug === text.toLowerCase()) {
    return slug;
  }
  const mark = createHash("sha256").update(text).digest("hex").slice(0, 6);
  return `${slug.replace(/^-+|-+$/g, "") || "x"}-${mark}`;
}
