// What one matrix holds: cells with their answers and spans (code points), one history over all of
// them, and a store for each text, in which each function is a label. It never touches the page.

import { applyCells, betweenCells, isCells } from "./celldifferences.js";
import { browserStorage, canonical } from "./copies.js";
import { History } from "./history.js";
import { Remembering } from "./remembering.js";
import { Store } from "./store.js";

/**
 * @typedef {{present: boolean | null, spans: [number, number][]}} Cell
 * @typedef {Record<string, Cell>} Cells
 * @typedef {{id: string, name: string, hint: string}} Column
 * @typedef {{id: string, title: string, text: string, lang: string, segments: any[]}} TextGiven
 * @typedef {{target: string, verdict: string, label: string, text: string}} Item
 */

/** The sign and the words of each answer; the static view uses the same. */
export const ANSWERS = /** @type {const} */ ({
  yes: ["✓", "yes"],
  no: ["✗", "no"],
  unsure: ["?", "cannot say yet"],
  open: ["○", "not decided"],
});

/**
 * @param {Cell | undefined} cell
 * @returns {keyof typeof ANSWERS}
 */
export function answerOf(cell) {
  if (!cell) return "open";
  if (cell.present === null || cell.present === undefined) return "unsure";
  return cell.present ? "yes" : "no";
}

/** @param {number} n */
export function places(n) {
  return n === 1 ? "1 place" : `${n} places`;
}

/**
 * The marks of one text as its cells have them, in UTF-16 offsets.
 * @param {Cells} cells
 * @param {string} article
 * @param {Column[]} functions
 * @param {import("./offsets.js").OffsetTable} table
 */
export function marksOf(cells, article, functions, table) {
  return functions.flatMap((column) =>
    (cells[`${article}/${column.id}`]?.spans ?? []).map(([from, to]) => {
      const start = table.toUnit(from);
      const end = table.toUnit(to);
      return { id: markId(column.id, start, end), start, end, label: column.id, note: "" };
    }),
  );
}

/**
 * @param {string} label
 * @param {number} start
 * @param {number} end
 */
const markId = (label, start, end) => `${label}:${start}-${end}`;

/** One text of a matrix: the annotator's store, whose changes become cells. */
export class ArticleStore extends Store {
  /**
   * @param {MatrixStore} matrix
   * @param {TextGiven} given
   */
  constructor(matrix, given) {
    const config = { ...given, mode: "spans", labels: matrix.functions, sources: [] };
    const traits = /** @type {Record<string, any>} */ ({
      config,
      readonly: matrix.readonly,
      student: matrix.model.get("student"),
      can_check: false,
    });
    const model = { get: (/** @type {string} */ name) => traits[name], on() {}, off() {}, set() {}, save_changes() {} };
    const saver = { answer: { marks: [] }, read: () => () => {}, change() {} };
    super(/** @type {any} */ (model), /** @type {any} */ (saver));
    this.matrix = matrix;
    this.article = given.id;
    // Undo goes over the whole matrix; this text only shows where it stands.
    const whole = matrix.history;
    this.history = /** @type {any} */ ({
      state: { marks: [], labels: {} },
      get canUndo() {
        return whole.canUndo;
      },
      get canRedo() {
        return whole.canRedo;
      },
    });
    this.speakers.push((words) => matrix.say(words));
    this.refresh();
  }

  /** Take what the cells hold now. */
  refresh() {
    const marks = marksOf(this.matrix.cells, this.article, this.matrix.functions, this.table);
    marks.sort((a, b) => a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1));
    this.history.state = { marks, labels: {} };
    if (this.active && !this.mark(this.active)) this.active = null;
    const { feedback } = this.matrix;
    const key = (feedback?.key ?? []).filter((/** @type {any} */ mark) => mark.article === this.article);
    this.feedback = key.length ? this.feedbackOf({ ...feedback, items: [], key }) : null;
    this.tell("work");
  }

  /**
   * @override
   * @param {{marks?: import("./marks.js").Mark[]}} work
   * @param {string} what
   * @param {string} [merge]
   */
  keep(work, what, merge) {
    if (this.readonly || !work.marks) return;
    const active = work.marks.find((mark) => mark.id === this.active);
    this.matrix.takeMarks(this, work.marks, what, merge);
    this.active = active ? markId(active.label, active.start, active.end) : this.active;
    if (!this.mark(this.active)) this.active = null;
  }

  /** @override */
  undo() {
    this.matrix.undo();
  }

  /** @override */
  redo() {
    this.matrix.redo();
  }

  /**
   * The cell of the label comes into view with the words.
   * @override
   * @param {string} id
   */
  label(id) {
    super.label(id);
    if (this.mark(this.active)?.label === id) this.matrix.choose(this.article, id);
  }

  /**
   * @override
   * @param {string | null} id
   */
  activate(id) {
    super.activate(id);
    const mark = this.mark(id);
    if (mark) this.matrix.choose(this.article, mark.label);
  }
}

