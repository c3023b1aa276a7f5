// One field of a table or a card: a choice, a number that says what it was read as, a short text.
// It holds no answer; it tells what was entered and shows what it is given.

import { VERDICTS, reason } from "./asked.js";
import { codePoints, wholeCharacters } from "./counting.js";
import { h, refill, unique } from "./dom.js";
import { readNumber, shownNumber } from "./numbers.js";
import { keepRoom } from "./room.js";

/**
 * @typedef {object} Asked what a field asks for
 * @property {string} id
 * @property {string} name
 * @property {"choice" | "number" | "text"} type
 * @property {{id: string, text: string}[]} options
 * @property {string} unit
 * @property {number} most
 * @property {string} hint
 */

/**
 * @typedef {object} Field
 * @property {HTMLElement} node
 * @property {string} control the id of what takes the focus
 * @property {(value: any) => void} set
 * @property {(items: import("./asked.js").Item[]) => void} tell show the verdicts on it
 * @property {() => void} focus
 */

/** The sign and the words of each verdict on a cell or a card; the static view uses the same. */
export const CELL_VERDICTS = /** @type {Record<string, [string, string]>} */ ({
  ...VERDICTS,
  wrong: ["✗", "Not right"],
  missed: ["○", "Still empty"],
});

/** Chosen words longer than this are shown below the closed list, which may cut them. */
const LONG = 26;

/**
 * @param {object} what
 * @param {Asked} what.asked
 * @param {string} what.name what is read out: the column and the row
 * @param {number} what.limit the most code points that are kept
 * @param {boolean} what.readonly
 * @param {string} [what.describedBy] ids of what explains it
 * @param {(value: any, typing: boolean) => void} what.changed
 * @param {() => void} what.left called when the field is left
 * @returns {Field}
 */
export function createField({ asked, name, limit, readonly, describedBy, changed, left }) {
  const id = unique("field");
  const told = h("div", { class: "bq-told", id: unique("told") });
  const below = h("div", { class: "bq-below", id: unique("below") });
  const make = readonly ? shown : { choice: select, number, text }[asked.type];
  const made = make({ asked, name, id, limit, below, changed });
  const { control } = made;
  const explained = [describedBy, below.id].filter(Boolean).join(" ");
  if (!readonly) control.setAttribute("aria-describedby", explained);
  control.addEventListener("blur", left);
  return {
    node: h("div", { class: `bq-field bq-field-${asked.type}` }, made.node, below, told),
    control: id,
    set: made.set,
    tell(items) {
      refill(told, items.map((item) => reason(item, "", CELL_VERDICTS)));
      if (!readonly) control.setAttribute("aria-describedby", items.length ? `${told.id} ${explained}` : explained);
      told.parentElement?.setAttribute("data-verdict", items[0]?.verdict ?? "");
    },
    focus: () => control.focus(),
  };
}

/**
 * @typedef {object} Parts
 * @property {Asked} asked
 * @property {string} name
 * @property {string} id
 * @property {number} limit
 * @property {HTMLElement} below
 * @property {(value: any, typing: boolean) => void} changed
 */

/** @param {Parts} parts */
function shown({ asked, id }) {
  const control = h("span", { class: "bq-shown", id, dir: "auto" });
  return {
    node: control,
    control,
    /** @param {any} value */
    set(value) {
      const option = asked.options.find((one) => one.id === value);
      const words = typeof value === "number" ? withUnit(value, asked.unit) : String(value ?? "");
      control.textContent = (option ? option.text : words) || "–";
    },
  };
}

