// Saving with an answer: an edit counts as saved only when Python has acknowledged it. Lives with
// the model, not with a view. It never touches the page; it tells listeners what to show.

import { MOST_SENT, browserStorage, digest, verdict } from "./copies.js";
import { Copying } from "./copying.js";
import { keepHearing } from "./hearing.js";
import { otherCodes } from "./held.js";
import { listen } from "./listening.js";
import { Pulse } from "./pulse.js";
import { NEWER, OVERTAKEN, lostStatus, restStatus } from "./telling.js";
import { saveAs, unsavedFile } from "./unsaved.js";

/**
 * @typedef {object} Model what anywidget hands over
 * @property {(name: string) => any} get
 * @property {(name: string, value: any) => void} set
 * @property {() => void} save_changes
 * @property {(name: string, callback: (...args: any[]) => void) => void} on
 * @property {(name?: string | null, callback?: ((...args: any[]) => void) | null) => void} off
 */

/**
 * How long Python may take before the page says that the work is not saved (milliseconds), so that
 * it is said within two seconds of the first unsaved change.
 */
export const PATIENCE = 1700;
/** How long it may take to give a sign of life when nothing is unsaved. */
const PING_PATIENCE = 3000;

export class Saver extends Copying {
  /**
   * @param {Model} model
   * @param {{blank?: (answer: any) => boolean, storage?: Storage | null, patience?: number}} [options]
   *   `blank` says whether an answer is still empty
   */
  constructor(model, options = {}) {
    const storage = options.storage === undefined ? browserStorage() : options.storage;
    super(model, storage);
    this.blank = options.blank ?? (() => false);
    this.patience = options.patience ?? PATIENCE;
    /** The revision of what Python has saved last, as far as this page knows. */
    this.based = Number(model.get("ack")?.revision ?? 0);
    /** The number of this page's last edit: the model's own may be set back (see `stale`). */
    this.lastEdit = 0;
    /** @type {{edit: number, since: number}[]} edits of this page without an answer, the oldest first */
    this.unheard = [];
    /** @type {number | null} since when this page holds what it has not sent yet (a text being typed) */
    this.held = null;
    /** @type {number | null} until when a sign of life is waited for */
    this.asking = null;
    this.lost = false;
    this.heardAt = performance.now();
    this.pulse = new Pulse({ heard: () => this.heardAt, ask: () => this.probe() });
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {number | undefined} the frame after which a large answer is sent */
    this.sending = undefined;
    /** @type {import("./copies.js").Copy | null} a copy that the student may choose */
    this.offered = null;
    this.offeredKey = "";
    // Where a page comes back to a kernel that lives, what was found may be about an answer before.
    const told = model.get("feedback");
    const as = Number(told?.edit ?? 0) === Number(model.get("edit") ?? 0) ? this.answer : {};
    /** @type {{check: number, answer: Record<string, any>}} what feedback was asked for last, {}: not known */
    this.checked = { check: Number(told?.check ?? 0), answer: as };
    /** @type {string} what happened when the widget came up, to be told once */
    this.news = "";
    this.others = this.blank(this.answer) ? otherCodes(storage, this.copies.student, this.copies.question) : [];
    this.status = this.restStatus();
    model.on("change:ack", () => this.heard());
    model.on("change:edit", () => this.elsewhere());
    model.on("comm_live_update", () => this.shown && this.probe());
    /** @type {(() => void) | undefined} set while a view shows this */
    this.unlisten = undefined;
    this.greet();
    keepHearing(model);
  }

  get holding() {
    return this.held !== null;
  }

  /**
   * @override
   * @param {(status: import("./telling.js").Status) => void} watcher
   */
  watch(watcher) {
    this.unlisten ??= listen(this);
    const stop = super.watch(watcher);
    return () => stop() && !this.shown && this.leave();
  }

  /** The last view is gone: what waits for a frame does not wait for it any longer. */
  leave() {
    this.sendNow();
    this.copyNow();
    this.pulse.rest();
    this.unlisten?.();
    this.unlisten = undefined;
  }

  /** The model is closed: nobody answers any more. What Python has not saved stands in the browser's copy. */
  destroy() {
    this.leave();
    clearTimeout(this.timer);
  }

  get readonly() {
    return Boolean(this.model.get("readonly"));
  }

  // ---- copies that were found ----

