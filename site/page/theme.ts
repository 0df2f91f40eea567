// The colours of editors, from those of the page, which follow light and dark.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--key)" },
  { tag: [tags.string, tags.content], color: "var(--text)" },
  { tag: tags.comment, color: "var(--faint)", fontStyle: "italic" },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: "var(--value)" },
  { tag: [tags.punctuation, tags.separator, tags.bracket], color: "var(--faint)" },
]);

const look = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--back)", color: "var(--text)", fontSize: "13px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--link)", padding: "8px 0" },
  "&.cm-focused": { outline: "2px solid var(--link)", outlineOffset: "-2px" },
  ".cm-cursor": { borderLeftColor: "var(--link)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "var(--back)", color: "var(--faint)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--active)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, ::selection":
    { backgroundColor: "var(--selection)" },
  ".cm-selectionMatch, .cm-matchingBracket": { backgroundColor: "var(--selection)" },
  ".cm-panels, .cm-tooltip": {
    backgroundColor: "var(--head)",
    color: "var(--text)",
    border: "1px solid var(--line)",
    borderRadius: "6px",
  },
  ".cm-tooltip": { boxShadow: "0 4px 16px #0003", maxWidth: "34rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: "var(--primary)",
    color: "var(--on-primary)",
  },
  ".cm-completionDetail": { color: "inherit", opacity: "0.85", fontStyle: "normal" },
  ".cm-completionInfo": { padding: "6px 10px" },
  ".cm-diagnostic": { padding: "6px 10px" },
  ".cm-diagnosticSource": { color: "var(--faint)", opacity: "1" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--error)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warning)" },
  ".cm-lintRange-error": { backgroundImage: "none", borderBottom: "2px solid var(--error)" },
  ".cm-lintRange-warning": { backgroundImage: "none", borderBottom: "2px dotted var(--warning)" },
  ".cm-textfield, .cm-button": {
    backgroundColor: "var(--back)",
    backgroundImage: "none",
    color: "var(--text)",
    border: "1px solid var(--line)",
    borderRadius: "4px",
  },
  ".cm-foldPlaceholder": {
    backgroundColor: "var(--head)",
    color: "var(--faint)",
    borderColor: "var(--line)",
  },
  "&.cm-merge-b .cm-changedLine, .cm-inlineChangedLine": { backgroundColor: "var(--added-back)" },
  "&.cm-merge-b .cm-changedText": { background: "var(--added-mark)" },
  ".cm-deletedChunk": { backgroundColor: "var(--removed-back)" },
  ".cm-deletedChunk .cm-deletedText": { background: "var(--removed-mark)" },
  // Not all systems have the sign that is there by default.
  ".cm-collapsedLines:before, .cm-collapsedLines:after": { content: '"⋯"' },
  ".cm-collapsedLines": {
    background: "var(--head)",
    color: "var(--link)",
    padding: "4px 12px",
  },
});

/** The look of editors. */
export const theme = [look, syntaxHighlighting(colours)];
