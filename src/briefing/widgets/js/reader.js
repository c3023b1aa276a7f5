// entry
// Two texts side by side: a click or Enter on a linked stretch shows what it is linked with in the
// other text. For reading only; nothing is saved.

import { button, h, refill, short } from "./dom.js";
import { Saver } from "./saving.js";
import { createShell } from "./shell.js";
import { Store } from "./store.js";
import { createTextPane } from "./textpane.js";

/**
 * @typedef {{title: string, text: string, lang: string, segments: any[]}} TextGiven
 * @typedef {{left: [number, number], right: [number, number], word: string}} Link
 * @typedef {"left" | "right"} Which
 */

/** One of the two texts: every linked stretch is a mark, and each link a label of its own. */
class Side extends Store {
  /**
   * @param {TextGiven} given
   * @param {Link[]} links
   * @param {Which} which
   * @param {{chosen: (id: string | null) => void, say: (words: string) => void}} acts
   */
  constructor(given, links, which, acts) {
    const labels = links.map((link, index) => ({ id: `k${index}`, name: link.word || `link ${index + 1}`, short: String(index + 1) }));
    const traits = /** @type {Record<string, any>} */ ({ config: { ...given, mode: "spans", labels }, readonly: true });
    const model = { get: (/** @type {string} */ name) => traits[name], on() {}, off() {} };
    const marks = links.map((link, index) => ({ id: `k${index}`, start: link[which][0], end: link[which][1], label: `k${index}`, note: "" }));
    super(/** @type {any} */ (model), /** @type {any} */ ({ answer: { marks }, read: () => () => {} }));
    this.acts = acts;
    this.speakers.push(acts.say);
  }

  /**
   * @override
   * @param {string | null} id
   */
  activate(id) {
    this.acts.chosen(id);
  }

  /** @param {string | null} id */
  show(id) {
    this.active = id;
    this.pending = null;
    const mark = this.mark(id);
    if (mark) this.cursor = { anchor: mark.start, focus: mark.start };
    this.tell("select");
  }
}

/**
 * @param {import("./saving.js").Model} model
 * @param {HTMLElement} el
 * @param {Saver} saver
 */
