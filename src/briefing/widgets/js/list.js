// The list beside the text: every mark or sentence as a button, in step with the text, with what
// was said about it. Each change touches only the rows that differ.

import { GROUP_SIGNS } from "./comparison.js";
import { h } from "./dom.js";
import { bidi, plain } from "./plain.js";
import { VERDICTS, rowsOf } from "./rows.js";
import { SIGNS } from "./tags.js";

/** @typedef {import("./rows.js").Row} Row */

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
    /** @type {Element | undefined} */
    this.stop = undefined;
    /** @type {Map<string, {row: Row, node: HTMLElement}>} */
    this.rows = new Map();
    this.node.addEventListener("keydown", (event) => this.arrow(event));
    // Tab stops once in the list, where it was left; else a long list must be walked to get past it.
    this.node.addEventListener("focusin", (event) => {
      if (event.target instanceof HTMLElement) this.stopAt(event.target.closest("li"));
    });
  }

  /** Up, down, Home and End walk the list. @param {KeyboardEvent} event */
  arrow(event) {
    const item = /** @type {HTMLElement} */ (event.target).closest("li");
    if (!item || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = {
      ArrowDown: item.nextElementSibling,
      ArrowUp: item.previousElementSibling,
      Home: this.node.firstElementChild,
      End: this.node.lastElementChild,
    }[event.key];
    const target = next?.querySelector("button");
    if (!(target instanceof HTMLElement)) return;
    target.focus();
    event.preventDefault();
  }

  /** Make one row the list's only tab stop. @param {Element | null | undefined} item */
  stopAt(item) {
    if (!item || item === this.stop) return;
    this.stop?.querySelector("button")?.setAttribute("tabindex", "-1");
    this.stop = item;
    item.querySelector("button")?.setAttribute("tabindex", "0");
  }

  /** Show the first thing that a check has said. */
  revealSaid() {
    /** @type {Element | null | undefined} */
    let said = this.node.querySelector(".bw-item-said")?.closest("li");
    // With the line above it that says to which attribution it belongs.
    while (said?.matches(".bw-item-inside") && said.previousElementSibling) said = said.previousElementSibling;
    if (said) this.node.scrollTop += said.getBoundingClientRect().top - this.node.getBoundingClientRect().top;
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
    const held = this.node.contains(document.activeElement);
    const active = held ? undefined : this.rows.get(this.store.active ?? "")?.node;
    const kept = this.stop && this.stop.parentNode === this.node ? this.stop : this.node.firstElementChild;
    this.stopAt(active ?? kept);
    this.empty.hidden = rows.length > 0;
    this.empty.textContent = this.store.group
      ? "Nothing stands in this group."
      : this.store.only
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
    const held = node.contains(document.activeElement);
    const inside = row.root && row.kind !== "group" ? " bw-item-inside" : "";
    node.className = `bw-item bw-item-${row.kind}${inside}${row.active ? " bw-item-active" : ""}`;
    const press = h(
      "button",
      {
        type: "button",
        class: "bw-item-button",
        tabindex: node === this.stop ? "0" : "-1",
        "aria-current": row.active && row.kind !== "group" ? "true" : undefined,
        on: { click: () => this.choose(row) },
      },
      h(
        "span",
        { class: "bw-item-head" },
        row.where && h("span", { class: "bw-item-where" }, row.where),
        row.kind === "group" && h("span", { class: "bw-item-where" }, "Attribution"),
        row.label && h("span", { class: `bw-pill bw-line-${row.line}`, style: { "--bw-c": row.colour } }, bidi(row.label)),
        standing(row),
      ),
      h("span", { class: "bw-item-words", dir: "auto" }, plain(row.words)),
      row.more && h("span", { class: "bw-item-more", dir: "auto" }, plain(row.more)),
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
 * How a row stands: in a comparison, else in the feedback; a sign and words.
 * @param {Row} row
 */
function standing(row) {
  if (row.group) {
    return h(
      "span",
      { class: `bw-item-verdict bw-standing-${row.group}` },
      h("span", { "aria-hidden": "true" }, `${GROUP_SIGNS[row.group]} `),
      bidi(row.groupName ?? ""),
    );
  }
  const sign = SIGNS[/** @type {keyof typeof SIGNS} */ (row.verdict)];
  if (!sign) return null;
  const words = VERDICTS[/** @type {keyof typeof VERDICTS} */ (row.verdict)];
  return h("span", { class: `bw-item-verdict bw-verdict-${row.verdict}` }, `${sign} ${words}`);
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
    a.root === b.root &&
    a.group === b.group &&
    a.groupName === b.groupName &&
    a.line === b.line
  );
}
