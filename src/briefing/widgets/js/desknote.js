// The note at the marking desk: each letter is in the browser's copy at once, and is sent when the hand rests.
// All that is typed in one go is one step for undo.

import { wholeCharacters } from "./counting.js";
import { h } from "./dom.js";
import { keepRoom } from "./room.js";

/** How long after the last key a note is sent (milliseconds), and how long that is put off at most. */
const REST = 400;
const LONGEST = 600;
const MOST_NOTE = 2000;

/**
 * @param {import("./deskstore.js").DeskStore} store
 * @param {import("./saving.js").Saver} saver
 * @param {string} id of the field, for its label
 */
export function createNote(store, saver, id) {
  const field = /** @type {HTMLTextAreaElement} */ (
    h("textarea", { class: "bd-note", id, rows: 2, dir: "auto", spellcheck: "true", maxlength: MOST_NOTE })
  );
  const refused = h("p", { class: "bd-remark", role: "alert", hidden: true });
  const tellRefused = (/** @type {string} */ why) => {
    refused.textContent = why;
    refused.hidden = !why;
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;
  let waiting = "";
  let since = 0;
  /** What stood there before the note was typed: the step that undo takes back. */
  let stood = store.now;

  /** Send what was typed, if it is not sent yet. */
  function flush() {
    clearTimeout(resting);
    if (!waiting) return;
    const row = waiting;
    waiting = "";
    const after = { ...stood, note: wholeCharacters(field.value) };
    if (stood.note !== after.note) store.put([{ row, before: stood, after }], `note ${row}`);
    else saver.change(saver.answer);
  }

  keepRoom(field, MOST_NOTE, "this field", (why) => tellRefused(why));
  field.addEventListener("input", () => {
    tellRefused("");
    if (!waiting) {
      stood = store.now;
      since = performance.now();
    }
    waiting = store.row;
    // The browser's copy has each letter at once; Python hears of it when the hand rests.
    const marks = { ...saver.answer.marks, [store.row]: { ...stood, note: wholeCharacters(field.value) } };
    saver.draft({ ...saver.answer, marks });
    clearTimeout(resting);
    resting = setTimeout(flush, Math.max(0, Math.min(REST, since + LONGEST - performance.now())));
  });
  field.addEventListener("blur", flush);
  window.addEventListener("pagehide", flush);

  return {
    field,
    refused,
    flush,
    /** @param {string} words shown unless somebody is typing */
    show(words) {
      if (!waiting && field.value !== words) field.value = words;
    },
    destroy() {
      flush();
      window.removeEventListener("pagehide", flush);
    },
  };
}
