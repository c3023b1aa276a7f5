// What one annotator holds: text, labels, marks, selection, history, feedback, and what can be
// asked of them. It changes nothing by itself (store.js does) and never touches the page.

import { compare, keyOther, readOther } from "./comparison.js";
import { browserStorage } from "./copies.js";
import { apply, between, isDifference } from "./differences.js";
import { History } from "./history.js";
import { callName, labelOf } from "./naming.js";
import * as M from "./marks.js";
import { OffsetTable } from "./offsets.js";
import { Remembering } from "./remembering.js";
import { readFeedback } from "./told.js";
import { quote } from "./wording.js";
import { Wishes } from "./wishes.js";
import { Words, paragraphsOf } from "./words.js";

/**
 * @typedef {import("./marks.js").Mark} Mark
 * @typedef {import("./words.js").Stretch} Stretch
 * @typedef {{id: string, name: string, short: string, key: string, colour: string, line: string, index: number, look: number}} Label
 *   `look` is the index of the first label that has the same colour and line
 * @typedef {{id: string, start: number, end: number, part: string, unit: boolean, grey: boolean, number: number, name: string, named: boolean}} Segment
 * @typedef {import("./told.js").Said} Said
 * @typedef {{marks: Mark[], labels: Record<string, Record<string, string>>}} Work
 * @typedef {"work" | "select" | "onward" | "options" | "feedback" | "refused"} News
 */

const LARGE = 150; // marks that take a good part of a frame to write down for sending

export class State {
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
    /** @type {WeakMap<Mark, Record<string, any>>} marks as the answer holds them */
    this.made = new WeakMap();
    /** @type {"spans" | "sentences"} */
    this.mode = config.mode === "sentences" ? "sentences" : "spans";
    this.field = config.field || "label";
    this.readonly = Boolean(model.get("readonly"));
    /** @type {Label[]} */
    this.labels = (config.labels ?? []).map(labelOf);
    for (const label of this.labels) {
      label.look = this.labels.findIndex(({ colour, line }) => colour === label.colour && line === label.line);
    }
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
      .map((one, i) => ({ ...one, ...callName(one.id, i + 1) }));
    /** Whether only some of the text is asked for, so that the rest steps back. */
    this.some = this.units.length > 0 && this.segments.some((one) => !one.unit && !one.grey);
    this.unitById = new Map(this.units.map((one) => [one.id, one]));
    this.paragraphs = paragraphsOf(this.text, config.prose !== false);
    this.words = new Words(this.text, this.paragraphs, this.units, config.lang);
    /** @type {string[]} labels of marks that others may be linked to; empty: nothing is linked */
    this.sources = config.sources ?? [];
    this.why = String(config.why ?? ""); // what the field for a reason asks; empty: no teacher reads it
    /** @type {History<Work>} */
    this.history = new History(this.workOf(saver.answer));
    const [question, student] = [model.get("question"), model.get("student")];
    this.remembering = new Remembering({
      question: this.readonly ? "" : question,
      student,
      storage: browserStorage(),
      history: this.history,
      answer: () => this.answer(),
      between,
      apply,
      fits: (one) => isDifference(one, this.text.length),
    });
    this.remembering.back();

