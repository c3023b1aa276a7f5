// Which way a stretch of text is written, by the rule that browsers use for `dir="auto"`: its first
// letter decides. Pure: no page, no model.

import { latin } from "./latin.js";

const LETTER = /\p{L}/u;
const FROM_THE_RIGHT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/**
 * @param {string} words
 * @returns {boolean} whether they are written from the right
 */
export function fromTheRight(words) {
  const first = LETTER.exec(words);
  return first !== null && FROM_THE_RIGHT.test(first[0]);
}

/**
 * A key as the text has it: where a paragraph is written from the right the left arrow goes on and
 * the right arrow goes back, as the browser's own caret does.
 * @param {KeyboardEvent} event
 * @param {import("./state.js").State} store
 * @returns {Pick<KeyboardEvent, "key" | "shiftKey" | "altKey" | "ctrlKey" | "metaKey">}
 */
export function asWritten(event, store) {
  const { shiftKey, altKey, ctrlKey, metaKey } = event;
  const key = latin(event);
  const pressed = { key, shiftKey, altKey, ctrlKey, metaKey };
  const other = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" }[key];
  if (!other) return pressed;
  const unit = store.unitById.get(store.active ?? store.place ?? "");
  const at = store.mode === "sentences" ? (unit?.start ?? 0) : store.cursor.focus;
  const paragraph = store.paragraphs[store.words.paragraphAt(at)];
  if (!paragraph || !fromTheRight(store.text.slice(paragraph.start, paragraph.end))) return pressed;
  return { ...pressed, key: other };
}
