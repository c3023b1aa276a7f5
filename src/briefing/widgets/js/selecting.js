// Selecting words before they are labelled: snapped to whole words, cut to what is asked for, widened by a
// word or a character. It changes no mark and never touches the page.

import { State } from "./state.js";
import { trim } from "./words.js";

/** @typedef {import("./state.js").Stretch} Stretch */

export class Selecting extends State {
  /**
   * Select a stretch (snapped when snapping is on).
   * @param {Stretch | null} stretch
   * @param {{quiet?: boolean, exact?: boolean}} [how]
   */
  select(stretch, { quiet = false, exact = false } = {}) {
    const whole = stretch && (this.snap && !exact ? this.words.snap(stretch) : trim(this.text, stretch));
    const kept = whole && this.within(whole);
    this.pending = kept;
    if (kept && !quiet) this.say(`Selected: ${this.quote(kept)}.`);
    this.tell("select");
  }

  /**
   * A stretch without what hangs over into lines that are not asked for.
   * @param {Stretch} stretch
   * @returns {Stretch}
   */
  within({ start, end }) {
    if (!this.some) return { start, end };
    const touched = this.units.filter((unit) => unit.start < end && start < unit.end);
    if (!touched.length) return { start, end };
    return { start: Math.max(start, touched[0].start), end: Math.min(end, touched[touched.length - 1].end) };
  }

  /**
   * Move one edge of what is selected by a word, or by a character when snapping is off.
   * @param {"start" | "end"} edge
   * @param {1 | -1} way
   */
  widen(edge, way) {
    if (!this.pending) return;
    const next = { ...this.pending, [edge]: this.nextEdge(this.pending[edge], edge, way) };
    if (next.start < next.end) this.select(next, { exact: true });
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
   * One character on, as the eye takes it: never between the halves of a pair, nor between a letter and its
   * accent or the parts of one emoji.
   * @param {number} from
   * @param {1 | -1} way
   */
  stepChar(from, way) {
    return this.words.character(from, way) ?? this.table.toUnit(this.table.toPoint(from) + way);
  }
}
