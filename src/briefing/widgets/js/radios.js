// One choice out of a few, as real radio buttons with hints, or as a list where there are many.
// It holds no answer; it tells what was chosen and shows what it is given.

import { reason } from "./asked.js";
import { h, refill, unique } from "./dom.js";
import { CELL_VERDICTS } from "./fields.js";

/**
 * @typedef {{id: string, name: string, hint: string}} Offered
 */

/** More than these make a list to choose from. */
const MANY = 7;

/**
 * @param {object} what
 * @param {string} what.ask the words above it
 * @param {string} what.about what is read out with it: the card's title
 * @param {Offered[]} what.offered
 * @param {boolean} what.readonly
 * @param {(id: string) => void} what.changed
 */
export function createRadios({ ask, about, offered, readonly, changed }) {
  const told = h("div", { class: "bq-told", id: unique("told") });
  const legend = h("legend", { class: "bq-ask" }, ask, h("span", { class: "bw-live" }, `, ${about}`));
  const made = offered.length > MANY ? list(offered, readonly, changed, `${ask}, ${about}`) : buttons(offered, readonly, changed);
  const node = h("fieldset", { class: "bq-radios" }, legend, made.node, told);
  return {
    node,
    set: made.set,
    focus: made.focus,
    /** @param {import("./asked.js").Item[]} items */
    tell(items) {
      refill(told, items.map((item) => reason(item, "", CELL_VERDICTS)));
      if (items.length) node.setAttribute("aria-describedby", told.id);
      else node.removeAttribute("aria-describedby");
    },
  };
}

/**
 * @param {Offered[]} offered
 * @param {boolean} readonly
 * @param {(id: string) => void} changed
 */
function buttons(offered, readonly, changed) {
  const name = unique("radios");
  const hinted = offered.some((one) => one.hint);
  const rows = offered.map((one) => {
    const id = unique("option");
    const hintId = unique("hint");
    const input = /** @type {HTMLInputElement} */ (
      h("input", { type: "radio", name, id, "aria-disabled": readonly && "true", "aria-describedby": one.hint && hintId })
    );
    input.addEventListener("change", () => changed(one.id));
    // A disabled input would be pale and out of reach; this one can be read and stays as it is.
    if (readonly) input.addEventListener("click", (event) => event.preventDefault());
    const words = h("span", { dir: "auto" }, one.name);
    const row = h(
      "div",
      { class: "bq-option" },
      h("label", { for: id }, input, words),
      one.hint && h("span", { class: "bq-option-hint", id: hintId }, one.hint),
    );
    return { id: one.id, input, row };
  });
  return {
    node: h("div", { class: `bq-options ${hinted ? "" : "bq-side-by-side"}`.trim() }, rows.map((row) => row.row)),
    /** @param {string} chosen */
    set(chosen) {
      for (const { id, input, row } of rows) {
        input.checked = id === chosen;
        row.classList.toggle("bq-chosen", input.checked);
      }
    },
    focus() {
      rows[0].input.focus();
    },
  };
}

/**
 * @param {Offered[]} offered
 * @param {boolean} readonly
 * @param {(id: string) => void} changed
 * @param {string} name
 */
function list(offered, readonly, changed, name) {
  const hint = h("div", { class: "bq-below" });
  if (readonly) {
    const shown = h("span", { class: "bq-shown" });
    return {
      node: shown,
      /** @param {string} chosen */
      set(chosen) {
        shown.textContent = offered.find((one) => one.id === chosen)?.name ?? (chosen || "–");
      },
      focus() {},
    };
  }
  const control = /** @type {HTMLSelectElement} */ (
    h(
      "select",
      { class: "bq-select", "aria-label": name },
      h("option", { value: "" }, "choose …"),
      offered.map((one) => h("option", { value: one.id }, one.name)),
    )
  );
  const explain = () => {
    hint.textContent = offered.find((one) => one.id === control.value)?.hint ?? "";
  };
  control.addEventListener("change", () => {
    explain();
    changed(control.value);
  });
  return {
    node: h("div", {}, control, hint),
    /** @param {string} chosen */
    set(chosen) {
      if (chosen && !offered.some((one) => one.id === chosen) && control.value !== chosen) {
        control.append(h("option", { value: chosen }, chosen));
      }
      control.value = chosen;
      explain();
    },
    focus() {
      control.focus();
    },
  };
}
