// Paints stretches of the text in named layers: with the CSS Custom Highlight API, or with plain
// <mark> elements where a browser lacks it. Neither moves a letter: no padding, no line height.

import { h, unique } from "./dom.js";
import { LANES } from "./marks.js";

/**
 * @typedef {{layer: string, start: number, end: number}} Paint
 * @typedef {import("./store.js").Label} Label
 */

/** Layers above the labels' own, the last on top. */
const ABOVE = ["grey", "group", "active", "cursor", "pending"];

/** @returns {boolean} whether this browser can paint without elements */
export function canHighlight() {
  return typeof Highlight === "function" && Boolean(CSS.highlights);
}

/**
 * The style of each layer; colours are those of the label, lines differ as well.
 * @param {Label[]} labels
 * @returns {Map<string, string>}
 */
function styles(labels) {
  const found = new Map();
  // A label that nobody told us of: grey, never another label's colour.
  const unknown = { look: "x", colour: "var(--bw-grey)", line: "dotted" };
  // Labels that look alike share a layer: a reader may have two hundred, and each layer costs every word.
  for (const label of [...labels.filter(({ look, index }) => look === index), unknown]) {
    for (let lane = 0; lane < LANES; lane += 1) {
      const under =
        `text-decoration: underline ${label.line} ${label.colour} ${label.line === "double" ? 2 : 2.5}px;` +
        `text-underline-offset: ${4 + lane * 4}px;`;
      // On the paper's own colour, so that tints never add up to something unreadable: the inner
      // mark lies on the outer one, and the lines tell how many there are.
      const tint = `background-color: color-mix(in srgb, ${label.colour} calc(var(--bw-tint) + ${lane * 4}%), var(--bw-bg));`;
      found.set(`l${label.look}-${lane}`, tint + under);
      found.set(`u${label.look}-${lane}`, under);
      // The marks of another: lines over the words, the inner ones thicker.
      found.set(`k${label.look}-${lane}`, `text-decoration: overline ${label.line} ${label.colour} ${2 + lane * 2}px;`);
    }
    found.set(
      `k${label.look}`,
      `text-decoration: overline ${label.line} ${label.colour} 2px;`,
    );
  }
  for (const group of ["label", "mine", "theirs"]) {
    for (let lane = 0; lane < LANES; lane += 1) {
      found.set(`g-${group}-${lane}`, `background-color: color-mix(in srgb, var(--bw-g-${group}) var(--bw-tint), var(--bw-bg));`);
    }
  }
  found.set("grey", "color: var(--bw-grey);");
  found.set("group", "background-color: color-mix(in srgb, var(--bw-select) 70%, transparent);");
  found.set("active", "background-color: var(--bw-select);");
  found.set("cursor", "background-color: color-mix(in srgb, var(--bw-focus) 22%, transparent);");
  found.set("pending", "background-color: color-mix(in srgb, var(--bw-focus) 30%, transparent);");
  return found;
}

/** Where a reader's system sets all colours (High Contrast): every tint would become the same block. */
const FORCED = "@media (forced-colors: active)";

/**
 * What is left of a layer in the system's own colours: lines for marks, a block for what is chosen.
 * @param {string} layer
 */
function forced(layer) {
  if (["active", "pending", "cursor"].includes(layer)) return "background-color: Highlight; color: HighlightText;";
  if (layer === "grey") return "color: GrayText;";
  return "background-color: Canvas; color: CanvasText; text-decoration-color: CanvasText;";
}

/**
 * @param {string} layer
 */
function priorityOf(layer) {
  const above = ABOVE.indexOf(layer);
  if (above >= 1) return 100 + above;
  if (layer === "grey") return 0;
  if (layer.startsWith("k")) return 50 + Number(layer.split("-")[1] ?? 0);
  return 10 + Number(layer.split("-").at(-1) ?? 0);
}

/** Paints with CSS highlights whose names only this widget uses. */
export class HighlightPainter {
  /**
   * @param {import("./textview.js").TextView} view
   * @param {Label[]} labels
   */
  constructor(view, labels) {
    this.view = view;
    this.stem = unique("hl");
    /** @type {Map<string, Highlight>} */
    this.layers = new Map();
    /** @type {Map<string, {paint: Paint, ranges: StaticRange[]}>} */
    this.painted = new Map();
    view.node.dataset.painted = this.stem;
    this.styles = styles(labels);
    this.sheet = h("style", {});
    for (const layer of ABOVE) this.style(layer);
  }

