// Saving with an answer: an edit counts as saved only when Python has acknowledged it. Lives with
// the model, not with a view. It never touches the page; it tells listeners what to show.

import { CopyStore, browserStorage, digest, verdict } from "./copies.js";

/**
 * @typedef {object} Model what anywidget hands over
 * @property {(name: string) => any} get
 * @property {(name: string, value: any) => void} set
 * @property {() => void} save_changes
 * @property {(name: string, callback: (...args: any[]) => void) => void} on
 * @property {(name?: string | null, callback?: ((...args: any[]) => void) | null) => void} off
 */

/**
 * @typedef {"idle" | "saved" | "saving" | "unsaved" | "refused" | "readonly"} State
 * idle: nothing was changed yet; unsaved: no answer in time; refused: Python said why.
 */

/**
 * @typedef {object} Status
 * @property {State} state
 * @property {string} text one sentence for the status line
 * @property {string} [advice] what to do, when something is wrong
 */

/** How long Python may take before the page says that the work is not saved (milliseconds). */
export const PATIENCE = 2000;

const ADVICE =
  "To go on, run all cells again: your work is kept in this browser and comes back. Or download it.";

export class Saver {
  /**
   * @param {Model} model
   * @param {{blank?: (answer: any) => boolean, storage?: Storage | null, patience?: number}} [options]
   *   `blank` says whether an answer is still empty
   */
  constructor(model, options = {}) {
    this.model = model;
    this.blank = options.blank ?? (() => false);
    this.patience = options.patience ?? PATIENCE;
    const storage = options.storage === undefined ? browserStorage() : options.storage;
    this.copies = new CopyStore(model.get("question"), model.get("student"), storage);
    /** @type {Record<string, any>} */
    this.answer = model.get("answer");
    this.base = digest(this.answer);
    this.pinged = 0;
    this.lost = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.copying = undefined;
    /** @type {Set<(status: Status) => void>} */
    this.watchers = new Set();
    /** @type {Set<(answer: any) => void>} */
    this.readers = new Set();
    /** @type {import("./copies.js").Copy | null} a copy that the student may choose */
    this.offered = null;
    /** @type {string} what happened when the widget came up, to be told once */
    this.news = "";
    /** @type {Status} */
    this.status = this.restStatus();
    model.on("change:ack", () => this.heard());
    model.on("change:edit", () => this.elsewhere());
    model.on("comm_live_update", () => this.probe());
    this.greet();
  }

  /** Look at the browser's copy once, when the widget comes up. */
  greet() {
    if (this.model.get("readonly")) return;
    const copy = this.copies.read();
    const what = verdict(copy, this.answer, this.blank(this.answer));
    if (!copy || what === "none") return;
    if (what === "offer") {
      this.offered = copy;
      return;
    }
    this.news = "Work that had not been saved was found in this browser. It is back and saved.";
    this.change(copy.answer);
  }

  /** Take the copy that was offered. */
  takeOffer() {
    const copy = this.offered;
    this.offered = null;
    if (!copy) return;
    this.change(copy.answer);
    for (const reader of this.readers) reader(this.answer);
  }

  /** Drop the copy that was offered, here and in the browser. */
  forgetOffer() {
    this.offered = null;
    this.copies.forget();
  }

  /**
   * Keep a new answer: to Python at once, to the browser's copy right after.
   * @param {Record<string, any>} answer
   */
  change(answer) {
    if (this.model.get("readonly")) return;
    this.answer = answer;
    this.send();
    clearTimeout(this.copying);
    this.copying = setTimeout(() => this.copy(false), 0);
  }

  /**
   * Keep an answer that is still being written in the browser alone; `change` follows.
   * @param {Record<string, any>} answer
   */
  draft(answer) {
    if (this.model.get("readonly")) return;
    this.answer = answer;
    this.copy(false);
    if (!this.lost) this.tell({ state: "saving", text: "Writing…" });
  }

  send() {
    this.own = true;
    this.model.set("answer", this.answer);
    this.model.set("edit", (this.model.get("edit") ?? 0) + 1);
    this.own = false;
    this.model.save_changes();
    this.await();
  }

