// Words, sentences and finds in a text, in UTF-16 offsets. Pure: no page, no model.

import { lowerBound } from "./offsets.js";

/** @typedef {{start: number, end: number}} Stretch */

// A word keeps its inner hyphens, apostrophes, full stops and commas: Su-24M, Syria's, 1,000.
const WORD = /[\p{L}\p{N}\p{M}\p{So}\p{Sc}]+(?:[-‐‑'’.,/\u200d\ufe0f][\p{L}\p{N}\p{M}\p{So}]+)*\ufe0f?%?/gu;

/** Words of one text, found once for each paragraph, and only when they are asked for. */
export class Words {
  /**
   * @param {string} text
   * @param {Stretch[]} paragraphs ascending, apart from each other
   * @param {Stretch[]} [given] sentences that are known already, ascending
   * @param {string} [lang] the language of the text
   */
  constructor(text, paragraphs, given = [], lang = "") {
    this.text = text;
    this.lang = lang;
    this.paragraphs = paragraphs;
    this.given = given;
    this.starts = paragraphs.map((paragraph) => paragraph.start);
    /** @type {Map<number, Stretch[]>} */
    this.words = new Map();
    /** @type {Map<number, Stretch[]>} */
    this.sentences = new Map();
  }

  /**
   * The number of the paragraph that holds an offset, or the one before it.
   * @param {number} offset
   */
  paragraphAt(offset) {
    const at = lowerBound(this.starts, offset + 1) - 1;
    return Math.min(Math.max(at, 0), this.paragraphs.length - 1);
  }

  /**
   * @param {number} index
   * @returns {Stretch[]}
   */
  wordsIn(index) {
    return this.cached(this.words, index, (piece) => wordsOf(piece, this.lang));
  }

  /**
   * @param {number} index
   * @returns {Stretch[]}
   */
  sentencesIn(index) {
    const paragraph = this.paragraphs[index];
    if (paragraph && this.given.length) {
      const inside = this.given.filter(
        (one) => one.start < paragraph.end && one.end > paragraph.start,
      );
      if (inside.length) return inside;
    }
    return this.cached(this.sentences, index, sentencesOf);
  }

  /**
   * @param {Map<number, Stretch[]>} cache
   * @param {number} index
   * @param {(piece: string) => Stretch[]} split
   * @returns {Stretch[]}
   */
  cached(cache, index, split) {
    const known = cache.get(index);
    if (known) return known;
    const paragraph = this.paragraphs[index];
    const from = paragraph?.start ?? 0;
    const found = paragraph
      ? split(this.text.slice(from, paragraph.end)).map(({ start, end }) => ({
          start: from + start,
          end: from + end,
        }))
      : [];
    cache.set(index, found);
    return found;
  }

  /**
   * The word at an offset, or touching it.
   * @param {number} offset
   * @returns {Stretch | null}
   */
  wordAt(offset) {
    const words = this.wordsIn(this.paragraphAt(offset));
    const inside = words.find((word) => word.start <= offset && offset < word.end);
    return inside ?? words.find((word) => word.end === offset) ?? null;
  }

  /**
   * The word before or after an offset, over the ends of paragraphs.
   * @param {number} offset
   * @param {1 | -1} way
   * @returns {Stretch | null}
   */
  step(offset, way) {
    let index = this.paragraphAt(offset);
    while (index >= 0 && index < this.paragraphs.length) {
      const words = this.wordsIn(index);
      const found =
        way > 0
          ? words.find((word) => word.start >= offset)
          : words.findLast((word) => word.end <= offset);
      if (found) return found;
      index += way;
    }
    return null;
  }

  /**
   * Where the character after (1) or before (-1) an offset ends or begins; null where that cannot be told, and
   * beyond the ends of a paragraph.
   * @param {number} offset
   * @param {1 | -1} way
   * @returns {number | null}
   */
  character(offset, way) {
    const { start, end } = this.paragraphs[this.paragraphAt(offset)] ?? { start: 0, end: 0 };
    const within = offset - start + (way > 0 ? 0 : -1);
    if (typeof Intl.Segmenter !== "function" || within < 0 || start + within >= end) return null;
    const found = segmenter("", "grapheme").segment(this.text.slice(start, end)).containing(within);
    return found ? start + found.index + (way > 0 ? found.segment.length : 0) : null;
  }

  /**
   * The sentence that holds an offset.
   * @param {number} offset
   * @returns {Stretch | null}
   */
  sentenceAt(offset) {
    const all = this.sentencesIn(this.paragraphAt(offset));
    return all.findLast((sentence) => sentence.start <= offset) ?? all[0] ?? null;
  }

  /**
   * The sentence before or after the one that holds an offset.
   * @param {number} offset
   * @param {1 | -1} way
   * @returns {Stretch | null}
   */
  stepSentence(offset, way) {
    // Where sentences are asked for, only they are walked, not the lines between them.
    if (this.given.length) {
      const at = (/** @type {Stretch} */ { start, end }) => start <= offset && offset < end;
      const inside = this.given.find(at);
      return way > 0
        ? (this.given.find((one) => one.start > (inside?.start ?? offset)) ?? null)
        : (this.given.findLast((one) => one.start < (inside?.start ?? offset)) ?? null);
    }
    let index = this.paragraphAt(offset);
    const here = this.sentenceAt(offset);
    while (index >= 0 && index < this.paragraphs.length) {
      const all = this.sentencesIn(index);
      const found =
        way > 0
          ? all.find((sentence) => sentence.start > (here ? here.start : offset))
          : all.findLast((sentence) => sentence.start < (here ? here.start : offset));
      if (found) return found;
      index += way;
    }
    return null;
  }

  /**
   * Widen a stretch to whole words and drop spaces and stray signs at its ends. A stretch without
   * a word is only trimmed of spaces.
   * @param {Stretch} stretch
   * @returns {Stretch | null} null when nothing but spaces is left
   */
  snap(stretch) {
    const trimmed = trim(this.text, stretch);
    if (!trimmed) return null;
    const first = this.touching(trimmed, 1);
    const last = this.touching(trimmed, -1);
    if (!first || !last) return trimmed;
    const start = Math.min(first.start, keepQuote(this.text, trimmed.start, first.start, 1));
    const end = Math.max(last.end, keepQuote(this.text, trimmed.end, last.end, -1));
    return { start, end };
  }

  /**
   * The first (1) or last (-1) word that shares a letter with a stretch.
   * @param {Stretch} stretch
   * @param {1 | -1} from
   * @returns {Stretch | null}
   */
  touching(stretch, from) {
    const low = this.paragraphAt(stretch.start);
    const high = this.paragraphAt(stretch.end - 1);
    const fits = (/** @type {Stretch} */ word) =>
      word.start < stretch.end && word.end > stretch.start;
    for (let i = from > 0 ? low : high; i >= low && i <= high; i += from) {
      const words = this.wordsIn(i);
      const found = from > 0 ? words.find(fits) : words.findLast(fits);
      if (found) return found;
    }
    return null;
  }
}

/**
 * @param {string} piece
 * @param {RegExp} what
 * @returns {Stretch[]}
 */
function matches(piece, what) {
  return [...piece.matchAll(what)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

// Scripts that put no space between words: there a run of letters is many words.
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * The words of a piece. Where a script has no spaces the browser's dictionary cuts, if it has one.
 * @param {string} piece
 * @param {string} lang
 * @returns {Stretch[]}
 */
function wordsOf(piece, lang) {
  const found = matches(piece, WORD);
  if (typeof Intl.Segmenter !== "function" || !UNSPACED.test(piece)) return found;
  const cut = segmenter(lang, "word");
  return found.flatMap(({ start, end }) => {
    const run = piece.slice(start, end);
    if (!UNSPACED.test(run)) return [{ start, end }];
    return [...cut.segment(run)]
      .filter((one) => one.isWordLike)
      .map(({ index, segment }) => ({ start: start + index, end: start + index + segment.length }));
  });
}

/**
 * @param {string} lang an unknown or misspelt one is no reason to stop
 * @param {"word" | "sentence" | "grapheme"} granularity
 */
function segmenter(lang, granularity) {
  try {
    return new Intl.Segmenter(lang || undefined, { granularity });
  } catch {
    return new Intl.Segmenter(undefined, { granularity });
  }
}

/**
 * The browser's own sentences; where it knows none, the piece is one.
 * @param {string} piece
 * @returns {Stretch[]}
 */
function sentencesOf(piece) {
  if (typeof Intl.Segmenter !== "function") return [{ start: 0, end: piece.length }];
  const cut = segmenter("", "sentence");
  return [...cut.segment(piece)]
    .map(({ index, segment }) => trim(piece, { start: index, end: index + segment.length }))
    .filter((one) => one !== null);
}

const MARKS_WITH_WORDS = /["“”„«»‘’'()[\].!?…]/u;

/**
 * A quotation mark or full stop that was selected on purpose stays selected.
 * @param {string} text
 * @param {number} chosen the end that was selected
 * @param {number} word the word's end on that side
 * @param {1 | -1} side
 */
function keepQuote(text, chosen, word, side) {
  const between = side > 0 ? text.slice(chosen, word) : text.slice(word, chosen);
  return between && [...between].every((sign) => MARKS_WITH_WORDS.test(sign)) ? chosen : word;
}

/**
 * @param {string} text
 * @param {Stretch} stretch
 * @returns {Stretch | null}
 */
export function trim(text, { start, end }) {
  let low = Math.max(0, Math.min(start, end));
  let high = Math.min(text.length, Math.max(start, end));
  while (low < high && /\s/u.test(text[low])) low += 1;
  while (high > low && /\s/u.test(text[high - 1])) high -= 1;
  return low < high ? { start: low, end: high } : null;
}

/**
 * The paragraphs of a text: its lines, without the spaces around them where `prose` says so.
 * Empty lines are no paragraphs.
 * @param {string} text
 * @param {boolean} prose
 * @returns {Stretch[]}
 */
export function paragraphsOf(text, prose) {
  /** @type {Stretch[]} */
  const found = [];
  for (const match of text.matchAll(/[^\n]+/gu)) {
    const whole = { start: match.index, end: match.index + match[0].length };
    const kept = trim(text, whole);
    if (kept) found.push(prose ? kept : { start: whole.start, end: kept.end });
  }
  return found;
}

/**
 * Every place where the words occur: case and the kind of space do not matter.
 * @param {string} text
 * @param {string} words
 * @param {number} [most]
 * @returns {Stretch[]}
 */
export function find(text, words, most = 500) {
  const wanted = words.trim();
  if (!wanted) return [];
  const pattern = wanted
    .split(/\s+/u)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/gu, "\\$&").replace(/['’‘]/gu, "['’‘]").replace(/["“”]/gu, '["“”]'))
    .join("\\s+");
  /** @type {Stretch[]} */
  const found = [];
  for (const match of text.matchAll(new RegExp(pattern, "giu"))) {
    found.push({ start: match.index, end: match.index + match[0].length });
    if (found.length >= most) break;
  }
  return found;
}
