// What can be done in an annotator: label, note, link, move, delete, undo, select, step. One store
// for each model, shared by its views. It never touches the page; views hear of changes and paint.

import * as M from "./marks.js";
import { describeEntry } from "./comparison.js";
import { Selecting } from "./selecting.js";
import { chainSaid, describeMark, describeUnit } from "./wording.js";
import { trim } from "./words.js";

/**
 * @typedef {import("./state.js").Mark} Mark
 * @typedef {import("./state.js").Label} Label
 * @typedef {import("./state.js").Segment} Segment
 * @typedef {import("./state.js").Said} Said
 * @typedef {import("./state.js").Work} Work
 */

export class Store extends Selecting {
  // ---- changes ----

  undo() {
    const before = this.labelled;
    const what = this.readonly ? null : this.history.undo();
    if (what === null) return this.say("Nothing to undo.");
    this.returnTo(before);
    this.saved();
    this.say(`Undone: ${what}.`);
  }

  redo() {
    const before = this.labelled;
    const what = this.readonly ? null : this.history.redo();
    if (what === null) return this.say("Nothing to redo.");
    this.returnTo(before);
    this.saved();
    this.say(`Done again: ${what}.`);
  }

  /**
   * After undo or redo the sentence that it changed is chosen: else the next digit, meant to put a
   * slip right, would label another sentence.
   * @param {typeof this.labelled} before
   */
  returnTo(before) {
    if (this.mode !== "sentences") return;
    const changed = this.units.filter(({ id }) => before[id]?.[this.field] !== this.labelled[id]?.[this.field]);
    if (changed.length !== 1) return;
    this.active = changed[0].id;
    this.place = changed[0].id;
    this.tell("onward");
  }

  /**
   * Give a label to what is selected: the stretch, else the active mark or sentence.
   * @param {string} id
   * @param {{onward?: boolean}} [how] `onward`: then go to the next sentence, where that is wished for
   */
  label(id, { onward = false } = {}) {
    const label = this.byId.get(id);
    if (!label || this.readonly) return;
    if (this.mode === "sentences") return this.labelSentence(label, onward);
    if (this.pending) {
      if (!this.asked(this.pending)) return this.refuse();
      const { start, end } = this.pending;
      if (this.meetTwin({ id: "", start, end, label: id })) return;
      const mark = { id: M.freshId(this.marks), start, end, label: id, note: "" };
      this.pending = null;
      this.active = mark.id;
      this.cursor = { anchor: start, focus: start };
      this.keep({ marks: M.added(this.marks, mark) }, `mark ${label.name}`);
      this.tell("select");
      return this.say(`Marked as ${label.name}: ${this.quote(mark)}.`);
    }
    const mark = this.mark(this.active);
    if (!mark) return this.say("Select words first, then choose a label.");
    if (mark.label === id) return this.say(this.already(mark));
    if (this.meetTwin({ ...mark, label: id })) return;
    this.keep({ marks: M.changed(this.marks, mark.id, { label: id }) }, `label ${label.name}`);
    this.tell("select");
    this.say(`Now ${label.name}: ${this.quote(mark)}.`);
  }

  /**
   * No words are marked twice with one label, whatever hand would do so: the mark that is there is chosen.
   * @param {Mark} mark as it would be
   * @returns {boolean} whether there is one
   */
  meetTwin(mark) {
    const twin = M.twinOf(this.marks, mark);
    if (!twin) return false;
    this.linking = null; // chosen here, not linked
    this.activate(twin.id);
    this.say(this.already(twin));
    return true;
  }

  /** @param {Mark} mark */
  already(mark) {
    return `These words are marked as ${this.nameOf(mark.label)} already.`;
  }

  /** Say why nothing is marked here: a mark outside what is asked for would not count. */
  refuse() {
    this.tell("refused");
    this.say(this.notAsked());
  }

  /** Why words in a grey line are not marked, in a sentence. */
  notAsked() {
    const few = this.some && this.units.length <= 12 && this.units.every((unit) => unit.named);
    const where = few ? ` Asked for: ${this.units.map((unit) => unit.name).join(", ")}.` : "";
    return `This line is not asked for, so a mark here would not count; nothing was marked.${where}`;
  }

