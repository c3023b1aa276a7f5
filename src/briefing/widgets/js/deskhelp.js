// The marking desk's help: what each key does. A dialog that Escape closes.

import { opener } from "./dialogs.js";
import { button, h } from "./dom.js";

const KEYS = [
  ["1 … 9", "the criterion of that number: yes; once more: no"],
  ["0", "no to every criterion that is still open"],
  ["Enter", "to the next answer that is not marked yet"],
  ["n  p  ← →", "next or previous answer"],
  ["e", "write the note to the student; Escape comes back"],
  ["f", "come back to this answer later, or no longer"],
  ["Delete", "take all marks of this answer away"],
  ["Ctrl + Z", "undo"],
  ["Ctrl + Y", "redo (or Ctrl + Shift + Z)"],
  ["Ctrl + S", "save now (every change is saved by itself)"],
  ["Escape", "back to the notebook"],
  ["?", "this help"],
];

/**
 * @param {string} mode
 * @param {() => void} closed gives the focus back
 * @returns {{node: HTMLElement, open: () => void}}
 */
export function createDeskHelp(mode, closed) {
  const keys = KEYS.map(([key, what]) =>
    key === "Enter" && mode === "settle" ? [key, "the marks stand as they are now: settled, and to the next"] : [key, what],
  );
  const dialog = /** @type {HTMLDialogElement} */ (
    h(
      "dialog",
      { class: "bw-help", "aria-label": "Help", tabindex: "-1" },
      h("p", {}, "Each answer is marked criterion by criterion. The answers come in an order of their own, and nobody’s name or code is shown."),
      h("p", {}, "What you enter stands in the class’s table at once. An answer counts when all its criteria are marked."),
      h(
        "table",
        {},
        h("caption", {}, "Keys, anywhere here but in the note"),
        h("tbody", {}, keys.map(([key, what]) => h("tr", {}, h("th", { scope: "row" }, h("kbd", {}, key)), h("td", {}, what)))),
      ),
      h("div", { class: "bw-row" }, h("span", { class: "bw-gap" }), button({ text: "Close", press: () => dialog.close() })),
    )
  );
  return { node: dialog, open: opener(dialog, closed) };
}
