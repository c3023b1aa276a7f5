// What one annotator holds: text, labels, marks, selection, history, feedback. One for each model,
// shared by its views. It never touches the page; views hear of changes and paint.

import { History } from "./history.js";
import * as M from "./marks.js";
import { OffsetTable } from "./offsets.js";
import { readFeedback } from "./told.js";
import { describeMark, describeUnit, quote } from "./wording.js";
import { Words, paragraphsOf, trim } from "./words.js";

/**
 * @typedef {import("./marks.js").Mark} Mark
 * @typedef {import("./words.js").Stretch} Stretch
 * @typedef {{id: string, name: string, short: string, key: string, colour: string, line: string, index: number}} Label
 * @typedef {{id: string, start: number, end: number, part: string, unit: boolean, grey: boolean, number: number}} Segment
 * @typedef {import("./told.js").Said} Said
 * @typedef {{marks: Mark[], labels: Record<string, Record<string, string>>}} Work
 * @typedef {"work" | "select" | "options" | "feedback"} News
 */

const LINES = ["solid", "dashed", "dotted", "double"];

export class Store {
  /**
   * @param {import("./saving.js").Model} model
   * @param {import("./saving.js").Saver} saver
   */
  constructor(model, saver) {
    this.model = model;
    this.saver = saver;
    const config = model.get("config");
    this.text = String(config.text ?? "");
    this.table = new OffsetTable(this.text);
    /** @type {"spans" | "sentences"} */
    this.mode = config.mode === "sentences" ? "sentences" : "spans";
    this.field = config.field || "label";
    this.readonly = Boolean(model.get("readonly"));
    /** @type {Label[]} */
    this.labels = (config.labels ?? []).map(labelOf);
    this.byId = new Map(this.labels.map((label) => [label.id, label]));
    /** @type {Segment[]} */
    this.segments = (config.segments ?? []).map((/** @type {any} */ one) => ({
      ...one,
      start: this.table.toUnit(one.start),
      end: this.table.toUnit(one.end),
    }));
    /** @type {Segment[]} */
    this.units = this.segments
      .filter((one) => one.unit)
      .map((one, i) => ({ ...one, number: i + 1 }));
    this.unitById = new Map(this.units.map((one) => [one.id, one]));
    this.paragraphs = paragraphsOf(this.text, config.prose !== false);
    this.words = new Words(this.text, this.paragraphs, this.units);
    /** @type {string[]} labels of marks that others may be linked to; empty: all */
    this.sources = config.sources ?? [];
    /** @type {History<Work>} */
    this.history = new History(this.workOf(saver.answer));

    /** @type {readonly Mark[] | null} the marks that `index` was made from */
    this.indexed = null;
    /** @type {Map<string, Mark>} */
    this.index = new Map();
    /** @type {Stretch | null} */
    this.pending = null;
    /** @type {string | null} the mark or sentence that is looked at */
    this.active = null;
    this.cursor = { anchor: 0, focus: 0 };
    /** @type {string | null} the mark that is being linked */
    this.linking = null;
    this.snap = true;
    this.twoClicks = false;
    this.moveOn = false;
    /** @type {string} show only this label; empty: all */
    this.only = "";
    this.showKey = true;
    /** @type {Set<(news: News) => void>} */
    this.hearers = new Set();
    /** @type {((words: string) => void)[]} */
    this.speakers = [];
    this.feedback = this.feedbackOf(model.get("feedback"));
    model.on("change:feedback", () => {
      this.feedback = this.feedbackOf(model.get("feedback"));
      this.tell("feedback");
      if (this.feedback?.summary) this.say(this.feedback.summary);
    });
    saver.read((answer) => {
      this.history.reset(this.workOf(answer));
      this.tell("work");
    });
  }

  /** @returns {readonly Mark[]} */
  get marks() {
    return this.history.state.marks;
  }

  /** @returns {Record<string, Record<string, string>>} */
  get labelled() {
    return this.history.state.labels;
  }

  /**
   * @param {(news: News) => void} hearer
   * @returns {() => void}
   */
  hear(hearer) {
    this.hearers.add(hearer);
    return () => this.hearers.delete(hearer);
  }

  /** @param {News} news */
  tell(news) {
    for (const hearer of this.hearers) hearer(news);
  }

  /** @param {string} words */
  say(words) {
    for (const speak of this.speakers) speak(words);
  }

  // ---- between the answer (code points) and the marks (UTF-16) ----

  /**
   * @param {any} answer
   * @returns {Work}
   */
  workOf(answer) {
    const marks = (answer?.marks ?? []).map((/** @type {any} */ mark) => ({
      ...mark,
      start: this.table.toUnit(mark.start),
      end: this.table.toUnit(mark.end),
    }));
    return { marks: marks.sort(M.inOrder), labels: answer?.labels ?? {} };
  }

