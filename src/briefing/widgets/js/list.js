// The list beside the text: every mark or sentence as a button, in step with the text, with what
// was said about it. Each change touches only the rows that differ.

import { h, short } from "./dom.js";
import { SIGNS } from "./tags.js";

/**
 * @typedef {object} Row
 * @property {string} id
 * @property {number} start
 * @property {string} kind "mark", "unit" or "missed"
 * @property {string} where the name of the sentence it lies in, where the sentences have names
 * @property {string} label
 * @property {string} colour
 * @property {string} line
 * @property {string} words
 * @property {string} more note and link, in words
 * @property {string} verdict
 * @property {string} said
 * @property {boolean} active
 */

export const VERDICTS = {
  right: "right",
  near: "nearly",
  wrong: "not right",
  missed: "missed",
  extra: "not in the key",
  fine: "fine",
  note: "note",
};

/**
 * @param {import("./store.js").Store} store
 * @returns {Row[]}
 */
export function rowsOf(store) {
  /** @type {Row[]} */
  const rows = store.mode === "sentences" ? unitRows(store) : markRows(store);
  const known = new Set(rows.map((row) => row.id));
  const more = (store.feedback?.items ?? []).filter((item) => item.span || !known.has(item.target));
  for (const [i, item] of more.entries()) {
    if (!item.span) continue;
    const label = store.byId.get(item.label);
    rows.push({
      id: `said${i}`,
      start: item.span.start,
      kind: "missed",
      where: sentenceOf(store, item.span.start),
      label: label?.name ?? item.label ?? "",
      colour: label?.colour ?? "var(--bw-grey)",
      line: "dotted",
      words: short(store.text.slice(item.span.start, item.span.end), 70),
      more: "",
      verdict: item.verdict,
      said: item.text,
      active: false,
    });
  }
  return rows.sort((a, b) => a.start - b.start);
}

/**
 * Ten rows may all say no more than “he”: the sentence's name tells them apart.
 * @param {import("./store.js").Store} store
 * @param {number} start
 */
function sentenceOf(store, start) {
  const unit = store.unitAt(start);
  return unit?.named ? unit.name : "";
}

/**
 * @param {import("./store.js").Store} store
 * @returns {Row[]}
 */
function unitRows(store) {
  return store.units
    .filter((unit) => !store.only || store.labelOf(unit.id)?.id === store.only)
    .map((unit) => {
      const label = store.labelOf(unit.id);
      const said = store.said(unit.id);
      return {
        id: unit.id,
        start: unit.start,
        kind: "unit",
        where: "",
        label: `${unit.name}${label ? ` ${label.name}` : ""}`,
        colour: label?.colour ?? "var(--bw-grey)",
        line: label?.line ?? "none",
        words: short(store.text.slice(unit.start, Math.min(unit.end, unit.start + 200)), 64),
        more: "",
        verdict: said?.verdict ?? "",
        said: said?.text ?? "",
        active: unit.id === store.active,
      };
    });
}

/**
 * @param {import("./store.js").Store} store
 * @returns {Row[]}
 */
function markRows(store) {
  const byId = new Map(store.marks.map((mark) => [mark.id, mark]));
  return store.shown().map((mark) => {
    const label = store.byId.get(mark.label);
    const said = store.said(mark.id);
    const source = mark.source ? byId.get(mark.source) : undefined;
    const link = source ? `→ ${short(store.text.slice(source.start, source.end), 40)}` : "";
    return {
      id: mark.id,
      start: mark.start,
      kind: "mark",
      where: sentenceOf(store, mark.start),
      label: label?.name ?? mark.label,
      colour: label?.colour ?? "var(--bw-grey)",
      line: label?.line ?? "solid",
      words: excerpt(store, mark.start, mark.end),
      more: [link, mark.note ? `“${short(mark.note, 80)}”` : ""].filter(Boolean).join("  "),
      verdict: said?.verdict ?? "",
      said: said?.text ?? "",
      active: mark.id === store.active,
    };
  });
}

/** @type {WeakMap<object, Map<string, string>>} excerpts that were made before, for each store */
const made = new WeakMap();

/**
 * The first words of a stretch; made once for each place, for a list may have a thousand rows.
 * @param {import("./store.js").Store} store
 * @param {number} start
 * @param {number} end
 */
function excerpt(store, start, end) {
  const known = made.get(store) ?? new Map();
  made.set(store, known);
  const place = `${start}-${end}`;
  let words = known.get(place);
  if (words === undefined) {
    words = short(store.text.slice(start, Math.min(end, start + 240)), 90);
    known.set(place, words);
  }
  return words;
}

