// What a saver hears from the page: that it is hidden, left, or that the hand-in has changed the disk. Only
// while a view shows it: a cell that is run again leaves its model behind, and nobody takes that away.

/** Told on the page when what stands on the disk has changed under the widgets of an exercise. */
export const CHANGED = "briefing-changed";

/**
 * @param {{sendNow: () => void, copyNow: () => void, changed: (what: any) => void}} saver
 * @returns {() => void} stop hearing
 */
export function listen(saver) {
  const changed = (/** @type {Event} */ event) => saver.changed(/** @type {CustomEvent} */ (event).detail);
  const hidden = () => saver.sendNow();
  const left = () => {
    saver.sendNow();
    saver.copyNow();
  };
  document.addEventListener(CHANGED, changed);
  document.addEventListener("visibilitychange", hidden);
  window.addEventListener("pagehide", left);
  return () => {
    document.removeEventListener(CHANGED, changed);
    document.removeEventListener("visibilitychange", hidden);
    window.removeEventListener("pagehide", left);
  };
}
