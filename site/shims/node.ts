// The rest of Node.js that cdktf asks for when it is loaded or synthesizes.

/** node:util */
export const { isArray } = Array;

/** node:util: a browser has no errors of a system. */
export function getSystemErrorMap(): Map<number, [string, string]> {
  return new Map();
}

/** node:os */
export function tmpdir(): string {
  return "/";
}
