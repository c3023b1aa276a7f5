// What is known about the active mark or sentence, and what can be done with it: relabel, note,
// link, edges, delete, and the reason that the feedback gives.

import { button, h, refill, short, unique } from "./dom.js";
import { VERDICTS } from "./list.js";
import { pillButton } from "./pills.js";
import { SIGNS } from "./tags.js";

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
    /** Whether the tools of one mark were opened or closed by hand. */
    this.tools = { mark: "", open: false };
    this.node = h("div", { class: "bw-inspector", role: "group", "aria-label": "The chosen part", hidden: true });
  }

  sync() {
    const { store } = this;
    const mark = store.mode === "spans" ? store.mark(store.active) : undefined;
    const unit = store.mode === "sentences" ? store.unitById.get(store.active ?? "") : undefined;
    const said = store.active ? store.said(store.active) : undefined;
    const label = unit && store.labelOf(unit.id)?.id;
    const typed = this.node.contains(document.activeElement) && document.activeElement?.tagName === "TEXTAREA";
    // The words of a note are left out while they are typed, or each letter would rebuild the field.
    const stamp = JSON.stringify([mark && { ...mark, note: typed ? "" : mark.note }, unit?.id, label, said, store.linking, mark && store.marks.length]);
    if (typed && stamp === this.typedStamp) return;
    this.typedStamp = JSON.stringify([mark && { ...mark, note: "" }, unit?.id, label, said, store.linking, mark && store.marks.length]);
    if (stamp === this.drawn) return;
    const focus = this.held();
    this.drawn = stamp;
    this.node.hidden = !mark && !unit;
    if (mark) refill(this.node, this.saidPart(said), this.markParts(mark));
    else if (unit) refill(this.node, this.saidPart(said), this.unitParts(unit));
    else refill(this.node);
    if (focus) this.focus(focus);
  }

  /** Which control holds the focus, by name, so that it keeps it when it is drawn anew. */
  held() {
    const active = document.activeElement;
    if (!(active instanceof HTMLElement) || !this.node.contains(active)) return "";
    return active.dataset.name ?? active.dataset.label ?? "";
  }

  /** @param {string} [name] */
  focus(name) {
    const named = name && this.node.querySelector(`[data-name="${CSS.escape(name)}"], [data-label="${CSS.escape(name)}"]`);
    const target = named || this.node.querySelector("button:not(:disabled), select, textarea");
    if (target instanceof HTMLElement) target.focus({ preventScroll: true });
    else this.back();
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
                press: () => (label.id === current ? store.erase() : store.label(label.id)),
              }),
            ),
          ),
    ];
  }

  /** @param {import("./marks.js").Mark} mark */
  markParts(mark) {
    const { store } = this;
    const quote = h("p", { class: "bw-quote", dir: "auto" }, short(store.text.slice(mark.start, Math.min(mark.end, mark.start + 600)), 140));
    if (store.readonly) {
      const source = store.mark(mark.source);
      return [
        h("strong", {}, store.nameOf(mark.label)),
        quote,
        source && h("p", {}, `Linked to ${store.quote(source)}`),
        mark.note && h("p", { dir: "auto" }, mark.note),
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
      this.linkPart(mark),
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
    const details = /** @type {HTMLDetailsElement} */ (
      h(
        "details",
        { class: "bw-more", open },
        h("summary", { "data-name": "tools" }, "Note and edges"),
        h("div", { class: "bw-more-parts" }, this.notePart(mark), this.edgePart()),
      )
    );
    details.addEventListener("toggle", () => {
      if (details.isConnected) this.tools = { mark: mark.id, open: details.open };
    });
    return details;
  }

  /** @param {import("./marks.js").Mark} mark */
  linkPart(mark) {
    const { store } = this;
    // The nearest first, with the sentence: ten marks may all say no more than “he”.
    const fits = store.marks
      .filter((other) => other.id !== mark.id && (!store.sources.length || store.sources.includes(other.label)))
      .sort((a, b) => Math.abs(a.start - mark.start) - Math.abs(b.start - mark.start));
    if (store.sources.includes(mark.label)) {
      const linked = store.marks.filter((other) => other.source === mark.id).length;
      return linked ? h("p", { class: "bw-aside" }, `${linked} linked to it`) : null;
    }
    if (!store.sources.length && !mark.source) return null;
    if (!fits.length && !mark.source) {
      const names = store.sources.map((label) => store.nameOf(label)).join(" or ");
      return h("p", { class: "bw-aside" }, `To link it, mark its ${names} first.`);
    }
    const id = unique("link");
    const select = h(
      "select",
      {
        id,
        "data-name": "link",
        on: {
          change: (/** @type {Event} */ event) =>
            store.link(mark.id, /** @type {HTMLSelectElement} */ (event.target).value),
        },
      },
      h("option", { value: "" }, "nothing"),
      fits
        .slice(0, MOST)
        .map((other) =>
          h(
            "option",
            { value: other.id, selected: other.id === mark.source },
            [store.unitAt(other.start)?.name, `${store.nameOf(other.label)}:`, short(store.text.slice(other.start, Math.min(other.end, other.start + 120)), 40)]
              .filter(Boolean)
              .join(" "),
          ),
        ),
    );
    const picking = store.linking === mark.id;
    return h(
      "div",
      { class: "bw-row bw-field" },
      h("label", { for: id }, "Linked to"),
      select,
      button({
        text: picking ? "Now choose the mark…" : "Choose in the text",
        class: "bw-quiet",
        attrs: { "aria-pressed": String(picking), "data-name": "pick" },
        press: () => {
          store.option({ linking: picking ? null : mark.id });
          if (!picking) store.say("Now choose the mark to link to, in the text or in the list.");
        },
      }),
    );
  }

  /** @param {import("./marks.js").Mark} mark */
  notePart(mark) {
    const id = unique("note");
    const area = /** @type {HTMLTextAreaElement} */ (
      h("textarea", { id, rows: 2, maxlength: 4000, dir: "auto", "data-name": "note" })
    );
    area.value = mark.note ?? "";
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let soon;
    const keep = () => {
      clearTimeout(soon);
      this.store.setNote(mark.id, area.value);
    };
    area.addEventListener("input", () => {
      clearTimeout(soon);
      soon = setTimeout(keep, 400);
    });
    area.addEventListener("change", keep);
    return h("div", { class: "bw-field" }, h("label", { for: id }, "Note"), area);
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
