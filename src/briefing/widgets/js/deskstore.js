// What a marking desk knows: questions, answers, marks, which answer is on the table, undo. It lives with
// the model and never touches the page.

import { canonical } from "./copies.js";

/**
 * @typedef {{given: string[], points: string, note: string, later: boolean, looked: boolean, settled: boolean}} DeskMark
 * @typedef {{row: string, text: string, checked: string[], changed: boolean, stood: string,
 *   problem: string}} Answer
 * @typedef {{text: string, points: string}} Criterion
 * @typedef {{id: string, title: string, prompt: string, sentence: string, criteria: Criterion[], most: string,
 *   model: string, note: string, answers: Answer[]}} Question
 * @typedef {{first: string[], second: string[]}} Both
 * @typedef {{row: string, before: DeskMark, after: DeskMark}} Change
 * @typedef {{row: string, merge: string, changes: Change[]}} Step what is taken back at once, and where one stood
 * @typedef {"all" | "open" | "marked" | "later" | "differ"} Filter
 */

/** @param {number} criteria @returns {DeskMark} */
export const blankMark = (criteria) => ({
  given: Array(criteria).fill(""),
  points: "",
  note: "",
  later: false,
  looked: false,
  settled: false,
});

/**
 * Points as a teacher wrote them, such as `2` or `2,5`; null where it is none up to `most`. As `grade` reads
 * them (`teacher.py`): what is finer than two decimals is rounded by the digits that were typed, a half upwards.
 * @param {string} words
 * @param {number} most
 */
export function readPoints(words, most) {
  if (!/^[0-9]{1,4}(?:[.,][0-9]{1,6})?$/u.test(words)) return null;
  const typed = words.replace(",", ".");
  if (Number(typed) > most + 1e-9) return null;
  const [whole, rest = ""] = typed.split(".");
  const hundredths = Number(whole + rest.slice(0, 2).padEnd(2, "0"));
  return (hundredths + (rest.charAt(2) >= "5" ? 1 : 0)) / 100;
}

/**
 * What a criterion's level earns; null where it is open or no level.
 * @param {string} level
 * @param {Criterion} criterion
 */
function worth(level, criterion) {
  if (level === "yes") return Number(criterion.points);
  return level === "no" ? 0 : readPoints(level, Number(criterion.points));
}

/**
 * The points of a mark; null while something is open or cannot be read.
 * @param {DeskMark} mark
 * @param {Question} question
 */
export function earned(mark, question) {
  const most = Number(question.most);
  if (mark.points) return readPoints(mark.points, most);
  if (!question.criteria.length || waiting(mark, question).length) return null;
  const sum = question.criteria.reduce((so, criterion, at) => so + (worth(mark.given[at], criterion) ?? 0), 0);
  return Math.min(most, Math.round(sum * 100) / 100);
}

/**
 * Whether a mark counts.
 * @param {DeskMark} mark
 * @param {Question} question
 */
export const isMarked = (mark, question) => earned(mark, question) !== null;

/**
 * The criteria that are still to be marked, counted from 0: open, or with something that is no level.
 * @param {DeskMark} mark
 * @param {Question} question
 */
export const waiting = (mark, question) =>
  question.criteria.flatMap((criterion, at) => (worth(mark.given[at] ?? "", criterion) === null ? [at] : []));

/**
 * What stands in the table, is no mark and keeps the answer from counting: numbers of criteria, and "points".
 * @param {DeskMark} mark
 * @param {Question} question
 */
export function unread(mark, question) {
  if (isMarked(mark, question)) return []; // points count, whatever stands under the criteria
  const odd = waiting(mark, question).flatMap((at) => (mark.given[at] ? [String(at + 1)] : []));
  return mark.points ? [...odd, "points"] : odd;
}

/**
 * The points that one can give where a question has no criteria.
 * @param {Question} question
 */
export function steps(question) {
  const whole = Math.min(9, Math.floor(Number(question.most)));
  const all = Array.from({ length: whole + 1 }, (_, at) => String(at));
  return all.includes(question.most) ? all : [...all, question.most];
}

/**
 * The levels of a criterion, from all of it to nothing. What is worth several points can be met in part.
 * @param {Criterion} criterion
 */
export function levelsOf(criterion) {
  const less = Math.min(9, Math.ceil(Number(criterion.points)) - 1);
  return ["yes", ...Array.from({ length: Math.max(0, less) }, (_, at) => String(less - at)), "no"];
}

