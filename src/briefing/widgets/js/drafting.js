// A note to a mark, or a reason for a label, while it is typed: the browser's copy has each letter at once,
// and Python hears of it when the hand rests, or now and then while it does not.

import { wholeCharacters } from "./counting.js";

/** How long after the last key it is kept (milliseconds), and how long that is put off at most. */
const REST = 400;
const LONGEST = 600;

/**
 * Keep what is typed into a field.
 * @param {HTMLTextAreaElement} field
 * @param {import("./store.js").Store} store
 * @param {string} id the mark or the sentence
 * @param {(words: string) => void} keep as a step that can be undone
 * @returns {() => boolean} keep at once what waits; whether something did
 */
export function keepTyped(field, store, id, keep) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;
  let since = 0;
  const now = () => {
    clearTimeout(soon);
    since = 0;
    keep(wholeCharacters(field.value));
    // Who types back what stood there has changed nothing; the saver must not wait for more.
    if (store.saver.holding && store.saver.sending === undefined) store.saver.change(store.answer());
  };
  field.addEventListener("input", () => {
    since ||= performance.now();
    store.saver.draft(withWords(store, id, wholeCharacters(field.value)));
    clearTimeout(soon);
    soon = setTimeout(now, Math.max(0, Math.min(REST, since + LONGEST - performance.now())));
  });
  field.addEventListener("change", now);
  return () => {
    if (!since) return false;
    now();
    return true;
  };
}

/**
 * The answer with words that are not in its history yet.
 * @param {import("./store.js").Store} store
 * @param {string} id
 * @param {string} words
 */
function withWords(store, id, words) {
  const answer = store.answer();
  if (store.mode === "spans") {
    const marks = store.marks.map((mark) => (mark.id === id ? { ...store.kept(mark), note: words } : store.kept(mark)));
    return { ...answer, marks };
  }
  const { why: _before, ...rest } = store.labelled[id] ?? {};
  return { ...answer, labels: { ...answer.labels, [id]: words ? { ...rest, why: words } : rest } };
}
