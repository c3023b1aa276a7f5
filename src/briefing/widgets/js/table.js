// entry
// Tables to fill in: a real table where there is room, cards of labelled fields where there is not,
// or always as a card. A verdict with its reason stands in each cell after a check.

import { checkRow, quotation } from "./asked.js";
import { h, short, unique } from "./dom.js";
import { createField } from "./fields.js";
import { latin } from "./latin.js";
import { Saver } from "./saving.js";
import { createShell } from "./shell.js";
import { createTypist } from "./typing.js";

/**
 * @typedef {{id: string, name: string, quote: string, given: Record<string, string>}} Row
 * @typedef {import("./fields.js").Asked} Column
 * @typedef {Record<string, Record<string, any>>} Rows
 */

/**
 * The rows after one cell changed; an empty cell is left out, cells unknown to the table stay.
 * @param {Rows} rows
 * @param {string} row
 * @param {string} column
 * @param {any} value
 * @returns {Rows}
 */
export function enter(rows, row, column, value) {
  const cells = { ...rows[row] };
  if (value === "" || value === null) delete cells[column];
  else cells[column] = value;
  const next = { ...rows, [row]: cells };
  if (!Object.keys(cells).length) delete next[row];
  return next;
}

/** @param {Record<string, any>} answer */
export const blank = (answer) => !Object.keys(answer.rows ?? {}).length;

/** @param {Row} row */
const nameOf = (row) => row.name || short(row.quote, 60) || row.id;

/**
 * How many characters the longest options of all columns have together.
 * @param {Column[]} columns
 */
const longestWords = (columns) =>
  columns.reduce((sum, { options = [] }) => sum + Math.max(0, ...options.map(({ text }) => text.length)), 0);

/** @param {Column[]} columns */
function breadth(columns) {
  if (columns.length <= 3) return "bq-table";
  return longestWords(columns) > 60 ? "bq-table bq-broad bq-wordy" : "bq-table bq-broad";
}

/**
 * Draw a table. Never exported as `render`: anywidget takes that for the widget's own.
 * @param {import("./saving.js").Model} model
 * @param {HTMLElement} el
 * @param {Saver} saver
 * @param {(shell: import("./shell.js").Shell) => {node: HTMLElement, destroy: () => void}} [more] what
 *   stands below the cells
 */
