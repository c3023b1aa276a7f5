// Two sets of marks beside each other: which agree, which carry another label, which only one of
// the two has. Pure but for reading the store; nothing here says who is right.

import { pairs } from "./pairing.js";

/**
 * @typedef {import("./marks.js").Mark} Mark
 * @typedef {"both" | "label" | "mine" | "theirs"} Group
 * @typedef {{name: string, own: string, key: boolean, marks: Mark[], labels: Record<string, string>}} Other
 * @typedef {object} Entry one place that at least one of the two has
 * @property {string} id the id of the own mark or sentence; of the other's own: `theirs:3`
 * @property {Group} group
 * @property {number} start
 * @property {number} end
 * @property {string} label the label it has, the own one where there is one
 * @property {Mark | null} theirs the other's mark
 * @property {string} theirLabel
 * @typedef {object} Comparison
 * @property {Other} other
 * @property {Entry[]} entries by start
 * @property {Map<string, Entry>} by
 * @property {Record<Group, number>} counts
 * @property {string} summary
 */

/** @type {Group[]} */
export const GROUPS = ["both", "label", "mine", "theirs"];

/** A sign for each group: colour is never the only one. */
export const GROUP_SIGNS = { both: "=", label: "≠", mine: "+", theirs: "○" };

/**
 * What a group is called.
 * @param {Group} group
 * @param {Other} other
 */
export function groupName(group, { name, own }) {
  return { both: "agree", label: "another label", mine: `only ${own}`, theirs: `only ${name}` }[group];
}

/**
 * The other's marks as Python gave them (code points).
 * @param {any} raw
 * @param {import("./offsets.js").OffsetTable} table
 * @returns {Other | null}
 */
export function readOther(raw, table) {
  if (!raw || !raw.name) return null;
  const labels = Object.entries(raw.labels ?? {}).filter(([, label]) => typeof label === "string");
  return {
    name: String(raw.name),
    own: String(raw.own || "you"),
    key: false,
    marks: placed(raw.marks ?? [], table),
    labels: Object.fromEntries(labels),
  };
}

/**
 * The key as a check has told it, which holds no more than the check may give away.
 * @param {import("./state.js").State} store
 * @returns {Other | null}
 */
export function keyOther(store) {
  const { feedback, mode } = store;
  if (!feedback) return null;
  /** @type {Record<string, string>} */
  const labels = {};
  if (mode === "sentences") {
    for (const item of feedback.items) {
      if (typeof item.target !== "string" || !store.unitById.has(item.target)) continue;
      // Where two readings are accepted, the one that was given is the key's as well.
      const given = store.said(item.target)?.verdict === "right" ? store.labelOf(item.target)?.id : "";
      if (given || store.byId.has(item.label)) labels[item.target] = given || item.label;
    }
  }
  if (!feedback.key.length && !Object.keys(labels).length) return null;
  const marks = feedback.key.map((/** @type {Mark} */ mark, /** @type {number} */ i) => ({ ...mark, id: `theirs:${i}` }));
  return { name: "the key", own: "you", key: true, marks, labels };
}

/**
 * @param {any[]} marks
 * @param {import("./offsets.js").OffsetTable} table
 * @returns {Mark[]}
 */
function placed(marks, table) {
  return marks.map((mark, i) => ({
    id: `theirs:${i}`,
    start: table.toUnit(mark.start),
    end: table.toUnit(mark.end),
    label: String(mark.label ?? ""),
    note: String(mark.note ?? ""),
  }));
}

/**
 * @param {import("./state.js").State} store
 * @param {Other} other
 * @returns {Comparison}
 */
export function compare(store, other) {
  const entries = store.mode === "sentences" ? sentenceEntries(store, other) : markEntries(store, other);
  entries.sort((a, b) => a.start - b.start || b.end - a.end);
  const counts = { both: 0, label: 0, mine: 0, theirs: 0 };
  for (const { group } of entries) counts[group] += 1;
  return {
    other,
    entries,
    by: new Map(entries.map((entry) => [entry.id, entry])),
    counts,
    summary: summary(counts, other, store.mode === "sentences" ? "label" : "mark"),
  };
}