export class DeskStore {
  /**
   * @param {{questions: Question[], mode: string, marker: string, both: Record<string, Both>}} config
   * @param {import("./saving.js").Saver} saver
   */
  constructor(config, saver) {
    this.saver = saver;
    this.mode = config.mode;
    this.other = config.marker;
    this.both = config.both;
    this.questions = config.questions
      .map((one) => ({ ...one, answers: this.mode === "settle" ? one.answers.filter(({ row }) => this.both[row]) : one.answers }))
      .filter((one) => one.answers.length);
    /** @type {Set<() => void>} */
    this.watchers = new Set();
    /** @type {Step[]} */
    this.past = [];
    /** @type {Step[]} */
    this.future = [];
    this.at = Math.max(0, this.questions.findIndex((one) => one.answers.some((answer) => this.waits(answer, one))));
    /** @type {Filter} */
    this.filter = "all";
    this.row = "";
    this.begin();
    // What another page has marked since is not this page's to take back, but what was taken from it here is.
    saver.read((answer, taken) => {
      if (taken) this.past.push({ row: this.row, merge: "", changes: this.between(taken.before, answer) });
      else this.past = [];
      this.future = [];
      this.tell();
    });
  }

  get question() {
    return this.questions[this.at];
  }

  get answer() {
    return this.question?.answers.find(({ row }) => row === this.row) ?? this.question?.answers[0];
  }

  /** @param {string} row @param {Record<string, any>} [answer] @returns {DeskMark} */
  mark(row, answer = this.saver.answer) {
    const kept = answer.marks?.[row];
    return kept ?? blankMark(this.questions[this.home(row)]?.criteria.length ?? 0);
  }

  /** Which question a row belongs to. @param {string} row */
  home(row) {
    if (this.question?.answers.some((one) => one.row === row)) return this.at;
    return this.questions.findIndex((one) => one.answers.some((answer) => answer.row === row));
  }

  /**
   * What is not the same in two answers.
   * @param {Record<string, any>} from
   * @param {Record<string, any>} to
   * @returns {Change[]}
   */
  between(from, to) {
    const rows = new Set([...Object.keys(from.marks ?? {}), ...Object.keys(to.marks ?? {})]);
    return [...rows]
      .map((row) => ({ row, before: this.mark(row, from), after: this.mark(row, to) }))
      .filter(({ before, after }) => canonical(before) !== canonical(after));
  }

  get now() {
    return this.mark(this.row);
  }

  /**
   * Whether an answer is marked, or settled. Where two rows hold different marks it is not: `grade` counts neither.
   * @param {Answer} answer
   * @param {Question} [question] its question
   */
  done(answer, question = this.question) {
    if (answer.problem) return false;
    const mark = this.mark(answer.row);
    return this.mode === "settle" ? mark.settled : isMarked(mark, question);
  }

  /** Whether an answer waits and can be marked here. @param {Answer} answer @param {Question} [question] its question */
  waits(answer, question = this.question) {
    return !answer.problem && !this.done(answer, question);
  }

  /** What is not marked, or not settled, of the question. */
  get left() {
    return this.question.answers.filter((one) => !this.done(one));
  }

  /** Begin a question where one left off: at the first answer that waits. */
  begin() {
    const answers = this.question?.answers ?? [];
    this.row = (answers.find((one) => this.waits(one)) ?? answers[0])?.row ?? "";
  }

  /** @param {number} at */
  choose(at) {
    this.at = at;
    this.filter = "all";
    this.begin();
    this.tell();
  }

  /** @param {Answer} answer @param {Filter} filter */
  fits(answer, filter = this.filter) {
    if (filter === "open") return !this.done(answer);
    if (filter === "marked") return this.done(answer);
    if (filter === "later") return this.mark(answer.row).later;
    return true;
  }

  /** @param {Filter} filter */
  count(filter) {
    return this.question.answers.filter((one) => this.fits(one, filter)).length;
  }

  /** @param {Filter} filter @returns {boolean} whether an answer is left */
  sift(filter) {
    this.filter = filter;
    const answers = this.question.answers;
    const here = this.answer;
    const found = here && this.fits(here) ? here : answers.find((one) => this.fits(one));
    if (found) this.row = found.row;
    this.tell();
    return Boolean(found);
  }

