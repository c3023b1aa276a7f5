// Finds out that the kernel is gone before anything is changed: asks for a sign of life when a widget
// is used, and now and then while it is. Of all widgets on a page only the last used one asks.

/** After so long without a word from Python a widget that is used asks (milliseconds). */
export const FRESH = 4000;
/** How long a widget goes on asking after it was last used. */
const USED = 120_000;
const EVERY = 5000;
const CLAIM = "briefing-used";

export class Pulse {
  /**
   * @param {object} what
   * @param {() => number} what.heard when Python was last heard (as `performance.now()` counts)
   * @param {() => void} what.ask
   */
  constructor({ heard, ask }) {
    this.heard = heard;
    this.ask = ask;
    this.last = -Infinity;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.timer = undefined;
    this.yields = (/** @type {Event} */ event) => {
      if (/** @type {CustomEvent} */ (event).detail !== this) this.rest();
    };
    this.shown = () => this.beat();
  }

  /** Whether somebody was here in the last minutes. */
  get recent() {
    return performance.now() - this.last < USED;
  }

  /** The student does something in the widget. */
  used() {
    const now = performance.now();
    this.last = now;
    if (this.timer === undefined) {
      document.dispatchEvent(new CustomEvent(CLAIM, { detail: this }));
      document.addEventListener(CLAIM, this.yields);
      document.addEventListener("visibilitychange", this.shown);
      this.timer = setInterval(() => this.beat(), EVERY);
    }
    if (now - this.heard() > FRESH) this.ask();
  }

  beat() {
    const now = performance.now();
    if (!this.recent) return this.rest();
    if (document.visibilityState === "visible" && now - this.heard() > FRESH) this.ask();
  }

  rest() {
    clearInterval(this.timer);
    this.timer = undefined;
    document.removeEventListener(CLAIM, this.yields);
    document.removeEventListener("visibilitychange", this.shown);
  }
}
