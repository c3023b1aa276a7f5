// The help: what can be done, by mouse and by keyboard. A dialog that Escape closes.

import { opener } from "./dialogs.js";
import { button, h } from "./dom.js";

const SPANS = [
  ["← →", "word by word; with Shift: select"],
  ["↑ ↓", "sentence by sentence, where some are asked for from one of them to the next; with Shift: select"],
  ["Home End", "begin or end of the line or of the asked sentence; with Ctrl: of all"],
  ["Space", "select the sentence"],
  ["Enter", "select the word, or open the mark that is there"],
  ["1 … 9", "give the label to what is selected"],
  ["n  p", "next mark, previous mark"],
  ["d", "while two sets of marks are compared: next difference; with Shift: the one before"],
  ["Alt + ← →", "move the start of the mark; with Shift: its end"],
  ["Delete", "delete the mark"],
  ["/", "find words"],
  ["Escape", "let go of what is selected; once more: back to the notebook"],
];

const SENTENCES = [
  ["↑ ↓ ← →", "sentence by sentence"],
  ["1 … 9", "give the sentence a label, and go to the next one; a label that is there is changed, and you stay"],
  ["0 or Delete", "take the label away"],
  ["n  p", "next or previous sentence"],
  ["d", "while two sets of labels are compared: next difference; with Shift: the one before"],
  ["Enter", "go to the labels and the reason beside the text"],
  ["Escape", "back to the notebook; the sentence stays chosen until you come back"],
];

const BOTH = [
  ["Ctrl + Z", "undo"],
  ["Ctrl + Y", "redo (or Ctrl + Shift + Z)"],
  ["Ctrl + S", "save now (every change is saved by itself)"],
  ["?", "this help"],
];

/**
 * @param {"spans" | "sentences"} mode
 * @param {() => void} closed gives the focus back
 * @param {boolean} [mirrored] whether some of the text is written from the right
 * @returns {{node: HTMLElement, open: () => void}}
 */
export function createHelp(mode, closed, mirrored = false) {
  const keys = [...(mode === "spans" ? SPANS : SENTENCES), ...BOTH];
  const ways =
    mode === "spans"
      ? [
          "Select words with the mouse or a finger, then choose a label. Marks may overlap.",
          "Without dragging: walk with the arrow keys; or switch on “two clicks” under Options and click the first word, then the last; or find the words.",
          "With a finger: tap a word, widen it with the buttons beside it, then choose a label.",
          "Click a mark to change its label or its link; its note and its edges are under “Note and edges”.",
        ]
      : [
          "Click a sentence, or walk with the arrow keys. Then choose a label.",
          "After a label the next sentence is chosen; changing a label that is there stays. To stay always, switch that off under Options; this browser remembers it.",
        ];
  if (mirrored) {
    ways.push("Where a paragraph is written from the right, ← goes on and → goes back, as the text is read.");
  }
  const close = button({ text: "Close", press: () => dialog.close() });
  const dialog = /** @type {HTMLDialogElement} */ (
    h(
      "dialog",
      { class: "bw-help", "aria-label": "Help", tabindex: "-1" },
      h("div", {}, ways.map((words) => h("p", {}, words))),
      h(
        "table",
        {},
        h("caption", {}, "Keys, while the text has the focus"),
        h("tbody", {}, keys.map(([key, what]) => h("tr", {}, h("th", { scope: "row" }, h("kbd", {}, key)), h("td", {}, what)))),
      ),
      h("div", { class: "bw-row" }, h("span", { class: "bw-gap" }), close),
    )
  );
  return { node: dialog, open: opener(dialog, closed) };
}
