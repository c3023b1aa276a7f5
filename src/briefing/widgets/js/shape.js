// Whether something that was found in the browser's storage can be an answer. Every page of one address
// writes into the same storage, so what is found is data to be doubted. Pure.

/** @param {any} value */
const words = (value) => typeof value === "string";

/**
 * @param {any} value
 * @param {(item: any) => boolean} fits
 */
const list = (value, fits) => value === undefined || value === null || (Array.isArray(value) && value.every(fits));

/**
 * @param {any} value
 * @param {(item: any) => boolean} fits
 */
const record = (value, fits) =>
  value === undefined ||
  value === null ||
  (typeof value === "object" && !Array.isArray(value) && Object.values(value).every(fits));

/**
 * @param {any} value
 * @param {(item: any) => boolean} fits
 */
const there = (value, fits) => Boolean(value) && record(value, fits);

/** @param {any} place */
const isPlace = (place) => Number.isSafeInteger(place) && place >= 0;

/** @param {any} mark */
const isMark = (mark) =>
  Boolean(mark) && words(mark.id) && words(mark.label) && words(mark.note ?? "") && words(mark.source ?? "") &&
  isPlace(mark.start) && isPlace(mark.end) && mark.start < mark.end;

/** @param {any} cell */
const isEntry = (cell) => cell === null || words(cell) || typeof cell === "number";

/** @param {any} cell */
const isDecided = (cell) =>
  cell === null ||
  (there(cell, () => true) &&
    [true, false, null, undefined].includes(cell.present) &&
    list(cell.spans, (span) => Array.isArray(span) && span.length === 2 && span.every(isPlace)));

/** @param {any} mark of the marking desk */
const isDeskMark = (mark) => there(mark, () => true) && Array.isArray(mark.given) && mark.given.every(words) && words(mark.points) && words(mark.note);

/** @type {Record<string, (answer: any) => boolean>} */
const SHAPES = {
  labels: ({ labels }) => record(labels, (one) => there(one, words)),
  marks: ({ marks }) => list(marks, isMark),
  choice: ({ chosen }) => list(chosen, words),
  text: ({ text }) => words(text ?? ""),
  cards: ({ cards }) => record(cards, (one) => there(one, words)),
  table: ({ rows }) => record(rows, (one) => there(one, isEntry)),
  matrix: ({ cells }) => record(cells, isDecided),
  desk: ({ marks }) => record(marks, isDeskMark),
};

/**
 * Whether an answer has the shape of one; of a kind that is not known here it may.
 * @param {Record<string, any>} answer
 * @returns {boolean}
 */
export function isAnswer(answer) {
  const shape = Object.hasOwn(SHAPES, answer.kind) ? SHAPES[answer.kind] : null;
  return !shape || shape(answer);
}