  /**
   * Whoever changes a label that is there stays, to see what has become of it.
   * @param {Label} label
   * @param {boolean} onward
   */
  labelSentence(label, onward) {
    const unit = this.unitById.get(this.active ?? "");
    if (!unit) return this.say("Choose a sentence first.");
    const old = this.labelled[unit.id] ?? {};
    const before = this.labelOf(unit.id);
    if (before?.id === label.id) return this.say(`Sentence ${unit.name}: ${label.name} already. ${this.progress()}`);
    const labels = { ...this.labelled, [unit.id]: { ...old, [this.field]: label.id } };
    this.keep({ labels }, `sentence ${unit.name}: ${label.name}`);
    const changed = before ? ` instead of ${before.name}` : "";
    const done = `Sentence ${unit.name}: ${label.name}${changed}. ${this.progress()}`;
    if (!onward || !this.moveOn || before) return this.say(done);
    const next = this.units[this.units.indexOf(unit) + 1];
    if (!next) return this.say(`${done} This is the last sentence.`);
    this.active = next.id;
    this.place = next.id;
    this.tell("onward");
    // One announcement: of two in a row only the last would be heard.
    this.say(`${done} ${describeUnit(this, next)}`);
  }

  /** Delete the active mark, or the active sentence's label. */
  erase() {
    if (this.readonly || !this.active) return;
    if (this.mode === "sentences") {
      const unit = this.unitById.get(this.active);
      if (!unit || !this.labelOf(unit.id)) return;
      // The reason goes with its label, as a note goes with its mark; undo brings both back.
      const { [this.field]: _gone, why: _reason, ...rest } = this.labelled[unit.id];
      const labels = { ...this.labelled };
      if (Object.keys(rest).length) labels[unit.id] = rest;
      else delete labels[unit.id];
      this.keep({ labels }, `clear sentence ${unit.name}`);
      return this.say(`Sentence ${unit.name}: no label.`);
    }
    const mark = this.mark(this.active);
    if (!mark) return;
    this.active = null;
    this.keep({ marks: M.removed(this.marks, mark.id) }, `delete ${this.nameOf(mark.label)}`);
    this.tell("select");
    this.say(`Deleted: ${this.quote(mark)}. Undo brings it back.`);
  }

  /**
   * @param {string} id
   * @param {string} note
   */
  setNote(id, note) {
    if (!this.mark(id) || this.mark(id)?.note === note) return;
    this.keep({ marks: M.changed(this.marks, id, { note }) }, "note", `note ${id}`);
  }

  /** What was said for the label of a sentence. @param {string} unit */
  whyOf(unit) {
    return String(this.labelled[unit]?.why ?? "");
  }

  /**
   * @param {string} unit
   * @param {string} words
   */
  setWhy(unit, words) {
    const { why: before = "", ...rest } = this.labelled[unit] ?? {};
    if (before === words || !rest[this.field]) return;
    const labels = { ...this.labelled, [unit]: words ? { ...rest, why: words } : rest };
    this.keep({ labels }, "reason", `why ${unit}`);
  }

  /**
   * @param {string} id
   * @param {string} to empty: no link
   */
  link(id, to) {
    const [one, other] = [this.mark(id), this.mark(to)];
    const isSource = (/** @type {Mark | undefined} */ mark) => Boolean(mark && this.sources.includes(mark.label));
    if (one && other && this.sources.length) {
      // Whichever of the two was chosen first: the link leads to the source.
      if (isSource(one) && !isSource(other)) [id, to] = [to, id];
      else if (!isSource(other)) return this.say(`Only a ${this.sources.map((label) => this.nameOf(label)).join(" or ")} can be linked to.`);
    }
    this.linking = null;
    const target = this.mark(to);
    if (to && (!target || !M.canLink(this.marks, id, to))) {
      this.tell("select");
      return this.say("These two marks cannot be linked.");
    }
    this.keep({ marks: M.changed(this.marks, id, { source: to || undefined }) }, "link");
    this.tell("select");
    this.say(target ? `Linked. ${chainSaid(this, id)}` : "No longer linked.");
  }

  /** Begin to choose in the text what a mark is linked with; null lets go. @param {string | null} id */
  pickLink(id) {
    this.option({ linking: id });
    if (id) this.say("Now choose the mark to link, in the text or in the list; with the keyboard: n or p, then Enter.");
  }

  /**
   * Move one edge of the active mark by a word, or by a character when snapping is off.
   * @param {"start" | "end"} edge
   * @param {1 | -1} way
   */
  moveEdge(edge, way) {
    const mark = this.mark(this.active);
    if (!mark || this.readonly) return;
    const to = this.nextEdge(mark[edge], edge, way);
    const next = trim(this.text, { ...mark, [edge]: to });
    if (!next || (edge === "start" ? to >= mark.end : to <= mark.start)) return;
    if (M.twinOf(this.marks, { ...mark, ...next })) return this.say(this.already(mark));
    this.keep({ marks: M.changed(this.marks, mark.id, next) }, "edge", `edge ${mark.id}`);
    this.say(this.quote({ ...mark, ...next }));
  }

