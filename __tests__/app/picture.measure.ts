// Measures the picture of an access review: boxes, texts and arrows of its SVG, in pixels.
import { PAGE_CSS } from "../../app/review/page.css";

/** A rectangle. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A box with its texts. */
export interface Box extends Rectangle {
  readonly id: string;
  readonly layer: string;
  readonly texts: (Rectangle & { readonly text: string; readonly size: number })[];
}

/** An arrow, with points at least every few pixels. */
export interface Arrow {
  readonly ends: string[];
  readonly name: string;
  readonly points: [number, number][];
}

/** A picture as the page shows it. */
export interface Picture {
  readonly width: number;
  /** Pixels of the page for a pixel of the picture. */
  readonly scale: number;
  readonly boxes: Box[];
  readonly arrows: Arrow[];
  /** Texts outside of boxes. */
  readonly labels: string[];
}

/** Advance widths of DejaVu Sans, one of the widest fonts of systems, from the space on, in 1/1000 of its size. */
const WIDTHS =
  "318 401 460 838 636 950 780 275 390 390 500 838 318 361 318 337 636 636 636 636 636 636 636 636 636 636 337 337 838 838 838 531 1000 684 686 698 770 632 575 775 752 295 295 656 557 863 748 787 603 787 695 635 611 732 684 989 685 611 685 390 337 390 838 500 500 613 635 550 635 615 352 635 634 278 278 579 278 974 634 612 635 635 411 521 392 634 592 818 592 592 525 636 337 636 838"
    .split(" ")
    .map(Number);

/** Returns the width of a text, with DejaVu Sans. */
export function widthOf(text: string, size: number): number {
  const widths = [...text].map((one) => WIDTHS[one.charCodeAt(0) - 32] ?? 1000);
  return (size / 1000) * widths.reduce((sum, width) => sum + width, 0);
}

/** Returns the parts of the picture in a page. */
export function measure(page: string): Picture {
  const [svg = ""] = /<svg id="picture"[^]*?<\/svg>/.exec(page) ?? [];
  const width = numberIn(svg, /style="width:(\d+)px;min-width:\1px"/);
  const nodes = [...svg.matchAll(/<g class="node (\w+)" id="(\w+)">([^]*?)<\/g>/g)];
  const edges = [
    ...svg.matchAll(/<g class="edge (\w+)" id="\w+" data-ends="([^"]*)">([^]*?)<\/g>/g),
  ];
  return {
    width,
    scale: width / numberIn(svg, /viewBox="0 0 (\d+) /),
    boxes: nodes.map(([, layer = "", id = "", content = ""]) => ({
      id,
      layer,
      ...outline(content),
      texts: textsIn(content),
    })),
    arrows: edges.map(([, name = "", ends = "", content = ""]) => ({
      name,
      ends: ends.split(" "),
      points: pointsOf(/class="line" d="([^"]*)"/.exec(content)?.[1] ?? ""),
    })),
    labels: textsIn(nodes.reduce((rest, [node]) => rest.replace(node, ""), svg)).map(
      ({ text }) => text,
    ),
  };
}

function numberIn(text: string, pattern: RegExp): number {
  return Number(pattern.exec(text)?.[1]);
}

function fontSize(style: string): number {
  const own = numberIn(PAGE_CSS, new RegExp(`\\.${style} \\{[^}]*font-size: ([\\d.]+)px`));
  return Number.isNaN(own) ? numberIn(PAGE_CSS, /\bsvg \{[^}]*font: ([\d.]+)px/) : own;
}

function textsIn(content: string): Box["texts"] {
  const found = content.matchAll(/<text class="(\w+)" x="([\d.]+)" y="([\d.]+)">([^<]*)<\/text>/g);
  return [...found].map(([, style = "", x, y, escaped = ""]) => {
    const text = escaped.replace(/&[a-z#0-9]+;/g, "&");
    const size = fontSize(style);
    const half = widthOf(text, size) / 2;
    const [center, line] = [Number(x), Number(y)];
    // The y of a text is that of its line.
    const [top, bottom] = [line - size * 0.8, line + size * 0.25];
    return { text, size, left: center - half, right: center + half, top, bottom };
  });
}

function outline(content: string): Rectangle {
  const rect = /<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/.exec(content);
  if (rect) {
    const [left, top, width, height] = rect.slice(1).map(Number) as [
      number,
      number,
      number,
      number,
    ];
    return { left, top, right: left + width, bottom: top + height };
  }
  const points = pointsOf(/<path d="([^"]*)"/.exec(content)?.[1] ?? "");
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs),
    bottom: Math.max(...ys),
  };
}

/** Returns points on a path of the commands M, C, h, v and l. */
function pointsOf(path: string): [number, number][] {
  const points: [number, number][] = [];
  for (const [, command, list = ""] of path.matchAll(/([MChvl])([^MChvlz]*)/g)) {
    const numbers = (list.match(/-?[\d.]+/g) ?? []).map(Number);
    const [x = 0, y = 0] = points.at(-1) ?? [];
    if (command === "C") {
      points.push(...curve([x, y, ...numbers]));
    } else {
      const [a, b] = numbers as [number, number];
      const next = { M: [a, b], h: [x + a, y], v: [x, y + a], l: [x + a, y + b] }[command as "M"];
      points.push(next as [number, number]);
    }
  }
  return points;
}

type Eight = [number, number, number, number, number, number, number, number];

/** Returns points on a cubic curve through eight numbers. */
function curve(numbers: number[]): [number, number][] {
  const [x, y, a, b, c, d, e, f] = numbers as Eight;
  const at = (t: number, p: number, q: number, r: number, s: number) =>
    (1 - t) ** 3 * p + 3 * (1 - t) ** 2 * t * q + 3 * (1 - t) * t ** 2 * r + t ** 3 * s;
  const steps = Math.ceil((Math.abs(e - x) + Math.abs(f - y)) / 2) + 1;
  return Array.from({ length: steps }, (_, index) => {
    const t = (index + 1) / steps;
    return [at(t, x, a, c, e), at(t, y, b, d, f)];
  });
}
