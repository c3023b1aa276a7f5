// What a browser's copy of desk marks brings back: what was entered in it, and nothing else. The table may have
// been marked on since, at another desk or in a spreadsheet. Pure.

import { canonical } from "./copies.js";

/**
 * @typedef {import("./deskstore.js").DeskMark} DeskMark
 * @typedef {Record<string, DeskMark>} Marks by row
 */

const FLAGS = /** @type {const} */ (["later", "looked", "settled"]);
const WORDS = /** @type {const} */ (["points", "note"]);

/**
 * What stood in the rows that are not as they were saved last.
 * @param {Marks} now
 * @param {Marks} saved
 * @returns {Marks}
 */
export function stoodBefore(now, saved) {
  const rows = Object.keys(now).filter((row) => Object.hasOwn(saved, row) && now[row] !== saved[row]);
  return Object.fromEntries(rows.filter((row) => canonical(now[row]) !== canonical(saved[row])).map((row) => [row, saved[row]]));
}

/**
 * The marks that lie here, with what was entered in a copy.
 * @param {Marks} here
 * @param {Marks} copy perhaps with rows of another class that lay in the same folder
 * @param {any} before what had stood in the copy's rows, as `stoodBefore` tells; without it, nothing
 * @returns {Marks}
 */
export function withEntered(here, copy, before) {
  const known = before && typeof before === "object";
  const rows = Object.keys(copy).filter((row) => Object.hasOwn(here, row) && (!known || Object.hasOwn(before, row)));
  return { ...here, ...Object.fromEntries(rows.map((row) => [row, entered(here[row], copy[row], known ? before[row] : null)])) };
}

/**
 * @param {DeskMark} here
 * @param {DeskMark} copy
 * @param {Partial<DeskMark> | null} before
 * @returns {DeskMark}
 */
function entered(here, copy, before) {
  const mark = { ...here };
  const were = Array.isArray(before?.given) ? before.given : [];
  mark.given = here.given.map((level, at) => ((copy.given[at] ?? "") === (were[at] ?? "") ? level : (copy.given[at] ?? "")));
  for (const name of WORDS) if (copy[name] !== (before?.[name] ?? "")) mark[name] = copy[name];
  for (const name of FLAGS) if (Boolean(copy[name]) !== Boolean(before?.[name])) mark[name] = Boolean(copy[name]);
  return mark;
}
