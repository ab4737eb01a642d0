// The editor of the desk: a text box becomes CodeMirror; without this file the text box itself works.
import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const colours = HighlightStyle.define([
  { tag: tags.definition(tags.propertyName), color: "#2f5597" },
  { tag: tags.propertyName, color: "#2f5597" },
  { tag: tags.comment, color: "#59636e", fontStyle: "italic" },
  { tag: tags.string, color: "#8b1a1a" },
  { tag: tags.number, color: "#1a6e37" },
]);

const look = EditorView.theme({
  "&": { fontSize: "13px", border: "1px solid #8c959f", borderRadius: "5px", background: "#fff" },
  "&.cm-focused": { outline: "2px solid #0969da" },
  ".cm-scroller": { fontFamily: 'ui-monospace, Consolas, "Noto Sans Mono CJK SC", monospace', maxHeight: "46vh" },
  ".cm-gutters": { background: "#f6f8fa", color: "#59636e", border: "none" },
});

// Words that may stand where the cursor is: keys, facts, values, outcomes, as the page lists them.
const words = (list) => (context) => {
  const word = context.matchBefore(/[\p{L}\p{N}_.$-]+/u);
  if (!word && !context.explicit) return null;
  return { from: word ? word.from : context.pos, options: list, validFor: /^[\p{L}\p{N}_.$-]*$/u };
};

window.DeskEditor = {
  over(box, { label, nonce, completions, changed, escape }) {
    const view = new EditorView({
      parent: box.parentElement,
      state: EditorState.create({
        doc: box.value,
        extensions: [
          EditorView.cspNonce.of(nonce),
          lineNumbers(), history(), drawSelection(), highlightActiveLine(), lintGutter(),
          indentUnit.of("  "), yaml(), syntaxHighlighting(colours), look, EditorView.lineWrapping,
          autocompletion({ override: [words(completions)] }),
          EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
          keymap.of([{ key: "Escape", run: () => escape() }, ...completionKeymap, ...defaultKeymap, ...historyKeymap]),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return;
            box.value = update.state.doc.toString();
            changed();
          }),
        ],
      }),
    });
    box.hidden = true;
    return {
      focus: () => view.focus(),
      say: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
      // Problems with line, column and end from 1, as the server has them; a line's end where no end is known.
      underline(problems) {
        const doc = view.state.doc;
        const found = problems.filter((p) => p.line >= 1 && p.line <= doc.lines).map((p) => {
          const line = doc.line(p.line);
          const from = Math.min(line.to, line.from + Math.max(0, p.column - 1));
          const to = p.end ? Math.min(line.to, line.from + p.end) : line.to;
          return { from, to: Math.max(to, Math.min(from + 1, line.to)), severity: p.severity, message: p.message };
        });
        view.dispatch(setDiagnostics(view.state, found));
      },
    };
  },
};