  /** Give the active mark the selected stretch. */
  moveMark() {
    const mark = this.mark(this.active);
    if (!mark || !this.pending) return;
    if (!this.asked(this.pending)) return this.refuse();
    const { start, end } = this.pending;
    if (this.meetTwin({ ...mark, start, end })) return;
    this.pending = null;
    this.keep({ marks: M.changed(this.marks, mark.id, { start, end }) }, "move mark");
    this.tell("select");
    this.say(`The mark now covers: ${this.quote({ start, end })}.`);
  }

  // ---- choosing ----

  /** @param {string | null} id */
  activate(id) {
    if (this.linking && id && id !== this.linking) return this.link(this.linking, id);
    this.active = id;
    this.pending = null;
    const mark = this.mark(id) ?? this.theirs(id);
    if (mark) this.cursor = { anchor: mark.start, focus: mark.start };
    const unit = this.unitById.get(id ?? "");
    if (unit) this.place = unit.id;
    this.tell("select");
    const own = this.mark(id);
    const said = own ? describeMark(this, own) : unit ? describeUnit(this, unit) : "";
    // One announcement: of two in a row only the last would be heard.
    const words = [this.compareWords(id), said].filter(Boolean).join(" ");
    if (words) this.say(words);
  }

  /** What the comparison says of a place. @param {string | null} id */
  compareWords(id) {
    const now = this.comparison();
    const entry = now?.by.get(id ?? "");
    return now && entry ? describeEntry(this, entry, now.other) : "";
  }

  /** Show both sets of marks, or the own ones only. @param {boolean} on */
  compareWith(on) {
    this.comparing = on && Boolean(this.other());
    this.group = "";
    if (this.active?.startsWith("theirs:")) this.active = null;
    this.tell("options");
    const now = this.comparison();
    this.say(now ? now.summary : "Only your own marks are shown.");
  }

  /**
   * To the next (1) or last (-1) place where the two differ, going round at the ends.
   * @param {1 | -1} way
   */
  stepDifference(way) {
    const now = this.comparison();
    if (!now) return this.say("Nothing is compared here.");
    const all = this.entries().filter((one) => one.group !== "both");
    if (!all.length) return this.say("There is no difference.");
    const here = all.findIndex((one) => one.id === this.active);
    const at = now.by.get(this.active ?? "")?.start ?? this.cursor.focus;
    const next =
      here >= 0
        ? all[(here + way + all.length) % all.length]
        : way > 0
          ? (all.find((one) => one.start >= at) ?? all[0])
          : (all.findLast((one) => one.start < at) ?? all[all.length - 1]);
    this.activate(next.id);
    this.tell("onward");
  }

  /** Let go of the active mark or sentence, so that nothing stands before what a check says. */
  rest() {
    this.active = null;
    this.linking = null;
    this.tell("select");
  }

  /** @param {1 | -1} way */
  stepMark(way) {
    const linking = this.mark(this.linking);
    if (linking) {
      // Walking is not choosing yet.
      const fits = this.linkable(linking);
      const here = fits.find((mark) => mark.start === this.cursor.focus)?.id ?? null;
      const next = M.neighbour(fits, here, this.cursor.focus, way);
      if (!next) return this.say("There is no mark to link.");
      this.cursor = { anchor: next.start, focus: next.start };
      this.tell("select");
      return this.say(`${this.nameOf(next.label)}: ${this.quote(next)}. Enter links it.`);
    }
    const next = M.neighbour(this.shown(), this.active, this.cursor.focus, way);
    if (next) this.activate(next.id);
    else this.say("There is no mark yet.");
  }

  /** @param {1 | -1} way */
  stepUnit(way) {
    const here = this.units.findIndex((unit) => unit.id === (this.active ?? this.place));
    const next = here < 0 ? (way > 0 ? 0 : this.units.length - 1) : here + way;
    if (this.units[next]) this.activate(this.units[next].id);
    else this.say(way > 0 ? "This is the last sentence." : "This is the first sentence.");
  }

  /** The next sentence without a label, going round. */
  stepOpen() {
    const here = this.units.findIndex((unit) => unit.id === (this.active ?? this.place));
    const order = [...this.units.slice(here + 1), ...this.units.slice(0, here + 1)];
    const open = order.find((unit) => !this.labelOf(unit.id));
    if (open) this.activate(open.id);
    else this.say("Every sentence has a label.");
  }

  /** @param {Partial<Pick<Store, "snap" | "twoClicks" | "moveOn" | "only" | "group" | "showKey" | "linking">>} options */
  option(options) {
    Object.assign(this, options);
    if (options.moveOn !== undefined) this.wishes.keep("moveOn", options.moveOn);
    this.tell("options");
  }
}