export class MatrixStore {
  /**
   * @param {import("./saving.js").Model} model
   * @param {import("./saving.js").Saver} saver
   */
  constructor(model, saver) {
    this.model = model;
    this.saver = saver;
    const config = model.get("config");
    this.readonly = Boolean(model.get("readonly"));
    /** @type {Column[]} */
    this.functions = config.functions;
    /** @type {TextGiven[]} */
    this.texts = config.texts;
    /** @type {History<Cells>} */
    this.history = new History(saver.answer.cells ?? {});
    const [question, student] = [model.get("question"), model.get("student")];
    const lengths = new Map(
      this.texts.flatMap((text) => this.functions.map((column) => [`${text.id}/${column.id}`, text.text.length])),
    );
    this.remembering = new Remembering({
      question: this.readonly ? "" : question,
      student,
      storage: browserStorage(),
      history: this.history,
      answer: () => ({ ...saver.answer, cells: this.cells }),
      between: betweenCells,
      apply: applyCells,
      fits: (one) => isCells(one, lengths),
    });
    this.remembering.back();
    /** @type {{article: string, function: string} | null} */
    this.chosen = null;
    /** @type {Map<string, ArticleStore>} */
    this.stores = new Map();
    /** @type {any} */
    this.feedback = null;
    /** @type {Map<string, string>} what each cell held when the feedback was given */
    this.stamps = new Map();
    /** @type {Set<(news: "work" | "chosen" | "feedback") => void>} */
    this.hearers = new Set();
    /** @type {((words: string) => void)[]} */
    this.speakers = [];
    saver.read((answer, taken) => {
      if (taken) this.history.push(answer.cells ?? {}, "use the other version");
      else this.history.reset(answer.cells ?? {});
      if (taken) this.remembering.later();
      else this.remembering.back();
      this.refresh();
    });
  }

  /** @returns {Cells} */
  get cells() {
    return this.history.state;
  }

  /** @param {string} article */
  text(article) {
    return this.texts.find((one) => one.id === article);
  }

  /** @param {string} id */
  column(id) {
    return this.functions.find((one) => one.id === id);
  }

  /** @param {string} article */
  store(article) {
    const known = this.stores.get(article);
    if (known) return known;
    const given = /** @type {TextGiven} */ (this.text(article));
    const made = new ArticleStore(this, given);
    this.stores.set(article, made);
    return made;
  }

  /** @param {string} words */
  say(words) {
    for (const speak of this.speakers) speak(words);
  }

  /** @param {"work" | "chosen" | "feedback"} news */
  tell(news) {
    for (const hearer of this.hearers) hearer(news);
  }

  refresh() {
    for (const store of this.stores.values()) store.refresh();
    this.tell("work");
  }

  // ---- changes ----

  /**
   * @param {Cells} cells
   * @param {string} what
   * @param {string} [merge]
   */
  keep(cells, what, merge) {
    if (this.readonly) return;
    this.history.push(cells, what, merge);
    this.saved();
  }

  saved() {
    this.refresh();
    this.saver.change({ ...this.saver.answer, cells: this.cells });
    this.remembering.later();
  }

  undo() {
    const what = this.readonly ? null : this.history.undo();
    if (what === null) return this.say("Nothing to undo.");
    this.saved();
    this.say(`Undone: ${what}.`);
  }

