// One text on the page with its marks painted, walked by keyboard and selected by pointer: what the
// matrix and the reader show of a store. It decides nothing; whoever makes it says what follows.

import { h } from "./dom.js";
import { textKey } from "./keyboard.js";
import { ElementPainter, HighlightPainter, canHighlight } from "./painter.js";
import { Palette } from "./palette.js";
import { attachPointer } from "./pointer.js";
import { createPainting } from "./sighted.js";
import { TagLayer, tagsOf } from "./tags.js";
import { TextView } from "./textview.js";

/**
 * @typedef {object} TextPane
 * @property {HTMLElement} node
 * @property {HTMLElement} text what has the focus
 * @property {TextView} view
 * @property {() => void} focus
 * @property {() => void} destroy
 */

/**
 * @param {import("./store.js").Store} store
 * @param {object} how
 * @param {string} how.name the accessible name of the text
 * @param {string} [how.lang]
 * @param {boolean} [how.tags] whether short tags stand over the marks
 * @param {boolean} [how.palette] whether labels are offered beside words that were selected
 * @param {() => void} [how.enter] Enter on words that are selected
 * @param {() => void} [how.inspect] Enter on an active mark
 * @param {() => void} [how.synced] after each change was painted
 * @returns {TextPane}
 */
export function createTextPane(store, how) {
  const view = new TextView(store);
  const text = view.node;
  text.tabIndex = 0;
  text.setAttribute("role", "group");
  text.setAttribute("aria-label", how.name);
  if (how.lang) text.lang = how.lang;
  const painter = canHighlight()
    ? new HighlightPainter(view, store.labels)
    : new ElementPainter(view, store.labels);
  const tags = how.tags ? new TagLayer(view) : null;
  const palette = how.palette ? new Palette(store, view) : null;
  const node = h("div", { class: "bw-pane" }, text, palette?.node, painter.sheet);
  let byKeyboard = false;

  const painting = createPainting(store, view, painter, () => byKeyboard && document.activeElement === text);
  const follow = () => {
    const mark = store.mark(store.active);
    if (store.pending) view.reveal({ start: Math.max(0, store.cursor.focus - 1), end: store.cursor.focus });
    else if (mark) view.reveal(mark);
    else if (byKeyboard) view.reveal({ start: store.cursor.focus, end: store.cursor.focus + 1 });
  };
  let later = 0;
  const beside = () => {
    cancelAnimationFrame(later);
    later = requestAnimationFrame(() => {
      how.synced?.();
      painting.settle();
      tags?.sync(tagsOf(store));
      palette?.sync();
    });
  };
  const unhear = store.hear((news) => {
    painting.soon();
    if (news === "work" && !store.pending) view.selectNatively(null);
    beside();
  });
  const unpoint = attachPointer(view, store, {
    chosen: (by) => (by === "words" ? palette?.open() : palette?.close()),
    pointed: () => {
      byKeyboard = false;
      palette?.close();
    },
  });
  text.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (event.key === "Enter" && plain && store.pending && how.enter) {
      how.enter();
      event.preventDefault();
      return;
    }
    const handled = textKey(event, store, {
      inspect: () => how.inspect?.(),
      moved: () => {
        byKeyboard = true;
        palette?.close();
        view.selectNatively(store.pending);
        painting.now();
        follow();
      },
    });
    if (handled) event.preventDefault();
  });
  text.addEventListener("focus", () => {
    byKeyboard = text.matches(":focus-visible");
    painting.now();
  });
  text.addEventListener("blur", painting.now);
  painting.now();
  beside();
  return {
    node,
    text,
    view,
    focus: () => text.focus({ preventScroll: true }),
    destroy() {
      cancelAnimationFrame(later);
      unhear();
      unpoint();
      tags?.destroy();
      painting.destroy();
      painter.destroy();
    },
  };
}