export function drawTable(model, el, saver, more) {
  const config = model.get("config");
  const readonly = Boolean(model.get("readonly"));
  /** @type {Column[]} */
  const columns = config.columns;
  /** @type {Row[]} */
  const rows = config.rows;
  const typist = createTypist(saver);
  const shell = createShell({
    el,
    model,
    saver,
    name: "table",
    keys: (event) => {
      if ((event.ctrlKey || event.metaKey) && latin(event).toLowerCase() === "s") typist.flush();
      return false;
    },
  });
  const titleId = shell.root.getAttribute("aria-labelledby") ?? "";
  const promptId = unique("prompt");
  const progress = h("span", { class: "bq-progress" });
  /** @type {Map<string, import("./fields.js").Field>} */
  const fields = new Map();
  /** @type {Map<string, string>} */
  const hints = new Map(columns.filter((column) => column.hint).map((column) => [column.id, unique("hint")]));

  /**
   * @param {Row} row
   * @param {Column} column
   */
  function inside(row, column) {
    const given = Object.hasOwn(row.given, column.id);
    if (given) return h("span", { class: "bq-given", dir: "auto" }, row.given[column.id] || "–");
    const field = createField({
      asked: column,
      name: `${column.name}, ${nameOf(row)}`,
      limit: config.most_characters,
      readonly,
      describedBy: hints.get(column.id),
      left: () => typist.flush(),
      changed(value, typing) {
        const answer = typist.answer();
        const next = { ...answer, rows: enter(answer.rows ?? {}, row.id, column.id, value) };
        if (typing) typist.typed(next);
        else typist.now(next);
      },
    });
    fields.set(`${row.id}:${column.id}`, field);
    return field.node;
  }
  /**
   * @param {Row} row
   * @param {Column} column
   */
  function labelled(row, column) {
    const node = inside(row, column);
    const control = fields.get(`${row.id}:${column.id}`)?.control;
    const words = h(control && !readonly ? "label" : "span", { class: "bq-field-name", for: readonly ? null : control, "aria-hidden": control && !readonly ? "true" : null }, column.name);
    return [words, column.hint && h("span", { class: "bq-field-hint", "aria-hidden": "true" }, column.hint), node];
  }
  /** @param {Row} row */
  const about = (row) => [row.name && h("span", { class: "bq-row-name", dir: "auto" }, row.name), quotation(row.quote)];

  function asTable() {
    return h(
      "table",
      { class: breadth(columns), "aria-labelledby": titleId, "aria-describedby": config.prompt ? promptId : null },
      h(
        "thead",
        {},
        h("tr", {}, h("td", {}), columns.map((column) => h("th", { scope: "col" }, h("span", {}, column.name), column.hint && h("span", { class: "bq-column-hint", id: hints.get(column.id) }, column.hint)))),
      ),
      h(
        "tbody",
        {},
        rows.map((row) =>
          h("tr", {}, h("th", { scope: "row" }, about(row)), columns.map((column) => h("td", { class: `bq-cell-${column.type}` }, labelled(row, column)))),
        ),
      ),
    );
  }
  function asCards() {
    return rows.map((row) =>
      h(
        "div",
        { class: "bq-card", role: "group", "aria-label": nameOf(row) },
        h("div", { class: "bq-card-head" }, about(row)),
        columns.map((column) => h("div", { class: "bq-card-field" }, labelled(row, column))),
      ),
    );
  }
  // A card has no column headings that could explain its fields to those who do not see them.
  const unseen = [...hints].map(([id, hint]) => h("span", { id: hint, hidden: true }, columns.find((column) => column.id === id)?.hint));
  const grid = config.as_card ? [...asCards(), ...unseen] : [asTable()];

  const check = checkRow({
    model,
    saver,
    say: shell.say,
    ready() {
      typist.flush();
      if (filled() > 0) return "";
      fields.values().next().value?.focus();
      return "Fill in a cell first, then check.";
    },
    stands: (item, then) => valueOf(item.target) === valueOf(item.target, then),
    show(feedback) {
      for (const [target, field] of fields) field.tell(feedback.items.filter((item) => item.target === target));
    },
  });

  /**
   * @param {string} target
   * @param {Record<string, any>} [answer]
   */
  function valueOf(target, answer = typist.answer()) {
    const at = target.lastIndexOf(":");
    return answer.rows?.[target.slice(0, at)]?.[target.slice(at + 1)];
  }
  const filled = () => [...fields.keys()].filter((target) => String(valueOf(target) ?? "").trim()).length;
  function count() {
    progress.textContent = readonly ? "" : `${filled()} of ${fields.size} filled in`;
  }
  /** What each cell showed last. @type {Map<string, any>} */
  const seen = new Map();
  /** Show what the model has, but leave alone the field that is typed in. */
  function paint() {
    for (const [target, field] of fields) {
      const value = valueOf(target);
      // What was said was about what stood here before.
      if (seen.has(target) && seen.get(target) !== value) field.tell([]);
      seen.set(target, value);
      if (!typist.waiting() || !field.node.contains(document.activeElement)) field.set(value);
    }
    count();
  }
  paint();
  const below = more?.(shell);
  const unread = saver.read(() => {
    paint();
    for (const field of fields.values()) field.tell([]);
    check.forget();
  });
  const unfollow = saver.follow(() => {
    paint();
    check.forget();
  });
  shell.main.append(
    h(
      "div",
      { class: "bq-body" },
      config.prompt && h("p", { class: "bq-prompt", id: promptId }, config.prompt),
      grid,
      below?.node,
      h("div", { class: "bq-under" }, progress),
      check.node,
    ),
  );
  return () => {
    typist.destroy();
    below?.destroy();
    unread();
    unfollow();
    check.destroy();
    shell.destroy();
  };
}

export default () => {
  /** @type {Saver} */
  let saver;
  return {
    /** @param {{model: import("./saving.js").Model}} given */
    initialize({ model }) {
      saver = new Saver(model, { blank });
      return () => saver.destroy();
    },
    /** @param {{model: import("./saving.js").Model, el: HTMLElement}} given */
    render({ model, el }) {
      return drawTable(model, el, saver);
    },
  };
};
