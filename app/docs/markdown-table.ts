// Tables of Markdown. Pure.

/** A table with a head. */
export function table(head: string[], rows: string[][]): string[] {
  return [row(head), row(head.map(() => "---")), ...rows.map(row)];
}

function row(cells: string[]): string {
  return `| ${cells.join(" | ")} |`;
}
