// Keys: those of the text (walking, selecting, labelling) and those of the whole widget (undo,
// help). Each function says whether it has handled the key.

import { asWritten } from "./direction.js";
import { latin } from "./latin.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {ReturnType<typeof asWritten>} Pressed */

/**
 * Keys that work anywhere in the widget.
 * @param {KeyboardEvent} event
 * @param {Store} store
 * @param {{help: () => void, find: () => void, close?: () => boolean}} acts `close`: shut what lies over the
 *   text; true where something did
 * @returns {boolean}
 */
export function widgetKey(event, store, acts) {
  const typing = isTyping(event.target);
  const command = event.ctrlKey || event.metaKey;
  const pressed = latin(event);
  const key = pressed.toLowerCase();
  if (command && !event.altKey && !typing) {
    if (key === "z") {
      if (event.shiftKey) store.redo();
      else store.undo();
      return true;
    }
    if (key === "y") {
      store.redo();
      return true;
    }
  }
  if (command || event.altKey || typing) return false;
  if (event.key === "?") {
    acts.help();
    return true;
  }
  if (event.key === "/" && store.mode === "spans") {
    acts.find();
    return true;
  }
  // A sentence is not held as selected words are: Escape shuts the labels over it, then leaves.
  if (event.key === "Escape") return store.mode === "sentences" ? Boolean(acts.close?.()) : letGo(store);
  const label = store.labels.find((one) => one.key && (one.key === event.key || one.key === pressed));
  if (label && !store.readonly) {
    // A key that is held down means one label: it would go on to label every sentence that follows.
    if (!event.repeat) store.label(label.id, { onward: true });
    return true;
  }
  return false;
}

/**
 * Escape lets go of one thing after the other before it leaves the widget.
 * @param {Store} store
 */
function letGo(store) {
  if (store.linking) {
    store.option({ linking: null });
    store.say("Not linked.");
    return true;
  }
  if (store.pending) {
    store.select(null);
    document.getSelection()?.removeAllRanges();
    store.say("Let go. Escape again leaves.");
    return true;
  }
  if (store.active) {
    store.activate(null);
    store.say("Let go. Escape again leaves.");
    return true;
  }
  return false;
}

/**
 * Keys while the text has the focus.
 * @param {KeyboardEvent} pressed
 * @param {Store} store
 * @param {{inspect: () => void, moved: () => void}} acts
 * @returns {boolean}
 */
export function textKey(pressed, store, acts) {
  const event = asWritten(pressed, store);
  if (event.ctrlKey || event.metaKey) {
    if (event.key !== "Home" && event.key !== "End" && !event.key.startsWith("Arrow")) return false;
  }
  if (!event.altKey && event.key.toLowerCase() === "d" && store.comparing) {
    store.stepDifference(event.shiftKey ? -1 : 1);
    acts.moved();
    return true;
  }
  if (event.key === "Enter" && store.active && !store.pending && !store.linking) {
    acts.inspect();
    return true;
  }
  if (event.key === "Delete" || event.key === "Backspace") {
    if (!store.active || store.readonly) return false;
    store.erase();
    return true;
  }
  return store.mode === "sentences" ? sentenceKey(event, store, acts) : spanKey(event, store, acts);
}

/**
 * @param {Pressed} event
 * @param {Store} store
 * @param {{moved: () => void}} acts
 */
function sentenceKey(event, store, acts) {
  if (event.altKey || event.ctrlKey || event.metaKey) return false;
  const way = { ArrowDown: 1, ArrowRight: 1, n: 1, ArrowUp: -1, ArrowLeft: -1, p: -1 }[event.key];
  if (way) store.stepUnit(way > 0 ? 1 : -1);
  else if (event.key === "Home") store.activate(store.units[0]?.id ?? null);
  else if (event.key === "End") store.activate(store.units.at(-1)?.id ?? null);
  else if (event.key === "0") store.erase();
  else return false;
  acts.moved();
  return true;
}

/**
 * @param {Pressed} event
 * @param {Store} store
 * @param {{moved: () => void}} acts
 */
