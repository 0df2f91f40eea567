// Breaks the texts of a box into lines, and measures them. Pure.

/** Font sizes of the texts of a box, in pixels. */
export const SIZES = { name: 13, detail: 12.5, change: 12.5 } as const;

/** Height of a line of text. */
export const LINE = 16;

/** Kind of a text, and its CSS class. */
export type TextStyle = keyof typeof SIZES;

/** A line of text. */
export interface TextLine {
  readonly text: string;
  readonly style: TextStyle;
}

// Widths in parts of the font size, of a wide font such as Verdana; boxes have room for a wider one.
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ijl']/, 0.28],
  [/[ fIJ,.:;|!/\\]/, 0.36],
  [/[rt()[\]-]/, 0.42],
  [/[cszk_*?"{}]/, 0.58],
  [/[a-lnopquvxyL0-9]/, 0.64],
  [/[ABCEFKPRSTVXYZ]/, 0.7],
  [/[DGHNOQUw&#<>=+~]/, 0.82],
  [/[\u0020-\u024f]/, 1],
];

/** Returns the width of a text in pixels, in a wide font. */
export function widthOfText(text: string, style: TextStyle): number {
  const widths = [...text].map((one) => WIDTHS.find(([characters]) => characters.test(one))?.[1]);
  return SIZES[style] * widths.reduce<number>((sum, width = 1.1) => sum + width, 0);
}

/** Breaks a text at spaces, and after punctuation where a word is too long, so that no line is wider than a width. */
export function wrapped(text: string, style: TextStyle, width: number): TextLine[] {
  const fits = (line: string) => widthOfText(line.trimEnd(), style) <= width;
  const parts = text
    .split(/(?<= )/u)
    .flatMap((word) => (fits(word) ? [word] : word.split(/(?<=[-._/])/u)))
    .flatMap((part) => (fits(part) ? [part] : [...part]));
  const lines: string[] = [];
  for (const part of parts) {
    const line = lines.at(-1);
    if (line !== undefined && fits(line + part)) {
      lines[lines.length - 1] = line + part;
    } else {
      lines.push(part);
    }
  }
  return lines.map((line) => ({ text: line.trim(), style })).filter((line) => line.text !== "");
}
