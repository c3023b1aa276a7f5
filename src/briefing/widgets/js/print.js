// What is printed instead of the panes: the whole text with its marks, the legend, notes and reasons.
// Lines and short names tell the labels apart on a black-and-white printer too. No buttons.

import { GROUPS, GROUP_SIGNS, groupName } from "./comparison.js";
import { fill, h } from "./dom.js";
import { bidi, plain } from "./plain.js";
import { VERDICTS, rowsOf } from "./rows.js";
import { SIGNS } from "./tags.js";
import { chain } from "./wording.js";
import { attributions } from "./marks.js";

/**
 * @typedef {import("./store.js").Store} Store
 * @typedef {{start: number, end: number, colour: string, line: string, words: string, over: boolean}} Line
 */

/** Lines drawn over one another at most. */
const MOST = 12;

/**
 * @param {Store} store
 * @returns {HTMLElement}
 */
export function printView(store) {
  const now = store.comparison();
  const summary = now?.summary ?? store.feedback?.summary;
  const legend = store.labels.map((label) =>
    h("span", { class: "bw-print-label" }, h("span", { style: lineStyle(label.colour, label.line, false, 0) }, bidi(label.name)), label.short !== label.name && ` [${plain(label.short)}]`),
  );
  const signs = now && GROUPS.map((group) => `${GROUP_SIGNS[group]} ${groupName(group, now.other)}`).join(" · ");
  const lines = linesOf(store);
  return h(
    "div",
    { class: "bw-print" },
    summary && h("p", { dir: "auto" }, h("strong", {}, plain(summary))),
    h("p", {}, "Labels: ", ...legend),
    now && h("p", { dir: "auto" }, plain(`${signs}. Lines under the words: ${now.other.own}; lines over them: ${now.other.name}.`)),
    ...store.paragraphs.map((paragraph) => paragraphOf(store, paragraph, lines)),
    beside(store),
  );
}

/**
 * @param {Store} store
 * @returns {Line[]}
 */
function linesOf(store) {
  const look = (/** @type {string} */ id) => store.byId.get(id) ?? { colour: "var(--bw-grey)", line: "dotted", short: id };
  const now = store.comparison();
  /** @type {Line[]} */
  const lines = [];
  if (now) {
    for (const { group, start, end, label, theirLabel, theirs } of store.entries()) {
      const own = look(label);
      const other = look(theirLabel);
      const words = group === "label" ? `${own.short} ≠ ${other.short}` : `${GROUP_SIGNS[group]} ${own.short}`;
      if (group !== "theirs") lines.push({ start, end, ...own, words, over: false });
      if (theirLabel) {
        const place = theirs ?? { start, end };
        lines.push({ start: place.start, end: place.end, ...other, words: group === "theirs" ? words : "", over: true });
      }
    }
  } else if (store.mode === "sentences") {
    for (const { id, start, end } of store.units) {
      const label = store.labelOf(id);
      if (label) lines.push({ start, end, ...label, words: label.short, over: false });
    }
  } else {
    for (const mark of store.shown()) {
      const label = look(mark.label);
      lines.push({ start: mark.start, end: mark.end, ...label, words: label.short, over: false });
    }
  }
  return lines.sort((a, b) => a.end - a.start - (b.end - b.start));
}

/**
 * @param {string} colour
 * @param {string} line
 * @param {boolean} over
 * @param {number} depth how many lines lie nearer to the words
 */
function lineStyle(colour, line, over, depth) {
  const side = over ? "top" : "bottom";
  return { [`border-${side}`]: `2px ${line} ${colour}`, [`padding-${side}`]: `${depth * 3}px` };
}

/**
 * @param {Store} store
 * @param {import("./words.js").Stretch} paragraph
 * @param {Line[]} lines the shortest first
 */
function paragraphOf(store, { start, end }, lines) {
  const here = lines.filter((one) => one.start < end && one.end > start);
  const names = store.some || store.mode === "sentences" ? store.units.filter((unit) => start <= unit.start && unit.start < end) : [];
  const cuts = new Set([start, end, ...names.map((unit) => unit.start)]);
  for (const one of here) {
    cuts.add(Math.max(start, one.start));
    cuts.add(Math.min(end, one.end));
  }
  const order = [...cuts].sort((a, b) => a - b);
  const node = h("p", { class: "bw-print-par", dir: "auto" });
  for (const [i, to] of order.slice(1).entries()) {
    const from = order[i];
    const name = names.find((unit) => unit.start === from)?.name;
    if (name) fill(node, h("span", { class: "bw-print-name" }, `${name} `));
    const over = here.filter((one) => one.start < to && one.end > from);
    const depth = { over: 0, under: 0 };
    /** @type {Node} */
    let piece = document.createTextNode(store.text.slice(from, to));
    for (const one of over.slice(0, MOST)) {
      const side = one.over ? "over" : "under";
      piece = h("span", { style: lineStyle(one.colour, one.line, one.over, depth[side]) }, piece);
      depth[side] += 1;
    }
    fill(node, piece);
    const ended = over.filter((one) => one.end === to && one.words).reverse();
    if (ended.length) fill(node, h("span", { class: "bw-print-name" }, " [", ...ended.flatMap((one, n) => [n ? ", " : "", bidi(one.words)]), "]"));
  }
  return node;
}

/**
 * The verdict as a sign and words; nothing where there is none.
 * @param {import("./rows.js").Row} row
 */
function verdictOf(row) {
  const verdict = /** @type {keyof typeof VERDICTS} */ (row.verdict);
  return VERDICTS[verdict] ? `${SIGNS[verdict]} ${VERDICTS[verdict]}. ` : "";
}

/**
 * Attributions, notes and what was said of each part.
 * @param {Store} store
 */
function beside(store) {
  const roots = store.mode === "spans" ? new Set(attributions(store.marks).values()) : new Set();
  const parts = [...roots].map((root) => h("li", { dir: "auto" }, `Attribution: ${chain(store, root)}`));
  for (const mark of store.shown()) {
    if (mark.note) parts.push(h("li", { dir: "auto" }, `Note on ${plain(store.quote(mark))}: ${plain(mark.note)}`));
  }
  for (const { theirs } of store.entries()) {
    if (theirs?.note) parts.push(h("li", { dir: "auto" }, plain(`Note of ${store.comparison()?.other.name} on ${store.quote(theirs)}: ${theirs.note}`)));
  }
  for (const row of rowsOf(store)) {
    if (row.said) parts.push(h("li", { dir: "auto" }, `${[row.where, plain(row.label)].filter(Boolean).join(" ")} “${plain(row.words)}”: ${verdictOf(row)}${row.said}`));
  }
  return parts.length ? h("ul", { class: "bw-print-list" }, parts) : null;
}
