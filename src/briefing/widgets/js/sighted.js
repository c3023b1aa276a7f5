// Paints what a store asks for; where there is very much, only what is in sight and a good way around
// it. It decides nothing about what is marked, and measures the page only where that costs no layout.

import { wanted } from "./painting.js";

/** Beyond so many stretches only those in sight are painted. */
export const MANY = 150;

/** How far around the sight is painted as well, in pixels. */
const AROUND = 1200;

/**
 * @typedef {object} Painting
 * @property {() => void} now
 * @property {() => void} soon before the next frame; what is told in several words is painted once
 * @property {() => void} settle look where the text stands now that it is laid out, and paint what that changes
 * @property {() => void} destroy
 */

/**
 * @param {import("./store.js").Store} store
 * @param {import("./textview.js").TextView} view
 * @param {{sync: (wanted: Map<string, import("./painter.js").Paint>) => void}} painter
 * @param {() => boolean} cursor whether the keyboard's cursor is to be seen
 * @returns {Painting}
 */
export function createPainting(store, view, painter, cursor) {
  let limited = false;
  let laid = false;
  let waiting = false;
  let gone = false;
  let scrolling = 0;

  const now = () => {
    const all = wanted(store, { cursor: cursor() });
    limited = all.size > MANY;
    // Before it is on the page nothing is in sight, and all of it would be painted for nothing.
    if (limited && !laid) all.clear();
    else if (limited) {
      // To look would lay out what the same change has done to the page, before the frame does so.
      const { start, end } = view.inSight(AROUND, { known: true });
      for (const [id, one] of all) if (one.start >= end || one.end <= start) all.delete(id);
    }
    painter.sync(all);
  };
  const settle = () => {
    if (!laid) {
      laid = view.node.clientHeight > 0;
      if (laid && limited) now();
      return;
    }
    // A cell that a notebook has taken off the page has no place; it keeps the one it had.
    if (!limited || !view.node.clientHeight) return;
    const before = view.inSight(AROUND, { known: true });
    const after = view.inSight(AROUND);
    if (before.start !== after.start || before.end !== after.end) now();
  };
  const moved = () => {
    if (laid && !limited) return;
    cancelAnimationFrame(scrolling);
    scrolling = requestAnimationFrame(settle);
  };
  view.node.addEventListener("scroll", moved, { passive: true });
  const sizes = new ResizeObserver(moved);
  sizes.observe(view.node);

  return {
    now,
    soon() {
      if (waiting) return;
      waiting = true;
      queueMicrotask(() => {
        waiting = false;
        if (!gone) now();
      });
    },
    settle,
    destroy() {
      gone = true;
      cancelAnimationFrame(scrolling);
      sizes.disconnect();
      view.node.removeEventListener("scroll", moved);
    },
  };
}
