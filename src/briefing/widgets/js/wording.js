// What is read out about a mark, a sentence, the whole: words for people who do not see the page.

import { short } from "./dom.js";
import { attribution } from "./marks.js";
import { apart } from "./plain.js";

/**
 * @typedef {import("./state.js").State} Store
 */

/**
 * The marks of one attribution: the source, then what is linked to it, by place.
 * @param {Store} store
 * @param {string} id any of them
 * @returns {import("./marks.js").Mark[]}
 */
function together(store, id) {
  const ids = attribution(store.marks, id);
  const root = store.mark(id)?.source ?? id;
  return store.marks.filter((mark) => ids.has(mark.id)).sort((a, b) => Number(b.id === root) - Number(a.id === root));
}

/**
 * An attribution on one line: officials ← said → 64 targets.
 * @param {Store} store
 * @param {string} id any of its marks
 */
export function chain(store, id) {
  const words = together(store, id).map((mark) => apart(short(store.text.slice(mark.start, Math.min(mark.end, mark.start + 120)), 30)));
  return words.map((one, i) => (i ? `${i === 1 ? " ← " : " → "}${one}` : one)).join("");
}

/**
 * An attribution as it is read out; empty where nothing is linked.
 * @param {Store} store
 * @param {string} id
 */
export function chainSaid(store, id) {
  const marks = together(store, id);
  if (marks.length < 2) return "";
  const parts = marks.map((mark) => `${store.nameOf(mark.label)} ${quote(store, mark)}`);
  return `One attribution: ${parts.join(", ")}.`;
}

/**
 * The words of a stretch in quotation marks; long ones are cut in the middle.
 * @param {Store} store
 * @param {import("./words.js").Stretch} stretch
 */
export function quote(store, { start, end }) {
  const words = store.text.slice(start, end).replace(/\s+/gu, " ");
  return words.length > 120 ? `“${words.slice(0, 60)} … ${words.slice(-50)}”` : `“${words}”`;
}

/**
 * @param {Store} store
 * @param {import("./marks.js").Mark} mark
 */
export function describeMark(store, mark) {
  const place = store.marks.indexOf(mark) + 1;
  return [
    `${store.nameOf(mark.label)}: ${quote(store, mark)}, mark ${place} of ${store.marks.length}.`,
    chainSaid(store, mark.id),
    mark.note ? `Note: ${mark.note.slice(0, 200)}` : "",
    store.said(mark.id)?.text ?? "",
  ]
    .filter(Boolean)
    .join(" ");
}

/**
 * @param {Store} store
 * @param {import("./state.js").Segment} unit
 */
export function describeUnit(store, unit) {
  const label = store.labelOf(unit.id);
  const words = store.text.slice(unit.start, unit.end).replace(/\s+/gu, " ");
  const said = store.said(unit.id)?.text;
  return [`Sentence ${unit.name}, ${unit.number} of ${store.units.length}, ${label?.name ?? "no label"}.`, said, words]
    .filter(Boolean)
    .join(" ");
}
