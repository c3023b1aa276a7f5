// A field that holds so much and no more: what would not fit is refused whole and with a sentence, never cut
// off in silence.

import { codePoints } from "./counting.js";

/**
 * @param {number} length
 * @param {number} most
 * @param {string} what holds it: "this box"
 */
export const tooLong = (length, most, what) =>
  `That would make ${length.toLocaleString("en-GB")} characters; ${what} holds ` +
  `${most.toLocaleString("en-GB")}. Nothing was added and your text is as it was.`;

/**
 * Refuse what is pasted or dropped where it has no room.
 * @param {HTMLTextAreaElement | HTMLInputElement} field of text
 * @param {number} most code points
 * @param {string} what
 * @param {(words: string) => void} refuse says why
 */
export function keepRoom(field, most, what, refuse) {
  /** @param {Event} event @param {DataTransfer | null} data */
  const look = (event, data) => {
    const added = data?.getData("text/plain") ?? "";
    const { value } = field;
    const [selectionStart, selectionEnd] = [field.selectionStart ?? 0, field.selectionEnd ?? 0];
    // The length in code units is never below that in code points, so most texts need no count.
    if (added.length + value.length - (selectionEnd - selectionStart) <= most) return;
    const length = codePoints(added) + codePoints(value.slice(0, selectionStart) + value.slice(selectionEnd));
    if (length <= most) return;
    refuse(tooLong(length, most, what));
    event.preventDefault();
  };
  field.addEventListener("paste", (event) => look(event, /** @type {ClipboardEvent} */ (event).clipboardData));
  field.addEventListener("drop", (event) => look(event, /** @type {DragEvent} */ (event).dataTransfer));
}