  /** Look at the browser's copies once, when the widget comes up. */
  greet() {
    if (this.readonly) return;
    const blank = this.blank(this.answer);
    const found = this.copies.all().map((one) => ({ ...one, what: verdict(one.copy, this.answer, blank) }));
    const back = found.find(({ what }) => what === "apply");
    const choice = found.find(({ what }) => what === "offer");
    // What is asked about, or may be asked about next time, is not overwritten by going on.
    if (choice) this.copies.offering = choice.copy.by;
    if (back) {
      this.copies.adopt(back.copy);
      this.news = "Work that had not been saved was found in this browser. It is back.";
      this.change(this.brought(back.copy.answer, back.copy));
    } else if (choice) {
      this.offered = choice.copy;
      this.offeredKey = choice.key;
    }
    for (const { copy, what } of found) {
      if (what !== "none") continue;
      const here = copy.saved || digest(copy.answer) === digest(this.answer);
      if (here && !copy.declined) this.copies.adopt(copy);
    }
  }

  /** Take the copy that was offered. */
  takeOffer() {
    const copy = this.offered;
    this.offered = null;
    if (!copy) return;
    const before = this.answer;
    this.copies.adopt(copy);
    this.change(this.brought(copy.answer, copy));
    for (const reader of this.readers) reader(this.answer, { before });
    this.tell(this.status);
  }

  /** Keep what is here; the copy stays in the browser and is not asked about again. */
  declineOffer() {
    this.offered = null;
    this.copies.decline(this.offeredKey);
    this.copies.offering = null;
    this.tell(this.status);
  }

  /** Drop the copy that was offered, here and in the browser. */
  forgetOffer() {
    this.offered = null;
    this.copies.drop(this.offeredKey);
    this.tell(this.status);
  }

  // ---- sending ----

  /**
   * Keep a new answer: to Python at once, to the browser's copy right after.
   * @param {Record<string, any>} answer
   * @param {{large?: boolean}} [how] `large`: it takes so long to write down for sending that the
   *   next frame is shown first
   */
  change(answer, { large = false } = {}) {
    if (this.readonly) return;
    this.answer = answer;
    if (large && this.shown && document.visibilityState !== "hidden") this.sendSoon();
    else this.sendNow(true);
    this.copySoon();
    this.lead();
  }

  /** Send after the next frame; what is changed again before that is sent once. */
  sendSoon() {
    this.held ??= performance.now();
    this.sending ??= requestAnimationFrame(() => setTimeout(() => this.sendNow(), 0));
    this.tell(this.lost ? this.lostStatus() : { state: "saving", text: "Saving…" });
  }

  /** @param {boolean} [due] */
  sendNow(due = this.holding) {
    if (!due) return;
    if (this.sending !== undefined) cancelAnimationFrame(this.sending);
    this.sending = undefined;
    this.send();
  }

  /**
   * Keep an answer that is still being written in the browser alone; `change` follows.
   * @param {Record<string, any>} answer
   */
  draft(answer) {
    if (this.readonly) return;
    this.answer = answer;
    this.held ??= performance.now();
    this.copy(false);
    if (!this.lost) this.tell({ state: "saving", text: "Writing…" });
    else this.tell(this.lostStatus());
    this.lead();
  }

  send() {
    const edit = Math.max(this.model.get("edit") ?? 0, this.lastEdit) + 1;
    this.lastEdit = edit;
    this.put();
    this.unheard.push({ edit, since: this.held ?? performance.now() });
    this.held = null;
    this.sent.push(this.answer);
    if (this.sent.length > MOST_SENT) this.sent.shift();
    try {
      this.model.save_changes();
    } catch (problem) {
      // A model that was closed cannot send (seen in JupyterLab); the browser's copy is written all the same.
      console.warn(problem);
    }
    this.await();
  }

  /** Set what this page holds, without sending it. */
  put() {
    this.own = true;
    this.model.set("answer", this.answer);
    this.model.set("edit", this.lastEdit);
    this.model.set("by", this.by);
    this.model.set("based", this.based);
    this.own = false;
  }

  /** Save now, though nothing changed: for Ctrl+S and "try again". */
  again() {
    if (this.readonly) return;
    this.lost = false;
    this.unheard = [];
    this.sendNow(true);
  }

  /** Ask for feedback on the answer as it stands. */
  check() {
    this.sendNow();
    const check = (this.model.get("check") ?? 0) + 1;
    this.checked = { check, answer: this.answer };
    this.model.set("check", check);
    this.model.save_changes();
    this.expect(this.patience);
    if (!this.lost) this.tell({ state: "saving", text: "Saving…" });
  }

  /**
   * The answer that a feedback is about: a slow kernel may be heard when more was entered since.
   * @param {{check?: number} | null | undefined} feedback
   * @returns {Record<string, any>} what stands here now, where another page has asked for it
   */
  answerOf(feedback) {
    return this.checked.check === feedback?.check ? this.checked.answer : this.answer;
  }

