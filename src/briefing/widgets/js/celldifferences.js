// What changed between two states of a matrix, cell by cell, as small plain values, and how to go from
// one to the other. Cells that are alike are the same objects. Pure.

import { canonical } from "./copies.js";

/** @typedef {import("./matrixstore.js").Cells} Cells */
/** @typedef {Record<string, import("./matrixstore.js").Cell | null>} CellDifference null: as if nobody had touched it */

/**
 * @param {Cells} from
 * @param {Cells} to
 * @returns {CellDifference}
 */
export function betweenCells(from, to) {
  /** @type {CellDifference} */
  const made = {};
  for (const [id, cell] of Object.entries(to)) {
    if (from[id] !== cell && (!from[id] || canonical(from[id]) !== canonical(cell))) made[id] = cell;
  }
  for (const id of Object.keys(from)) if (!Object.hasOwn(to, id)) made[id] = null;
  return made;
}

/**
 * @param {Cells} from
 * @param {CellDifference} difference
 * @returns {Cells}
 */
export function applyCells(from, difference) {
  const cells = { ...from };
  for (const [id, cell] of Object.entries(difference)) {
    if (cell) cells[id] = cell;
    else delete cells[id];
  }
  return cells;
}

/**
 * Whether a difference that was read from somewhere can be one.
 * @param {any} one
 * @param {Map<string, number>} lengths each cell's id, and how long its text is at most
 * @returns {boolean}
 */
export function isCells(one, lengths) {
  if (!one || typeof one !== "object" || Array.isArray(one)) return false;
  const place = (/** @type {any} */ span, /** @type {number} */ most) =>
    Array.isArray(span) &&
    span.length === 2 &&
    span.every(Number.isInteger) &&
    0 <= span[0] &&
    span[0] < span[1] &&
    span[1] <= most;
  return Object.entries(one).every(([id, cell]) => {
    const most = lengths.get(id);
    if (most === undefined) return false;
    if (cell === null) return true;
    return (
      typeof cell === "object" &&
      [true, false, null].includes(cell.present ?? null) &&
      Array.isArray(cell.spans) &&
      cell.spans.every((/** @type {any} */ span) => place(span, most))
    );
  });
}
