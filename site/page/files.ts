// A view of several files, one at a time, with their differences from earlier ones.
import { json } from "@codemirror/lang-json";
import { foldGutter } from "@codemirror/language";
import { unifiedMergeView } from "@codemirror/merge";
import { EditorState } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { button, element, save } from "./dom";
import { readOnly } from "./editor";

/** A file of a view. */
export interface ShownFile {
  readonly path: string;
  readonly text: string;
  /** The text to compare it with; the same if nothing changed. */
  readonly before?: string;
}

/** A view of files. */
export class FileView {
  private readonly choice: HTMLSelectElement;
  private readonly note = element("p", { class: "lead" });
  private readonly place = element("div", { class: "file" });
  private readonly view: EditorView;
  private files: readonly ShownFile[] = [];
  private shown?: ShownFile;

  /**
   * @param panel the panel of the view
   * @param say tells the user what was done
   */
  public constructor(
    panel: HTMLElement,
    private readonly title: string,
    words: string,
    say: (words: string) => void,
  ) {
    this.choice = element("select", { id: `${panel.id}-file` });
    this.choice.addEventListener("change", () => {
      this.draw();
    });
    this.view = new EditorView({ parent: this.place });
    panel.classList.add("files");
    panel.replaceChildren(
      element("h2", {}, title),
      element("p", { class: "lead" }, words),
      element(
        "div",
        { class: "file-tools" },
        element("label", {}, "File ", this.choice),
        button("Copy", () => {
          void copy(this.current?.text ?? "").then((done) => {
            say(
              done ? "Copied." : "The browser does not allow to copy. Download the file instead.",
            );
          });
        }),
        button("Download", () => {
          const { path = "", text = "" } = this.current ?? {};
          save(path.replace(/^.*\//, ""), text, "text/plain");
        }),
        this.note,
      ),
      this.place,
    );
  }

  /** Sets the files. The one that is shown stays. */
  public set(files: readonly ShownFile[]): void {
    const { value } = this.choice;
    const paths = files.map(({ path }) => path);
    if (paths.join("\n") !== this.files.map(({ path }) => path).join("\n")) {
      this.choice.replaceChildren(...paths.map((path) => element("option", { value: path }, path)));
      this.choice.value = paths.includes(value) ? value : (paths[0] ?? "");
    }
    this.files = files;
    for (const option of this.choice.options) {
      const { text, before = text, path } = files.find((file) => file.path === option.value)!;
      option.textContent = text === before ? path : `${path} (changed)`;
    }
    this.draw();
  }

  /** Number of files that changed. */
  public get changed(): number {
    return this.files.filter(({ text, before = text }) => text !== before).length;
  }

  private get current(): ShownFile | undefined {
    return this.files.find(({ path }) => path === this.choice.value);
  }

  // Only what is visible is drawn: a stack has thousands of lines.
  private draw(): void {
    const { current } = this;
    const { path = "", text = "", before = text } = current ?? {};
    if (
      this.shown?.path === path &&
      this.shown.text === text &&
      (this.shown.before ?? text) === before
    ) {
      return;
    }
    this.shown = current;
    this.note.textContent = text === before ? "" : "Compared with the earlier version.";
    this.view.setState(
      EditorState.create({
        doc: text,
        extensions: [
          readOnly(`${this.title}: ${path}`),
          lineNumbers(),
          EditorView.lineWrapping,
          path.endsWith(".json") ? [json(), foldGutter()] : [],
          text === before
            ? []
            : unifiedMergeView({
                original: before,
                mergeControls: false,
                gutter: true,
                collapseUnchanged: { margin: 3, minSize: 6 },
              }),
        ],
      }),
    );
  }
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
