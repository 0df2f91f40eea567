// A description in the fragment of a link, which browsers send to no server.
import { Inflate, deflateSync, strFromU8, strToU8 } from "fflate";
import { Source } from "../messages";

/** Name of the part of the fragment. */
const NAME = "haks=";

/** More than any description, and little enough to read at once. */
const MOST_BYTES = 2 ** 20;

/** Returns the fragment that carries a description: compressed, and in base64url. */
export function pack({ file, text }: Source): string {
  const bytes = deflateSync(strToU8(JSON.stringify([file, text])), { level: 9 });
  const base64 = btoa(strFromU8(bytes, true));
  return NAME + base64.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** Returns the description of a fragment; undefined if it carries none. */
export function unpack(fragment: string): Source | undefined {
  if (!fragment.startsWith(NAME)) {
    return undefined;
  }
  try {
    const base64 = fragment.slice(NAME.length).replace(/-/g, "+").replace(/_/g, "/");
    const content: unknown = JSON.parse(strFromU8(inflated(strToU8(atob(base64), true))));
    const [file, text] = Array.isArray(content) ? (content as unknown[]) : [];
    return typeof file === "string" && typeof text === "string" ? { file, text } : undefined;
  } catch {
    return undefined;
  }
}

// A short link can expand to more than the memory holds.
function inflated(bytes: Uint8Array): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const stream = new Inflate((chunk) => {
    length += chunk.length;
    if (length > MOST_BYTES) {
      throw new Error("The description of the link is too long.");
    }
    chunks.push(chunk);
  });
  for (let start = 0; start < bytes.length; start += 1024) {
    stream.push(bytes.subarray(start, start + 1024), start + 1024 >= bytes.length);
  }
  const whole = new Uint8Array(length);
  chunks.reduce((offset, chunk) => (whole.set(chunk, offset), offset + chunk.length), 0);
  return whole;
}