  /** The connection changed, or nothing was heard for a while: ask Python whether it is there. */
  probe() {
    if (this.readonly) return;
    // Two pages on one kernel must not ask with the same number, or one would not be heard.
    this.model.set("ping", Math.max((this.model.get("ping") ?? 0) + 1, Date.now()));
    this.model.save_changes();
    this.expect(Math.max(this.patience, PING_PATIENCE));
  }

  /** @param {number} patience */
  expect(patience) {
    this.asking = Math.min(this.asking ?? Infinity, performance.now() + patience);
    this.await();
  }

  /** The student does something in the widget. */
  used() {
    if (this.readonly) return;
    this.pulse.used();
    if (this.lost && this.status.quiet) this.tell(this.lostStatus());
  }

  // ---- waiting ----

  /** Wait for what has been asked first; what is asked later does not put that off. */
  await() {
    clearTimeout(this.timer);
    if (this.unheard.length && !this.lost) this.tell({ state: "saving", text: "Saving…" });
    if (this.lost) return this.unheard.length ? this.tell(this.lostStatus()) : undefined;
    const ends = [];
    if (this.unheard.length) ends.push(this.unheard[0].since + this.patience);
    if (this.asking !== null) ends.push(this.asking);
    if (ends.length) this.timer = setTimeout(() => this.late(), Math.max(0, Math.min(...ends) - performance.now()));
  }

  late() {
    this.lost = true;
    // What stands in the browser is told, so it must stand there.
    this.copyNow();
    this.tell(this.lostStatus());
  }

  lostStatus() {
    return lostStatus({
      unsaved: this.unheard.length > 0 || this.holding,
      kept: this.kept,
      saved: Boolean(this.model.get("ack")?.saved),
      quiet: !this.pulse.recent,
      loadable: this.loadable,
    });
  }

  /** Whether a downloaded answer can be loaded back. */
  get loadable() {
    return true;
  }

  /** Whether a file is worth offering: it can be loaded back, or is all that is left. */
  get offersFile() {
    return this.loadable || !this.kept;
  }

  restStatus() {
    const others = this.blank(this.answer) ? this.others : [];
    return restStatus(this.model, others);
  }

  /** Python has answered: to an edit of this page, to one of another page, or to a sign. */
  heard() {
    const ack = this.model.get("ack") ?? {};
    const mine = ack.by === undefined || ack.by === "" || ack.by === this.by;
    this.heardAt = performance.now();
    this.asking = null;
    this.lost = false;
    if (mine) this.unheard = this.unheard.filter(({ edit }) => edit > (ack.edit ?? 0));
    if (this.unheard.length || this.holding) {
      if (ack.aside) this.remarkOn(ack.revision, mine ? ack.message : OVERTAKEN);
      return this.await();
    }
    clearTimeout(this.timer);
    if (ack.ok === false) {
      if (mine) this.copyNow(true);
      return this.tell({ state: "refused", text: "Not saved.", advice: ack.message });
    }
    if (!mine && digest(this.model.get("answer")) !== digest(this.answer)) this.elsewhere();
    this.based = Number(ack.revision ?? this.based);
    this.safe = this.answer;
    this.sent = [];
    if (mine && this.model.get("edit") > 0) {
      clearTimeout(this.copying);
      this.copying = undefined;
      this.copy(true);
      this.copies.dropAside(this.by);
    }
    if (ack.aside) this.remarkOn(ack.revision, mine ? ack.message : OVERTAKEN);
    else if (ack.newer) this.remarkOn(ack.revision, NEWER);
    this.tell(this.restStatus());
  }

  /**
   * Whether the model was set to what this page has gone beyond. A host that connects asks Python for
   * every widget's state and sets it (seen in ipywidgets 8), though more was entered meanwhile.
   */
  get stale() {
    return this.model.get("edit") < this.lastEdit && ["", this.by].includes(this.model.get("by"));
  }

  /** Another page on the same kernel has changed the answer. */
  elsewhere() {
    if (this.own || this.holding) return;
    if (this.stale) return this.put();
    this.answer = this.model.get("answer");
    for (const reader of this.readers) reader(this.answer);
  }

  /**
   * What lies on the disk has been changed by the hand-in.
   * @param {{exercise: string, text: string}} what
   */
  changed({ exercise, text }) {
    if (this.readonly || !exercise || !String(this.model.get("question")).startsWith(`${exercise}/`)) return;
    this.remark = text;
    this.tell(this.status);
  }

  /** The answer as a file for the student to keep, which can be loaded back at the hand-in. */
  download() {
    const question = this.model.get("question");
    const { name, words } = unsavedFile(question, this.model.get("student"), this.answer);
    saveAs(name, words);
  }
}