  /** Save now, though nothing changed: for Ctrl+S and "try again". */
  again() {
    if (this.model.get("readonly")) return;
    this.send();
  }

  /** Ask for feedback on the answer as it stands. */
  check() {
    this.model.set("check", (this.model.get("check") ?? 0) + 1);
    this.model.save_changes();
    this.await();
  }

  /** @param {boolean} saved */
  copy(saved) {
    this.copies.write({
      answer: this.answer,
      base: this.base,
      saved,
      when: new Date().toISOString(),
    });
  }

  await() {
    clearTimeout(this.timer);
    if (!this.lost) this.tell({ state: "saving", text: "Saving…" });
    this.timer = setTimeout(() => this.late(), this.patience);
  }

  late() {
    this.lost = true;
    this.tell({
      state: "unsaved",
      text: "Not saved: the notebook's kernel does not answer.",
      advice: ADVICE,
    });
  }

  /** Python has answered. */
  heard() {
    const ack = this.model.get("ack") ?? {};
    if ((ack.edit ?? 0) < this.model.get("edit")) return;
    clearTimeout(this.timer);
    clearTimeout(this.copying);
    this.lost = false;
    if (ack.ok === false) {
      this.copy(false);
      this.tell({ state: "refused", text: "Not saved.", advice: ack.message });
      return;
    }
    this.base = digest(this.answer);
    if (this.model.get("edit") > 0) this.copy(true);
    this.tell(this.restStatus());
  }

  /** Another tab on the same kernel has changed the answer. */
  elsewhere() {
    if (this.own) return;
    this.answer = this.model.get("answer");
    for (const reader of this.readers) reader(this.answer);
  }

  /** The connection changed: ask Python whether it is there. */
  probe() {
    if (this.model.get("readonly")) return;
    this.pinged += 1;
    this.model.set("ping", this.pinged);
    this.model.save_changes();
    this.await();
  }

  /** @returns {Status} what the status line says when nothing is going on */
  restStatus() {
    if (this.model.get("readonly")) return { state: "readonly", text: "For reading only." };
    const ack = this.model.get("ack") ?? {};
    if (this.model.get("config")?.kept === "memory") {
      const text = ack.edit ? "Kept in the notebook's memory." : "";
      return { state: ack.edit ? "saved" : "idle", text };
    }
    if (!ack.saved) return { state: "idle", text: "Nothing to save yet." };
    const more = ack.message ? ` ${ack.message}` : "";
    return { state: "saved", text: `Saved at ${clock(ack.saved)}.${more}` };
  }

  /** @param {Status} status */
  tell(status) {
    this.status = status;
    for (const watcher of this.watchers) watcher(status);
  }

  /**
   * Hear every change of status, the present one first.
   * @param {(status: Status) => void} watcher
   * @returns {() => void} stop hearing
   */
  watch(watcher) {
    this.watchers.add(watcher);
    watcher(this.status);
    return () => this.watchers.delete(watcher);
  }

  /**
   * Hear of answers that come from elsewhere: the browser's copy, another tab.
   * @param {(answer: any) => void} reader
   * @returns {() => void} stop hearing
   */
  read(reader) {
    this.readers.add(reader);
    return () => this.readers.delete(reader);
  }

  /** The answer as a file for the student to keep. */
  download() {
    const file = {
      format: "reading-the-briefing/unsaved-answer",
      version: 1,
      question: this.model.get("question"),
      student: this.model.get("student"),
      when: new Date().toISOString(),
      answer: this.answer,
    };
    const blob = new Blob([JSON.stringify(file, null, 1)], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    const name = `${file.question || "answer"}.${file.student || "me"}.unsaved.json`;
    link.download = name.replace(/[^\p{L}\p{N}._-]+/gu, "-");
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
}

/**
 * The time of day of an ISO 8601 moment, in the reader's own time zone.
 * @param {string} iso
 */
export function clock(iso) {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return `${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
