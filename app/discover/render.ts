// Renders the report as Markdown and as a self-contained page. Pure.
import { Part, renderPage } from "../review/html-page";
import { table as htmlTable } from "../review/html-parts";
import { EMPTY, Markup, markup } from "../review/markup";
import { code, prose, table } from "../review/markdown-text";
import { PAGE_CSS } from "../review/page.css";
import { sentence } from "../review/text";
import { DiscoverReport } from "./report";
import { Piece, ReportPart, reportParts, summaryOf } from "./report-parts";

/** Words are not broken, so that a column is at least as wide as its longest one. */
export const FACTS_CSS = ".facts th, .facts td, .facts code { overflow-wrap: break-word; }\n";

/** Returns the text of `discover-report.md`. */
export function renderMarkdown(report: DiscoverReport): string {
  const parts = reportParts(report).flatMap(markdownPart);
  return `${[`# The cluster ${code(report.cluster)} as it is`, placeOf(report).map(prose).join(", "), summaryOf(report).map(prose).join(" "), ...parts].join("\n\n")}\n`;
}

/** Returns a section as Markdown. */
export function markdownPart({ title, sentences, table: content }: ReportPart): string[] {
  const cell = (pieces: Piece[]) =>
    pieces.map((piece) => ("code" in piece ? code(piece.code) : prose(piece.text))).join("<br>");
  const rows = content?.rows ?? [];
  return [
    `## ${title}`,
    ...(rows.length === 0
      ? ["None."]
      : [
          ...sentences.map(prose),
          table(
            content?.heads ?? [],
            rows.map((cells) => cells.map(cell)),
          ),
        ]),
  ];
}

/** Returns a section of a page. */
export function htmlPart(part: ReportPart): Part {
  return { id: part.id, title: part.title, content: content(part) };
}

/** Returns the text of `discover-report.html`. */
export function renderHtml(report: DiscoverReport): string {
  return renderPage({
    title: `The cluster ${report.cluster} as it is`,
    head: markup`<p>${placeOf(report).join(", ")}</p>
${summaryOf(report).map((one) => markup`<p>${one}</p>`)}`,
    parts: reportParts(report).map(htmlPart),
    footer: markup`Format ${report.version} of the report. <code>discover-report.json</code> contains the same data.`,
    style: PAGE_CSS + FACTS_CSS,
  });
}

function content({
  sentences,
  table: { caption, heads, rows, marked } = NOTHING,
}: ReportPart): Markup {
  return rows.length === 0
    ? markup`<p>None.</p>`
    : markup`${sentences.map((one) => markup`<p>${one}</p>`)}${htmlTable(
        "facts",
        markup`${caption}`,
        heads,
        rows.map((cells, index) => row(cells, marked?.includes(index) ?? false)),
      )}`;
}

const NOTHING: ReportPart["table"] & object = { caption: "", heads: [], rows: [] };

function row([first = [], ...others]: Piece[][], isMarked: boolean): Markup {
  return markup`<tr${isMarked ? markup` class="path"` : EMPTY}><th scope="row">${pieces(first)}</th>${others.map((cell) => markup`<td>${pieces(cell)}</td>`)}</tr>
`;
}

function pieces(cell: Piece[]): Markup[] {
  return cell.map((piece, index) =>
    "code" in piece
      ? markup`${index > 0 ? BREAK : EMPTY}<code>${piece.code}</code>`
      : markup`${index > 0 ? BREAK : EMPTY}${sentence(piece.text)}`,
  );
}

const BREAK = new Markup("<br>");

function placeOf({ location, id, tenantId, kubernetesVersion }: DiscoverReport): string[] {
  return [
    location,
    ...(kubernetesVersion === undefined ? [] : [`Kubernetes ${kubernetesVersion}`]),
    ...(tenantId === undefined ? [] : [`tenant ${tenantId}`]),
    id,
  ];
}