/** @param {Parts} parts */
function select({ asked, name, id, below, changed }) {
  const control = /** @type {HTMLSelectElement} */ (
    h(
      "select",
      { id, class: "bq-select", "aria-label": name },
      h("option", { value: "" }, "choose …"),
      asked.options.map((option) => h("option", { value: option.id }, option.text)),
    )
  );
  const whole = () => {
    const words = control.value ? (control.selectedOptions[0]?.textContent ?? "") : "";
    below.textContent = words.length > LONG ? words : "";
  };
  control.addEventListener("change", () => {
    whole();
    changed(control.value, false);
  });
  return {
    node: control,
    control,
    /** @param {any} value */
    set(value) {
      const wanted = String(value ?? "");
      // An option of another version of the question is shown by its id and stays.
      if (wanted && ![...control.options].some((option) => option.value === wanted)) {
        control.append(h("option", { value: wanted }, wanted));
      }
      control.value = wanted;
      whole();
    },
  };
}

/** @param {Parts} parts */
function number({ asked, name, id, limit, below, changed }) {
  const control = /** @type {HTMLInputElement} */ (
    h("input", { type: "text", inputmode: "decimal", autocomplete: "off", id, class: "bq-number", "aria-label": `${name}${asked.unit ? `, in ${asked.unit}` : ""}` })
  );
  let good = "";
  keepRoom(control, limit, "a cell", (why) => full(below, why));
  const say = () => {
    const typed = control.value.trim();
    const read = readNumber(typed, asked.unit);
    below.dataset.standing = !typed ? "" : read === null ? "unread" : "read";
    if (!typed) below.textContent = "";
    else if (read !== null) below.textContent = `read as ${withUnit(read, asked.unit)}`;
    else below.textContent = `Not read as a number: write digits only, such as 2,084 or 12.5.`;
    if (typed && read === null) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
    return read;
  };
  control.addEventListener("input", () => {
    if (codePoints(control.value) > limit) control.value = good;
    good = control.value;
    const read = say();
    changed(read ?? wholeCharacters(control.value), true);
  });
  return {
    node: h("span", { class: "bq-with-unit" }, control, asked.unit && h("span", { class: "bq-unit", "aria-hidden": "true" }, asked.unit)),
    control,
    /** @param {any} value */
    set(value) {
      const now = readNumber(control.value, asked.unit) ?? control.value;
      if (now === (value ?? "")) return; // as it was typed: "2084" does not turn into "2,084"
      good = control.value = typeof value === "number" ? shownNumber(value) : String(value ?? "");
      say();
    },
  };
}

/** @param {Parts} parts */
function text({ asked, name, id, limit, below, changed }) {
  const control = /** @type {HTMLTextAreaElement} */ (
    h("textarea", { id, class: "bq-words", rows: "2", dir: "auto", spellcheck: "true", "aria-label": name })
  );
  let good = "";
  keepRoom(control, limit, "a cell", (why) => full(below, why));
  const count = () => {
    const points = asked.most ? codePoints(control.value) : 0;
    below.dataset.standing = points > asked.most ? "long" : "";
    const long = points > asked.most ? ": shorten it" : "";
    below.textContent = points && asked.most ? `${points.toLocaleString("en-GB")} of ${asked.most.toLocaleString("en-GB")} characters${long}` : "";
  };
  control.addEventListener("input", () => {
    if (control.value.length > limit && codePoints(control.value) > limit) {
      control.value = good;
      below.textContent = `A cell keeps ${limit.toLocaleString("en-GB")} characters. Nothing was added.`;
      below.dataset.standing = "long";
      return;
    }
    good = control.value;
    count();
    changed(wholeCharacters(control.value), true);
  });
  return {
    node: control,
    control,
    /** @param {any} value */
    set(value) {
      const words = String(value ?? "");
      if (control.value !== words) control.value = words;
      good = words;
      count();
    },
  };
}

/**
 * @param {HTMLElement} below
 * @param {string} why
 */
function full(below, why) {
  below.textContent = why;
  below.dataset.standing = "long";
}

/**
 * @param {number} value
 * @param {string} unit
 */
function withUnit(value, unit) {
  return unit ? `${shownNumber(value)}\u00a0${unit}` : shownNumber(value);
}
