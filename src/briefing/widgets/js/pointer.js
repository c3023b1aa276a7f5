// Selecting with mouse, pen and finger: drag, double click, one click on a mark or sentence, and
// two clicks for people who cannot drag.

/**
 * @param {import("./textview.js").TextView} view
 * @param {import("./store.js").Store} store
 * @param {{chosen: (by: "words" | "part") => void, pointed: () => void}} acts
 *   `chosen`: something was selected with the pointer; `pointed`: the keyboard's cursor may hide
 * @returns {() => void} stop
 */
export function attachPointer(view, store, acts) {
  let began = false;
  let touched = false;
  let from = { x: 0, y: 0 };
  // The second click of a double click on a label falls on the text below the palette: not meant there.
  let mine = true;
  /** @type {number | null} where the press began; what lies under a point may scroll away */
  let pressed = null;
  /** @type {number | null} the first of two clicks */
  let first = null;
  /** @type {import("./words.js").Stretch | null} what it showed: where that was let go, it counts no longer */
  let shown = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let settling;

  /** @param {number} offset */
  const click = (offset) => {
    if (store.mode === "sentences") {
      const unit = store.units.find((one) => one.start <= offset && offset < one.end);
      store.activate(unit?.id ?? null);
      if (unit) acts.chosen("part");
      return;
    }
    if (store.twoClicks && !store.readonly) return twoClicks(offset);
    const here = store.over(offset);
    if (here.length) {
      // Clicking again on the same place goes to the next mark below.
      const now = here.indexOf(store.active ?? "");
      store.activate(here[(now + 1) % here.length]);
      acts.chosen("part");
      return;
    }
    store.cursor = { anchor: offset, focus: offset };
    store.active = null;
    // A finger that taps a word means that word; where it taps no word it lets go.
    const word = touched && !store.readonly ? store.words.wordAt(offset) : null;
    store.select(word);
    if (word) acts.chosen("words");
  };

  /** @param {number} offset */
  const twoClicks = (offset) => {
    if (first === null || store.pending !== shown) {
      first = offset;
      store.select(store.words.wordAt(offset), { quiet: true });
      shown = store.pending;
      store.say("Start set. Now click the last word.");
      return;
    }
    const low = Math.min(first, offset);
    const high = Math.max(first, offset);
    first = null;
    const start = store.words.wordAt(low)?.start ?? low;
    const end = store.words.wordAt(high)?.end ?? high;
    store.select({ start, end });
    acts.chosen("words");
  };

  /** @param {MouseEvent} event */
  const down = (event) => {
    if (event.button !== 0) return;
    if (event.detail > 1 && !mine) return event.preventDefault();
    began = true;
    from = { x: event.clientX, y: event.clientY };
    pressed = view.offsetAt(from.x, from.y);
    acts.pointed();
  };

  /** @param {MouseEvent} event */
  const anywhere = (event) => {
    if (event.detail < 2) mine = event.composedPath().includes(view.node);
  };

  /** @param {MouseEvent} event */
  const up = (event) => {
    if (!began) return;
    began = false;
    const still = Math.hypot(event.clientX - from.x, event.clientY - from.y) < 4;
    if (still && event.detail < 2) {
      const offset = view.offsetAt(event.clientX, event.clientY);
      if (event.shiftKey && offset !== null && store.mode === "spans") {
        const { anchor } = store.cursor;
        take({ start: Math.min(anchor, offset), end: Math.max(anchor, offset) });
      } else if (offset !== null) click(offset);
      return;
    }
    if (store.readonly) return;
    if (store.mode === "sentences") {
      // A drag or a double click chooses a sentence as one click does; no words are held.
      view.selectNatively(null);
      if (pressed !== null) click(pressed);
      return;
    }
    const chosen = reached(event) ?? view.selected();
    if (chosen) take(chosen);
  };

  /**
   * What a drag meant that ended outside the text: up to the words nearest to where it ended. The
   * browser itself would select all words up to the text's end.
   * @param {MouseEvent} event
   * @returns {import("./words.js").Stretch | null} null: it ended inside
   */
  const reached = (event) => {
    const end = view.nearestTo(event.clientX, event.clientY);
    if (end === null || pressed === null || end === pressed) return null;
    return { start: Math.min(pressed, end), end: Math.max(pressed, end) };
  };

  /** @param {import("./words.js").Stretch} chosen */
  const take = (chosen) => {
    first = null;
    store.select(chosen);
    if (!store.pending) return;
    store.cursor = { anchor: store.pending.start, focus: store.pending.end };
    view.selectNatively(store.pending);
    acts.chosen("words");
  };

  // A finger's selection has no mouse-up of its own: it is taken when its handles rest.
  const settled = () => {
    if (!touched || store.readonly || store.mode === "sentences") return;
    clearTimeout(settling);
    settling = setTimeout(() => {
      const chosen = view.selected();
      if (!chosen) return;
      store.select(chosen);
      if (store.pending) acts.chosen("words");
    }, 350);
  };

  // Words that are dragged away, to a note for instance, and a press that the system takes over end without
  // a mouse-up; the next one, anywhere on the page, would be taken for theirs.
  const lost = () => {
    began = false;
  };

  /** @param {PointerEvent} event */
  const kind = (event) => {
    touched = event.pointerType === "touch";
  };

  view.node.addEventListener("pointerdown", kind);
  view.node.addEventListener("mousedown", down);
  view.node.addEventListener("dragstart", lost);
  view.node.addEventListener("pointercancel", lost);
  document.addEventListener("mousedown", anywhere, true);
  document.addEventListener("mouseup", up);
  document.addEventListener("selectionchange", settled);
  return () => {
    clearTimeout(settling);
    document.removeEventListener("mousedown", anywhere, true);
    document.removeEventListener("mouseup", up);
    document.removeEventListener("selectionchange", settled);
  };
}
