// The examples, which the build puts in.

/** The text of each description of the repository that the page offers, by its path. */
export const EXAMPLES: { readonly [file: string]: string } = __EXAMPLES__;

declare const __EXAMPLES__: { readonly [file: string]: string };
