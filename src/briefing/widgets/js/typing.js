// Saves what is typed when the hand rests, now and then while it does not, and at once when a field
// is left or the page goes away.
// For widgets with several fields: what was typed in one is never lost by a change in another.

/** How long after the last key the answer is sent (milliseconds). */
export const REST = 350;
/** How long that is put off at most while keys follow each other. */
const LONGEST = 600;

/**
 * @typedef {object} Typist
 * @property {() => Record<string, any>} answer the answer with what has been typed since
 * @property {(answer: Record<string, any>) => void} typed keep an answer soon
 * @property {(answer: Record<string, any>) => void} now keep an answer at once
 * @property {() => void} flush
 * @property {() => boolean} waiting whether something typed has not been sent
 * @property {() => void} destroy
 */

/**
 * @param {import("./saving.js").Saver} saver
 * @param {number} [rest] milliseconds
 * @returns {Typist}
 */
export function createTypist(saver, rest = REST) {
  // What is typed stands in the saver, where another view of the same model goes on from it.
  let waiting = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;
  let since = 0;

  function flush() {
    clearTimeout(resting);
    if (!waiting) return;
    waiting = false;
    saver.change(saver.answer);
  }
  const hiding = () => {
    if (document.visibilityState === "hidden") flush();
  };
  window.addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", hiding);

  return {
    answer: () => saver.answer,
    typed(answer) {
      if (!waiting) since = performance.now();
      waiting = true;
      // The browser's copy has each letter at once; Python hears of it when the hand rests.
      saver.draft(answer);
      clearTimeout(resting);
      resting = setTimeout(flush, Math.max(0, Math.min(rest, since + LONGEST - performance.now())));
    },
    now(answer) {
      clearTimeout(resting);
      waiting = false;
      saver.change(answer);
    },
    flush,
    waiting: () => waiting,
    destroy() {
      flush();
      window.removeEventListener("pagehide", flush);
      document.removeEventListener("visibilitychange", hiding);
    },
  };
}