  /**
   * Tell the page how a layer looks. For the text's own paragraphs alone, and a layer of marks when
   * its first mark comes: a browser makes a style of every layer that is told for every element that
   * the rule may hold for, at each click somewhere in the notebook.
   * @param {string} layer
   */
  style(layer) {
    const where = `[data-painted="${this.stem}"] > p::highlight(${this.stem}-${layer})`;
    this.sheet.append(`${where} { ${this.styles.get(layer)} }\n`, `${FORCED} { ${where} { ${forced(layer)} } }\n`);
  }

  /**
   * Paint exactly this, touching only what differs from before.
   * @param {Map<string, Paint>} wanted
   */
  sync(wanted) {
    for (const [id, old] of this.painted) {
      if (same(old.paint, wanted.get(id))) continue;
      for (const range of old.ranges) this.layers.get(old.paint.layer)?.delete(range);
      this.painted.delete(id);
    }
    for (const [id, paint] of wanted) {
      if (this.painted.has(id)) continue;
      const ranges = this.view.ranges(paint);
      const layer = this.layer(paint.layer);
      for (const range of ranges) layer.add(range);
      this.painted.set(id, { paint, ranges });
    }
  }

  /** @param {string} name */
  layer(name) {
    const known = this.layers.get(name);
    if (known) return known;
    const made = new Highlight();
    made.priority = priorityOf(name);
    if (!ABOVE.includes(name)) this.style(name);
    CSS.highlights.set(`${this.stem}-${name}`, made);
    this.layers.set(name, made);
    return made;
  }

  destroy() {
    for (const name of this.layers.keys()) CSS.highlights.delete(`${this.stem}-${name}`);
    this.layers.clear();
    this.painted.clear();
    this.sheet.remove();
  }
}

/** Paints with <mark> elements: slower, the same look, for browsers without highlights. */
export class ElementPainter {
  /**
   * @param {import("./textview.js").TextView} view
   * @param {Label[]} labels
   */
  constructor(view, labels) {
    this.view = view;
    this.stem = unique("el");
    /** @type {Map<string, Paint>} */
    this.painted = new Map();
    const rules = [...styles(labels)].map(
      ([layer, style]) =>
        `.${this.stem}-${layer} { ${style} }\n${FORCED} { .bw-text .${this.stem}-${layer} { ${forced(layer)} } }`,
    );
    this.sheet = h("style", {}, `.bw-text mark { background: none; color: inherit; }\n${rules.join("\n")}`);
  }

  /** @param {Map<string, Paint>} wanted */
  sync(wanted) {
    /** @type {Set<number>} */
    const touched = new Set();
    const touch = (/** @type {Paint} */ paint) => {
      const { words, paragraphs } = this.view.store;
      for (let i = words.paragraphAt(paint.start); i < paragraphs.length; i += 1) {
        if (paragraphs[i].start >= paint.end) break;
        touched.add(i);
      }
    };
    for (const [id, paint] of this.painted) if (!same(paint, wanted.get(id))) touch(paint);
    for (const [id, paint] of wanted) if (!same(paint, this.painted.get(id))) touch(paint);
    this.painted = new Map(wanted);
    for (const index of touched) this.render(index);
  }

  /** @param {number} index */
  render(index) {
    const { paragraphs, text } = this.view.store;
    const { start, end } = paragraphs[index];
    const here = [...this.painted.values()]
      .filter((paint) => paint.start < end && paint.end > start)
      .sort((a, b) => priorityOf(b.layer) - priorityOf(a.layer)); // the topmost is the innermost element
    const cuts = new Set([start, end]);
    for (const paint of here) {
      cuts.add(Math.max(start, paint.start));
      cuts.add(Math.min(end, paint.end));
    }
    const order = [...cuts].sort((a, b) => a - b);
    const pieces = order.slice(1).map((to, i) => {
      const from = order[i];
      const over = here.filter((paint) => paint.start < to && paint.end > from);
      // One element a layer, nested, so that every line under the text is drawn.
      return over.reduce(
        (/** @type {Node} */ inner, paint) => h("mark", { class: `${this.stem}-${paint.layer}` }, inner),
        document.createTextNode(text.slice(from, to)),
      );
    });
    this.view.blocks[index].replaceChildren(...pieces);
    this.view.repiece(index);
  }

  destroy() {
    this.sync(new Map());
    this.sheet.remove();
  }
}

/**
 * @param {Paint} a
 * @param {Paint | undefined} b
 */
function same(a, b) {
  return Boolean(b) && a.layer === b?.layer && a.start === b.start && a.end === b.end;
}