  /**
   * Go to the next or the previous answer that the filter leaves.
   * @param {1 | -1} way
   * @returns {boolean}
   */
  step(way) {
    const answers = this.question.answers;
    for (let at = this.place + way; at >= 0 && at < answers.length; at += way) {
      if (this.fits(answers[at])) return this.go(answers[at].row);
    }
    return false;
  }

  /**
   * Go to the next answer that waits, from the beginning again after the last; first to those that the
   * filter leaves, and without the filter where it leaves none.
   * @returns {boolean}
   */
  onward() {
    const answers = this.question.answers;
    const others = [...answers.slice(this.place + 1), ...answers.slice(0, this.place)];
    const open = others.filter((one) => this.waits(one));
    const found = open.find((one) => this.fits(one)) ?? open[0];
    if (!found) return false;
    if (!this.fits(found)) this.filter = "all";
    return this.go(found.row);
  }

  /** @param {string} row */
  go(row) {
    this.row = row;
    this.tell();
    return true;
  }

  get place() {
    return this.question.answers.findIndex(({ row }) => row === this.row);
  }

  /** The other answers that are word for word like this one. */
  get alike() {
    const text = this.answer?.text.trim();
    return this.question.answers.filter((one) => one.row !== this.row && one.text.trim() === text && !one.problem);
  }

  // ---- marking ----

  /**
   * Change the mark of the answer on the table.
   * @param {Partial<DeskMark>} change
   */
  set(change) {
    this.put([{ row: this.row, after: { ...this.now, ...change } }]);
  }

  /**
   * @param {{row: string, after: DeskMark, before?: DeskMark}[]} given `before`: what undo brings back
   * @param {string} [merge] what follows a step of this name is one with it (typing a note)
   */
  put(given, merge = "") {
    const changes = given.map(({ row, after, before = this.mark(row) }) => ({ row, before, after }));
    const marks = { ...this.saver.answer.marks };
    for (const { row, after } of changes) marks[row] = after;
    const last = this.past.at(-1);
    if (merge && last?.merge === merge && !this.future.length) {
      last.changes = last.changes.map((one, at) => ({ ...one, after: changes[at].after }));
    } else this.past.push({ row: this.row, merge, changes });
    this.future = [];
    this.saver.change({ ...this.saver.answer, marks });
    this.tell();
  }

  /**
   * The next level of a criterion: yes, then less, at last no, then yes again.
   * @param {number} at
   * @param {string} [level] this one; once more takes it away
   * @returns {string}
   */
  level(at, level) {
    const was = this.now.given[at];
    const round = levelsOf(this.question.criteria[at]);
    const next = level ? (was === level ? "" : level) : round[(round.indexOf(was) + 1) % round.length];
    this.set({ given: this.now.given.map((one, place) => (place === at ? next : one)) });
    return next;
  }

  /** No to every criterion that is still open. */
  rest() {
    this.set({ given: this.now.given.map((one) => one || "no") });
  }

  /** Take every level away. */
  clear() {
    this.set({ given: this.now.given.map(() => ""), points: "" });
  }

  /** The other answers that are word for word like this one and still open, where this one is marked for sure. */
  get followers() {
    if (this.answer?.problem || !isMarked(this.now, this.question)) return [];
    return this.alike.filter((one) => !isMarked(this.mark(one.row), this.question));
  }

  /** Give this answer's levels to those that are word for word like it and still open: one step. */
  spread() {
    const { given, points } = this.now;
    const open = this.followers;
    if (open.length) this.put(open.map(({ row }) => ({ row, after: { ...this.mark(row), given, points } })));
    return open.length;
  }

  /** @returns {boolean} */
  undo() {
    return this.turn(this.past, this.future, "before");
  }

  /** @returns {boolean} */
  redo() {
    return this.turn(this.future, this.past, "after");
  }

  /**
   * @param {Step[]} from
   * @param {Step[]} to
   * @param {"before" | "after"} which
   */
  turn(from, to, which) {
    const step = from.pop();
    if (!step) return false;
    to.push({ ...step, merge: "" });
    const marks = { ...this.saver.answer.marks };
    for (const change of step.changes) marks[change.row] = change[which];
    this.saver.change({ ...this.saver.answer, marks });
    const home = this.home(step.row);
    if (home >= 0) this.at = home;
    this.row = step.row;
    if (!this.fits(this.answer)) this.filter = "all";
    this.tell();
    return true;
  }

  // ---- listening ----

  tell() {
    for (const watcher of this.watchers) watcher();
  }

  /** @param {() => void} watcher */
  watch(watcher) {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }
}
