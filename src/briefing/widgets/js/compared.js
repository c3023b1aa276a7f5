// What a comparison looks like: its paint, its tags and its rows. The own marks are lines under the
// words and the other's lines over them, so that both can be told apart without any colour.

import { GROUP_SIGNS, groupName } from "./comparison.js";
import { short } from "./dom.js";
import { LANES, lanes } from "./marks.js";
import { excerpt, sentenceOf } from "./rows.js";

/**
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./painter.js").Paint} Paint
 */

/**
 * @param {Store} store
 * @param {Map<string, Paint>} paint is added to
 * @returns {boolean} whether anything is compared
 */
export function paintComparison(store, paint) {
  const now = store.comparison();
  if (!now) return false;
  const own = lanes(store.marks);
  const theirs = lanes([...now.other.marks].sort((a, b) => a.start - b.start || b.end - a.end));
  const index = (/** @type {string} */ label) => store.byId.get(label)?.look ?? "x";
  for (const { id, group, start, end, label, theirLabel, theirs: mark } of store.entries()) {
    const lane = store.mode === "sentences" ? 0 : (own.get(id) ?? 0);
    if (group !== "theirs") paint.set(id, { layer: `u${index(label)}-${lane}`, start, end });
    if (group !== "both") paint.set(`group:${id}`, { layer: `g-${group}-${Math.min(lane, LANES - 1)}`, start, end });
    if (mark) {
      const layer = `k${index(theirLabel)}-${theirs.get(mark.id) ?? 0}`;
      paint.set(`over:${id}`, { layer, start: mark.start, end: mark.end });
    } else if (theirLabel && group !== "both") paint.set(`over:${id}`, { layer: `k${index(theirLabel)}-0`, start, end });
  }
  const active = store.theirs(store.active);
  if (active) paint.set("active", { layer: "active", start: active.start, end: active.end });
  return true;
}

/**
 * @param {Store} store
 * @returns {import("./tags.js").Tag[] | null}
 */
export function comparedTags(store) {
  const now = store.comparison();
  if (!now) return null;
  const name = (/** @type {string} */ label) => store.byId.get(label)?.short ?? label;
  const tags = store.entries().map(({ id, group, start, end, label, theirLabel }) => {
    const own = store.byId.get(label);
    const unit = store.unitById.get(id)?.name;
    const sign = GROUP_SIGNS[group];
    const words = group === "label" ? `${name(label)} ${sign} ${name(theirLabel)}` : `${sign} ${name(label)}`;
    return {
      id,
      start,
      end,
      words: [unit, words].filter(Boolean).join(" "),
      colour: own?.colour ?? "var(--bw-grey)",
      line: own?.line ?? "none",
      verdict: "",
    };
  });
  const known = new Set(tags.map((tag) => tag.id));
  const asked = store.some || store.mode === "sentences" ? store.units.filter((unit) => !known.has(unit.id)) : [];
  const bare = asked.map(({ id, start, end, name: words }) => ({ id, start, end, words, colour: "var(--bw-grey)", line: "none", verdict: "" }));
  return [...tags, ...bare].sort((a, b) => a.start - b.start);
}

/**
 * @param {Store} store
 * @returns {import("./rows.js").Row[] | null}
 */
export function comparedRows(store) {
  const now = store.comparison();
  if (!now) return null;
  const sentences = store.mode === "sentences";
  return store.entries().map((entry) => {
    const { id, group, start, end } = entry;
    const label = store.byId.get(entry.label);
    const unit = store.unitById.get(id);
    const own = store.mark(id);
    const name = label?.name ?? entry.label;
    return {
      id,
      start,
      kind: group === "theirs" ? "theirs" : sentences ? "unit" : "mark",
      where: unit ? unit.name : sentenceOf(store, start),
      label: group === "label" ? `${name} / ${store.nameOf(entry.theirLabel)}` : name,
      colour: label?.colour ?? "var(--bw-grey)",
      line: label?.line ?? "dotted",
      words: sentences ? short(store.text.slice(start, Math.min(end, start + 200)), 64) : excerpt(store, start, end),
      more: moreOf(store, entry, now.other.name, own?.note ?? ""),
      verdict: "",
      said: store.said(id)?.text ?? saidAt(store, entry),
      active: id === store.active,
      group,
      groupName: groupName(group, now.other),
    };
  });
}

/**
 * Where the other's words are not the same, and the notes of both.
 * @param {Store} store
 * @param {import("./comparison.js").Entry} entry
 * @param {string} name
 * @param {string} note
 */
function moreOf(store, { start, end, theirs }, name, note) {
  const other = theirs && (theirs.start !== start || theirs.end !== end) ? `${name}: ${excerpt(store, theirs.start, theirs.end)}` : "";
  return [note && `“${short(note, 80)}”`, other, theirs?.note && `${name}: “${short(theirs.note, 80)}”`].filter(Boolean).join("  ");
}

/**
 * What a check has said of a place that only the key has.
 * @param {Store} store
 * @param {import("./comparison.js").Entry} entry
 */
function saidAt(store, { group, start, end }) {
  if (group !== "theirs") return "";
  return store.feedback?.items.find((item) => item.span?.start === start && item.span.end === end)?.text ?? "";
}
