// The marking desk's help: what each key does. A dialog that Escape closes.

import { opener } from "./dialogs.js";
import { button, h } from "./dom.js";

const KEYS = [
  ["1 … 9", "the criterion of that number: yes; once more: no (where it is worth several points, first fewer)"],
  ["0", "no to every criterion that is still open"],
  ["Enter", "to the next answer that is not marked yet"],
  ["n or →", "the next answer"],
  ["p or ←", "the previous answer"],
  ["a", "the same marks to all that are word for word the same and still open"],
  ["Page ↓ ↑", "on and back in a long answer"],
  ["e", "write the note to the student; Escape comes back"],
  ["f", "come back to this answer later, or no longer"],
  ["Delete", "take all marks of this answer away"],
  ["Ctrl + Z", "undo"],
  ["Ctrl + Y", "redo (or Ctrl + Shift + Z)"],
  ["Ctrl + S", "save now (every change is saved by itself)"],
  ["Escape", "back to the notebook"],
  ["?", "this help"],
];

/** Where marks go, which a second marker must know: none of theirs reaches a student. */
const KEPT = {
  first: "What you enter stands in the class’s table at once. An answer counts when all its criteria are marked.",
  second:
    "What you enter stands in a table of its own at once. It changes nobody’s points, and no student reads it. " +
    "An answer is compared when all its criteria are marked.",
};

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
      h("p", {}, KEPT[mode === "second" ? "second" : "first"]),
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
