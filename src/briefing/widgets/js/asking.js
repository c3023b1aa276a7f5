// Asks Python for something and waits for what it tells: for widgets that hold no answer. A wish
// that is not answered in time is told, and a late answer still counts.

import { keepHearing } from "./hearing.js";
import { PATIENCE } from "./saving.js";

/**
 * @typedef {{n: number, ok: boolean, message: string} & Record<string, any>} Told
 */

export class Asker {
  /**
   * @param {import("./saving.js").Model} model
   * @param {number} [patience] milliseconds
   */
  constructor(model, patience = PATIENCE) {
    this.model = model;
    this.patience = patience;
    /** @type {Map<number, {done: (told: Told) => void, timer: ReturnType<typeof setTimeout>}>} */
    this.open = new Map();
    model.on("change:told", () => this.heard());
    // What the frame of a widget asks of a saver.
    this.news = "";
    this.offered = null;
    this.remark = "";
    keepHearing(model);
  }

  /**
   * @param {string} what the name of the wish
   * @param {Record<string, any>} details
   * @param {() => void} late called when there is no answer in time
   * @returns {Promise<Told>}
   */
  ask(what, details, late) {
    const n = (this.model.get("wish")?.n ?? 0) + 1;
    const told = new Promise((done) => {
      this.open.set(n, { done, timer: setTimeout(late, this.patience) });
    });
    this.model.set("wish", { n, what, ...details });
    this.model.save_changes();
    return told;
  }

  heard() {
    const told = this.model.get("told") ?? {};
    const waiting = this.open.get(told.n);
    if (!waiting) return;
    this.open.delete(told.n);
    clearTimeout(waiting.timer);
    waiting.done(told);
  }

  /**
   * The frame's status line stays empty: these widgets say what happened beside their buttons.
   * @param {(status: import("./telling.js").Status) => void} watcher
   */
  watch(watcher) {
    watcher({ state: "idle", text: "" });
    return () => {};
  }

  again() {}

  download() {}

  takeOffer() {}

  forgetOffer() {}

  declineOffer() {}

  used() {}

  readRemark() {}
}

/** What to say when the kernel is gone. */
export const SILENT =
  "The notebook's kernel does not answer. Run all cells again, then press the button once more.";
