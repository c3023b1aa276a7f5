// What is known about the active mark or sentence, and what can be done with it: relabel, note,
// link, edges, delete, and the reason that the feedback gives.

import { composing } from "./composing.js";
import { button, h, refill, short, unique } from "./dom.js";
import { keepTyped } from "./drafting.js";
import { pillButton } from "./pills.js";
import { apart, bidi, plain } from "./plain.js";
import { keepRoom } from "./room.js";
import { VERDICTS } from "./rows.js";
import { SIGNS } from "./tags.js";
import { chain } from "./wording.js";

/** How many marks the list of sources offers. */
const MOST = 200;

export class Inspector {
  /**
   * @param {import("./store.js").Store} store
   * @param {{back: () => void}} how `back` gives the focus to the text
   */
  constructor(store, { back }) {
    this.store = store;
    this.back = back;
    this.drawn = "";
    this.toldOf = "";
    /** @type {Node[]} what a check and a comparison say; drawn apart from the rest, where a note may be typed */
    this.told = [];
    /** Keep what was typed last; whether something waited. */
    this.typed = () => false;
    /** Whether the tools of one mark were opened or closed by hand. */
    this.tools = { mark: "", open: false };
    this.node = h("div", { class: "bw-inspector", role: "group", "aria-label": "The chosen part", hidden: true });
    // From a field, too, Escape goes back to the words and not out of the widget.
    this.node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || composing(event)) return;
      event.preventDefault();
      this.back();
    });
  }

  /** @returns {void} */
  sync() {
    const { store } = this;
    const mark = store.mode === "spans" ? store.mark(store.active) : undefined;
    const theirs = store.theirs(store.active);
    const compared = store.compareWords(store.active);
    const unit = store.mode === "sentences" ? store.unitById.get(store.active ?? "") : undefined;
    const said = store.active ? store.said(store.active) : undefined;
    const label = unit && store.labelOf(unit.id)?.id;
    const typed = this.node.contains(document.activeElement) && document.activeElement?.tagName === "TEXTAREA";
    // The words of a note (or a reason) are left out while they are typed, or each letter would rebuild the field.
    const stampOf = (/** @type {boolean} */ words) =>
      JSON.stringify([
        mark && { ...mark, note: words ? mark.note : "" },
        unit && [unit.id, words ? store.whyOf(unit.id) : ""],
        ...[label, store.linking, theirs?.id],
        mark && [store.marks.length, chain(store, mark.id)],
      ]);
    const stamp = stampOf(!typed);
    if (typed && stamp === this.typedStamp) return this.tell(said, compared);
    this.typedStamp = stampOf(false);
    if (stamp === this.drawn) return this.tell(said, compared);
    // What waits in a field that goes is kept first, so that the new one has it.
    if (this.typed()) return this.sync();
    const focus = this.held();
    this.drawn = stamp;
    this.node.hidden = !mark && !unit && !theirs;
    this.told = [];
    this.toldOf = "";
    this.typed = () => false;
    if (mark) refill(this.node, this.markParts(mark));
    else if (unit) refill(this.node, this.unitParts(unit));
    else refill(this.node);
    this.tell(said, compared);
    if (focus) this.focus(focus.name, focus.caret);
  }

  /**
   * Say above the tools what a check and a comparison say. They come when they come: a note that is being
   * typed below keeps its field and its caret.
   * @param {import("./store.js").Said | undefined} said
   * @param {string} compared
   */
  tell(said, compared) {
    const stamp = JSON.stringify([said, compared]);
    if (stamp === this.toldOf) return;
    this.toldOf = stamp;
    for (const node of this.told) this.node.removeChild(node);
    const both = compared ? h("p", { class: "bw-both" }, plain(compared)) : null;
    this.told = [this.saidPart(said), both].filter((node) => node !== null);
    this.node.prepend(...this.told);
  }

  /** Which control holds the focus, by name, so that it keeps it when it is drawn anew, and the caret in it. */
  held() {
    const active = document.activeElement;
    if (!(active instanceof HTMLElement) || !this.node.contains(active)) return null;
    const name = active.dataset.name ?? active.dataset.label ?? "";
    const caret = active instanceof HTMLTextAreaElement ? [active.selectionStart, active.selectionEnd] : null;
    return name ? { name, caret } : null;
  }

  /**
   * @param {string} [name]
   * @param {number[] | null} [caret]
   */
  focus(name, caret) {
    const named = name && this.node.querySelector(`[data-name="${CSS.escape(name)}"], [data-label="${CSS.escape(name)}"]`);
    const target = named || this.node.querySelector("button:not(:disabled), select, textarea");
    if (target instanceof HTMLElement) {
      target.focus({ preventScroll: true });
      if (caret && target instanceof HTMLTextAreaElement) target.setSelectionRange(caret[0], caret[1]);
      // Drawn anew it stays where it is; freshly entered it must be seen (the pane may end below).
      if (!name) target.scrollIntoView({ block: "nearest" });
    } else this.back();
  }

  /** @param {import("./store.js").Said | undefined} said */
  saidPart(said) {
    if (!said) return null;
    const sign = SIGNS[/** @type {keyof typeof SIGNS} */ (said.verdict)] ?? "";
    const word = VERDICTS[/** @type {keyof typeof VERDICTS} */ (said.verdict)] ?? "";
    return h(
      "p",
      { class: `bw-said bw-verdict-${said.verdict}` },
      h("strong", {}, `${sign} ${word}. `),
      h("span", {}, said.text),
    );
  }

  /** @param {import("./store.js").Segment} unit */
  unitParts(unit) {
    const { store } = this;
    const current = store.labelOf(unit.id)?.id;
    const step = (/** @type {1 | -1} */ way, /** @type {string} */ text, /** @type {string} */ label) =>
      button({ text, label, class: "bw-quiet", press: () => store.stepUnit(way), attrs: { "data-name": label } });
    return [
      h(
        "div",
        { class: "bw-row bw-steps" },
        h("strong", {}, `Sentence ${unit.name} (${unit.number} of ${store.units.length})`),
        h("span", { class: "bw-gap" }),
        h("span", { class: "bw-pair" }, step(-1, "←", "Previous sentence"), step(1, "→", "Next sentence")),
      ),
      store.readonly
        ? h("p", { class: "bw-quote" }, store.labelOf(unit.id)?.name ?? "No label")
        : h(
            "div",
            { class: "bw-row" },
            store.labels.map((label) =>
              pillButton(label, {
                on: label.id === current,
                press: () => (label.id === current ? store.erase() : store.label(label.id, { onward: true })),
              }),
            ),
          ),
      current && this.whyPart(unit.id),
    ];
  }

  /**
   * Why a sentence got its label, folded: for whoever wants to say it.
   * @param {string} unit
   */
  whyPart(unit) {
    const { store } = this;
    const words = store.whyOf(unit);
    if (store.readonly) return words && h("p", { dir: "auto" }, plain(words));
    if (!store.why) return null;
    const open = this.tools.mark === unit ? this.tools.open : Boolean(words);
    return this.folded(unit, open, "Say why", this.wordsPart(unit, store.why, words, 300, (said) => store.setWhy(unit, said)));
  }

  /** @param {import("./marks.js").Mark} mark */
  markParts(mark) {
    const { store } = this;
    const quote = h("p", { class: "bw-quote", dir: "auto" }, short(store.text.slice(mark.start, Math.min(mark.end, mark.start + 600)), 140));
    if (store.readonly) {
      const whole = chain(store, mark.id);
      return [
        h("strong", {}, bidi(store.nameOf(mark.label))),
        quote,
        whole && h("p", { class: "bw-chain", dir: "auto" }, whole),
        mark.note && h("p", { dir: "auto" }, plain(mark.note)),
      ];
    }
    return [
      quote,
      h(
        "div",
        { class: "bw-row" },
        store.labels.map((label) =>
          pillButton(label, { on: label.id === mark.label, press: () => store.label(label.id) }),
        ),
        h("span", { class: "bw-gap" }),
        this.deleteButton(),
      ),
      ...(this.linkPart(mark) ?? []),
      this.toolsPart(mark),
    ];
  }

  deleteButton() {
    return button({
      text: "Delete",
      label: "Delete this mark",
      class: "bw-danger",
      press: () => {
        this.store.erase();
        this.back();
      },
    });
  }

  /**
   * What is needed now and then, folded, so that the reasons have the room.
   * @param {import("./marks.js").Mark} mark
   */
  toolsPart(mark) {
    const open = this.tools.mark === mark.id ? this.tools.open : Boolean(mark.note);
    const note = this.wordsPart(mark.id, this.store.why || "Note", mark.note ?? "", 4000, (said) => this.store.setNote(mark.id, said));
    return this.folded(mark.id, open, "Note and edges", note, this.edgePart());
  }

  /**
   * @param {string} id the mark or the sentence
   * @param {boolean} open
   * @param {string} summary
   * @param {...HTMLElement} inside
   */
  folded(id, open, summary, ...inside) {
    const details = /** @type {HTMLDetailsElement} */ (
      h(
        "details",
        { class: "bw-more", open },
        h("summary", { "data-name": "tools" }, summary),
        h("div", { class: "bw-more-parts" }, inside),
      )
    );
    details.addEventListener("toggle", () => {
      if (details.isConnected) this.tools = { mark: id, open: details.open };
    });
    return details;
  }

  /**
   * The attribution that a mark belongs to, and what it can be linked with.
   * @param {import("./marks.js").Mark} mark
   */
  linkPart(mark) {
    const { store } = this;
    if (!store.sources.length && !mark.source) return null;
    const whole = chain(store, mark.id);
    const shown = whole && h("p", { class: "bw-chain", dir: "auto" }, whole);
    const isSource = store.sources.includes(mark.label);
    // The nearest first, with the sentence: ten marks may all say no more than “he”.
    const fits = store
      .linkable(mark)
      .filter((other) => !isSource || other.source !== mark.id)
      .sort((a, b) => Math.abs(a.start - mark.start) - Math.abs(b.start - mark.start));
    if (!fits.length && !mark.source) {
      const names = store.sources.map((label) => store.nameOf(label)).join(" or ");
      const first = isSource ? null : h("p", { class: "bw-aside" }, `To link it, mark its ${plain(names)} first.`);
      return [shown, first];
    }
    return [shown, this.nearest(mark, fits, isSource), this.linkChoice(mark, fits, isSource)];
  }

  /**
   * @param {import("./marks.js").Mark} mark
   * @param {import("./marks.js").Mark[]} fits
   * @param {boolean} isSource a source links others to itself
   */
  linkChoice(mark, fits, isSource) {
    const { store } = this;
    const id = unique("link");
    const select = h(
      "select",
      {
        id,
        "data-name": "link",
        on: {
          change: (/** @type {Event} */ event) => {
            const { value } = /** @type {HTMLSelectElement} */ (event.target);
            if (isSource) store.link(value, mark.id);
            else store.link(mark.id, value);
          },
        },
      },
      h("option", { value: "" }, isSource ? "choose a mark" : "nothing"),
      fits.slice(0, MOST).map((other) => h("option", { value: other.id, selected: other.id === mark.source }, this.optionName(other))),
    );
    const picking = store.linking === mark.id;
    return h(
      "div",
      { class: "bw-row bw-field" },
      h("label", { for: id }, isSource ? "Link to it" : "Linked to"),
      select,
      button({
        text: picking ? "Now choose the mark…" : "Choose in the text",
        class: "bw-quiet",
        attrs: { "aria-pressed": String(picking), "data-name": "pick" },
        press: () => store.pickLink(picking ? null : mark.id),
      }),
    );
  }

  /**
   * The link that is most likely meant, one press away: the nearest mark of the same sentence.
   * @param {import("./marks.js").Mark} mark
   * @param {import("./marks.js").Mark[]} fits
   * @param {boolean} isSource
   */
  nearest(mark, fits, isSource) {
    const { store } = this;
    if (isSource || mark.source) return null;
    const sentence = store.words.sentenceAt(mark.start);
    const near = fits.find((other) => sentence && other.start < sentence.end && other.end > sentence.start);
    if (!near) return null;
    const words = apart(short(store.text.slice(near.start, Math.min(near.end, near.start + 120)), 30));
    return h(
      "div",
      { class: "bw-row" },
      button({ text: `Link to “${words}”`, attrs: { "data-name": "nearest" }, press: () => store.link(mark.id, near.id) }),
    );
  }

  /** @param {import("./marks.js").Mark} mark */
  optionName(mark) {
    const { store } = this;
    const words = short(store.text.slice(mark.start, Math.min(mark.end, mark.start + 120)), 40);
    return [store.unitAt(mark.start)?.name, `${apart(store.nameOf(mark.label))}:`, apart(words)].filter(Boolean).join(" ");
  }

  /**
   * A field for words of one's own, kept while they are typed.
   * @param {string} of the mark or the sentence
   * @param {string} label
   * @param {string} words
   * @param {number} most
   * @param {(words: string) => void} keep
   */
  wordsPart(of, label, words, most, keep) {
    const id = unique("note");
    const area = /** @type {HTMLTextAreaElement} */ (
      h("textarea", { id, rows: 2, maxlength: most, dir: "auto", "data-name": "note" })
    );
    area.value = words;
    const refused = h("p", { class: "bw-refused", role: "alert", hidden: true });
    const refuse = (/** @type {string} */ why) => {
      refused.textContent = why;
      refused.hidden = !why;
    };
    keepRoom(area, most, "this field", refuse);
    area.addEventListener("input", () => refuse(""));
    this.typed = keepTyped(area, this.store, of, keep);
    return h("div", { class: "bw-field" }, h("label", { for: id }, label), area, refused);
  }

  edgePart() {
    const { store } = this;
    /**
     * @param {string} text
     * @param {string} label
     * @param {"start" | "end"} edge
     * @param {1 | -1} way
     */
    const move = (text, label, edge, way) =>
      button({ text, label, class: "bw-quiet", attrs: { "data-name": label }, press: () => store.moveEdge(edge, way) });
    return h(
      "div",
      { class: "bw-row bw-edges" },
      h("span", { class: "bw-aside" }, "Start"),
      move("←", "Start earlier", "start", -1),
      move("→", "Start later", "start", 1),
      h("span", { class: "bw-aside" }, "End"),
      move("←", "End earlier", "end", -1),
      move("→", "End later", "end", 1),
    );
  }
}
