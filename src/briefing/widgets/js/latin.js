// Which key was meant, whatever letters the keyboard writes: with a Cyrillic, Arabic or Hebrew layout Ctrl+Z
// comes with that layout's own letter, and a French one writes signs where the digits are. Pure.

const LATIN = /\p{Script=Latin}/u;
const LETTER = /\p{L}/u;

/**
 * @param {KeyboardEvent} event
 * @returns {string} the key as a keyboard with Latin letters and digits would tell it
 */
export function latin({ key = "", code = "", shiftKey }) {
  if (key.length !== 1) return key;
  const [, letter, digit] = /^(?:Key([A-Z])|Digit([0-9]))$/u.exec(code) ?? [];
  if (digit && !shiftKey) return digit;
  if (letter && LETTER.test(key) && !LATIN.test(key)) return shiftKey ? letter : letter.toLowerCase();
  return key;
}