export class List {
  /**
   * @param {import("./store.js").Store} store
   * @param {(row: Row) => void} choose
   */
  constructor(store, choose) {
    this.store = store;
    this.choose = choose;
    const name = store.mode === "sentences" ? "Sentences" : "Marks";
    this.node = h("ol", { class: "bw-list", "aria-label": name });
    this.empty = h("p", { class: "bw-empty" });
    /** @type {Map<string, {row: Row, node: HTMLElement}>} */
    this.rows = new Map();
    this.node.addEventListener("keydown", (event) => this.arrow(event));
  }

  /** Up and down walk the list. @param {KeyboardEvent} event */
  arrow(event) {
    const way = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const item = /** @type {HTMLElement} */ (event.target).closest("li");
    if (!way || !item || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = way > 0 ? item.nextElementSibling : item.previousElementSibling;
    const target = next?.querySelector("button");
    if (!(target instanceof HTMLElement)) return;
    target.focus();
    event.preventDefault();
  }

  sync() {
    const rows = rowsOf(this.store);
    const wanted = new Set(rows.map((row) => row.id));
    for (const [id, { node }] of this.rows) {
      if (wanted.has(id)) continue;
      this.rows.delete(id);
      node.remove();
    }
    let place = this.node.firstElementChild;
    for (const row of rows) {
      const known = this.rows.get(row.id);
      let node = known?.node;
      if (!node) {
        node = h("li", {});
        this.draw(node, row);
        this.rows.set(row.id, { row, node });
      } else if (known && !alike(known.row, row)) {
        this.draw(node, row);
        known.row = row;
      }
      if (node !== place) this.node.insertBefore(node, place);
      else place = place.nextElementSibling;
    }
    this.empty.hidden = rows.length > 0;
    this.empty.textContent = this.store.only
      ? "Nothing has this label."
      : this.store.readonly
        ? "Nothing is marked."
        : this.asked() + "No marks yet. Select words in the text, then choose a label.";
  }

  /** Which sentences are asked for, where not all of them are. */
  asked() {
    const { some, units } = this.store;
    if (!some || units.length > 30) return "";
    return `Asked for: ${units.map((unit) => unit.name).join(", ")}. `;
  }

  /**
   * @param {HTMLElement} node
   * @param {Row} row
   */
  draw(node, row) {
    const sign = SIGNS[/** @type {keyof typeof SIGNS} */ (row.verdict)];
    const held = node.contains(document.activeElement);
    node.className = `bw-item bw-item-${row.kind}${row.active ? " bw-item-active" : ""}`;
    const press = h(
      "button",
      {
        type: "button",
        class: "bw-item-button",
        "aria-current": row.active ? "true" : undefined,
        on: { click: () => this.choose(row) },
      },
      h(
        "span",
        { class: "bw-item-head" },
        row.where && h("span", { class: "bw-item-where" }, row.where),
        row.label && h("span", { class: `bw-pill bw-line-${row.line}`, style: { "--bw-c": row.colour } }, row.label),
        sign &&
          h(
            "span",
            { class: `bw-item-verdict bw-verdict-${row.verdict}` },
            `${sign} ${VERDICTS[/** @type {keyof typeof VERDICTS} */ (row.verdict)]}`,
          ),
      ),
      h("span", { class: "bw-item-words", dir: "auto" }, row.words),
      row.more && h("span", { class: "bw-item-more", dir: "auto" }, row.more),
    );
    node.replaceChildren(press);
    if (row.said) node.append(h("div", { class: "bw-item-said" }, row.said));
    if (held) press.focus({ preventScroll: true });
  }

  /** Keep the active row in sight, by the list's own scrolling only. */
  reveal() {
    const row = this.rows.get(this.store.active ?? "");
    if (!row) return;
    const list = this.node.getBoundingClientRect();
    const box = row.node.getBoundingClientRect();
    if (box.top < list.top) this.node.scrollTop -= list.top - box.top + 8;
    else if (box.bottom > list.bottom) this.node.scrollTop += box.bottom - list.bottom + 8;
  }
}

/**
 * @param {Row} a
 * @param {Row} b
 */
function alike(a, b) {
  return (
    a.where === b.where &&
    a.label === b.label &&
    a.words === b.words &&
    a.more === b.more &&
    a.verdict === b.verdict &&
    a.said === b.said &&
    a.active === b.active &&
    a.line === b.line
  );
}
