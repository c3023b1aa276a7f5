// Undo and redo over whole states. Pure values: states are never changed in place.

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
    /** @type {{state: T, what: string, merge: string}[]} */
    this.past = [];
    /** @type {{state: T, what: string, merge: string}[]} */
    this.future = [];
    this.state = state;
    this.what = "";
    this.merge = "";
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
}
