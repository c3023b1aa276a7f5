// The text on the page: one text node a paragraph, and the way between offsets and nodes. It never
// decides what is marked and never changes the words.

import { h } from "./dom.js";

/** @typedef {import("./words.js").Stretch} Stretch */

/** How many UTF-16 units one text node holds at most; a longer one makes every highlight slow. */
const PIECE = 1200;

/** @typedef {{node: Text, start: number, end: number}} Piece */

export class TextView {
  /** @param {import("./store.js").Store} store */
  constructor(store) {
    this.store = store;
    this.node = h("div", { class: "bw-text", dir: "auto" });
    /** @type {HTMLElement[]} */
    this.blocks = store.paragraphs.map((paragraph, index) =>
      h(
        "p",
        { class: classOf(store, paragraph), dir: "auto", dataset: { p: index } },
        cut(store.text.slice(paragraph.start, paragraph.end)),
      ),
    );
    /** @type {Piece[][]} the text nodes of each paragraph with the offsets they hold */
    this.pieces = [];
    /** @type {Piece[] | null} all of them in one row; made when asked for */
    this.row = null;
    /**
     * What was in sight when it was last looked for, by margin, and where the text stood then.
     * @type {Map<number, {place: string, low: number, high: number}>}
     */
    this.sights = new Map();
    for (const index of this.blocks.keys()) this.repiece(index);
    this.node.append(...this.blocks);
  }

  /**
   * Look again at the text nodes of a paragraph.
   * @param {number} index
   */
  repiece(index) {
    let { start } = this.store.paragraphs[index];
    this.row = null;
    this.sights.clear();
    this.pieces[index] = [...textsOf(this.blocks[index])].map((node) => {
      const piece = { node, start, end: start + node.length };
      start = piece.end;
      return piece;
    });
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
    const pieces = this.pieces[index];
    if (!pieces?.length) return { node: this.node, offset: 0 };
    let low = 0;
    let high = pieces.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const { end } = pieces[middle];
      if (end < offset || (late && end === offset)) low = middle + 1;
      else high = middle;
    }
    const { node, start, end } = pieces[low];
    return { node, offset: Math.min(Math.max(offset, start), end) - start };
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
    const index = Number(block.dataset.p);
    const pieces = this.pieces[index];
    if (node.nodeType === Node.TEXT_NODE) {
      const piece = pieces.find((one) => one.node === node);
      return piece ? piece.start + offset : null;
    }
    const child = node.childNodes[offset];
    const next = child && pieces.find((one) => child === one.node || child.contains(one.node));
    if (next) return next.start;
    const last = pieces.findLast((one) => node.contains(one.node));
    return last ? last.end : this.store.paragraphs[index].start;
  }

  /**
   * The stretch of text that is in sight, with some of what is above and below.
   * @param {number} margin in pixels
   * @param {{known?: boolean}} [how] `known`: as it was when it was last looked for. To look makes the
   *   page lay out what has just changed, so whoever is about to change it asks for what is known
   * @returns {Stretch}
   */
  inSight(margin, { known = false } = {}) {
    this.row ??= this.pieces.flat();
    const all = this.row;
    if (!all.length) return { start: 0, end: 0 };
    let sight = this.sights.get(margin);
    if (!sight || !known) {
      const { clientWidth, clientHeight, scrollTop, scrollHeight } = this.node;
      const place = `${clientWidth} ${clientHeight} ${scrollTop} ${scrollHeight}`;
      if (sight?.place !== place) sight = { place, ...this.look(all, margin) };
      this.sights.set(margin, sight);
    }
    return { start: all[sight.low].start, end: all[sight.high].end };
  }

  /**
   * @param {Piece[]} all
   * @param {number} margin
   */
  look(all, margin) {
    const pane = this.node.getBoundingClientRect();
    const range = document.createRange();
    /** @param {(box: DOMRect) => boolean} before */
    const search = (before) => {
      let low = 0;
      let high = all.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        range.selectNodeContents(all[middle].node);
        if (before(range.getBoundingClientRect())) low = middle + 1;
        else high = middle;
      }
      return low;
    };
    return {
      low: search((box) => box.bottom < pane.top - margin),
      high: search((box) => box.top < pane.bottom + margin),
    };
  }

  /**
   * Ranges over a stretch, one for each paragraph it touches. Static ones: the page would have to
   * look at every live range at each of its changes, and the text never changes.
   * @param {Stretch} stretch
   * @returns {StaticRange[]}
   */
  ranges({ start, end }) {
    const { words, paragraphs } = this.store;
    /** @type {StaticRange[]} */
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
      found.push(
        new StaticRange({
          startContainer: from.node,
          startOffset: from.offset,
          endContainer: to.node,
          endOffset: to.offset,
        }),
      );
    }
    return found;
  }

  /**
   * The boxes of a stretch, in the page's viewport.
   * @param {Stretch} stretch
   * @returns {DOMRect[]}
   */
  boxes(stretch) {
    const range = document.createRange();
    return this.ranges(stretch).flatMap((one) => {
      range.setStart(one.startContainer, one.startOffset);
      range.setEnd(one.endContainer, one.endOffset);
      return [...range.getClientRects()];
    });
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
   * The offset nearest to a point outside the part of the text that is in sight; null for one inside.
   * @param {number} x
   * @param {number} y
   * @returns {number | null}
   */
  nearestTo(x, y) {
    const { left, top } = this.node.getBoundingClientRect();
    const { clientWidth, clientHeight } = this.node;
    const nearX = Math.min(Math.max(x, left + 1), left + clientWidth - 1);
    const nearY = Math.min(Math.max(y, top + 1), top + clientHeight - 1);
    return nearX === x && nearY === y ? null : this.offsetAt(nearX, nearY);
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
 * The words as text nodes of a bearable length, cut after a space and never inside a pair.
 * @param {string} words
 * @returns {Text[]}
 */
function cut(words) {
  /** @type {Text[]} */
  const nodes = [];
  let from = 0;
  while (words.length - from > PIECE) {
    const space = words.lastIndexOf(" ", from + PIECE - 1);
    let to = space > from ? space + 1 : from + PIECE;
    const unit = words.charCodeAt(to);
    if (unit >= 0xdc00 && unit <= 0xdfff) to += 1;
    nodes.push(document.createTextNode(words.slice(from, to)));
    from = to;
  }
  nodes.push(document.createTextNode(words.slice(from)));
  return nodes;
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
