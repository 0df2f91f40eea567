// The script of the page: filters rows, and highlights their grants in the picture.

/** The script of the page. It contains no data of the review, so nothing needs escaping. */
export const PAGE_SCRIPT = `"use strict";
(() => {
  const form = document.getElementById("filter");
  const picture = document.getElementById("picture");
  if (!form || !picture) return;
  const found = document.getElementById("found");
  const fields = ["team", "principal", "scope"];
  const tables = [...document.querySelectorAll("table.filtered")].map((table) => ({
    name: table.classList.contains("grants") ? "grants" : "rows of effective rights",
    rows: [...table.tBodies[0].rows].map((row) => ({
      row, data: row.dataset, text: row.textContent.toLowerCase(), shown: true,
    })),
  }));
  const marked = new Set();

  // Highlights arrows and their boxes, and dims the others; without a list, resets all.
  const mark = (edges) => {
    for (const element of marked) element.classList.remove("on");
    marked.clear();
    picture.classList.toggle("marked", edges !== undefined);
    for (const id of edges || []) {
      const edge = document.getElementById(id);
      const ends = edge.dataset.ends.split(" ").map((end) => document.getElementById(end));
      for (const element of [edge, ...ends]) {
        element.classList.add("on");
        marked.add(element);
      }
    }
  };
  const edgesOf = (rows) => new Set(rows.flatMap(({ edges }) => edges ? edges.split(" ") : []));

  // Updates some rows in each frame, from the top, so that the page stays responsive.
  let turn = 0;
  const show = (items, mine = ++turn) => {
    for (const { row, shown } of items.slice(0, 25)) row.hidden = !shown;
    const rest = items.slice(25);
    if (rest.length > 0) requestAnimationFrame(() => turn === mine && show(rest, mine));
  };

  let kept;
  const filter = () => {
    const wanted = fields.map((name) => [name, form.elements[name].value]).filter(([, value]) => value);
    const words = form.elements.text.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const counts = tables.map(({ name, rows }) => {
      for (const item of rows) {
        item.shown = wanted.every(([field, value]) => item.data[field].split(" ").includes(value))
          && words.every((word) => item.text.includes(word));
      }
      return rows.filter(({ shown }) => shown).length + " of " + rows.length + " " + name;
    });
    show(tables.flatMap(({ rows }) => rows.filter(({ row, shown }) => row.hidden === shown)));
    const filtered = wanted.length + words.length > 0;
    kept = filtered
      ? edgesOf(tables[0].rows.filter(({ shown }) => shown).map(({ data }) => data))
      : undefined;
    mark(kept);
    found.textContent = (filtered ? "Shown: " : "") + counts.join(", ");
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));

  // Highlights the arrows of the row with the focus or the pointer.
  const follow = (event) => {
    const row = event.target.closest?.("tr[data-edges]");
    mark(row ? edgesOf([row.dataset]) : kept);
  };
  document.addEventListener("focusin", follow);
  document.addEventListener("pointerover", follow);

  // Paper shows all that is folded. The style sheet shows all rows there, whether filtered or not.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });

  form.hidden = false;
  filter();
})();
`;
