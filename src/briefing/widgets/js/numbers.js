// Numbers as people write them, read and shown. `answers/written_numbers.py` follows the same
// rules, and a test compares the two.
// @ts-check

/** More digits than this do not survive in a browser. */
const MOST_DIGITS = 15;
const MOST_READ = 60;

const ZEROS = ["\uff10", "\u0660", "\u06f0"]; // full-width, Arabic, Persian
/** @type {Map<string, string>} */
const SIGNS = new Map();
for (const zero of ZEROS) {
  for (let value = 0; value < 10; value += 1) {
    SIGNS.set(String.fromCodePoint((zero.codePointAt(0) ?? 0) + value), String(value));
  }
}
for (const [many, one] of [
  ["\u00a0\u2002\u2007\u2008\u2009\u200a\u202f\u3000\t\n\r", " "],
  ["\u2212\u2013\ufe63\uff0d", "-"],
  ["\uff05\u066a", "%"],
  ["\uff0c\u066c", ","],
  ["\uff0e\u066b", "."],
  ["\uff0b", "+"],
  ["\u2019", "'"],
]) {
  for (const sign of many) SIGNS.set(sign, one);
}

const GROUPED = /^([+-]?) ?([1-9][0-9]{0,2}([,. '])[0-9]{3}(?:\3[0-9]{3})*)(?:([.,])([0-9]*))?$/u;
const PLAIN = /^([+-]?) ?([0-9]*)(?:[.,]([0-9]*))?$/u;

/** @param {string} written */
function bare(written) {
  return [...written].map((sign) => SIGNS.get(sign) ?? sign).join("").replace(/^ +| +$/gu, "");
}

/**
 * The number that was written; null where it cannot be read as one.
 * @param {unknown} written
 * @param {string} [unit] what may stand behind it; without one a `%` may
 * @returns {number | null}
 */
export function readNumber(written, unit = "") {
  if (typeof written === "number") return Math.abs(written) < 10 ** MOST_DIGITS ? written : null;
  if (typeof written !== "string" || written.length > 2 * MOST_READ || [...written].length > MOST_READ) return null;
  let text = bare(written);
  const behind = bare(unit) || "%";
  if (text.toLowerCase().endsWith(behind.toLowerCase())) {
    text = text.slice(0, text.length - behind.length).replace(/ +$/u, "");
  }
  let sign = "";
  let whole = "";
  let part = "";
  const grouped = GROUPED.exec(text);
  const plain = PLAIN.exec(text);
  if (grouped) {
    const [, minus, groups, by, point, after] = grouped;
    if (point && point === by) return null;
    sign = minus;
    part = after ?? "";
    if (by === "." && !point && groups.split(".").length === 2) [whole, part] = groups.split(".");
    else whole = groups.replaceAll(by, "");
  } else if (plain) {
    sign = plain[1];
    whole = plain[2];
    part = plain[3] ?? "";
  } else return null;
  const digits = (whole + part).replace(/^0+/u, "");
  if (!(whole + part) || digits.length > MOST_DIGITS || part.length > MOST_DIGITS) return null;
  const number = Number(`${sign}${whole || "0"}.${part || "0"}`);
  return number === 0 ? 0 : number;
}

/**
 * A number as the course writes it: `2,084`, `12.5`, `−3`.
 * @param {number} number
 */
export function shownNumber(number) {
  const shown = Math.abs(number).toLocaleString("en-GB", { maximumFractionDigits: 20 });
  return number < 0 ? `\u2212${shown}` : shown;
}
