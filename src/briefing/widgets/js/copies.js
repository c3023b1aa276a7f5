// The browser's own copy of an answer: a second place, never the promise. The file is the promise.

/**
 * @typedef {object} Copy
 * @property {Record<string, any>} answer the answer as it stood in the browser
 * @property {string} base digest of the last answer that Python had saved before this one
 * @property {boolean} saved whether Python has saved this very answer
 * @property {string} when ISO 8601
 */

/**
 * A text that is the same for answers that say the same: sorted keys, nothing empty, and without
 * what only Python counts.
 * @param {any} value
 * @returns {string}
 */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value && typeof value === "object") {
    const parts = [];
    for (const key of Object.keys(value).sort()) {
      const item = value[key];
      if (item === null || item === undefined || item === "") continue;
      if (key === "attempts" || key === "sha256") continue;
      parts.push(`${JSON.stringify(key)}:${canonical(item)}`);
    }
    return `{${parts.join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

/**
 * A short digest of an answer (two 32-bit mixes; it tells answers apart, it protects nothing).
 * @param {any} answer
 * @returns {string}
 */
export function digest(answer) {
  const text = canonical(answer);
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}

/**
 * What to do with a browser's copy when a widget comes up.
 * "apply": the copy was never saved and nobody has saved anything else since.
 * "offer": the copy differs and the student must choose. "none": there is nothing in it.
 * @param {Copy | null} copy
 * @param {Record<string, any>} answer what Python holds
 * @param {boolean} blank whether that is an empty answer
 * @returns {"apply" | "offer" | "none"}
 */
export function verdict(copy, answer, blank) {
  if (!copy || typeof copy.answer !== "object" || copy.answer === null) return "none";
  if (copy.answer.kind !== answer.kind || copy.answer.article !== answer.article) return "none";
  const mine = digest(copy.answer);
  const theirs = digest(answer);
  if (mine === theirs) return "none";
  if (copy.saved) return blank ? "offer" : "none";
  return copy.base === theirs ? "apply" : "offer";
}

/** A place in the browser's storage for one question and one student; silent where there is none. */
export class CopyStore {
  /**
   * @param {string} question
   * @param {string} student
   * @param {Storage | null} storage
   */
  constructor(question, student, storage) {
    this.storage = question ? storage : null;
    this.key = `briefing/${question}/${student}`;
  }

  /** @returns {Copy | null} */
  read() {
    try {
      const found = this.storage?.getItem(this.key);
      const copy = found ? JSON.parse(found) : null;
      return copy && typeof copy === "object" ? copy : null;
    } catch {
      return null;
    }
  }

  /**
   * @param {Copy} copy
   * @returns {boolean} whether the browser kept it
   */
  write(copy) {
    try {
      if (!this.storage) return false;
      this.storage.setItem(this.key, JSON.stringify(copy));
      return true;
    } catch {
      return false;
    }
  }

  forget() {
    try {
      this.storage?.removeItem(this.key);
    } catch {
      // A browser that forbids storage has nothing to forget.
    }
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
