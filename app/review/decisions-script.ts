// The script of the page that saves decisions as JSON, and opens saved ones.

/** The script. It contains no data of the review, so nothing needs escaping. */
export const DECISIONS_SCRIPT = `(() => {
  const form = document.getElementById("decisions");
  if (!form) return;
  const said = document.getElementById("decided");
  const { version, cluster, hash } = form.dataset;
  const parts = ["decision", "by", "on", "reviewAgainOn", "remark"];
  const teams = [...form.querySelectorAll("fieldset")].map(({ dataset }) => dataset);
  const inputs = ({ team }, part) => [...form.querySelectorAll('[name="' + team + "-" + part + '"]')];
  const valueOf = (team, part) => inputs(team, part).find(({ type, checked }) => type !== "radio" || checked)?.value ?? "";
  const fill = (team, part, value) => {
    for (const input of inputs(team, part)) {
      if (input.type === "radio") input.checked = input.value === value;
      else input.value = value;
    }
  };
  const names = (list) => list.map(({ name }) => "the " + name).join(" and ");

  const requireNames = () => {
    for (const team of teams) {
      for (const input of ["by", "on"].flatMap((part) => inputs(team, part))) {
        input.required = valueOf(team, "decision") !== "";
      }
    }
  };
  form.addEventListener("change", requireNames);

  document.getElementById("save").addEventListener("click", () => {
    requireNames();
    for (const team of teams) fill(team, "by", valueOf(team, "by").trim());
    if (!form.reportValidity()) {
      const without = teams.filter((team) => valueOf(team, "decision") && !(valueOf(team, "by") && valueOf(team, "on")));
      said.textContent = "Not saved: the decision of " + names(without) + " needs a name and a date.";
      return;
    }
    const decisions = teams.map((team) => ({ team: team.team, rightsHash: team.rights, ...Object.fromEntries(
      parts.map((part) => [part, valueOf(team, part)]).filter(([, value]) => value),
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
    if (!content || !Array.isArray(content.decisions)) {
      said.textContent = "The file has no decisions.";
    } else if (content.cluster !== cluster) {
      said.textContent = "These decisions are about another cluster: " + content.cluster + ".";
    } else {
      const saved = (team) => content.decisions.find((one) => one && one.team === team.team && one.decision);
      const stands = (team) => saved(team).rightsHash === team.rights;
      const decided = teams.filter(saved);
      for (const team of teams) {
        const one = decided.includes(team) && stands(team) ? saved(team) : {};
        for (const part of parts) fill(team, part, one[part] || "");
      }
      requireNames();
      const [kept, again] = [decided.filter(stands), decided.filter((team) => !stands(team))];
      said.textContent = [
        kept.length > 0 ? "Filled in from " + file.name + ": " + names(kept) + "." : "Nothing is filled in from " + file.name + ".",
        ...again.map(({ name, subject }) => "The " + subject + " of the " + name + " changed since its decision, so it decides again."),
      ].join(" ");
    }
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector(".tools").hidden = false;
})();
`;