  /** @returns {Record<string, any>} */
  answer() {
    const now = this.saver.answer;
    if (this.mode === "sentences") return { ...now, labels: this.labelled };
    const marks = this.marks.map((mark) => {
      const out = /** @type {any} */ ({
        id: mark.id,
        start: this.table.toPoint(mark.start),
        end: this.table.toPoint(mark.end),
        label: mark.label,
        note: mark.note ?? "",
      });
      if (mark.source) out.source = mark.source;
      return out;
    });
    return { ...now, marks };
  }

  /**
   * @param {Partial<Work>} work
   * @param {string} what in words
   * @param {string} [merge]
   */
  keep(work, what, merge) {
    if (this.readonly) return;
    this.history.push({ ...this.history.state, ...work }, what, merge);
    this.saved();
  }

  saved() {
    this.tell("work");
    this.saver.change(this.answer());
  }

  // ---- changes ----

  undo() {
    const what = this.readonly ? null : this.history.undo();
    if (what === null) return this.say("Nothing to undo.");
    this.drop();
    this.saved();
    this.say(`Undone: ${what}.`);
  }

  redo() {
    const what = this.readonly ? null : this.history.redo();
    if (what === null) return this.say("Nothing to redo.");
    this.drop();
    this.saved();
    this.say(`Done again: ${what}.`);
  }

  /** Let go of an active mark that is no longer there. */
  drop() {
    if (this.mode === "spans" && this.active && !this.mark(this.active)) this.active = null;
  }

