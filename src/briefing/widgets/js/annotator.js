// entry
// Puts the annotator together: a store for each model, a view for each place where it is shown.

import { Asker } from "./asking.js";
import { createShell } from "./shell.js";
import { fromTheRight } from "./direction.js";
import { h } from "./dom.js";
import { createHelp } from "./help.js";
import { Inspector } from "./inspector.js";
import { sentenceSaid, textKey, widgetKey } from "./keyboard.js";
import { List } from "./list.js";
import { ElementPainter, HighlightPainter, canHighlight } from "./painter.js";
import { Palette } from "./palette.js";
import { partnerRow } from "./partner.js";
import { plain } from "./plain.js";
import { attachPointer } from "./pointer.js";
import { printView } from "./print.js";
import { Saver } from "./saving.js";
import { MANY, createPainting } from "./sighted.js";
import { Store } from "./store.js";
import { TagLayer, tagsOf } from "./tags.js";
import { TextView } from "./textview.js";
import { Toolbar } from "./toolbar.js";

/** How many sentences about annotations that did not fit are shown. */
const TOLD = 5;

/**
 * @param {Store} store
 * @param {import("./saving.js").Model} model
 * @param {HTMLElement} el
 * @param {Asker | null} asker asks Python to read a partner's file
 * @returns {() => void} take the view away
 */
function show(store, model, el, asker) {
  const { saver } = store;
  let byKeyboard = false;

  const shell = createShell({
    el,
    model,
    saver,
    name: "annotator",
    keys: (event) => widgetKey(event, store, { help: () => help.open(), find: () => toolbar.openFinder(true), close: () => palette.shut() }),
  });
  const { root } = shell;
  root.dataset.mode = store.mode;
  const view = new TextView(store);
  const text = view.node;
  text.tabIndex = 0;
  text.setAttribute("role", "group");
  text.setAttribute("aria-label", `${model.get("title")}: text. Press ? for help.`);
  if (model.get("config").lang) text.lang = model.get("config").lang;

  const painter = canHighlight()
    ? new HighlightPainter(view, store.labels)
    : new ElementPainter(view, store.labels);
  const tags = new TagLayer(view);
  const palette = new Palette(store, view);
  const focusText = () => text.focus({ preventScroll: true });
  const help = createHelp(store.mode, focusText, store.paragraphs.some((one) => fromTheRight(store.text.slice(one.start, one.end))));
  const inspector = new Inspector(store, { back: focusText });
  const list = new List(store, (row) => {
    if (row.kind === "missed") {
      store.cursor = { anchor: row.start, focus: row.start };
      store.say(`${[row.where, row.label].filter(Boolean).join(" ")}: ${row.words}. ${row.said}`);
    } else store.activate(row.kind === "group" ? (row.root ?? null) : row.id);
    view.reveal({ start: row.start, end: row.start + 1 });
  });
  const said = h("div", { class: "bw-told", dir: "auto", hidden: true });
  const pane = h("div", { class: "bw-pane" }, text, palette.node);
  const side = h("div", { class: "bw-side" }, said, inspector.node, list.empty, list.node);
  shell.main.append(pane, side);
  const told = model.get("config").told ?? [];
  if (told.length) {
    const lines = told.slice(0, TOLD).map((/** @type {string} */ words) => h("p", {}, plain(words)));
    const more = told.length > TOLD ? h("p", {}, `And ${told.length - TOLD} more.`) : null;
    shell.bar.before(h("div", { class: "bw-unplaced", role: "note" }, ...lines, more));
  }
  if (asker) shell.bar.before(partnerRow(model, asker, shell.say));
  root.append(painter.sheet, help.node);
  /** @type {"" | "asked" | "came"} a check asked for by hand, until what it said is in sight */
  let verdict = "";
  const toolbar = new Toolbar(shell.bar, store, {
    help: () => help.open(),
    reveal: (stretch) => view.reveal(stretch),
    check: () => {
      store.rest();
      verdict = "asked";
      saver.check();
    },
  });
  const progress = h("span", { class: "bw-progress" });
  shell.foot.append(progress);

  const painting = createPainting(store, view, painter, () => byKeyboard && document.activeElement === text);
  /** @type {HTMLElement | null} */
  let paper = null;
  const printed = () => {
    paper?.remove();
    paper = printView(store);
    shell.foot.before(paper);
  };
  const printedOut = () => {
    paper?.remove();
    paper = null;
  };
  window.addEventListener("beforeprint", printed);
  window.addEventListener("afterprint", printedOut);
  const retag = () => tags.sync(tagsOf(store));
  const follow = () => {
    const mark = store.pending ?? store.mark(store.active) ?? store.theirs(store.active) ?? store.unitById.get(store.active ?? "");
    if (mark) view.reveal(store.pending ? { start: store.cursor.focus - 1, end: store.cursor.focus } : mark);
    else if (byKeyboard) view.reveal({ start: store.cursor.focus, end: store.cursor.focus + 1 });
  };

  let later = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let after;
  // The words are painted first; what stands beside them follows after that frame, and where there
  // are many marks one frame later still, so that a thousand marks do not hold up the next one.
  const beside = () => {
    cancelAnimationFrame(later);
    clearTimeout(after);
    later = requestAnimationFrame(() => {
      const soon = () => {
        after = setTimeout(catchUp, 0);
      };
      if (store.marks.length > MANY) later = requestAnimationFrame(soon);
      else soon();
    });
  };
  // First everything that changes the page, then everything that measures it: one layout, not five.
  const catchUp = () => {
    list.sync();
    inspector.sync();
    toolbar.sync();
    progress.textContent = store.mode === "sentences" ? store.progress() : marksInWords(store);
    showSummary(said, store);
    // On a narrow page it stands below the text, out of sight of who pressed the button above it.
    if (verdict === "came" && !said.hidden) {
      verdict = "";
      list.revealSaid();
      said.scrollIntoView({ block: "nearest" });
    }
    root.dataset.linking = store.linking ? "yes" : "no";
    root.dataset.comparing = store.comparison() ? "yes" : "no";
    painting.settle();
    retag();
    palette.sync();
    list.reveal();
  };
  const unhear = store.hear((news) => {
    painting.soon();
    if (news === "work" && !store.pending && store.mode === "spans") view.selectNatively(null);
    if (news === "refused") palette.open();
    if (news === "feedback" && verdict === "asked") verdict = "came";
    if (news === "onward") {
      palette.close();
      follow();
    }
    beside();
  });
  store.speakers.push(shell.say);

  const unpoint = attachPointer(view, store, {
    chosen: (by) => {
      if (by === "words" || store.mode === "sentences") palette.open();
      else palette.close();
    },
    pointed: () => {
      byKeyboard = false;
      palette.close();
    },
  });
  text.addEventListener("keydown", (event) => {
    const handled = textKey(event, store, {
      // A quick hand presses Enter before what it has just marked is drawn beside the text.
      inspect: () =>
        requestAnimationFrame(() => {
          inspector.sync();
          inspector.focus();
        }),
      moved: () => {
        byKeyboard = true;
        palette.close();
        if (store.mode === "spans") view.selectNatively(store.pending);
        painting.now();
        follow();
      },
    });
    if (handled) event.preventDefault();
  });
  text.addEventListener("focus", (event) => {
    byKeyboard = text.matches(":focus-visible");
    if (byKeyboard && store.mode === "sentences" && !store.active) store.activate(store.place ?? store.units[0]?.id ?? null);
    // Whoever comes from the notebook or the tool bar hears where the cursor stands, as after an arrow.
    const inside = event.relatedTarget instanceof Node && shell.main.contains(event.relatedTarget);
    if (byKeyboard && store.mode === "spans" && !inside && !store.pending && !store.active) {
      store.say(sentenceSaid(store, store.cursor.focus));
    }
    painting.now();
  });
  text.addEventListener("blur", painting.now);

  painting.now();
  beside();
  // Where only some sentences are asked for, begin at the first of them, not at the page's head.
  const begin = requestAnimationFrame(() => {
    if (store.some && store.units.length) view.reveal(store.units[0]);
  });
  return () => {
    cancelAnimationFrame(begin);
    cancelAnimationFrame(later);
    clearTimeout(after);
    window.removeEventListener("beforeprint", printed);
    window.removeEventListener("afterprint", printedOut);
    unhear();
    unpoint();
    store.speakers = store.speakers.filter((one) => one !== shell.say);
    tags.destroy();
    painting.destroy();
    painter.destroy();
    shell.destroy();
  };
}

