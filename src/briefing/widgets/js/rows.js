// What stands in the list beside the text: a row for every mark or sentence, with what was said of
// it; marks that belong to one attribution stand together under a line of their own.

import { comparedRows } from "./compared.js";
import { short } from "./dom.js";
import { attributions } from "./marks.js";
import { chain } from "./wording.js";

/**
 * @typedef {object} Row
 * @property {string} id
 * @property {number} start
 * @property {string} kind "mark", "unit", "missed", "theirs", or "group" for the line over an attribution
 * @property {string} where the name of the sentence it lies in, where the sentences have names
 * @property {string} label
 * @property {string} colour
 * @property {string} line
 * @property {string} words
 * @property {string} more note and link, in words
 * @property {string} verdict
 * @property {string} said
 * @property {boolean} active
 * @property {number} [first] where the attribution begins that it belongs to
 * @property {string} [root] the source of that attribution
 * @property {import("./comparison.js").Group} [group] where two sets of marks are compared
 * @property {string} [groupName]
 */

export const VERDICTS = {
  right: "right",
  near: "nearly",
  wrong: "not right",
  missed: "missed",
  extra: "not in the key",
  fine: "fine",
  note: "note",
};

/**
 * @param {import("./store.js").Store} store
 * @returns {Row[]}
 */
export function rowsOf(store) {
  const compared = comparedRows(store);
  if (compared) return compared;
  const rows = store.mode === "sentences" ? unitRows(store) : markRows(store);
  const known = new Set(rows.map((row) => row.id));
  const more = (store.feedback?.items ?? []).filter((item) => item.span || !known.has(item.target));
  for (const [i, item] of more.entries()) {
    if (!item.span) continue;
    const label = store.byId.get(item.label);
    rows.push({
      id: `said${i}`,
      start: item.span.start,
      kind: "missed",
      where: sentenceOf(store, item.span.start),
      label: label?.name ?? item.label ?? "",
      colour: label?.colour ?? "var(--bw-grey)",
      line: "dotted",
      words: short(store.text.slice(item.span.start, item.span.end), 70),
      more: "",
      verdict: item.verdict,
      said: item.text,
      active: false,
    });
  }
  return grouped(store, rows);
}

/**
 * Rows by their place; those of one attribution together, under a line that says it whole.
 * @param {import("./store.js").Store} store
 * @param {Row[]} rows
 * @returns {Row[]}
 */
function grouped(store, rows) {
  const roots = store.mode === "spans" ? attributions(store.marks) : new Map();
  if (!roots.size) return rows.sort((a, b) => a.start - b.start);
  /** @type {Map<string, Row[]>} */
  const members = new Map();
  for (const row of rows) {
    const root = roots.get(row.id);
    if (root) members.set(root, [...(members.get(root) ?? []), row]);
  }
  const at = new Map(rows.map((row) => [row, row.start]));
  /** @type {Row[]} */
  const lines = [];
  for (const [root, group] of members) {
    if (group.length < 2) continue;
    const first = Math.min(...group.map((row) => row.start));
    for (const row of group) {
      row.root = root;
      row.where = ""; // the line above them has it
      row.more = row.more.replace(/^→ [^“]*/u, "");
      at.set(row, first);
    }
    const where = sentenceOf(store, first);
    const line = { ...group[0], where, id: `group:${root}`, kind: "group", start: first, root, label: "", line: "none" };
    lines.push({ ...line, words: chain(store, root), more: "", verdict: "", said: "", active: group.some((row) => row.active) });
    at.set(lines[lines.length - 1], first);
  }
  const of = (/** @type {Row} */ row) => at.get(row) ?? row.start;
  const rank = (/** @type {Row} */ row) => (row.kind === "group" ? 0 : 1);
  // Two attributions may begin at one place: their rows do not mix.
  return [...rows, ...lines].sort(
    (a, b) => of(a) - of(b) || (a.root ?? "").localeCompare(b.root ?? "") || rank(a) - rank(b) || a.start - b.start,
  );
}

/**
 * Ten rows may all say no more than “he”: the sentence's name tells them apart.
 * @param {import("./store.js").Store} store
 * @param {number} start
 */
export function sentenceOf(store, start) {
  const unit = store.unitAt(start);
  return unit?.named ? unit.name : "";
}

/**
 * @param {import("./store.js").Store} store
 * @returns {Row[]}
 */
function unitRows(store) {
  return store.units
    .filter((unit) => !store.only || store.labelOf(unit.id)?.id === store.only)
    .map((unit) => {
      const label = store.labelOf(unit.id);
      const said = store.said(unit.id);
      return {
        id: unit.id,
        start: unit.start,
        kind: "unit",
        where: "",
        label: `${unit.name}${label ? ` ${label.name}` : ""}`,
        colour: label?.colour ?? "var(--bw-grey)",
        line: label?.line ?? "none",
        words: short(store.text.slice(unit.start, Math.min(unit.end, unit.start + 200)), 64),
        more: "",
        verdict: said?.verdict ?? "",
        said: said?.text ?? "",
        active: unit.id === store.active,
      };
    });
}

/**
 * @param {import("./store.js").Store} store
 * @returns {Row[]}
 */
function markRows(store) {
  const byId = new Map(store.marks.map((mark) => [mark.id, mark]));
  return store.shown().map((mark) => {
    const label = store.byId.get(mark.label);
    const said = store.said(mark.id);
    const source = mark.source ? byId.get(mark.source) : undefined;
    const link = source ? `→ ${short(store.text.slice(source.start, source.end), 40).replaceAll("“", "")}` : "";
    return {
      id: mark.id,
      start: mark.start,
      kind: "mark",
      where: sentenceOf(store, mark.start),
      label: label?.name ?? mark.label,
      colour: label?.colour ?? "var(--bw-grey)",
      line: label?.line ?? "solid",
      words: excerpt(store, mark.start, mark.end),
      more: [link, mark.note ? `“${short(mark.note, 80)}”` : ""].filter(Boolean).join("  "),
      verdict: said?.verdict ?? "",
      said: said?.text ?? "",
      active: mark.id === store.active,
    };
  });
}

/** @type {WeakMap<object, Map<string, string>>} excerpts that were made before, for each store */
const made = new WeakMap();

/**
 * The first words of a stretch; made once for each place, for a list may have a thousand rows.
 * @param {import("./store.js").Store} store
 * @param {number} start
 * @param {number} end
 */
export function excerpt(store, start, end) {
  const known = made.get(store) ?? new Map();
  made.set(store, known);
  const place = `${start}-${end}`;
  let words = known.get(place);
  if (words === undefined) {
    words = short(store.text.slice(start, Math.min(end, start + 240)), 90);
    known.set(place, words);
  }
  return words;
}

