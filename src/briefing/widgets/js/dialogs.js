// A help dialog over the page: it keeps its keys to itself and gives the focus back. Knows no widget.

/**
 * @param {HTMLDialogElement} dialog
 * @param {() => void} closed gives the focus back
 * @returns {() => void} opens it
 */
export function opener(dialog, closed) {
  /** @type {Element | null} what had the focus, and has it again from the browser when this is closed */
  let before = null;
  // The browser tells of it some time after: whoever has gone on meanwhile is not fetched back.
  dialog.addEventListener("close", () => {
    if (document.activeElement === before) closed();
  });
  // The browser closes it at Escape; the widget must not take this Escape as its own.
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  return () => {
    before = document.activeElement;
    dialog.showModal();
    // On the button at its end, where the browser puts the focus, it would open at its end.
    dialog.focus();
    dialog.scrollTop = 0;
  };
}
