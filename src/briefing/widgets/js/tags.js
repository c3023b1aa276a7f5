// Short tags over the beginnings of marks and sentences: the sign that is not a colour. They lie in
// a layer above the text, take no room in it, and let every click through.

import { h } from "./dom.js";

export const SIGNS = { right: "✓", near: "≈", wrong: "✗", missed: "○", extra: "✗", fine: "✓", note: "•" };

/**
 * @typedef {{id: string, start: number, words: string, colour: string, line: string, verdict: string}} Tag
 */

/**
 * The tags that the store asks for.
 * @param {import("./store.js").Store} store
 * @returns {Tag[]}
 */
export function tagsOf(store) {
  if (store.mode === "sentences") {
    return store.units.map((unit) => {
      const label = store.labelOf(unit.id);
      const said = store.said(unit.id);
      return {
        id: unit.id,
        start: unit.start,
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
    /** @type {Map<string, {tag: Tag, node: HTMLElement, block: number, x: number, y: number}>} */
    this.shown = new Map();
    /** @type {Set<number>} paragraphs in or near sight */
    this.near = new Set();
    /** @type {Tag[]} */
    this.tags = [];
    this.width = 0;
    this.watcher = new IntersectionObserver((seen) => this.seen(seen), {
      root: view.node,
      rootMargin: "400px 0px",
    });
    for (const block of view.blocks) this.watcher.observe(block);
    this.sizes = new ResizeObserver(() => this.resized());
    this.sizes.observe(view.node);
    for (const block of view.blocks.slice(0, 1)) this.sizes.observe(block);
  }

  /** @param {IntersectionObserverEntry[]} seen */
  seen(seen) {
    for (const { target, isIntersecting } of seen) {
      const index = Number(/** @type {HTMLElement} */ (target).dataset.p);
      if (isIntersecting) this.near.add(index);
      else this.near.delete(index);
    }
    this.lay();
  }

  resized() {
    const width = this.view.node.clientWidth;
    const height = this.view.blocks[0]?.offsetHeight ?? 0;
    const size = width * 10_000 + height;
    if (size === this.width) return;
    this.width = size;
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
    const { words } = this.view.store;
    /** @type {Map<string, Tag>} */
    const wanted = new Map();
    for (const tag of this.tags) if (this.near.has(words.paragraphAt(tag.start))) wanted.set(tag.id, tag);
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
      for (const tag of fresh) {
        const [box] = this.view.boxes({ start: tag.start, end: tag.start + 1 });
        if (!box) continue;
        const block = words.paragraphAt(tag.start);
        const node = draw(tag);
        const x = box.left - frame.left;
        const y = box.top - frame.top;
        this.shown.set(tag.id, { tag, node, block, x, y });
        touched.add(block);
        this.node.append(node);
      }
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
    let free = 0;
    for (const { tag, node, x, y } of here) {
      if (!(Math.abs(y - line) < 6)) {
        line = y;
        free = 0;
      }
      const left = Math.max(x, free);
      node.style.left = `${left}px`;
      node.style.top = `${y}px`;
      // A tag that would stand far from its mark says nothing; the list has it.
      node.style.visibility = left - x > 60 ? "hidden" : "visible";
      if (left - x <= 60) free = left + 8 + tag.words.length * 5.8 + (tag.verdict ? 10 : 0);
    }
  }

  destroy() {
    this.watcher.disconnect();
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
    tag.words,
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
