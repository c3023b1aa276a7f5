// What a saver says, in words, and who hears it: the status line, what to do when something is wrong,
// and remarks about other windows. It decides nothing and never touches the page.

import { clock } from "./moment.js";

/**
 * @typedef {"idle" | "saved" | "saving" | "unsaved" | "refused" | "away" | "readonly"} State
 * idle: nothing was changed yet; unsaved: no answer in time; refused: Python said why; away: Python
 * does not answer, and there is nothing that it has not saved.
 */

/**
 * @typedef {object} Status
 * @property {State} state
 * @property {string} text one sentence for the status line
 * @property {string} [advice] what to do, when something is wrong
 * @property {boolean} [quiet] whether the status line is enough, for nobody is at this widget
 */

const COMES_BACK =
  "To go on, run all cells again (if nothing runs, reload the page first): your work is kept in this " +
  "browser and comes back.";
const OR_DOWNLOAD = " Or download it.";
const NO_COPY =
  "This browser keeps no copy, so download your answer first. Then run all cells again, and load it " +
  "back where you hand in.";

const NO_COPY_NO_FILE =
  "This browser keeps no copy. Download what you did, to read it there and enter it again. Then run all " +
  "cells again.";

export const OVERTAKEN =
  "Another window changed this question at the same time. Its version shows here now; the one before " +
  "is kept, and can be brought back where you hand in, under “Earlier versions”.";
export const NEWER =
  "Another window has changed this question since, or an earlier version was brought back. Run all " +
  "cells to see it before you go on here.";

const SILENT = "the notebook's kernel does not answer.";

/**
 * What is said when Python does not answer.
 * @param {{unsaved: boolean, kept: boolean, saved: boolean, quiet: boolean, loadable: boolean}} what
 *   whether something is unsaved, the browser keeps a copy, something was saved before, nobody is at the
 *   widget, and whether a downloaded answer can be loaded back
 * @returns {Status}
 */
export function lostStatus({ unsaved, kept, saved, quiet, loadable }) {
  const comesBack = loadable ? COMES_BACK + OR_DOWNLOAD : COMES_BACK;
  const noCopy = loadable ? NO_COPY : NO_COPY_NO_FILE;
  if (unsaved) return { state: "unsaved", text: `Not saved: ${SILENT}`, advice: kept ? comesBack : noCopy };
  const so = saved ? " What you did so far is saved." : "";
  return {
    state: "away",
    text: `T${SILENT.slice(1)}${so}`,
    advice: "It may be busy, or it may have stopped: run all cells again before you go on.",
    quiet,
  };
}

/**
 * What is said when nothing is going on.
 * @param {import("./saving.js").Model} model
 * @param {string[]} others codes under which this browser holds answers to a question that is empty
 * @returns {Status}
 */
export function restStatus(model, others) {
  if (model.get("readonly")) return { state: "readonly", text: "For reading only." };
  const ack = model.get("ack") ?? {};
  if (model.get("config")?.kept === "memory") {
    const text = ack.edit ? "Kept in the notebook's memory." : "";
    return { state: ack.edit ? "saved" : "idle", text };
  }
  if (!ack.saved) return { state: "idle", text: `Nothing to save yet.${othersInWords(others)}` };
  const more = ack.message && !ack.aside ? ` ${ack.message}` : "";
  return { state: "saved", text: `Saved at ${clock(ack.saved)}.${more}${othersInWords(others)}` };
}

/**
 * Answers under other codes are never shown, but whoever has a new code should know of them.
 * @param {string[]} others
 */
function othersInWords(others) {
  if (!others.length) return "";
  const some = others.slice(0, 3).join(", ");
  const more = others.length > 3 ? ` and ${others.length - 3} more` : "";
  return ` This browser holds answers to it under ${some}${more}: is one of these you? Then give that code on the start page, and run all cells here.`;
}

export class Telling {
  constructor() {
    /** @type {Set<(status: Status) => void>} */
    this.watchers = new Set();
    /** @type {Set<(answer: any, taken?: {before: any}) => void>} */
    this.readers = new Set();
    /** @type {Set<() => void>} */
    this.followers = new Set();
    /** @type {Status} */
    this.status = { state: "idle", text: "" };
    /** @type {string} something to know that is no failure: another window, an earlier version */
    this.remark = "";
    /** The revision that was remarked upon, so that each is remarked upon once. */
    this.remarked = -1;
  }

  /** Whether a view shows this. */
  get shown() {
    return this.watchers.size > 0;
  }

  /** @param {Status} status */
  tell(status) {
    this.status = status;
    for (const watcher of this.watchers) watcher(status);
  }

  /**
   * @param {number} revision
   * @param {string} words
   */
  remarkOn(revision, words) {
    if (this.remarked === revision) return;
    this.remarked = revision;
    this.remark = words;
  }

  /** The student has read the remark. */
  readRemark() {
    this.remark = "";
    this.tell(this.status);
  }

  /**
   * Hear every change of status, the present one first.
   * @param {(status: Status) => void} watcher
   * @returns {() => unknown} stop hearing
   */
  watch(watcher) {
    this.watchers.add(watcher);
    watcher(this.status);
    return () => this.watchers.delete(watcher);
  }

  /**
   * Hear of answers that come from elsewhere: the browser's copy, another tab. `taken`: somebody chose it
   * here, and may take that back.
   * @param {(answer: any, taken?: {before: any}) => void} reader
   * @returns {() => void} stop hearing
   */
  read(reader) {
    this.readers.add(reader);
    return () => this.readers.delete(reader);
  }

  /**
   * Hear of each change that a view of this model makes, letter by letter: one's own and those of another.
   * @param {() => void} follower
   * @returns {() => void} stop hearing
   */
  follow(follower) {
    this.followers.add(follower);
    return () => this.followers.delete(follower);
  }

  /** Let every view show what the model has now. */
  lead() {
    for (const follower of this.followers) follower();
  }
}
