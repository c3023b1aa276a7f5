// What every widget has around its own part: the frame, the keys kept from JupyterLab, the status
// line, the live region, the notice when work is not saved, and the static view hidden beside it.

import { composing } from "./composing.js";
import { button, fill, h, once, refill, unique } from "./dom.js";
import { latin } from "./latin.js";
import { followTheme } from "./theme.js";
import { moment } from "./moment.js";

/**
 * @typedef {object} Shell
 * @property {HTMLElement} root the frame
 * @property {HTMLElement} head the title line
 * @property {HTMLElement} bar the tool bar
 * @property {HTMLElement} main the widget's own part
 * @property {HTMLElement} foot the line below, with the status
 * @property {(words: string) => void} say announce politely
 * @property {() => void} destroy
 */

/** What tells that a widget is used. */
const USES = ["focusin", "pointerdown", "keydown"];

/** Where JupyterLab, Notebook 7 and plain pages keep a cell. */
const CELLS = ".jp-Cell, .cell, [data-cell]";

/**
 * Build the frame inside `el`.
 * @param {object} what
 * @param {HTMLElement} what.el
 * @param {import("./saving.js").Model} what.model
 * @param {import("./saving.js").Saver} what.saver
 * @param {string} what.name the kind of widget, for its class and its role description
 * @param {(event: KeyboardEvent) => boolean | void} [what.keys] sees each key first; true: handled
 * @returns {Shell}
 */
export function createShell({ el, model, saver, name, keys }) {
  const titleId = unique("title");
  const head = h("div", { class: "bw-head" }, h("div", { class: "bw-title", id: titleId }, model.get("title")));
  const bar = h("div", { class: "bw-bar" });
  const main = h("div", { class: "bw-main" });
  const notice = h("div", { class: "bw-notice", role: "alert", hidden: true });
  const offer = h("div", { class: "bw-notice bw-offer", role: "group", "aria-label": "A copy in this browser", hidden: true });
  const remark = h("div", { class: "bw-notice bw-remark", role: "group", "aria-label": "To know", hidden: true });
  const status = h("div", { class: "bw-status", tabindex: "-1" });
  const live = h("div", { class: "bw-live", role: "status", "aria-live": "polite", "aria-atomic": "true" });
  const foot = h("div", { class: "bw-foot" }, status);
  const root = h(
    "div",
    {
      class: `bw bw-${name}`,
      role: "group",
      "aria-labelledby": titleId,
      "data-lm-suppress-shortcuts": "true",
    },
    head,
    bar,
    main,
    notice,
    offer,
    remark,
    foot,
    live,
  );
  fill(el, root);
  const unfollow = followTheme(root);

  const stop = guardKeys(root, (event) => {
    if (keys?.(event)) return true;
    const command = event.ctrlKey || event.metaKey;
    if (command && !event.altKey && latin(event).toLowerCase() === "s") {
      saver.again();
      asked = true;
      return true;
    }
    if (event.key === "Escape") {
      leave(root);
      return true;
    }
    return false;
  });

  let asked = false;
  let before = "";
  const say = announcer(live);
  const unwatch = saver.watch((now) => {
    root.dataset.state = now.state;
    status.textContent = now.text;
    const bad = ["unsaved", "refused", "away"].includes(now.state) && !now.quiet;
    if (bad) notice.hidden = false;
    else putAway(notice, status);
    if (bad && before !== now.state + (now.advice ?? "")) {
      refill(
        notice,
        h("p", {}, h("strong", {}, now.text), " ", now.advice ?? ""),
        h(
          "div",
          { class: "bw-row" },
          button({ text: "Try again", press: () => saver.again() }),
          now.state !== "away" && saver.offersFile && button({ text: "Download my answer", press: once(() => saver.download()) }),
        ),
      );
    }
    if (saver.remark) showRemark(remark, saver, say);
    else putAway(remark, status);
    if (!saver.offered) putAway(offer, status);
    if (now.state === "saved" && (asked || /^(unsaved|away)/u.test(before))) say(now.text);
    if (now.state !== "saving") asked = asked && now.state === "readonly";
    if (now.state !== "saving") before = now.state + (now.advice ?? "");
  });
  if (saver.news) {
    say(saver.news);
    status.textContent = saver.news;
  }
  showOffer(offer, saver);
  const use = () => saver.used?.();
  for (const type of USES) root.addEventListener(type, use, { passive: true });
  const unhide = hideStatic(root, model.get("static_id"));

  return {
    root,
    head,
    bar,
    main,
    foot,
    say,
    destroy() {
      stop();
      unfollow();
      for (const type of USES) root.removeEventListener(type, use);
      unwatch();
      unhide();
    },
  };
}

/**
 * Keep every key from JupyterLab while the widget has the focus. Keys that nobody here handles
 * still do what the browser does with them (Tab leaves, letters are typed).
 * @param {HTMLElement} root
 * @param {(event: KeyboardEvent) => boolean | void} handle
 * @returns {() => void}
 */
