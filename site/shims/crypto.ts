// The hashes of Node.js that the library and cdktf use: they give names, and the same ones as in Node.js.
import { md5, sha1 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";

const HASHES = { md5, sha1, sha256 } as const;

class Hash {
  private bytes = new Uint8Array();

  public constructor(private readonly name: keyof typeof HASHES) {}

  public update(part: string, encoding?: "hex"): this {
    const bytes = encoding === "hex" ? hexToBytes(part) : utf8ToBytes(part);
    this.bytes = concatBytes(this.bytes, bytes);
    return this;
  }

  public digest(): string;
  public digest(encoding: "hex"): string;
  public digest(encoding?: string): string {
    if (encoding !== "hex") {
      throw new Error(`No digest in ${encoding ?? "bytes"}.`);
    }
    return bytesToHex(HASHES[this.name](this.bytes));
  }
}

/** Returns a hash, which is complete when `digest` is called. */
export function createHash(name: keyof typeof HASHES): Hash {
  return new Hash(name);
}
