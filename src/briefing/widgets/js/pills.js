// Label pills: a label's name with its colour, its line and its digit, to press.

import { h, once } from "./dom.js";
import { bidi } from "./plain.js";

/**
 * @param {import("./store.js").Label} label
 * @param {{press: () => void, on?: boolean | null, count?: number | null, disabled?: boolean}} how
 *   `on` null: a plain button; else a toggle. A double click is one wish, so it presses once.
 * @returns {HTMLButtonElement}
 */
export function pillButton(label, { press, on = null, count = null, disabled = false }) {
  return /** @type {HTMLButtonElement} */ (
    h(
      "button",
      {
        type: "button",
        class: `bw-mark-label bw-line-${label.line}`,
        style: { "--bw-c": label.colour },
        "aria-pressed": on === null ? undefined : String(on),
        disabled,
        dataset: { label: label.id },
        on: { click: once(press) },
      },
      label.key && h("kbd", { "aria-hidden": "true" }, label.key),
      bidi(label.name, "bw-label-name"),
      count !== null && h("span", { class: "bw-tally" }, h("span", { class: "bw-live" }, ", "), count),
    )
  );
}