/**
 * @param {import("./state.js").State} store
 * @param {Other} other
 * @returns {Entry[]}
 */
function markEntries(store, other) {
  const point = (/** @type {Mark} */ { start, end, label }) => ({
    start: store.table.toPoint(start),
    end: store.table.toPoint(end),
    label,
  });
  const theirs = [...other.marks].sort((a, b) => a.start - b.start || b.end - a.end || Number(a.id.slice(7)) - Number(b.id.slice(7)));
  const mine = [...store.marks].sort((a, b) => a.start - b.start || b.end - a.end);
  const found = pairs(mine.map(point), theirs.map(point));
  const taken = new Set(found.values());
  /** @type {Entry[]} */
  const entries = mine.map((mark, i) => {
    const match = theirs[found.get(i) ?? -1] ?? null;
    const group = !match ? "mine" : match.label === mark.label ? "both" : "label";
    return { id: mark.id, group, start: mark.start, end: mark.end, label: mark.label, theirs: match, theirLabel: match?.label ?? "" };
  });
  for (const [j, mark] of theirs.entries()) {
    if (taken.has(j)) continue;
    entries.push({ id: mark.id, group: "theirs", start: mark.start, end: mark.end, label: mark.label, theirs: mark, theirLabel: mark.label });
  }
  return entries;
}

/**
 * @param {import("./state.js").State} store
 * @param {Other} other
 * @returns {Entry[]}
 */
function sentenceEntries(store, other) {
  /** @type {Entry[]} */
  const entries = [];
  for (const { id, start, end } of store.units) {
    const mine = store.labelOf(id)?.id ?? "";
    const theirs = Object.hasOwn(other.labels, id) ? other.labels[id] : "";
    if (!mine && !theirs) continue;
    const group = !theirs ? "mine" : !mine ? "theirs" : mine === theirs ? "both" : "label";
    entries.push({ id, group, start, end, label: mine || theirs, theirs: null, theirLabel: theirs });
  }
  return entries;
}

/**
 * @param {Record<Group, number>} counts
 * @param {Other} other
 * @param {string} thing
 */
function summary(counts, other, thing) {
  const all = GROUPS.reduce((sum, group) => sum + counts[group], 0);
  if (!all) return `Neither ${other.own} nor ${other.name} has a ${thing} here.`;
  const more = [
    counts.label && `${counts.label} with another label`,
    counts.mine && `${counts.mine} only ${other.own}`,
    counts.theirs && `${counts.theirs} only ${other.name}`,
  ].filter(Boolean);
  const agree = `${counts.both} of ${all} ${all === 1 && counts.both === 1 ? `${thing} agrees` : `${thing}s agree`}`;
  return `${[agree, ...more].join("; ")}.`;
}

/**
 * What is read out about a place, beyond what is said of the own mark.
 * @param {import("./state.js").State} store
 * @param {Entry} entry
 * @param {Other} other
 */
export function describeEntry(store, entry, other) {
  const theirs = entry.theirs;
  const words = theirs && (theirs.start !== entry.start || theirs.end !== entry.end) ? `, ${store.quote(theirs)}` : "";
  const note = theirs?.note ? ` Note of ${other.name}: “${theirs.note.slice(0, 200)}”.` : "";
  if (entry.group === "both") return `${other.name} agrees${words}.${note}`;
  if (entry.group === "mine") return `Only ${other.own}.`;
  if (entry.group === "label") return `${other.name}: ${store.nameOf(entry.theirLabel)}${words}.${note}`;
  const said = `Only ${other.name}: ${store.nameOf(entry.label)}`;
  return store.mode === "sentences" ? `${said}.` : `${said}, ${store.quote(entry)}.${note}`;
}
