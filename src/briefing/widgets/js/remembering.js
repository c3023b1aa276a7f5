// Keeps the steps for undo and redo in the browser, so that they survive a reload. They belong to one
// exact answer: where any other stands, they are dropped. They are written when the page has nothing
// better to do, and are the first to go when the browser's storage is full.

import { copyKey, digest, keysOf } from "./copies.js";

/** The most that one question's steps may take, in characters, and all together. */
const ROOM = 60_000;
const ALL = 1_500_000;
/** How long the page may put the writing off (milliseconds). */
const REST = 1000;

/**
 * @template T
 */
export class Remembering {
  /**
   * @param {object} what
   * @param {string} what.question empty: nothing is remembered
   * @param {string} what.student
   * @param {Storage | null} what.storage
   * @param {import("./history.js").History<T>} what.history
   * @param {() => any} what.answer the answer that the present state makes
   * @param {(from: T, to: T) => any} what.between
   * @param {(from: T, difference: any) => T} what.apply
   * @param {(difference: any) => boolean} what.fits whether what was read can be a difference
   */
  constructor({ question, student, storage, history, answer, between, apply, fits }) {
    this.storage = question ? storage : null;
    this.names = { question, student: student ?? "" };
    this.key = `${copyKey(question, student)}/history`;
    this.history = history;
    this.answer = answer;
    this.between = between;
    this.apply = apply;
    this.fits = fits;
    this.waiting = false;
    this.leaving = () => this.now();
  }

  /** Take back the steps that belong to the state that stands here now. */
  back() {
    try {
      const found = this.storage?.getItem(this.key);
      const kept = found && found.length <= ROOM * 2 ? JSON.parse(found) : null;
      if (kept?.version !== 1 || kept.of !== digest(this.answer())) return;
      if (!isWritten(kept.steps, this.fits)) return;
      this.history.read(kept.steps, this.apply);
    } catch {
      // What cannot be read is no history.
    }
  }

  /** The state has changed: write its steps down soon, never before it is painted. */
  later() {
    if (this.waiting || !this.storage) return;
    this.waiting = true;
    // Only until then, for a model outlives its views.
    window.addEventListener("pagehide", this.leaving);
    if (typeof requestIdleCallback === "function") requestIdleCallback(this.leaving, { timeout: REST });
    else setTimeout(this.leaving, REST / 4);
  }

  now() {
    if (!this.waiting) return;
    this.waiting = false;
    window.removeEventListener("pagehide", this.leaving);
    const { past, future } = this.history;
    try {
      if (!past.length && !future.length) return void this.storage?.removeItem(this.key);
      const steps = this.history.write(this.between, ROOM);
      const words = JSON.stringify({ ...this.names, version: 1, of: digest(this.answer()), steps });
      makeRoom(this.storage, this.key, words.length);
      this.storage?.setItem(this.key, words);
    } catch {
      this.forget();
    }
  }

  forget() {
    try {
      this.storage?.removeItem(this.key);
    } catch {
      // A browser that forbids storage has nothing to forget.
    }
  }
}

/**
 * @param {any} steps
 * @param {(difference: any) => boolean} fits
 * @returns {boolean}
 */
function isWritten(steps, fits) {
  const list = (/** @type {any} */ value) =>
    Array.isArray(value) &&
    value.every((one) => Array.isArray(one) && one.length === 2 && typeof one[0] === "string" && fits(one[1]));
  return Boolean(steps) && typeof steps.what === "string" && list(steps.past) && list(steps.future);
}

/**
 * Drop the steps of other questions when all together would take too much.
 * @param {Storage | null} storage
 * @param {string} mine
 * @param {number} size
 */
function makeRoom(storage, mine, size) {
  const others = keysOf(storage, "briefing/").filter((key) => key.endsWith("/history") && key !== mine);
  let all = size;
  for (const key of others) {
    all += storage?.getItem(key)?.length ?? 0;
    if (all > ALL) storage?.removeItem(key);
  }
}
