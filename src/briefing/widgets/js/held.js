// What this browser keeps for the course, student code by student code: lists it and forgets it.
// Whatever stands in the storage is data to be doubted; nothing here touches the page.

import { keysOf, readCopy } from "./copies.js";

/**
 * @typedef {object} Held what is kept under one code
 * @property {string} student
 * @property {Map<string, {question: string, saved: boolean}[]>} exercises by the first part of their names
 * @property {number} answers
 * @property {number} unsaved how many were never saved to the answers file
 * @property {number} bytes all that is kept under the code, with steps for undo
 * @property {string} when the latest, ISO 8601
 * @property {boolean} desk whether all of it are marks of the marking desk: such a code is no student's
 */

const STEM = "briefing/";
/** What the names of the marking desk's copies begin with. */
const DESK = "desk/";

/**
 * Everything that is kept, the latest code first.
 * @param {Storage | null} storage
 * @returns {Held[]}
 */
export function heldBy(storage) {
  /** @type {Map<string, Held>} */
  const found = new Map();
  for (const key of keysOf(storage, STEM)) {
    const words = read(storage, key);
    const student = ownerOf(key, words);
    if (student === null) continue;
    const held = found.get(student) ?? { student, exercises: new Map(), answers: 0, unsaved: 0, bytes: 0, when: "", desk: true };
    found.set(student, held);
    held.bytes += size(key) + size(words);
    const copy = copyOf(words);
    if (!copy) continue;
    const [exercise, question] = partsOf(copy.question);
    held.exercises.set(exercise, [...(held.exercises.get(exercise) ?? []), { question, saved: copy.saved }]);
    held.answers += 1;
    held.desk &&= copy.question.startsWith(DESK);
    if (!copy.saved) held.unsaved += 1;
    if (copy.when > held.when) held.when = copy.when;
  }
  for (const held of found.values()) {
    for (const list of held.exercises.values()) list.sort((a, b) => (a.question < b.question ? -1 : 1));
  }
  return [...found.values()].filter((held) => held.answers).sort((a, b) => (a.when < b.when ? 1 : -1));
}

/**
 * The other students' codes under which answers (to one question, or to any) are kept.
 * @param {Storage | null} storage
 * @param {string} student the code that is one's own now
 * @param {string} [question]
 * @returns {string[]}
 */
export function otherCodes(storage, student, question = "") {
  /** @type {Set<string>} */
  const found = new Set();
  for (const key of keysOf(storage, question ? `${STEM}${question}/` : STEM)) {
    const copy = copyOf(read(storage, key));
    if (copy?.question.startsWith(DESK)) continue;
    if (copy && copy.student !== student && (!question || copy.question === question)) found.add(copy.student);
  }
  return [...found].sort();
}

/**
 * Forget everything under one code.
 * @param {Storage | null} storage
 * @param {string} student
 */
export function forget(storage, student) {
  for (const key of keysOf(storage, STEM)) {
    if (ownerOf(key, read(storage, key)) === student) drop(storage, key);
  }
}

/**
 * Forget everything that the course has put into this browser.
 * @param {Storage | null} storage
 */
export function forgetAll(storage) {
  for (const key of keysOf(storage, STEM)) drop(storage, key);
}

/**
 * Questions of an exercise as words: `ex02: q1, q2`.
 * @param {Held} held
 * @returns {string}
 */
export function heldInWords({ exercises }) {
  return [...exercises]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([exercise, list]) => {
      const names = [...new Set(list.map(({ question }) => question))].filter(Boolean);
      return names.length ? `${exercise}: ${names.join(", ")}` : exercise;
    })
    .join("; ");
}

/** @param {string} words */
function partsOf(words) {
  const cut = words.indexOf("/");
  return cut < 0 ? [words, ""] : [words.slice(0, cut), words.slice(cut + 1)];
}

/**
 * @param {string | null} words
 * @returns {import("./copies.js").Copy | null}
 */
function copyOf(words) {
  const copy = readCopy(words);
  if (!copy || typeof copy.question !== "string" || typeof copy.student !== "string") return null;
  return { ...copy, when: typeof copy.when === "string" ? copy.when : "" };
}

/**
 * The code that an entry belongs to; null for what belongs to nobody.
 * @param {string} key
 * @param {string | null} words
 * @returns {string | null}
 */
function ownerOf(key, words) {
  const said = /^\{"question":"(?:[^"\\]|\\.)*","student":("(?:[^"\\]|\\.)*")/u.exec(words ?? "");
  try {
    if (said) return JSON.parse(said[1]);
    const copy = copyOf(words);
    if (copy) return copy.student;
    const last = /^briefing\/.*\/([^/]*)\/downloaded$/u.exec(key);
    if (last) return decodeURIComponent(last[1]);
  } catch {
    return null;
  }
  const wish = /^briefing\/wishes\/(.*)\/[^/]*$/u.exec(key);
  return wish ? wish[1] : null;
}

/**
 * @param {Storage | null} storage
 * @param {string} key
 */
function read(storage, key) {
  try {
    return storage?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

/**
 * @param {Storage | null} storage
 * @param {string} key
 */
function drop(storage, key) {
  try {
    storage?.removeItem(key);
  } catch {
    // A browser that forbids storage has nothing to forget.
  }
}

/** @param {string | null} words */
function size(words) {
  return words ? new Blob([words]).size : 0;
}
