// Says what is to be painted where: marks in their lanes, the key, the selection, the cursor.
// Pure but for reading the store.

import { paintComparison } from "./compared.js";
import { attribution, lanes } from "./marks.js";

/** @typedef {import("./painter.js").Paint} Paint */

/**
 * @param {import("./store.js").Store} store
 * @param {{cursor: boolean}} how whether the keyboard's cursor is to be seen
 * @returns {Map<string, Paint>}
 */
export function wanted(store, { cursor }) {
  /** @type {Map<string, Paint>} */
  const paint = new Map();
  for (const one of store.segments) {
    if (!one.unit && (one.grey || store.some)) paint.set(`grey:${one.id}`, { layer: "grey", start: one.start, end: one.end });
  }
  const compared = paintComparison(store, paint);
  if (store.mode === "sentences") {
    for (const unit of store.units) {
      const label = store.labelOf(unit.id);
      if (compared || !label || (store.only && store.only !== label.id)) continue;
      paint.set(unit.id, { layer: `l${label.look}-0`, start: unit.start, end: unit.end });
    }
    const unit = store.unitById.get(store.active ?? "");
    if (unit) paint.set("active", { layer: "active", start: unit.start, end: unit.end });
  } else {
    paintMarks(store, paint, compared);
    if (cursor && !store.pending) {
      const word = store.words.wordAt(store.cursor.focus);
      if (word) paint.set("cursor", { layer: "cursor", ...word });
    }
  }
  if (store.feedback && store.showKey && !compared) {
    // Where a mark and the key are one, one line is enough.
    const mine = new Set(store.marks.map(({ start, end, label }) => `${start}-${end}-${label}`));
    for (const mark of store.feedback.key) {
      const label = store.byId.get(mark.label);
      if (label && !mine.has(`${mark.start}-${mark.end}-${mark.label}`)) paint.set(mark.id, { layer: `k${label.look}`, start: mark.start, end: mark.end });
    }
  }
  if (store.pending) paint.set("pending", { layer: "pending", ...store.pending });
  return paint;
}

/**
 * @param {import("./store.js").Store} store
 * @param {Map<string, Paint>} paint
 * @param {boolean} compared whether the marks are painted already
 */
function paintMarks(store, paint, compared) {
  const lane = lanes(store.marks);
  for (const mark of compared ? [] : store.shown()) {
    const label = store.byId.get(mark.label);
    const layer = `l${label?.look ?? "x"}-${lane.get(mark.id) ?? 0}`;
    paint.set(mark.id, { layer, start: mark.start, end: mark.end });
  }
  const group = attribution(store.marks, store.active);
  for (const id of group) {
    const mark = store.mark(id);
    if (mark && id !== store.active) {
      paint.set(`group:${id}`, { layer: "group", start: mark.start, end: mark.end });
    }
  }
  const mark = store.mark(store.active);
  if (mark) paint.set("active", { layer: "active", start: mark.start, end: mark.end });
}