  redo() {
    const what = this.readonly ? null : this.history.redo();
    if (what === null) return this.say("Nothing to redo.");
    this.saved();
    this.say(`Done again: ${what}.`);
  }

  /**
   * @param {string} id of a cell
   * @param {boolean | null} present
   */
  decide(id, present) {
    const cell = this.cells[id];
    if (cell && cell.present === present) return;
    const next = { ...cell, present, spans: cell?.spans ?? [] };
    const [, words] = ANSWERS[answerOf(next)];
    this.keep({ ...this.cells, [id]: next }, `${this.called(id)}: ${words}`);
    const kept = next.spans.length && present !== true ? ` ${places(next.spans.length)} stay attached; they count only with yes.` : "";
    this.say(`${this.called(id)}: ${words}.${kept} ${this.progress()}`);
  }

  /**
   * Make a cell as if nobody had touched it.
   * @param {string} id
   */
  clear(id) {
    if (!this.cells[id]) return;
    const { [id]: _gone, ...rest } = this.cells;
    this.keep(rest, `clear ${this.called(id)}`);
    this.say(`${this.called(id)}: not decided. Undo brings it back.`);
  }

  /**
   * The marks of one text have changed: its cells follow. Words that are attached say yes.
   * @param {ArticleStore} store
   * @param {readonly import("./marks.js").Mark[]} marks
   * @param {string} what
   * @param {string} [merge]
   */
  takeMarks(store, marks, what, merge) {
    /** @type {Cells} */
    const cells = { ...this.cells };
    for (const column of this.functions) {
      const id = `${store.article}/${column.id}`;
      const mine = marks.filter((mark) => mark.label === column.id);
      const spans = /** @type {[number, number][]} */ (
        mine.map((mark) => [store.table.toPoint(mark.start), store.table.toPoint(mark.end)])
      );
      spans.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      const single = spans.filter((one, i) => !i || one[0] !== spans[i - 1][0] || one[1] !== spans[i - 1][1]);
      const old = cells[id];
      if (!old && !single.length) continue;
      const more = single.length > (old?.spans.length ?? 0);
      cells[id] = { ...old, present: more ? true : (old?.present ?? null), spans: single };
    }
    this.keep(cells, what, merge);
  }

  /**
   * @param {string} article
   * @param {string} column
   */
  choose(article, column) {
    if (this.chosen?.article === article && this.chosen.function === column) return;
    this.chosen = { article, function: column };
    this.tell("chosen");
  }

  /** The id of the chosen cell; empty for none. */
  get chosenId() {
    return this.chosen ? `${this.chosen.article}/${this.chosen.function}` : "";
  }

  // ---- in words ----

  /** @param {string} id of a cell */
  called(id) {
    const [article, column] = id.split("/");
    return `${article} ${this.column(column)?.name ?? column}`;
  }

  get ids() {
    return this.texts.flatMap((text) => this.functions.map((column) => `${text.id}/${column.id}`));
  }

  progress() {
    const { ids } = this;
    const done = ids.filter((id) => ["yes", "no"].includes(answerOf(this.cells[id]))).length;
    return `${done} of ${ids.length} cells decided.`;
  }

  // ---- feedback ----

  /** @param {any} feedback */
  hearFeedback(feedback) {
    // A view that comes up later hears the same feedback again: it is as old as it was.
    const old = this.feedback;
    if (old && old.check === feedback.check && old.attempts === feedback.attempts) return;
    this.feedback = feedback;
    const then = this.saver.answerOf(feedback).cells ?? {};
    this.stamps = new Map(this.ids.map((id) => [id, this.stamp(id, then)]));
    for (const store of this.stores.values()) store.refresh();
    this.tell("feedback");
  }

  /**
   * @param {string} id
   * @param {Cells} [cells]
   */
  stamp(id, cells = this.cells) {
    return canonical(cells[id] ?? {});
  }

  /**
   * What was said about a cell, as long as it has not been changed since.
   * @param {string} id
   * @returns {Item[]}
   */
  said(id) {
    if (!this.feedback || this.stamps.get(id) !== this.stamp(id)) return [];
    return (this.feedback.items ?? []).filter((/** @type {Item} */ item) => item.target === id);
  }
}
