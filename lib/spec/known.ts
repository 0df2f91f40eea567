// Whether values are known before Terraform runs. Pure.
import { Token } from "cdktf";

/** Whether a text is what it says: no token of cdktf, and no expression of Terraform. */
export function isKnown(text: string): boolean {
  return !hasToken(text) && !text.includes("${");
}

/** Returns a text that is known; undefined for others, which people cannot sign and scripts cannot use. */
export function known(text: string | undefined): string | undefined {
  return text !== undefined && isKnown(text) ? text : undefined;
}

/** Whether a text has a token of cdktf in it. */
export function hasToken(text: string): boolean {
  return Token.isUnresolved(text);
}
