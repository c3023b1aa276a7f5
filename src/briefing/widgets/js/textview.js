// The text on the page: one text node a paragraph, and the way between offsets and nodes. It never
// decides what is marked and never changes the words.

import { h } from "./dom.js";

/** @typedef {import("./words.js").Stretch} Stretch */

export class TextView {
  /** @param {import("./store.js").Store} store */
  constructor(store) {
    this.store = store;
    this.node = h("div", { class: "bw-text", dir: "auto" });
    /** @type {HTMLElement[]} */
    this.blocks = store.paragraphs.map((paragraph, index) => {
      const block = h(
        "p",
        { class: classOf(store, paragraph), dir: "auto", dataset: { p: index } },
        store.text.slice(paragraph.start, paragraph.end),
      );
      return block;
    });
    this.node.append(...this.blocks);
  }

  /**
   * The node and the offset in it for an offset in the text. At the border of two pieces `late`
   * takes the later one.
   * @param {number} offset
   * @param {boolean} [late]
   * @returns {{node: Node, offset: number}}
   */
  positionOf(offset, late = true) {
    const index = this.store.words.paragraphAt(offset);
    const block = this.blocks[index];
    const paragraph = this.store.paragraphs[index];
    let rest = Math.min(Math.max(offset - paragraph.start, 0), paragraph.end - paragraph.start);
    const only = block.firstChild;
    if (only && only === block.lastChild && only.nodeType === Node.TEXT_NODE) {
      return { node: only, offset: rest };
    }
    /** @type {Text | null} */
    let last = null;
    for (const text of textsOf(block)) {
      last = text;
      if (rest < text.length || (rest === text.length && !late)) return { node: text, offset: rest };
      rest -= text.length;
    }
    return last ? { node: last, offset: last.length } : { node: block, offset: 0 };
  }

  /**
   * The offset in the text for a place in the page; null outside the text.
   * @param {Node | null} node
   * @param {number} offset
   * @returns {number | null}
   */
  offsetOf(node, offset) {
    if (!node || !this.node.contains(node)) return null;
    if (node === this.node) {
      const next = this.store.paragraphs[offset];
      return next ? next.start : this.store.text.length;
    }
    const element = node instanceof Element ? node : node.parentElement;
    const block = element?.closest("[data-p]");
    if (!(block instanceof HTMLElement)) return null;
    const paragraph = this.store.paragraphs[Number(block.dataset.p)];
    if (node.nodeType !== Node.TEXT_NODE) {
      let length = 0;
      for (const child of [...node.childNodes].slice(0, offset)) length += child.textContent?.length ?? 0;
      let before = 0;
      if (node !== block) for (const text of textsOf(block)) {
        if (node.contains(text)) break;
        before += text.length;
      }
      return paragraph.start + before + length;
    }
    let before = 0;
    for (const text of textsOf(block)) {
      if (text === node) return paragraph.start + before + offset;
      before += text.length;
    }
    return null;
  }

  /**
   * Ranges over a stretch, one for each paragraph it touches.
   * @param {Stretch} stretch
   * @returns {Range[]}
   */
  ranges({ start, end }) {
    const { words, paragraphs } = this.store;
    /** @type {Range[]} */
    const found = [];
    if (end <= start) return found;
    for (let i = words.paragraphAt(start); i < paragraphs.length; i += 1) {
      const paragraph = paragraphs[i];
      if (paragraph.start >= end) break;
      const low = Math.max(start, paragraph.start);
      const high = Math.min(end, paragraph.end);
      if (low >= high) continue;
      const from = this.positionOf(low, true);
      const to = this.positionOf(high, false);
      const range = document.createRange();
      range.setStart(from.node, from.offset);
      range.setEnd(to.node, to.offset);
      found.push(range);
    }
    return found;
  }

  /**
   * The boxes of a stretch, in the page's viewport.
   * @param {Stretch} stretch
   * @returns {DOMRect[]}
   */
  boxes(stretch) {
    return this.ranges(stretch).flatMap((range) => [...range.getClientRects()]);
  }

  /**
   * The offset under a point of the viewport; null beside the words.
   * @param {number} x
   * @param {number} y
   * @returns {number | null}
   */
  offsetAt(x, y) {
    const page = /** @type {any} */ (document);
    if (page.caretPositionFromPoint) {
      const place = page.caretPositionFromPoint(x, y);
      return place && this.offsetOf(place.offsetNode, place.offset);
    }
    const range = page.caretRangeFromPoint?.(x, y);
    return range && this.offsetOf(range.startContainer, range.startOffset);
  }

  /**
   * What the reader has selected with the browser's own means, or null.
   * @returns {Stretch | null}
   */
  selected() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(this.node)) return null;
    const start = this.offsetOf(range.startContainer, range.startOffset) ?? this.edge(range, true);
    const end = this.offsetOf(range.endContainer, range.endOffset) ?? this.edge(range, false);
    return start < end ? { start, end } : null;
  }

  /**
   * A selection that begins or ends outside the text is cut at the text's own edge.
   * @param {Range} range
   * @param {boolean} first
   */
  edge(range, first) {
    const node = first ? range.startContainer : range.endContainer;
    const before = this.node.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING;
    return before ? 0 : this.store.text.length;
  }

  /**
   * Show the browser's own selection over a stretch, so that it can be copied and is read out.
   * @param {Stretch | null} stretch
   */
  selectNatively(stretch) {
    const selection = document.getSelection();
    if (!selection) return;
    if (!stretch) {
      if (this.selected()) selection.removeAllRanges();
      return;
    }
    const from = this.positionOf(stretch.start, true);
    const to = this.positionOf(stretch.end, false);
    selection.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
  }

  /**
   * Bring a stretch into sight inside the text's own scrolling, and only as far as is needed.
   * @param {Stretch} stretch
   */
  reveal(stretch) {
    const [box] = this.boxes({ start: stretch.start, end: Math.min(stretch.end, stretch.start + 1) });
    if (!box) return;
    const pane = this.node.getBoundingClientRect();
    const room = Math.min(64, pane.height / 4);
    const smooth = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    const behavior = smooth ? "smooth" : "auto";
    if (box.top < pane.top + room / 2) {
      this.node.scrollBy({ top: box.top - pane.top - room, behavior });
    } else if (box.bottom > pane.bottom - room / 2) {
      this.node.scrollBy({ top: box.bottom - pane.bottom + room, behavior });
    }
  }
}

/**
 * @param {Node} block
 * @returns {Generator<Text>}
 */
function* textsOf(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) yield /** @type {Text} */ (node);
}

/**
 * A paragraph that lies wholly in one kind of segment takes that kind's look.
 * @param {import("./store.js").Store} store
 * @param {Stretch} paragraph
 */
function classOf(store, paragraph) {
  const inside = store.segments.filter(
    (one) => one.start < paragraph.end && one.end > paragraph.start,
  );
  const parts = new Set(inside.map((one) => one.part));
  if (parts.size !== 1) return "bw-par";
  const [part] = parts;
  return /^[a-z_-]+$/u.test(part) ? `bw-par bw-part-${part}` : "bw-par";
}