function spanKey(event, store, acts) {
  const { key } = event;
  if (event.altKey) {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (!way || !store.active) return false;
    store.moveEdge(event.shiftKey ? "end" : "start", way > 0 ? 1 : -1);
    acts.moved();
    return true;
  }
  if (key === "n" || key === "p") {
    store.stepMark(key === "n" ? 1 : -1);
    acts.moved();
    return true;
  }
  if (key === "Enter") {
    const linking = store.mark(store.linking);
    const fits = linking && new Set(store.linkable(linking).map((mark) => mark.id));
    const here = store.over(store.cursor.focus).filter((id) => !fits || fits.has(id));
    if (here.length && !store.pending) store.activate(here[0]);
    else if (!store.readonly && !store.pending) store.select(store.words.wordAt(store.cursor.focus));
    acts.moved();
    return true;
  }
  if (key === " ") {
    const sentence = store.words.sentenceAt(store.cursor.focus);
    if (sentence && !store.readonly) store.select(sentence, { exact: true });
    acts.moved();
    return true;
  }
  const to = target(event, store);
  if (to === null) return false;
  if (event.shiftKey && !store.readonly) extend(store, to);
  else {
    store.active = null;
    // A sentence may begin with a quotation mark and ends with a full stop: the nearest word counts.
    const word = store.words.wordAt(to) ?? store.words.step(to, key === "End" ? -1 : 1);
    const start = store.snap && word ? word.start : to;
    store.cursor = { anchor: start, focus: start };
    store.select(null);
    if (key === "ArrowUp" || key === "ArrowDown") store.say(sentenceSaid(store, start));
    else if (word) store.say(store.text.slice(word.start, word.end) + (store.asked(word) ? "" : ", not asked for"));
  }
  acts.moved();
  return true;
}

/**
 * Where a key leads to: an offset, or null when it leads nowhere.
 * @param {Pressed} event
 * @param {Store} store
 * @returns {number | null}
 */
function target(event, store) {
  const { focus } = store.cursor;
  const { words, paragraphs, text } = store;
  const paragraph = paragraphs[words.paragraphAt(focus)];
  if (!paragraph) return null;
  const byWord = store.snap || event.ctrlKey || event.metaKey;
  switch (event.key) {
    case "ArrowRight": {
      if (!byWord) return store.stepChar(focus, 1);
      if (event.shiftKey) return words.step(focus, 1)?.end ?? focus;
      const here = words.wordAt(focus);
      return words.step(here && here.start <= focus ? here.end : focus, 1)?.start ?? focus;
    }
    case "ArrowLeft":
      if (!byWord) return store.stepChar(focus, -1);
      return words.step(focus, -1)?.start ?? focus;
    case "ArrowDown":
      if (event.shiftKey) return sentenceEnd(store, focus);
      return words.stepSentence(focus, 1)?.start ?? focus;
    case "ArrowUp":
      return words.stepSentence(focus, -1)?.start ?? focus;
    case "Home":
      if (store.some) return edgeOfAsked(store, focus, event.ctrlKey).start;
      return event.ctrlKey ? (paragraphs[0]?.start ?? 0) : paragraph.start;
    case "End":
      if (store.some) return edgeOfAsked(store, focus, event.ctrlKey, true).end;
      return event.ctrlKey ? text.trimEnd().length : paragraph.end;
    default:
      return null;
  }
}

/**
 * The sentence at an offset as it is read out: its name, where it has one, and its words.
 * @param {Store} store
 * @param {number} offset
 */
export function sentenceSaid(store, offset) {
  const sentence = store.words.sentenceAt(offset);
  const unit = store.unitAt(offset);
  const words = sentence ? store.text.slice(sentence.start, sentence.end).replace(/\s+/gu, " ") : "";
  return [unit?.named ? `${unit.name}:` : "", words].filter(Boolean).join(" ");
}

/**
 * The asked sentence at or nearest before an offset; with `whole` the first or last of all.
 * @param {Store} store
 * @param {number} focus
 * @param {boolean} whole
 * @param {boolean} [last]
 */
function edgeOfAsked(store, focus, whole, last = false) {
  const { units } = store;
  if (whole) return last ? units[units.length - 1] : units[0];
  return units.findLast((unit) => unit.start <= focus) ?? units[0];
}

/**
 * @param {Store} store
 * @param {number} focus
 */
function sentenceEnd(store, focus) {
  const here = store.words.sentenceAt(focus);
  if (here && here.end > focus) return here.end;
  return store.words.stepSentence(focus, 1)?.end ?? focus;
}

/**
 * Move the free end of the selection.
 * @param {Store} store
 * @param {number} to
 */
function extend(store, to) {
  let { anchor } = store.cursor;
  if (!store.pending) {
    const mark = store.mark(store.active);
    if (mark) anchor = mark.start;
    store.active = null;
  }
  store.cursor = { anchor, focus: to };
  const first = store.snap ? store.words.wordAt(anchor) : null;
  const stretch =
    to > anchor
      ? { start: anchor, end: to }
      : { start: to, end: first && first.start === anchor ? first.end : anchor };
  store.select(stretch.start < stretch.end ? stretch : null);
}

/** @param {EventTarget | null} target */
export function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}
