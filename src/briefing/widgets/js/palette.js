// The small palette beside words that were selected with the pointer: labels within a short reach.
// It floats over the pane, moves no text, and is gone with the selection.

import { button, h, refill } from "./dom.js";
import { pillButton } from "./pills.js";

export class Palette {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./textview.js").TextView} view
   */
  constructor(store, view) {
    this.store = store;
    this.view = view;
    this.node = h("div", { class: "bw-palette", role: "group", "aria-label": "Label the selection", hidden: true });
    this.wanted = false;
    view.node.addEventListener("scroll", () => this.place(), { passive: true });
  }

  /** Show it for what the pointer has just selected. */
  open() {
    this.wanted = true;
    this.sync();
  }

  /** Close it where it is open. @returns {boolean} whether it was */
  shut() {
    if (this.node.hidden) return false;
    this.close();
    return true;
  }

  close() {
    this.wanted = false;
    this.node.hidden = true;
  }

  /** What it belongs to now. */
  target() {
    if (this.store.readonly) return null;
    if (this.store.mode === "sentences") return this.store.unitById.get(this.store.active ?? "") ?? null;
    return this.store.pending;
  }

  sync() {
    const target = this.target();
    if (!this.wanted || !target) return this.close();
    const { store } = this;
    const current = store.mode === "sentences" ? store.labelOf(store.active ?? "")?.id : null;
    const outside = store.mode === "spans" && !store.asked(target);
    /** @type {Node[]} */
    const parts = outside ? [h("p", { class: "bw-not-asked" }, store.notAsked())] : this.choices(current);
    parts.push(
      button({
        label: "Close",
        text: "×",
        class: "bw-quiet bw-close",
        press: () => {
          this.close();
          if (store.mode === "spans") {
            store.select(null);
            this.view.selectNatively(null);
          }
        },
      }),
    );
    refill(this.node, parts);
    this.node.hidden = false;
    this.place();
  }

  /**
   * @param {string | null | undefined} current the label that the sentence has
   * @returns {Node[]}
   */
  choices(current) {
    const { store } = this;
    /** @type {Node[]} */
    const parts = store.labels.map((label) =>
      pillButton(label, {
        on: store.mode === "sentences" ? label.id === current : null,
        press: () => {
          this.close();
          // The button that had the focus is gone: a digit must reach the text, as after a click in it.
          this.view.node.focus({ preventScroll: true });
          store.label(label.id, { onward: true });
        },
      }),
    );
    const active = store.mode === "spans" ? store.mark(store.active) : undefined;
    if (active) parts.push(button({ text: "Move the mark here", class: "bw-quiet", press: () => store.moveMark() }));
    if (store.mode === "spans" && matchMedia("(pointer: coarse)").matches) parts.push(...this.edges());
    return parts;
  }

  /** For fingers: the edges of the selection, a word at a time, without dragging a handle. */
  edges() {
    const { store } = this;
    /**
     * @param {string} text
     * @param {string} label
     * @param {"start" | "end"} edge
     * @param {1 | -1} way
     */
    const move = (text, label, edge, way) =>
      button({
        text,
        label,
        class: "bw-quiet bw-edge",
        press: () => {
          store.widen(edge, way);
          this.view.selectNatively(store.pending);
          this.sync();
        },
      });
    return [
      h("span", { class: "bw-break" }),
      move("← start", "Begin a word earlier", "start", -1),
      move("start →", "Begin a word later", "start", 1),
      move("← end", "End a word earlier", "end", -1),
      move("end →", "End a word later", "end", 1),
    ];
  }

  place() {
    const target = this.target();
    if (this.node.hidden || !target) return;
    const boxes = this.view.boxes(target);
    const last = boxes[boxes.length - 1];
    const first = boxes[0];
    const frame = /** @type {HTMLElement} */ (this.node.parentElement).getBoundingClientRect();
    if (!last || last.bottom < frame.top || first.top > frame.bottom) {
      this.node.style.visibility = "hidden";
      return;
    }
    this.node.style.visibility = "visible";
    const height = this.node.offsetHeight;
    const width = this.node.offsetWidth;
    // A finger's own handles hang below the words.
    let top = last.bottom - frame.top + (matchMedia("(pointer: coarse)").matches ? 34 : 10);
    if (top + height > frame.height - 4) top = first.top - frame.top - height - 14;
    if (top < 4) top = Math.max(4, frame.height - height - 4);
    const left = Math.min(Math.max(8, last.left - frame.left), Math.max(8, frame.width - width - 8));
    this.node.style.top = `${top}px`;
    this.node.style.left = `${left}px`;
  }
}
