// The editor of the description: completion and explanations from the worker, findings under their places.
import { CompletionContext, CompletionResult, autocompletion } from "@codemirror/autocomplete";
import { yaml } from "@codemirror/lang-yaml";
import { Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState, Text } from "@codemirror/state";
import { EditorView, Tooltip, hoverTooltip } from "@codemirror/view";
import { basicSetup } from "codemirror";
import { PlacedFinding } from "../../app/finding";
import { element } from "./dom";
import { theme } from "./theme";
import { Ask } from "./worker";

/** The editor. */
export class Editor {
  private readonly view: EditorView;

  public constructor(
    parent: HTMLElement,
    private readonly ask: Ask,
    onChange: () => void,
  ) {
    this.view = new EditorView({
      parent,
      extensions: [
        basicSetup,
        yaml(),
        theme,
        lintGutter(),
        autocompletion({ override: [(context) => this.complete(context)] }),
        hoverTooltip((_, offset) => this.explain(offset)),
        EditorView.contentAttributes.of({
          "aria-label": "Description of the cluster, in YAML",
          tabindex: "0",
        }),
        EditorView.lineWrapping,
        EditorView.updateListener.of(({ docChanged }) => {
          if (docChanged) {
            onChange();
          }
        }),
      ],
    });
  }

  public get text(): string {
    return this.view.state.doc.toString();
  }

  /** Replaces the whole text, without a way back. */
  public load(text: string): void {
    const { length } = this.view.state.doc;
    this.view.dispatch({
      changes: { from: 0, to: length, insert: text },
      selection: { anchor: 0 },
    });
  }

  /** Shows findings under their places. */
  public show(findings: readonly PlacedFinding[]): void {
    this.view.dispatch(
      setDiagnostics(
        this.view.state,
        findings.map((finding) => diagnosticOf(this.view.state.doc, finding)),
      ),
    );
  }

  /** Goes to a place; lines and columns start at 1. */
  public goTo({ line = 1, column = 1 }: Pick<PlacedFinding, "line" | "column">): void {
    const anchor = offsetOf(this.view.state.doc, line, column);
    this.view.dispatch({
      selection: { anchor },
      effects: EditorView.scrollIntoView(anchor, { y: "center" }),
    });
    this.view.focus();
  }

  private async complete(context: CompletionContext): Promise<CompletionResult | null> {
    if (!context.explicit && !context.matchBefore(/[\w-]+|: /)) {
      return null;
    }
    const found = await this.ask("complete", {
      text: context.state.doc.toString(),
      offset: context.pos,
    });
    return (
      (found && {
        from: found.from,
        options: found.list.map(({ label, insert, detail, info }) => ({
          label,
          apply: insert,
          detail,
          info: info === "" ? undefined : info,
          type: detail === "" || detail === "example" ? "constant" : "property",
        })),
        validFor: /^[\w-]*$/,
      }) ??
      null
    );
  }

  private async explain(offset: number): Promise<Tooltip | null> {
    const found = await this.ask("explain", { text: this.text, offset });
    return found
      ? {
          pos: found.from,
          end: found.to,
          create: () => ({
            dom: element(
              "div",
              { class: "explained" },
              element("code", {}, found.path),
              element("p", {}, found.words),
            ),
          }),
        }
      : null;
  }
}

/** Returns an editor that shows a text, and nothing else. */
export function readOnly(label: string) {
  return [
    EditorState.readOnly.of(true),
    EditorView.contentAttributes.of({
      "aria-label": label,
      "aria-readonly": "true",
      tabindex: "0",
    }),
    theme,
  ];
}

function diagnosticOf(
  doc: Text,
  { severity, code, message, remedy, line, column }: PlacedFinding,
): Diagnostic {
  const from = offsetOf(doc, line ?? 1, column ?? 1);
  const rest = doc.lineAt(from);
  const word = /^[^\s#]+/.exec(rest.text.slice(from - rest.from));
  const to = Math.min(from + (word?.[0].length ?? 1), doc.length);
  return { from: Math.min(from, to), to, severity, source: code, message: `${message} ${remedy}` };
}

function offsetOf(doc: Text, line: number, column: number): number {
  const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return Math.min(from + column - 1, to);
}
