// The script of the page that saves decisions as JSON, and opens saved ones.

/** The script. It contains no data of the review, so nothing needs escaping. */
export const DECISIONS_SCRIPT = `(() => {
  const form = document.getElementById("decisions");
  const said = document.getElementById("decided");
  const { version, cluster, hash } = form.dataset;
  const parts = ["decision", "by", "on", "reviewAgainOn", "remark"];
  const teams = [...form.querySelectorAll("fieldset")].map(({ dataset }) => dataset.team);
  const field = (team, part) => form.elements[team + "-" + part];

  document.getElementById("save").addEventListener("click", () => {
    const decisions = teams.map((team) => ({ team, ...Object.fromEntries(
      parts.map((part) => [part, field(team, part).value]).filter(([, value]) => value),
    ) }));
    const content = { version: Number(version), cluster, descriptionHash: hash, decisions };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2) + "\\n"], { type: "application/json" }));
    link.download = "access-decisions-" + cluster + ".json";
    link.click();
    URL.revokeObjectURL(link.href);
    said.textContent = "Saved as " + link.download + ".";
  });

  document.getElementById("open").addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    if (!file) return;
    let content;
    try {
      content = JSON.parse(await file.text());
    } catch {
      content = {};
    }
    target.value = "";
    if (!Array.isArray(content.decisions)) {
      said.textContent = "The file has no decisions.";
    } else if (content.descriptionHash !== hash || content.cluster !== cluster) {
      said.textContent = "These decisions are about another description: cluster " + content.cluster + ", description " + content.descriptionHash + ".";
    } else {
      for (const one of content.decisions.filter(({ team }) => teams.includes(team))) {
        for (const part of parts) field(one.team, part).value = one[part] || "";
      }
      said.textContent = "The decisions of " + file.name + " are filled in.";
    }
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector(".tools").hidden = false;
})();
`;