/** @param {Store} store */
function marksInWords(store) {
  const { length } = store.marks;
  const marks = length === 1 ? "1 mark" : `${length} marks`;
  if (!store.some) return marks;
  const done = store.units.filter((unit) => store.marks.some((mark) => mark.start < unit.end && unit.start < mark.end));
  return `${marks}, in ${done.length} of ${store.units.length} sentences`;
}

/**
 * @param {HTMLElement} node
 * @param {Store} store
 */
function showSummary(node, store) {
  const words = store.comparison()?.summary ?? store.feedback?.summary ?? "";
  node.hidden = !words;
  if (node.textContent !== words) node.textContent = words;
}

export default () => {
  /** @type {Store} */
  let store;
  /** @type {Asker | null} */
  let asker = null;
  return {
    /** @param {{model: any}} given */
    initialize({ model }) {
      const saver = new Saver(model, { blank: isBlank });
      store = new Store(model, saver);
      if (model.get("config").choose) asker = new Asker(model);
      return () => saver.destroy();
    },
    /** @param {{model: any, el: HTMLElement}} given */
    render({ model, el }) {
      return show(store, model, el, asker);
    },
  };
};

/** @param {any} answer */
function isBlank(answer) {
  return !(answer.marks ?? []).length && !Object.keys(answer.labels ?? {}).length;
}