export function guardKeys(root, handle) {
  /** @param {Event} event */
  const down = (event) => {
    const key = /** @type {KeyboardEvent} */ (event);
    if (!composing(key) && !key.defaultPrevented && (heldDown(key) || handle(key))) key.preventDefault();
    key.stopPropagation();
  };
  // A host looks for this sign from the focused element upwards and asks each element before it goes
  // on to the next: the sign must stand on the focused element itself (seen in Notebook 7.6).
  /** @param {FocusEvent} event */
  const keep = (event) => {
    if (event.target instanceof Element) event.target.setAttribute("data-lm-suppress-shortcuts", "true");
  };
  /** @param {Event} event */
  const hush = (event) => event.stopPropagation();
  root.addEventListener("keydown", down);
  root.addEventListener("focusin", keep);
  for (const type of ["keypress", "keyup", "copy", "cut", "paste"]) root.addEventListener(type, hush);
  return () => {
    root.removeEventListener("keydown", down);
    root.removeEventListener("focusin", keep);
    for (const type of ["keypress", "keyup", "copy", "cut", "paste"]) {
      root.removeEventListener(type, hush);
    }
  };
}

/**
 * Whether an Enter is held down on a button: it went where the first press led, and each repeat would press
 * what stands there.
 * @param {KeyboardEvent} key
 */
const heldDown = (key) => key.repeat && key.key === "Enter" && key.target instanceof HTMLButtonElement;

/**
 * Hide something that may hold the focus, which then goes on at the status line: on a page that loses it the
 * keys would go nowhere.
 * @param {HTMLElement} node
 * @param {HTMLElement} status
 */
function putAway(node, status) {
  if (!node.hidden && node.contains(document.activeElement)) status.focus({ preventScroll: true });
  node.hidden = true;
}

/**
 * Give the focus back to the notebook's cell.
 * @param {HTMLElement} root
 */
function leave(root) {
  const cell = root.closest(CELLS);
  if (cell instanceof HTMLElement && cell.tabIndex >= -1) cell.focus({ preventScroll: true });
  const active = document.activeElement;
  if (active instanceof HTMLElement && root.contains(active)) active.blur();
}

/**
 * Announce in a live region; the same words twice are still heard twice.
 * @param {HTMLElement} live
 * @returns {(words: string) => void}
 */
function announcer(live) {
  let odd = false;
  return (words) => {
    odd = !odd;
    live.textContent = odd ? words : `${words}\u00a0`;
  };
}

/** @type {WeakMap<HTMLElement, number>} how many views hide a static view: it comes back with the last to go */
const hiders = new WeakMap();

/**
 * Hide the static view beside the widget, the nearest one of that id, and show it again later.
 * @param {HTMLElement} root
 * @param {string} id
 * @returns {() => void}
 */
export function hideStatic(root, id) {
  /** @type {HTMLElement | null} */
  let hidden = null;
  const hide = () => {
    if (!id || hidden) return;
    const query = `[id="${CSS.escape(id)}"]`;
    const found = (root.closest(CELLS) ?? document).querySelector(query);
    if (!(found instanceof HTMLElement) || root.contains(found)) return;
    const output = found.closest(".jp-OutputArea-child, .output_area");
    hidden = output instanceof HTMLElement && !output.contains(root) ? output : found;
    hiders.set(hidden, (hiders.get(hidden) ?? 0) + 1);
    hidden.classList.add("bw-hidden");
  };
  hide();
  // JupyterLab may attach the output after the widget is painted.
  const later = requestAnimationFrame(() => hide());
  return () => {
    cancelAnimationFrame(later);
    if (!hidden) return;
    const left = (hiders.get(hidden) ?? 1) - 1;
    hiders.set(hidden, left);
    if (!left) hidden.classList.remove("bw-hidden");
    hidden = null;
  };
}

/**
 * What should be known and is no failure, until it is put away.
 * @param {HTMLElement} node
 * @param {import("./saving.js").Saver} saver
 * @param {(words: string) => void} say
 */
function showRemark(node, saver, say) {
  const words = saver.remark ?? "";
  node.hidden = false;
  if (node.dataset.words === words) return;
  node.dataset.words = words;
  const away = () => {
    delete node.dataset.words;
    saver.readRemark();
  };
  refill(node, h("p", {}, words), h("div", { class: "bw-row" }, button({ text: "All right", press: away })));
  say(words);
}

/**
 * @param {HTMLElement} offer
 * @param {import("./saving.js").Saver} saver
 */
function showOffer(offer, saver) {
  if (!saver.offered) return;
  fill(
    offer,
    h("p", {}, h("strong", {}, "This browser holds another version of your answer"), ` (${moment(saver.offered.when)}).`),
    h(
      "div",
      { class: "bw-row" },
      button({
        text: "Use it",
        press: () => saver.takeOffer(),
      }),
      button({
        text: "Keep what is here",
        press: () => saver.declineOffer(),
      }),
      button({
        text: "Forget it on this computer",
        press: () => saver.forgetOffer(),
      }),
    ),
  );
  offer.hidden = false;
}
