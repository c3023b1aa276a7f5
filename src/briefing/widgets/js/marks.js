// Marks as plain values in UTF-16 offsets: order, lanes, hits, changes. Pure: no page, no model.

/**
 * @typedef {object} Mark
 * @property {string} id
 * @property {number} start
 * @property {number} end
 * @property {string} label
 * @property {string} [note]
 * @property {string} [source] the id of the mark of its source
 */

/** How many lines under the text overlapping marks may take. */
export const LANES = 4;

/**
 * By start, the longer first, then by id, so that an outer mark comes before those inside it.
 * @param {Mark} a
 * @param {Mark} b
 */
export function inOrder(a, b) {
  return a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1);
}

/**
 * The lane of each mark: overlapping marks take different lines under the text, as far as there
 * are enough; beyond that they share the last.
 * @param {readonly Mark[]} marks in order
 * @returns {Map<string, number>}
 */
export function lanes(marks) {
  /** @type {Map<string, number>} */
  const found = new Map();
  /** @type {number[]} */
  const ends = [];
  for (const mark of marks) {
    let lane = ends.findIndex((end) => end <= mark.start);
    if (lane < 0) lane = Math.min(ends.length, LANES - 1);
    ends[lane] = Math.max(ends[lane] ?? 0, mark.end);
    found.set(mark.id, lane);
  }
  return found;
}

/**
 * The marks over an offset, the shortest first.
 * @param {readonly Mark[]} marks
 * @param {number} offset
 * @returns {Mark[]}
 */
export function at(marks, offset) {
  return marks
    .filter((mark) => mark.start <= offset && offset < mark.end)
    .sort((a, b) => a.end - a.start - (b.end - b.start) || inOrder(a, b));
}

/**
 * A free id.
 * @param {readonly Mark[]} marks
 */
export function freshId(marks) {
  let most = 0;
  for (const mark of marks) {
    const number = /^m(\d{1,9})$/u.exec(mark.id);
    if (number) most = Math.max(most, Number(number[1]));
  }
  return `m${most + 1}`;
}

/**
 * @param {readonly Mark[]} marks
 * @param {Mark} mark
 * @returns {Mark[]}
 */
export function added(marks, mark) {
  return [...marks, mark].sort(inOrder);
}

/**
 * @param {readonly Mark[]} marks
 * @param {string} id
 * @param {Partial<Mark>} change
 * @returns {Mark[]}
 */
export function changed(marks, id, change) {
  return marks.map((mark) => (mark.id === id ? { ...mark, ...change } : mark)).sort(inOrder);
}

/**
 * Another mark of the same words with the same label.
 * @param {readonly Mark[]} marks
 * @param {Mark} mark
 * @returns {Mark | undefined}
 */
export function twinOf(marks, { id, start, end, label }) {
  return marks.find((one) => one.id !== id && one.start === start && one.end === end && one.label === label);
}

/**
 * Without one mark; marks that were linked to it are linked to nothing.
 * @param {readonly Mark[]} marks
 * @param {string} id
 * @returns {Mark[]}
 */
export function removed(marks, id) {
  return marks
    .filter((mark) => mark.id !== id)
    .map((mark) => (mark.source === id ? { ...mark, source: undefined } : mark));
}

/**
 * The ids of one attribution: a source and every mark linked to it.
 * @param {readonly Mark[]} marks
 * @param {string | null} id any of them
 * @returns {Set<string>}
 */
export function attribution(marks, id) {
  const here = marks.find((mark) => mark.id === id);
  if (!here) return new Set();
  const root = here.source ?? here.id;
  const group = marks.filter((mark) => mark.id === root || mark.source === root);
  return new Set(group.length > 1 ? group.map((mark) => mark.id) : []);
}

/**
 * For each mark of an attribution of two or more, the id of its source; the others are left out.
 * @param {readonly Mark[]} marks
 * @returns {Map<string, string>}
 */
export function attributions(marks) {
  const known = new Set(marks.map((mark) => mark.id));
  const roots = new Set();
  for (const { source } of marks) if (source && known.has(source)) roots.add(source);
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const { id, source } of marks) {
    if (source && roots.has(source)) found.set(id, source);
    else if (roots.has(id)) found.set(id, id);
  }
  return found;
}

/**
 * The mark after (1) or before (-1) an offset or the active mark, going round at the ends.
 * @param {readonly Mark[]} marks in order
 * @param {string | null} active
 * @param {number} offset used when no mark is active
 * @param {1 | -1} way
 * @returns {Mark | null}
 */
export function neighbour(marks, active, offset, way) {
  if (!marks.length) return null;
  const here = marks.findIndex((mark) => mark.id === active);
  if (here >= 0) return marks[(here + way + marks.length) % marks.length];
  if (way > 0) return marks.find((mark) => mark.start >= offset) ?? marks[0];
  return marks.findLast((mark) => mark.end <= offset) ?? marks[marks.length - 1];
}

/**
 * How many marks each label has.
 * @param {readonly {label: string}[]} marks
 * @returns {Map<string, number>}
 */
export function counts(marks) {
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const { label } of marks) found.set(label, (found.get(label) ?? 0) + 1);
  return found;
}

/**
 * Whether a mark could be linked to another: not to itself, and not in a ring.
 * @param {readonly Mark[]} marks
 * @param {string} id
 * @param {string} to
 */
export function canLink(marks, id, to) {
  const target = marks.find((mark) => mark.id === to);
  return Boolean(target) && id !== to && target?.source !== id;
}
