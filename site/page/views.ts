// The views without editors: findings, changes, addresses and hardening.
import { PlacedFinding } from "../../app/finding";
import { count } from "../../app/review/text";
import { Addresses, Bar, Effects, HardenedRow } from "../messages";
import { button, element, table } from "./dom";

/** Number of colours of the parts of a bar; see page.css. */
const COLOURS = 6;

/** Shows findings; their places lead to the editor. */
export function showFindings(
  panel: HTMLElement,
  findings: readonly PlacedFinding[],
  file: string,
  goTo: (finding: PlacedFinding) => void,
): void {
  const errors = findings.filter(({ severity }) => severity === "error");
  const words =
    findings.length === 0
      ? "No errors and no warnings."
      : `${count(errors.length, "error")}, ${count(findings.length - errors.length, "warning")}.`;
  panel.replaceChildren(
    element("h2", {}, "Findings"),
    element("p", { class: "lead" }, words),
    element(
      "ul",
      { class: "findings" },
      ...findings.map((finding) => findingItem(finding, file, goTo)),
    ),
  );
}

function findingItem(
  finding: PlacedFinding,
  own: string,
  goTo: (finding: PlacedFinding) => void,
): HTMLElement {
  const { severity, code, file, line, column, message, remedy } = finding;
  const place = line === undefined ? file : `${file}:${line}:${column}`;
  const here = () => {
    goTo(finding);
  };
  return element(
    "li",
    { class: `finding ${severity}` },
    element(
      "p",
      { class: "where" },
      element("strong", { class: "severity" }, severity),
      element("span", { class: "code" }, code),
      file === own && line !== undefined
        ? button(place, here, { class: "place" })
        : element("span", { class: "place" }, place),
    ),
    element("p", { class: "message" }, message),
    element("p", { class: "remedy" }, remedy),
  );
}

/** Shows the effects of an edit. */
export function showChanges(panel: HTMLElement, effects: Effects | undefined): void {
  const title = element("h2", {}, "Changes");
  if (!effects) {
    const words =
      "The description is the one that it is compared with. Edit it to see what the edit does to a deployed cluster: which rights come and go, and what Terraform replaces.";
    panel.replaceChildren(title, element("p", { class: "lead" }, words));
    return;
  }
  const { verdict, lost, teams, remarks, remedy } = effects;
  panel.replaceChildren(
    title,
    element("p", { class: `verdict ${lost ? "lost" : "safe"}` }, verdict),
    ...teams.flatMap(({ title: team, entries }) => [
      element("h3", {}, team),
      element(
        "ul",
        { class: "effects" },
        ...entries.map(({ word, sentence }) =>
          element(
            "li",
            {},
            element("span", { class: `word ${word.split(" ")[0]}` }, word),
            ` ${sentence}`,
          ),
        ),
      ),
    ]),
    ...remarks.map((remark) => element("p", { class: "remark" }, remark)),
    ...(remedy
      ? [
          element("p", {}, remedy.words),
          element("pre", { class: "code-block", tabindex: 0 }, remedy.yaml),
        ]
      : []),
  );
}

/** Shows the address plan. */
export function showAddresses(panel: HTMLElement, { bars, text }: Addresses): void {
  panel.replaceChildren(
    element("h2", {}, "Addresses"),
    element(
      "p",
      { class: "lead" },
      "Needed are the maximum number of nodes in each pool, nodes for upgrades, and the pods on them.",
    ),
    ...bars.map((bar) => barOf(bar)),
    element(
      "details",
      {},
      element("summary", {}, "As text"),
      element(
        "pre",
        { class: "code-block", tabindex: 0, "aria-label": "Address plan as text" },
        text,
      ),
    ),
  );
}

function barOf(bar: Bar): HTMLElement {
  const { name, range, parts, needed, available } = bar;
  const colour = (kind: string, index: number) =>
    kind === "reserved" ? "reserved" : `kind-${index % COLOURS}`;
  const segments = parts.map(({ addresses, kind }, index) => {
    const made = element("span", { class: `part ${colour(kind, index)}` });
    made.style.width = `${(addresses / (available ?? needed)) * 100}%`;
    return made;
  });
  return element(
    "section",
    { class: "range", "aria-label": name },
    element("h3", {}, name, element("code", {}, range)),
    element("div", { class: "bar", "aria-hidden": "true" }, ...segments),
    element("p", { class: "sum" }, sumOf(bar)),
    element(
      "ul",
      { class: "parts" },
      ...parts.map(({ kind, words, addresses }, index) =>
        element(
          "li",
          {},
          element("span", { class: `swatch ${colour(kind, index)}`, "aria-hidden": "true" }),
          `${words}: ${addresses}`,
        ),
      ),
    ),
  );
}

// A range with too few addresses is an error, so no plan shows it.
function sumOf({ needed, available, spare, furtherNodes, unit }: Bar): string {
  if (needed === 0) {
    return "Not used by this cluster.";
  }
  const sum =
    available === undefined
      ? `${needed} ${unit} needed; the range is unknown.`
      : `${needed} of ${available} ${unit} needed, ${spare} spare.`;
  return furtherNodes === undefined
    ? sum
    : `${sum} Room for ${count(furtherNodes, "further node")}.`;
}

/** Shows the hardened attributes. */
export function showHardening(panel: HTMLElement, rows: readonly HardenedRow[]): void {
  const weakened = rows.filter(({ exception }) => exception !== undefined);
  panel.replaceChildren(
    element("h2", {}, "Hardening"),
    element(
      "p",
      { class: "lead" },
      weakened.length === 0
        ? "Everything is hardened: the description has no exceptions."
        : `The description has ${count(weakened.length, "exception")}.`,
    ),
    table(
      "Hardened attributes",
      ["Attribute", "Value", "Purpose", "Exception"],
      rows.map(({ on, attribute, value, why, exception, reason }) => [
        element("span", {}, element("code", {}, attribute), element("small", {}, on)),
        value,
        why,
        exception === undefined
          ? element("span", { class: "faint" }, "none")
          : element(
              "span",
              {},
              element("strong", {}, exception),
              element("small", {}, reason ?? ""),
            ),
      ]),
      (index) => (rows[index]!.exception === undefined ? undefined : "weakened"),
    ),
  );
}
