// The script of the page of a fleet: filters rows.

/** The script. It contains no data of the review, so nothing needs escaping. */
export const FLEET_SCRIPT = `"use strict";
(() => {
  const form = document.getElementById("filter");
  const found = document.getElementById("found");
  const fields = ["team", "principal", "subscription", "cluster"];

  // An attribute has numbers and ranges of them, such as "0-19 25".
  const has = (list, wanted) => list === undefined || list.split(" ").some((range) => {
    const [from, to = from] = range.split("-");
    return range !== "" && Number(from) <= wanted && wanted <= Number(to);
  });
  const rows = [...document.querySelectorAll("table.filtered")].flatMap((table) => {
    const article = table.closest("article");
    const who = article ? article.firstElementChild.textContent.toLowerCase() + " " : "";
    const isRight = table.classList.contains("rights");
    return [...table.tBodies[0].rows].map((row) => ({ row, article, who, isRight }));
  });
  const articles = new Map(rows.filter(({ article }) => article).map(({ article }) => [article, []]));
  for (const item of rows) if (item.article) articles.get(item.article).push(item);
  const parts = [...document.querySelectorAll("td div[data-cluster]")];
  const rights = rows.filter(({ isRight }) => isRight);

  const filter = () => {
    const wanted = fields.map((name) => [name, form.elements[name].value]).filter(([, value]) => value !== "");
    const words = form.elements.text.value.toLowerCase().split(/\\s+/).filter(Boolean);
    for (const item of rows) {
      if (words.length > 0) item.text ??= item.who + item.row.textContent.toLowerCase();
      item.shown = wanted.every(([name, value]) => has(item.row.dataset[name], Number(value)))
        && words.every((word) => item.text.includes(word));
      item.row.hidden = !item.shown;
    }
    for (const [article, items] of articles) article.hidden = !items.some(({ shown }) => shown);
    const cluster = form.elements.cluster.value;
    for (const part of parts) part.hidden = cluster !== "" && !has(part.dataset.cluster, Number(cluster));
    const shown = rights.filter((item) => item.shown).length;
    found.textContent = (wanted.length + words.length > 0 ? "Shown: " : "") + shown + " of " + rights.length + " rights";
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));

  // Paper shows all rows, as the numbers at the top do, and all that is folded but long lists of clusters.
  const values = [...fields, "text"].map((name) => form.elements[name]);
  let before;
  addEventListener("beforeprint", () => {
    before = { values: values.map(({ value }) => value), folded: [...document.querySelectorAll("details:not([open], .many)")] };
    for (const field of values) field.value = "";
    for (const folded of before.folded) folded.open = true;
    filter();
  });
  addEventListener("afterprint", () => {
    values.forEach((field, index) => { field.value = before.values[index]; });
    for (const folded of before.folded) folded.open = false;
    filter();
  });

  form.hidden = false;
  filter();
})();
`;
