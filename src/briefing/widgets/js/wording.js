// What is read out about a mark, a sentence, the whole: words for people who do not see the page.

/**
 * @typedef {import("./state.js").State} Store
 */

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
  const source = store.mark(mark.source);
  return [
    `${store.nameOf(mark.label)}: ${quote(store, mark)}, mark ${place} of ${store.marks.length}.`,
    source ? `Linked to ${quote(store, source)}.` : "",
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
