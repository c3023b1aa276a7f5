// Short tags over the beginnings of marks and sentences: the sign that is not a colour. They lie in
// a layer above the text, take no room in it, and let every click through.

import { comparedTags } from "./compared.js";
import { fromTheRight } from "./direction.js";
import { h } from "./dom.js";
import { plain } from "./plain.js";

export const SIGNS = { right: "✓", near: "≈", wrong: "✗", missed: "○", extra: "✗", fine: "✓", note: "•" };

/**
 * @typedef {{id: string, start: number, end?: number, words: string, colour: string, line: string, verdict: string}} Tag
 */

/**
 * The tags that the store asks for.
 * @param {import("./store.js").Store} store
 * @returns {Tag[]}
 */
export function tagsOf(store) {
  const compared = comparedTags(store);
  if (compared) return compared;
  if (store.mode === "sentences") {
    return store.units.map((unit) => {
      const label = store.labelOf(unit.id);
      const said = store.said(unit.id);
      return {
        id: unit.id,
        start: unit.start,
        end: unit.end,
        words: `${unit.name}${label ? ` ${label.short}` : ""}`,
        colour: label?.colour ?? "var(--bw-grey)",
        line: label?.line ?? "none",
        verdict: said?.verdict ?? "",
      };
    });
  }
  /** @type {Tag[]} */
  const asked = !store.some ? [] : store.units.map((unit) => ({
    id: unit.id,
    start: unit.start,
    end: unit.end,
    words: unit.name,
    colour: "var(--bw-grey)",
    line: "none",
    verdict: "",
  }));
  const marks = store.shown().map((mark) => {
    const label = store.byId.get(mark.label);
    return {
      id: mark.id,
      start: mark.start,
      end: mark.end,
      words: label?.short ?? mark.label,
      colour: label?.colour ?? "var(--bw-grey)",
      line: label?.line ?? "solid",
      verdict: store.said(mark.id)?.verdict ?? "",
    };
  });
  return [...asked, ...marks];
}

export class TagLayer {
  /** @param {import("./textview.js").TextView} view */
  constructor(view) {
    this.view = view;
    this.node = h("div", { class: "bw-tags", "aria-hidden": "true" });
    view.node.append(this.node);
    /**
     * What is shown. `x` counts from the side where the text begins: where that is the right
     * (`side` is -1) it grows to the left.
     * @type {Map<string, {tag: Tag, node: HTMLElement, block: number, side: 1 | -1, x: number, y: number}>}
     */
    this.shown = new Map();
    /** @type {Tag[]} */
    this.tags = [];
    this.size = "";
    this.later = 0;
    this.scrolled = () => {
      cancelAnimationFrame(this.later);
      this.later = requestAnimationFrame(() => this.lay());
    };
    view.node.addEventListener("scroll", this.scrolled, { passive: true });
    this.sizes = new ResizeObserver(() => this.resized());
    this.sizes.observe(view.node);
    if (view.blocks[0]) this.sizes.observe(view.blocks[0]);
  }

  /** The text was laid out anew: every tag has another place. */
  resized() {
    const first = this.view.blocks[0];
    const size = `${this.view.node.clientWidth} ${this.view.node.clientHeight} ${first?.offsetHeight}`;
    if (size === this.size) return;
    this.size = size;
    for (const { node } of this.shown.values()) node.remove();
    this.shown.clear();
    this.lay();
  }

  /** @param {Tag[]} tags */
  sync(tags) {
    this.tags = tags;
    this.lay();
  }

  /** Make, change and remove tags near sight; the page is measured only for new ones. */
  lay() {
    const { paragraphs, text, words } = this.view.store;
    /** @type {Map<string, Tag>} */
    const wanted = new Map();
    const { start, end } = this.tags.length ? this.view.inSight(300) : { start: 0, end: 0 };
    for (const tag of this.tags) if (tag.start >= start && tag.start < end) wanted.set(tag.id, tag);
    /** @type {Set<number>} */
    const touched = new Set();
    for (const [id, old] of this.shown) {
      const tag = wanted.get(id);
      if (tag && alike(tag, old.tag)) continue;
      old.node.remove();
      this.shown.delete(id);
      touched.add(old.block);
    }
    const fresh = [...wanted.values()].filter((tag) => !this.shown.has(tag.id));
    if (fresh.length) {
      const frame = this.node.getBoundingClientRect();
      /** @type {HTMLElement[]} */
      const made = [];
      for (const tag of fresh) {
        const block = words.paragraphAt(tag.start);
        const { start: from, end: to } = paragraphs[block];
        const side = fromTheRight(text.slice(from, to)) ? -1 : 1;
        const boxes = this.view.boxes({ start: tag.start, end: Math.min(tag.end ?? tag.start + 1, to, tag.start + 240) });
        const [first] = boxes;
        if (!first) continue;
        // Where directions mix, a mark's first letter need not be where it begins to the eye.
        const line = boxes.filter((box) => Math.abs(box.top - first.top) < 6);
        const edge = side > 0 ? Math.min(...line.map((box) => box.left)) : Math.max(...line.map((box) => box.right));
        const node = draw(tag);
        if (side < 0) node.style.transform = "translate(-100%, -80%)";
        const x = side * (edge - frame.left);
        const y = first.top - frame.top;
        this.shown.set(tag.id, { tag, node, block, side, x, y });
        touched.add(block);
        made.push(node);
      }
      // All at once: a tag that came between two measurements would have the text laid out for each.
      this.node.append(...made);
    }
    if (touched.size) this.spread(touched);
  }

  /**
   * Put the tags of some paragraphs side by side where they would lie on each other.
   * @param {Set<number>} touched
   */
  spread(touched) {
    const here = [...this.shown.values()].filter((one) => touched.has(one.block));
    here.sort((a, b) => a.y - b.y || a.x - b.x || a.tag.start - b.tag.start);
    let line = Number.NaN;
    let free = -Infinity;
    const wide = this.view.node.clientWidth;
    for (const { tag, node, side, x, y } of here) {
      if (!(Math.abs(y - line) < 6)) {
        line = y;
        free = -Infinity;
      }
      const width = 8 + tag.words.length * 6 + (tag.verdict ? 16 : 0);
      const room = (side > 0 ? wide : 0) - width;
      const left = Math.max(Math.min(x, room), free);
      node.style.left = `${side * left}px`;
      node.style.top = `${y}px`;
      // A tag that would stand far from its mark, or be cut off, says nothing; the list has it.
      const shown = left - x <= 60 && left <= room + 4;
      node.style.visibility = shown ? "visible" : "hidden";
      if (shown) free = left + width;
    }
  }

  destroy() {
    cancelAnimationFrame(this.later);
    this.view.node.removeEventListener("scroll", this.scrolled);
    this.sizes.disconnect();
    this.node.remove();
  }
}

/** @param {Tag} tag */
function draw(tag) {
  const sign = SIGNS[/** @type {keyof typeof SIGNS} */ (tag.verdict)] ?? "";
  return h(
    "span",
    { class: "bw-tag", style: { "--bw-c": tag.colour } },
    plain(tag.words),
    sign && h("span", { class: `bw-tag-sign bw-verdict-${tag.verdict}` }, ` ${sign}`),
  );
}

/**
 * @param {Tag} a
 * @param {Tag} b
 */
function alike(a, b) {
  return a.start === b.start && a.words === b.words && a.verdict === b.verdict && a.colour === b.colour;
}