  /**
   * Give a label to what is selected: the stretch, else the active mark or sentence.
   * @param {string} id
   */
  label(id) {
    const label = this.byId.get(id);
    if (!label || this.readonly) return;
    if (this.mode === "sentences") return this.labelSentence(label);
    if (this.pending) {
      const { start, end } = this.pending;
      const twin = this.marks.find((m) => m.start === start && m.end === end && m.label === id);
      if (twin) {
        this.activate(twin.id);
        return this.say(`These words are marked as ${label.name} already.`);
      }
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
    this.keep({ marks: M.changed(this.marks, mark.id, { label: id }) }, `label ${label.name}`);
    this.tell("select");
    this.say(`Now ${label.name}: ${this.quote(mark)}.`);
  }

  /** @param {Label} label */
  labelSentence(label) {
    const unit = this.unitById.get(this.active ?? "");
    if (!unit) return this.say("Choose a sentence first.");
    const old = this.labelled[unit.id] ?? {};
    const labels = { ...this.labelled, [unit.id]: { ...old, [this.field]: label.id } };
    this.keep({ labels }, `sentence ${unit.number}: ${label.name}`);
    this.say(`Sentence ${unit.number}: ${label.name}. ${this.progress()}`);
    if (this.moveOn) this.stepUnit(1);
  }

  /** Delete the active mark, or the active sentence's label. */
  erase() {
    if (this.readonly || !this.active) return;
    if (this.mode === "sentences") {
      const unit = this.unitById.get(this.active);
      if (!unit || !this.labelOf(unit.id)) return;
      const { [this.field]: _gone, ...rest } = this.labelled[unit.id];
      const labels = { ...this.labelled };
      if (Object.keys(rest).length) labels[unit.id] = rest;
      else delete labels[unit.id];
      this.keep({ labels }, `clear sentence ${unit.number}`);
      return this.say(`Sentence ${unit.number}: no label.`);
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
    if (this.mark(id)?.note === note) return;
    this.keep({ marks: M.changed(this.marks, id, { note }) }, "note", `note ${id}`);
  }

  /**
   * @param {string} id
   * @param {string} to empty: no link
   */
  link(id, to) {
    this.linking = null;
    const target = this.mark(to);
    if (to && (!target || !M.canLink(this.marks, id, to))) {
      this.tell("select");
      return this.say("These two marks cannot be linked.");
    }
    this.keep({ marks: M.changed(this.marks, id, { source: to || undefined }) }, "link");
    this.tell("select");
    this.say(target ? `Linked to ${this.quote(target)}.` : "No longer linked.");
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
    this.keep({ marks: M.changed(this.marks, mark.id, next) }, "edge", `edge ${mark.id}`);
    this.say(this.quote({ ...mark, ...next }));
  }

  /**
   * @param {number} from
   * @param {"start" | "end"} edge
   * @param {1 | -1} way
   */
  nextEdge(from, edge, way) {
    if (!this.snap) return this.stepChar(from, way);
    if (way > 0) {
      const word = this.words.step(edge === "start" ? from + 1 : from, 1);
      return word ? (edge === "start" ? word.start : word.end) : from;
    }
    const word = this.words.step(edge === "end" ? from - 1 : from, -1);
    return word ? (edge === "start" ? word.start : word.end) : from;
  }

  /**
   * One character on, never between the halves of a pair.
   * @param {number} from
   * @param {1 | -1} way
   */
  stepChar(from, way) {
    return this.table.toUnit(this.table.toPoint(from) + way);
  }

  /** Give the active mark the selected stretch. */
  moveMark() {
    const mark = this.mark(this.active);
    if (!mark || !this.pending) return;
    const { start, end } = this.pending;
    this.pending = null;
    this.keep({ marks: M.changed(this.marks, mark.id, { start, end }) }, "move mark");
    this.tell("select");
    this.say(`The mark now covers: ${this.quote({ start, end })}.`);
  }

  // ---- selecting ----

  /**
   * Select a stretch (snapped when snapping is on).
   * @param {Stretch | null} stretch
   * @param {{quiet?: boolean, exact?: boolean}} [how]
   */
  select(stretch, { quiet = false, exact = false } = {}) {
    const kept = stretch && (this.snap && !exact ? this.words.snap(stretch) : trim(this.text, stretch));
    this.pending = kept;
    if (kept && !quiet) this.say(`Selected: ${this.quote(kept)}.`);
    this.tell("select");
  }

  /** @param {string | null} id */
  activate(id) {
    if (this.linking && id && id !== this.linking) return this.link(this.linking, id);
    this.active = id;
    this.pending = null;
    const mark = this.mark(id);
    if (mark) this.cursor = { anchor: mark.start, focus: mark.start };
    this.tell("select");
    if (mark) this.say(describeMark(this, mark));
    const unit = this.unitById.get(id ?? "");
    if (unit) this.say(describeUnit(this, unit));
  }

  /** @param {1 | -1} way */
  stepMark(way) {
    const next = M.neighbour(this.shown(), this.active, this.cursor.focus, way);
    if (next) this.activate(next.id);
    else this.say("There is no mark yet.");
  }

  /** @param {1 | -1} way */
  stepUnit(way) {
    const here = this.units.findIndex((unit) => unit.id === this.active);
    const next = here < 0 ? (way > 0 ? 0 : this.units.length - 1) : here + way;
    if (this.units[next]) this.activate(this.units[next].id);
    else this.say(way > 0 ? "This is the last sentence." : "This is the first sentence.");
  }

  /** The next sentence without a label, going round. */
  stepOpen() {
    const here = this.units.findIndex((unit) => unit.id === this.active);
    const order = [...this.units.slice(here + 1), ...this.units.slice(0, here + 1)];
    const open = order.find((unit) => !this.labelOf(unit.id));
    if (open) this.activate(open.id);
    else this.say("Every sentence has a label.");
  }

  /** @param {Partial<Pick<Store, "snap" | "twoClicks" | "moveOn" | "only" | "showKey" | "linking">>} options */
  option(options) {
    Object.assign(this, options);
    this.tell("options");
  }

  // ---- in words ----

  /** @param {string | null | undefined} id */
  mark(id) {
    if (this.indexed !== this.marks) {
      this.indexed = this.marks;
      this.index = new Map(this.marks.map((mark) => [mark.id, mark]));
    }
    return id ? this.index.get(id) : undefined;
  }

  /** The marks that are shown: all, or those of one label. */
  shown() {
    return this.only ? this.marks.filter((mark) => mark.label === this.only) : this.marks;
  }

  /** @param {string} unit */
  labelOf(unit) {
    return this.byId.get(this.labelled[unit]?.[this.field] ?? "");
  }

  /** @param {string} label */
  nameOf(label) {
    return this.byId.get(label)?.name ?? label;
  }

  /** @param {Stretch} stretch */
  quote(stretch) {
    return quote(this, stretch);
  }

  progress() {
    const done = this.units.filter((unit) => this.labelOf(unit.id)).length;
    return `${done} of ${this.units.length} labelled.`;
  }

  // ---- feedback ----

  /** @param {any} raw */
  feedbackOf(raw) {
    return readFeedback(raw, this.table, (id) => this.stamp(id));
  }

  /**
   * What was said about a mark or sentence, as long as it has not been changed since.
   * @param {string} id
   * @returns {Said | undefined}
   */
  said(id) {
    const said = this.feedback?.by.get(id);
    return said && said.fresh === this.stamp(id) ? said : undefined;
  }

  /** @param {string} id */
  stamp(id) {
    if (this.mode === "sentences") return this.labelled[id]?.[this.field] ?? "";
    const mark = this.mark(id);
    return mark ? `${mark.start}-${mark.end}-${mark.label}` : "";
  }
}

/**
 * @param {any} raw
 * @param {number} index
 * @returns {Label}
 */
function labelOf(raw, index) {
  return {
    id: raw.id,
    name: raw.name || raw.id,
    short: raw.short || raw.name || raw.id,
    key: raw.key || (index < 9 ? String(index + 1) : ""),
    colour: raw.colour || `var(--bw-${(index % 8) + 1})`,
    line: LINES[index % LINES.length],
    index,
  };
}
