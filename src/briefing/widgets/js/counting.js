// Counts the words of a short answer and says how they stand to the guidance; never changes a text.
// @ts-check

const SAYS_SOMETHING = /[\p{L}\p{N}]/u;

/**
 * The number of words: stretches between spaces that hold a letter or a digit. A dash on its own is
 * no word; "well-known" is one. The Python side counts by the same rule.
 * @param {string} text
 * @returns {number}
 */
export function countWords(text) {
  let words = 0;
  for (const piece of text.split(/\s+/u)) if (SAYS_SOMETHING.test(piece)) words += 1;
  return words;
}

/**
 * The number of Unicode code points, as Python counts them.
 * @param {string} text
 * @returns {number}
 */
export function codePoints(text) {
  let points = 0;
  for (const _ of text) points += 1;
  return points;
}

/**
 * A text without half characters (lone surrogates), which no file can hold.
 * @param {string} text
 * @returns {string}
 */
export function wholeCharacters(text) {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}

/**
 * The count in words, with the guidance beside it: "12 words · 5 to 60 asked for".
 * @param {number} words
 * @param {number | null} least
 * @param {number | null} most
 * @returns {string}
 */
export function countSentence(words, least, most) {
  const counted = `${words.toLocaleString("en-GB")} ${words === 1 ? "word" : "words"}`;
  if (least === null && most === null) return counted;
  const asked =
    least !== null && most !== null
      ? `${least} to ${most} asked for`
      : least !== null
        ? `at least ${least} asked for`
        : `at most ${most} asked for`;
  return `${counted} · ${asked}`;
}

/**
 * Where the count stands: "empty", "short", "long" or "fits".
 * @param {number} words
 * @param {number | null} least
 * @param {number | null} most
 * @returns {"empty" | "short" | "long" | "fits"}
 */
export function standing(words, least, most) {
  if (words === 0) return "empty";
  if (least !== null && words < least) return "short";
  if (most !== null && words > most) return "long";
  return "fits";
}
