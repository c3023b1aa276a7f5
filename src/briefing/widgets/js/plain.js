// Names and notes that other people wrote, made harmless for showing: controls become visible, and
// a direction stays with its own words. The text itself is never changed, for positions count in it.

import { h } from "./dom.js";

const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/gu;
const FROM_THE_RIGHT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc]|[\ud802\ud803\ud83a\ud83b][\udc00-\udfff]/;

/**
 * The words with bidirectional and other controls, and halves of characters, as a visible sign.
 * @param {string} words
 */
export function plain(words) {
  return words.replace(HIDDEN, "\ufffd");
}

/**
 * Words in an element that keeps their direction to itself.
 * @param {string} words
 * @param {string} [name] a class
 */
export function bidi(words, name) {
  return h("bdi", { class: name }, plain(words));
}

/**
 * Words for a place where no element can stand (an option, an attribute, what is read out).
 * @param {string} words
 */
export function apart(words) {
  const shown = plain(words);
  return FROM_THE_RIGHT.test(shown) ? `\u2068${shown}\u2069` : shown;
}
