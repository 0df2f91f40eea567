// The page: on the left a description, on the right what it means.
import { PlacedFinding } from "../../app/finding";
import { count } from "../../app/review/text";
import { Edit, Source } from "../messages";
import { EXAMPLES } from "../worker/examples";
import { byId, element, save } from "./dom";
import { Editor } from "./editor";
import { FileView } from "./files";
import { ReviewFrame } from "./review";
import { Tabs } from "./tabs";
import { showAddresses, showChanges, showFindings, showHardening } from "./views";
import { Ask, oneAtATime, startWorker, workerUrl } from "./worker";

// Three threads, so that findings wait for no review, and a review for no synth. The last one starts after the first picture.
const url = workerUrl(byId("worker").textContent);
const ask = startWorker(url);
const askForReview = startWorker(url);
let stacksWorker: Ask | undefined;
const askForStacks: Ask = (name, input) => (stacksWorker ??= startWorker(url))(name, input);

const tabs = new Tabs();
const access = tabs.add("Access");
const findings = tabs.add("Findings");
const changes = tabs.add("Changes");
const addresses = tabs.add("Addresses");
const hardening = tabs.add("Hardening");
const requests = tabs.add("Requests");
const stacks = tabs.add("Stacks");
tabs.show("Access");

const frame = new ReviewFrame(access.panel);
const requestFiles = new FileView(
  requests.panel,
  "Requests",
  "What each team is asked to grant, and a script that grants it without Terraform.",
  say,
);
const stackFiles = new FileView(
  stacks.panel,
  "Stacks",
  "The Terraform root modules, in the order of deployment. They are the same as those of hardened-aks synth.",
  say,
);

let file = "haks.yaml";
let before: Source = { file, text: "" };
const editor = new Editor(byId("editor"), ask, () => {
  void judge();
});

const judge = oneAtATime(async () => {
  const now: Source = { file, text: editor.text };
  const { findings: found, isValid } = await ask("check", now);
  showFound(found, now);
  byId("stale").hidden = isValid;
  document.body.classList.toggle("invalid", !isValid);
  performance.mark("checked");
  if (isValid) {
    void review();
  }
}, fail);

const review = oneAtATime(async () => {
  const reviewed = await askForReview("review", edit());
  if (!reviewed) {
    return;
  }
  document.title = `${reviewed.cluster} - hardened-aks`;
  frame.show(reviewed.html);
  showAddresses(addresses.panel, reviewed.addresses);
  showHardening(hardening.panel, reviewed.hardening);
  const weakened = reviewed.hardening.filter(({ exception }) => exception !== undefined).length;
  hardening.mark(weakened > 0 ? `${weakened}` : "", "warning");
  requestFiles.set(reviewed.requests.map(([path, text]) => ({ path, text })));
  performance.mark("reviewed");
  await frame.drawn;
  void synthesize();
}, fail);

const synthesize = oneAtATime(async () => {
  const synthesized = await askForStacks("stacks", edit());
  if (!synthesized) {
    return;
  }
  const { files, effects } = synthesized;
  stackFiles.set(files);
  stacks.mark(stackFiles.changed > 0 ? `${stackFiles.changed}` : "", "change");
  showChanges(changes.panel, effects);
  changes.mark(effects ? (effects.lost ? "loss" : "safe") : "", effects?.lost ? "error" : "change");
  performance.mark("synthesized");
}, fail);

function edit(): Edit {
  return { now: { file, text: editor.text }, before };
}

function showFound(found: readonly PlacedFinding[], now: Source): void {
  const errors = found.filter(({ severity }) => severity === "error").length;
  showFindings(findings.panel, found, now.file, (finding) => {
    editor.goTo(finding);
  });
  findings.mark(found.length > 0 ? `${found.length}` : "", errors > 0 ? "error" : "warning");
  byId("summary").textContent =
    errors > 0
      ? count(errors, "error")
      : found.length > 0
        ? count(found.length, "warning")
        : "No findings";
  byId("summary").className = errors > 0 ? "error" : found.length > 0 ? "warning" : "fine";
  if (now.text === editor.text) {
    editor.show(found.filter((one) => one.file === now.file));
  }
}

/** Loads a description, which later edits are compared with. */
function load(source: Source): void {
  file = source.file;
  before = source;
  byId("file").textContent = file;
  editor.load(source.text);
}

function say(words: string): void {
  byId("status").textContent = words;
}

function fail(error: unknown): void {
  say(`The page failed: ${error instanceof Error ? error.message : String(error)}`);
}

async function openLink(): Promise<boolean> {
  const source = await ask("unpack", location.hash.slice(1));
  if (source) {
    load(source);
  }
  return source !== undefined;
}

const examples = byId("examples") as HTMLSelectElement;
examples.append(
  element("option", { value: "", hidden: true }, "from a file or link"),
  ...Object.keys(EXAMPLES)
    .filter((path) => !path.endsWith("defaults.yaml"))
    .map((path) => element("option", { value: path }, nameOf(path))),
);
examples.addEventListener("change", () => {
  load({ file: examples.value, text: EXAMPLES[examples.value] ?? "" });
});

byId("open").addEventListener("change", ({ target }) => {
  const [chosen] = (target as HTMLInputElement).files ?? [];
  void chosen?.text().then((text) => {
    examples.value = "";
    load({ file: chosen.name, text });
    (target as HTMLInputElement).value = "";
  });
});

byId("baseline").addEventListener("click", () => {
  before = { file, text: editor.text };
  say("Edits are compared with this version from now on.");
  void judge();
});

byId("link").addEventListener("click", () => {
  void ask("pack", { file, text: editor.text }).then(async (packed) => {
    history.replaceState(undefined, "", `#${packed}`);
    await navigator.clipboard.writeText(location.href).then(
      () => {
        say("Copied. The link carries the description.");
      },
      () => {
        say("The address of this page now carries the description. Copy it from the address bar.");
      },
    );
  });
});

byId("zip").addEventListener("click", () => {
  void askForStacks("zip", edit().now)
    .then((bytes) => {
      if (bytes) {
        const name = document.title.replace(/ .*/, "");
        save(`${name}.zip`, bytes as Uint8Array<ArrayBuffer>, "application/zip");
      } else {
        say("The description has errors. Fix them to download its files.");
        tabs.show("Findings");
      }
    })
    .catch(fail);
});

addEventListener("hashchange", () => {
  void openLink();
});

void (location.hash.startsWith("#haks=") ? openLink() : Promise.resolve(false)).then((isOpen) => {
  examples.value = isOpen ? "" : "haks.yaml";
  if (!isOpen) {
    load({ file: "haks.yaml", text: EXAMPLES["haks.yaml"] ?? "" });
  }
});

function nameOf(path: string): string {
  const [, folder, rest] = /^examples\/([^/]+)\/(.*)$/.exec(path) ?? [];
  return folder === undefined
    ? "lab"
    : rest === "haks.yaml"
      ? folder
      : `${folder}: ${rest!.replace(/^.*\/|\.yaml$/g, "")}`;
}
