// The browser's own copy of an answer: a second place, never the promise. The file is the promise.

import { isAnswer } from "./shape.js";

/**
 * @typedef {object} Copy
 * @property {string} question
 * @property {string} student
 * @property {Record<string, any>} answer the answer as it stood in the browser
 * @property {string} base digest of the last answer that Python had saved before this one
 * @property {string[]} sent digests of the answers sent since then: any of them may be on disk
 * @property {boolean} saved whether Python has saved this very answer
 * @property {boolean} [declined] whether the student did not want it
 * @property {string} when ISO 8601
 * @property {string} by the page that wrote it
 * @property {Record<string, any>} [before] what had stood in the parts that are not saved, where parts are taken
 */

/** How many digests of sent answers are remembered. */
export const MOST_SENT = 200;

/**
 * A text that is the same for answers that say the same: sorted keys, nothing empty, and without
 * what only Python counts.
 * @param {any} value
 * @returns {string}
 */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonicalPart).join(",")}]`;
  if (value && typeof value === "object") {
    const said = [];
    for (const key of Object.keys(value).sort()) {
      const item = value[key];
      if (item === null || item === undefined || item === "") continue;
      if (key === "attempts" || key === "sha256") continue;
      said.push(`${JSON.stringify(key)}:${canonical(item)}`);
    }
    return `{${said.join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

/** @type {WeakMap<object, string>} what the parts of a list said */
const parts = new WeakMap();

/**
 * A part of a list, such as one mark of a thousand: they are never changed in place, so that each is
 * looked at once and not with every change of another.
 * @param {any} value
 * @returns {string}
 */
function canonicalPart(value) {
  if (!value || typeof value !== "object") return canonical(value);
  const known = parts.get(value);
  if (known !== undefined) return known;
  const made = canonical(value);
  parts.set(value, made);
  return made;
}

/** @type {WeakMap<object, string>} */
const digests = new WeakMap();

/**
 * A short digest of an answer (two 32-bit mixes; it tells answers apart, it protects nothing).
 * Answers are never changed in place, so that it is made once for each.
 * @param {any} answer
 * @returns {string}
 */
export function digest(answer) {
  const known = answer && typeof answer === "object" ? digests.get(answer) : undefined;
  if (known) return known;
  const text = canonical(answer);
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  const made = (a >>> 0).toString(36) + (b >>> 0).toString(36);
  if (answer && typeof answer === "object") digests.set(answer, made);
  return made;
}

/**
 * What to do with a browser's copy when a widget comes up.
 * "apply": the copy was never saved, and what Python holds is what it came from or a state that this
 * browser has sent on the way to it (a kernel may have saved and died before it could say so).
 * "offer": the copy differs and the student must choose. "none": there is nothing in it.
 * @param {Copy | null} copy
 * @param {Record<string, any>} answer what Python holds
 * @param {boolean} blank whether that is an empty answer
 * @returns {"apply" | "offer" | "none"}
 */
export function verdict(copy, answer, blank) {
  if (!copy || typeof copy.answer !== "object" || copy.answer === null) return "none";
  if (copy.answer.kind !== answer.kind || copy.answer.article !== answer.article) return "none";
  if (!isAnswer(copy.answer)) return "none"; // it would stop the widget at every start
  const theirs = digest(answer);
  if (copy.declined || digest(copy.answer) === theirs) return "none";
  if (copy.saved) return blank ? "offer" : "none";
  const known = copy.base === theirs || (copy.sent ?? []).includes(theirs);
  return known ? "apply" : "offer";
}

/**
 * Read one copy out of the storage, whatever stands there.
 * @param {string | null | undefined} words
 * @returns {Copy | null}
 */
export function readCopy(words) {
  try {
    const copy = words ? JSON.parse(words) : null;
    if (!copy || typeof copy !== "object" || !copy.answer || typeof copy.answer !== "object") return null;
    const sent = Array.isArray(copy.sent) ? copy.sent.filter((/** @type {any} */ one) => typeof one === "string") : [];
    return { ...copy, sent, saved: copy.saved === true, declined: copy.declined === true };
  } catch {
    return null;
  }
}

/**
 * Where the storage keeps the copy of one question and one student.
 * @param {string} question
 * @param {string} student
 */
export function copyKey(question, student) {
  return `briefing/${question}/${encodeURIComponent(wellFormed(student ?? ""))}`;
}

/** @param {string} words */
function wellFormed(words) {
  return words.replace(/[\ud800-\udfff]/gu, "\ufffd");
}

/** A place in the browser's storage for one question and one student; silent where there is none. */
export class CopyStore {
  /**
   * @param {string} question
   * @param {string} student
   * @param {Storage | null} storage
   * @param {string} [by] the page that writes here
   */
  constructor(question, student, storage, by = "") {
    this.storage = question ? storage : null;
    this.question = question;
    this.student = student ?? "";
    this.by = by;
    this.key = copyKey(question, student);
    /** @type {Map<string, string>} pages whose copies have come over into this one, and when each was written */
    this.adopted = new Map();
    /** @type {string | null} the page whose copy is offered and not yet answered */
    this.offering = null;
  }

  /** @returns {Copy | null} */
  read() {
    return readCopy(this.get(this.key));
  }

  /**
   * Every copy of this question and student: the present one, then those that another page left
   * unsaved when this one took their place, the latest first.
   * @returns {{key: string, copy: Copy}[]}
   */
  all() {
    const keys = [this.key, ...keysOf(this.storage, `${this.key}/other/`)];
    const found = keys.flatMap((key) => {
      const copy = readCopy(this.get(key));
      return copy ? [{ key, copy }] : [];
    });
    const [first, ...others] = found;
    if (first?.key !== this.key) return found.sort(latest);
    return [first, ...others.sort(latest)];
  }

  /**
   * Keep a copy. One that another page has left unsaved is put aside, never overwritten; where the
   * storage is full, the steps for undo make room.
   * @param {Omit<Copy, "question" | "student" | "by">} copy
   * @returns {boolean} whether the browser kept it
   */
  write(copy) {
    if (!this.storage) return false;
    const before = this.read();
    const wanted = before && (!before.saved || before.by === this.offering) && !this.known(before);
    if (wanted && digest(before.answer) !== digest(copy.answer)) {
      const aside = { ...before, saved: false };
      if (!this.set(`${this.key}/other/${before.by || "x"}`, JSON.stringify(aside))) return false;
    }
    const { question, student, by } = this;
    return this.set(this.key, JSON.stringify({ question, student, by, ...copy }));
  }

  /**
   * The copy of another page has come over into this one, or is to be kept no longer. What that page
   * writes later has not.
   * @param {Copy} copy
   */
  adopt({ by, when }) {
    this.adopted.set(by, when);
    this.dropAside(by);
  }

  /**
   * Whether a copy is this page's own, or has come over into it.
   * @param {Copy} copy
   */
  known({ by, when }) {
    return by === this.by || (this.adopted.has(by) && this.adopted.get(by) === when);
  }

  /** Drop what was put aside for a page. @param {string} by */
  dropAside(by) {
    this.drop(`${this.key}/other/${by || "x"}`);
  }

  /**
   * The student did not want this copy: it is asked about no more, and stays.
   * @param {string} key
   */
  decline(key) {
    const copy = readCopy(this.get(key));
    if (!copy) return;
    const aside = `${this.key}/other/${copy.by || "x"}`;
    if (this.set(aside, JSON.stringify({ ...copy, declined: true })) && key !== aside) this.drop(key);
  }

  /** @param {string} key */
  get(key) {
    try {
      return this.storage?.getItem(key) ?? null;
    } catch {
      return null;
    }
  }

  /**
   * @param {string} key
   * @param {string} words
   * @returns {boolean}
   */
  set(key, words) {
    try {
      this.storage?.setItem(key, words);
      return true;
    } catch {
      for (const steps of keysOf(this.storage, "briefing/")) if (steps.endsWith("/history")) this.drop(steps);
    }
    try {
      this.storage?.setItem(key, words);
      return true;
    } catch {
      return false;
    }
  }

  /** @param {string} [key] */
  drop(key = this.key) {
    try {
      this.storage?.removeItem(key);
    } catch {
      // A browser that forbids storage has nothing to forget.
    }
  }
}

/**
 * @param {{copy: Copy}} a
 * @param {{copy: Copy}} b
 */
function latest(a, b) {
  return String(b.copy.when) < String(a.copy.when) ? -1 : 1;
}

/**
 * The keys of a storage that begin with some words.
 * @param {Storage | null} storage
 * @param {string} start
 * @returns {string[]}
 */
export function keysOf(storage, start) {
  try {
    return Object.keys(storage ?? {}).filter((key) => key.startsWith(start));
  } catch {
    return [];
  }
}

/** @returns {Storage | null} */
export function browserStorage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
