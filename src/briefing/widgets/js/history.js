// Undo and redo over whole states. Pure values: states are never changed in place. Its steps can be
// written down as small differences and read again.

/**
 * @template T
 * @typedef {{state: T, what: string, merge: string}} Step `what` is what led to the state, in words
 */

/**
 * @typedef {object} Written the steps as plain values
 * @property {string} what what led to the present state
 * @property {[string, any][]} past going back from the present: what led there, and the difference
 * @property {[string, any][]} future going on from the present
 */

/**
 * @template T
 */
export class History {
  /**
   * @param {T} state
   * @param {number} [most] how many steps are kept
   */
  constructor(state, most = 300) {
    this.most = most;
    /** @type {Step<T>[]} */
    this.past = [];
    /** @type {Step<T>[]} */
    this.future = [];
    this.state = state;
    this.what = "";
    this.merge = "";
    /** @type {Map<T, {to: T, made: any, size: number}>} differences that were made before */
    this.made = new Map();
  }

  /**
   * A new state. Steps with the same `merge` follow each other as one (typing a note).
   * @param {T} state
   * @param {string} what in words, for the announcement when it is undone
   * @param {string} [merge]
   */
  push(state, what, merge = "") {
    this.future = [];
    if (merge && merge === this.merge) {
      this.state = state;
      return;
    }
    this.past.push({ state: this.state, what: this.what, merge: this.merge });
    if (this.past.length > this.most) this.past.shift();
    this.state = state;
    this.what = what;
    this.merge = merge;
  }

  /** @returns {string | null} what was undone, or null */
  undo() {
    const back = this.past.pop();
    if (!back) return null;
    const undone = this.what;
    this.future.push({ state: this.state, what: this.what, merge: "" });
    this.state = back.state;
    this.what = back.what;
    this.merge = "";
    return undone;
  }

  /** @returns {string | null} what was done again, or null */
  redo() {
    const next = this.future.pop();
    if (!next) return null;
    this.past.push({ state: this.state, what: this.what, merge: "" });
    this.state = next.state;
    this.what = next.what;
    this.merge = "";
    return next.what;
  }

  get canUndo() {
    return this.past.length > 0;
  }

  get canRedo() {
    return this.future.length > 0;
  }

  /**
   * Start again from a state that came from elsewhere.
   * @param {T} state
   */
  reset(state) {
    this.past = [];
    this.future = [];
    this.state = state;
    this.what = "";
    this.merge = "";
  }

  /**
   * The steps as plain values, the nearest ones first, as many as fit.
   * @param {(from: T, to: T) => any} between makes the difference between two states
   * @param {number} room in characters
   * @returns {Written}
   */
  write(between, room) {
    let left = room;
    /** @type {Map<T, {to: T, made: any, size: number}>} */
    const used = new Map();
    /** @param {readonly Step<T>[]} steps the nearest last */
    const written = (steps) => {
      /** @type {[string, any][]} */
      const out = [];
      let from = this.state;
      for (let i = steps.length - 1; i >= 0; i -= 1) {
        const { state, what } = steps[i];
        const known = this.made.get(from);
        let one = known?.to === state ? known : undefined;
        if (!one) {
          const made = between(from, state);
          one = { to: state, made, size: JSON.stringify(made).length };
        }
        used.set(from, one);
        left -= one.size + what.length + 8;
        if (left < 0) break;
        out.push([what, one.made]);
        from = state;
      }
      return out;
    };
    const past = written(this.past);
    const future = written(this.future);
    this.made = used;
    return { what: this.what, past, future };
  }

  /**
   * Take over steps that were written down from the state that stands here now.
   * @param {Written} written
   * @param {(from: T, difference: any) => T} apply
   */
  read({ what, past, future }, apply) {
    /** @param {[string, any][]} list */
    const steps = (list) => {
      /** @type {Step<T>[]} */
      const out = [];
      let state = this.state;
      for (const [led, difference] of list) {
        state = apply(state, difference);
        out.push({ state, what: led, merge: "" });
      }
      return out.reverse();
    };
    this.past = steps(past.slice(0, this.most));
    this.future = steps(future.slice(0, this.most));
    this.what = what;
    this.merge = "";
  }
}