function render(model, el, saver) {
  const config = model.get("config");
  /** @type {Link[]} */
  const links = config.links;
  const shell = createShell({ el, model, saver, name: "reader" });
  shell.foot.hidden = true;
  /** @type {string | null} */
  let active = null;

  /** @param {Which} which */
  const makeSide = (which) => {
    const store = new Side(config[which], links, which, { chosen: (id) => choose(id), say: shell.say });
    const other = which === "left" ? "right" : "left";
    const pane = createTextPane(store, {
      name: `${config[which].title}: text. n and p go to the linked words, Enter shows what they are linked with.`,
      lang: config[which].lang,
      tags: true,
      inspect: () => sides[other].pane.focus(),
    });
    pane.view.blocks.forEach((block, index) => {
      const { start, end } = store.paragraphs[index];
      const linked = store.marks.some((mark) => mark.start < end && start < mark.end);
      block.classList.toggle("br-unlinked", !linked);
    });
    const node = h("div", { class: "br-side bw-annotator" }, h("h4", { class: "br-title", dir: "auto" }, config[which].title), pane.node);
    return { store, pane, node };
  };
  const sides = { left: makeSide("left"), right: makeSide("right") };

  /**
   * @param {Which} which
   * @param {string} id
   */
  const wordsOf = (which, id) => {
    const { store } = sides[which];
    const mark = store.mark(id);
    return mark ? store.text.slice(mark.start, mark.end) : "";
  };

  /**
   * Show a link on both sides; null lets go.
   * @param {string | null} id
   */
  function choose(id) {
    active = id;
    for (const { store, pane } of Object.values(sides)) {
      store.show(id);
      const mark = store.mark(id);
      if (mark) pane.view.reveal(mark);
    }
    sync();
    if (!id) return;
    // Stacked, the two stretches are seen together above the texts only.
    const stacked = sides.left.node.offsetTop !== sides.right.node.offsetTop;
    if (stacked) pair.scrollIntoView({ block: "nearest" });
    const at = Number(id.slice(1));
    const word = links[at].word ? `${links[at].word}: ` : "";
    shell.say(`Link ${at + 1} of ${links.length}. ${word}“${short(wordsOf("left", id), 160)}” and “${short(wordsOf("right", id), 160)}”.`);
  }

  const pair = h("div", { class: "br-pair", hidden: true });
  const place = h("span", { class: "br-place" });
  const buttons = links.map((link, index) =>
    h(
      "button",
      { type: "button", class: "br-link", on: { click: () => choose(`k${index}`) } },
      h("span", { class: "br-number" }, index + 1),
      h("span", { dir: "auto" }, link.word || "linked"),
      h(
        "span",
        { class: "br-quotes" },
        h("bdi", {}, `“${short(wordsOf("left", `k${index}`), 60)}”`),
        " ↔ ",
        h("bdi", {}, `“${short(wordsOf("right", `k${index}`), 60)}”`),
      ),
    ),
  );
  const only = /** @type {HTMLInputElement} */ (h("input", { type: "checkbox" }));
  only.addEventListener("change", () => {
    for (const { node } of Object.values(sides)) node.dataset.only = only.checked ? "yes" : "no";
    shell.say(only.checked ? "Only paragraphs with linked words are shown." : "The whole texts are shown.");
    for (const { store } of Object.values(sides)) store.tell("options");
  });
  /** @param {1 | -1} way */
  const step = (way) => {
    const at = active === null ? (way > 0 ? -1 : 0) : Number(active.slice(1));
    choose(`k${(at + way + links.length) % links.length}`);
  };

  function sync() {
    const at = active === null ? -1 : Number(active.slice(1));
    buttons.forEach((one, index) => one.setAttribute("aria-pressed", String(index === at)));
    place.textContent = at < 0 ? `${links.length} ${links.length === 1 ? "link" : "links"}` : `${at + 1} of ${links.length}`;
    pair.hidden = at < 0;
    if (at < 0 || active === null) return;
    const id = active;
    refill(
      pair,
      h("p", { class: "br-word", dir: "auto" }, `${at + 1} · ${links[at].word || "linked"}`),
      h(
        "div",
        { class: "br-two" },
        /** @type {Which[]} */ (["left", "right"]).map((which) =>
          h(
            "div",
            {},
            h("p", { class: "br-of", dir: "auto" }, config[which].title),
            h("p", { class: "br-words", dir: "auto", lang: config[which].lang || null }, `“${wordsOf(which, id)}”`),
          ),
        ),
      ),
    );
  }
  sync();
  if (links.length) {
    shell.bar.append(
      button({ text: "← Previous link", press: () => step(-1) }),
      button({ text: "Next link →", press: () => step(1) }),
      place,
      h("span", { class: "bw-gap" }),
      h("label", { class: "br-setting" }, only, "Only what is linked"),
    );
  }
  shell.main.append(pair, h("div", { class: "br-sides" }, sides.left.node, sides.right.node));
  if (links.length) {
    shell.main.append(
      h("div", { class: "br-links" }, h("h4", {}, "What is linked"), h("ol", { class: "br-list" }, buttons.map((one) => h("li", {}, one)))),
    );
  }
  return () => {
    for (const { pane } of Object.values(sides)) pane.destroy();
    shell.destroy();
  };
}

export default () => {
  /** @type {Saver} */
  let saver;
  return {
    /** @param {{model: import("./saving.js").Model}} given */
    initialize({ model }) {
      saver = new Saver(model, { storage: null });
      return () => saver.destroy();
    },
    /** @param {{model: import("./saving.js").Model, el: HTMLElement}} given */
    render({ model, el }) {
      return render(model, el, saver);
    },
  };
};