    /** @type {readonly Mark[] | null} the marks that `index` was made from */
    this.indexed = null;
    /** @type {Map<string, Mark>} */
    this.index = new Map();
    /** @type {Stretch | null} */
    this.pending = null;
    /** @type {string | null} the mark or sentence that is looked at */
    this.active = null;
    /** @type {string | null} the sentence that was looked at last */
    this.place = null;
    // Where only some of the text is asked for, the keyboard begins there.
    const begin = this.some ? this.units[0].start : 0;
    this.cursor = { anchor: begin, focus: begin };
    /** @type {string | null} the mark that is being linked */
    this.linking = null;
    this.snap = true;
    this.twoClicks = false;
    this.wishes = new Wishes(model.get("student"));
    this.moveOn = this.wishes.read("moveOn", true);
    /** @type {string} show only this label; empty: all */
    this.only = "";
    this.showKey = true;
    /** @type {import("./comparison.js").Other | null} other marks that Python gave */
    this.given = readOther(model.get("other"), this.table);
    this.comparing = Boolean(this.given);
    /** @type {string} show only this group of the comparison; empty: all */
    this.group = "";
    /** @type {{work: Work, other: unknown, now: import("./comparison.js").Comparison} | null} */
    this.compared = null;
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
    model.on("change:other", () => {
      this.given = readOther(model.get("other"), this.table);
      this.comparing = Boolean(this.given);
      this.group = "";
      this.tell("options");
      const now = this.comparison();
      if (now) this.say(now.summary);
    });
    saver.read((answer, taken) => {
      if (taken) this.history.push(this.workOf(answer), "use the other version");
      else this.history.reset(this.workOf(answer));
      if (taken) this.remembering.later();
      else this.remembering.back();
      this.drop();
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
    return { ...now, marks: this.marks.map((mark) => this.kept(mark)) };
  }

  /**
   * A mark as the answer holds it. Marks are never changed in place, so that it is made once for each,
   * and whoever compares or digests two answers sees at once what is the same.
   * @param {Mark} mark
   */
  kept(mark) {
    const known = this.made.get(mark);
    if (known) return known;
    const out = /** @type {any} */ ({
      id: mark.id,
      start: this.table.toPoint(mark.start),
      end: this.table.toPoint(mark.end),
      label: mark.label,
      note: mark.note ?? "",
    });
    if (mark.source) out.source = mark.source;
    this.made.set(mark, out);
    return out;
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

  /** Let go of what is no longer there. */
  drop() {
    if (this.mode === "spans" && this.active && !this.mark(this.active)) this.active = null;
    if (this.linking && !this.mark(this.linking)) this.linking = null;
  }

  saved() {
    this.drop();
    this.tell("work");
    this.saver.change(this.answer(), { large: this.marks.length > LARGE });
    this.remembering.later();
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

  /** The marks that are shown: all, or those of one label, or of one group of a comparison. */
  shown() {
    if (!this.only && !this.group) return this.marks;
    const now = this.group ? this.comparison() : null;
    return this.marks.filter(
      (mark) => (!this.only || mark.label === this.only) && (!now || now.by.get(mark.id)?.group === this.group),
    );
  }

  /** What can be compared with: what Python gave, else the key once a check has told it. */
  other() {
    if (this.given) return this.given;
    return this.readonly ? null : keyOther(this);
  }

  /** The comparison as it stands, while it is shown; made once for each state of the work. */
  comparison() {
    if (!this.comparing) return null;
    const work = this.history.state;
    const source = this.given ?? this.feedback;
    if (this.compared && this.compared.work === work && this.compared.other === source) return this.compared.now;
    const other = this.other();
    if (!other) return null;
    const now = compare(this, other);
    this.compared = { work, other: source, now };
    return now;
  }

  /** The places of the comparison that are shown: those of one group and label, where so chosen. */
  entries() {
    const all = this.comparison()?.entries ?? [];
    if (!this.group && !this.only) return all;
    return all.filter(
      (one) => (!this.group || one.group === this.group) && (!this.only || [one.label, one.theirLabel].includes(this.only)),
    );
  }

  /**
   * The marks that a mark may be linked with: sources for the others, the others for a source.
   * @param {Mark} mark
   */
  linkable(mark) {
    const { sources } = this;
    const source = sources.includes(mark.label);
    return this.marks.filter((other) => other.id !== mark.id && (!sources.length || sources.includes(other.label) !== source));
  }

  /** A mark that only the other has. @param {string | null | undefined} id */
  theirs(id) {
    if (this.mode !== "spans" || !id?.startsWith("theirs:")) return undefined;
    return this.comparison()?.by.get(id);
  }

  /**
   * The marks over an offset that a click may mean, the shortest first: the own ones, and while
   * two sets are compared those of the other.
   * @param {number} offset
   * @returns {string[]} ids
   */
  over(offset) {
    const own = this.shown();
    const more = this.comparing ? this.entries().filter((one) => one.group === "theirs") : [];
    return [...own, ...more]
      .filter((one) => one.start <= offset && offset < one.end)
      .sort((a, b) => a.end - a.start - (b.end - b.start))
      .map((one) => one.id);
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

  /**
   * The sentence that is asked for at an offset of the text.
   * @param {number} offset
   */
  unitAt(offset) {
    return this.units.find((unit) => unit.start <= offset && offset < unit.end);
  }

  /**
   * Whether a stretch touches what is asked for: a sentence that is, or, where all of the story
   * is, anything that is not one of the grey lines around it.
   * @param {Stretch} stretch
   */
  asked({ start, end }) {
    if (!this.units.length) return true;
    const touches = (/** @type {Stretch} */ one) => one.start < end && start < one.end;
    if (this.units.some(touches)) return true;
    return !this.some && !this.segments.some((one) => !one.unit && touches(one));
  }

  progress() {
    const done = this.units.filter((unit) => this.labelOf(unit.id)).length;
    return `${done} of ${this.units.length} labelled.`;
  }

  // ---- feedback ----

  /** @param {any} raw */
  feedbackOf(raw) {
    // The saver of a text within another widget asks for nothing itself.
    const then = this.saver.answerOf?.(raw) ?? this.saver.answer;
    const work = then === this.saver.answer ? this.history.state : this.workOf(then);
    return readFeedback(raw, this.table, (id) => this.stamp(id, work));
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

  /**
   * @param {string} id
   * @param {Work} [work]
   */
  stamp(id, work = this.history.state) {
    if (this.mode === "sentences") return work.labels[id]?.[this.field] ?? "";
    const mark = work === this.history.state ? this.mark(id) : work.marks.find((one) => one.id === id);
    return mark ? `${mark.start}-${mark.end}-${mark.label}` : "";
  }
}
