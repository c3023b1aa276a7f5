// What changed between two states of an annotator, as small plain values, and how to go from one to
// the other. Marks and labels that are alike are the same objects, so that this is quick. Pure.

import { inOrder } from "./marks.js";

/**
 * @typedef {import("./state.js").Work} Work
 * @typedef {object} Difference
 * @property {string[]} [without] ids of marks that go
 * @property {import("./marks.js").Mark[]} [marks] marks that come, or take the place of their ids
 * @property {Record<string, Record<string, string> | null>} [labels] what each sentence gets
 */

/**
 * @param {Work} from
 * @param {Work} to
 * @returns {Difference}
 */
export function between(from, to) {
  /** @type {Difference} */
  const made = {};
  if (from.marks !== to.marks) {
    const before = new Map(from.marks.map((mark) => [mark.id, mark]));
    const after = new Set(to.marks.map((mark) => mark.id));
    const without = from.marks.filter((mark) => !after.has(mark.id)).map((mark) => mark.id);
    const marks = to.marks.filter((mark) => before.get(mark.id) !== mark);
    if (without.length) made.without = without;
    if (marks.length) made.marks = marks;
  }
  if (from.labels !== to.labels) {
    /** @type {Record<string, Record<string, string> | null>} */
    const labels = {};
    for (const [unit, label] of Object.entries(to.labels)) if (from.labels[unit] !== label) labels[unit] = label;
    for (const unit of Object.keys(from.labels)) if (!Object.hasOwn(to.labels, unit)) labels[unit] = null;
    if (Object.keys(labels).length) made.labels = labels;
  }
  return made;
}

/**
 * @param {Work} from
 * @param {Difference} difference
 * @returns {Work}
 */
export function apply(from, { without = [], marks = [], labels = {} }) {
  const work = { marks: [...from.marks], labels: { ...from.labels } };
  if (without.length || marks.length) {
    const gone = new Set([...without, ...marks.map((mark) => mark.id)]);
    work.marks = [...from.marks.filter((mark) => !gone.has(mark.id)), ...marks].sort(inOrder);
  }
  for (const [unit, label] of Object.entries(labels)) {
    if (label) work.labels[unit] = label;
    else delete work.labels[unit];
  }
  return work;
}

/**
 * Whether a difference that was read from somewhere can be one, for a text of this length.
 * @param {any} one
 * @param {number} length of the text in UTF-16 units
 * @returns {boolean}
 */
export function isDifference(one, length) {
  if (!one || typeof one !== "object" || Array.isArray(one)) return false;
  const { without = [], marks = [], labels = {} } = one;
  const words = (/** @type {any} */ value) => typeof value === "string";
  return (
    Array.isArray(without) &&
    without.every(words) &&
    Array.isArray(marks) &&
    marks.every(
      (mark) =>
        mark && words(mark.id) && words(mark.label) && words(mark.note ?? "") && words(mark.source ?? "") &&
        Number.isInteger(mark.start) && Number.isInteger(mark.end) &&
        0 <= mark.start && mark.start < mark.end && mark.end <= length,
    ) &&
    labels !== null &&
    typeof labels === "object" &&
    !Array.isArray(labels) &&
    Object.values(labels).every(
      (label) => label === null || (label && typeof label === "object" && Object.values(label).every(words)),
    )
  );
}
