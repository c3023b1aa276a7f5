// When a saver writes the browser's copy of its answer: right after each change, and before it goes.

import { CopyStore, digest } from "./copies.js";
import { Telling } from "./telling.js";

export class Copying extends Telling {
  /**
   * @param {import("./saving.js").Model} model
   * @param {Storage | null} storage
   */
  constructor(model, storage) {
    super();
    this.model = model;
    this.by = Math.random().toString(36).slice(2, 10);
    this.copies = new CopyStore(model.get("question"), model.get("student"), storage, this.by);
    /** @type {Record<string, any>} */
    this.answer = model.get("answer");
    /** What Python has saved last, as far as this page knows. */
    this.safe = this.answer;
    /** @type {Record<string, any>[]} answers that were sent since then */
    this.sent = [];
    this.kept = true;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.copying = undefined;
  }

  /**
   * What a copy that was found brings here: all of it, where it is one answer to one question.
   * @param {Record<string, any>} answer
   * @param {import("./copies.js").Copy} _copy
   */
  brought(answer, _copy) {
    return answer;
  }

  /**
   * What a copy holds besides the answer.
   * @returns {{before?: Record<string, any>}}
   */
  get alongside() {
    return {};
  }

  /** Write the copy after the next frame, or at once where there are no frames. */
  copySoon() {
    clearTimeout(this.copying);
    if (!this.shown || document.visibilityState === "hidden") return this.copyNow(true);
    this.copying = setTimeout(() => this.copyNow(true), 30);
  }

  /** @param {boolean} [due] */
  copyNow(due = this.copying !== undefined) {
    if (!due) return;
    clearTimeout(this.copying);
    this.copying = undefined;
    this.copy(false);
  }

  /** @param {boolean} saved */
  copy(saved) {
    this.kept = this.copies.write({
      ...this.alongside,
      answer: this.answer,
      base: digest(this.safe),
      sent: saved ? [] : [...new Set(this.sent.map(digest))],
      saved,
      when: new Date().toISOString(),
    });
  }
}
