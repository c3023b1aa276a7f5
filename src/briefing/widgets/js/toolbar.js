// The tool bar: labels with their counts, undo and redo, finding words, ways of selecting, checking.

import { CompareBar } from "./comparebar.js";
import { composing } from "./composing.js";
import { button, h, once, refill, unique } from "./dom.js";
import { counts } from "./marks.js";
import { pillButton } from "./pills.js";
import { apart } from "./plain.js";
import { find } from "./words.js";

export class Toolbar {
  /**
   * @param {HTMLElement} node
   * @param {import("./store.js").Store} store
   * @param {{help: () => void, reveal: (stretch: import("./words.js").Stretch) => void, check: () => void}} acts
   */
  constructor(node, store, acts) {
    this.node = node;
    this.store = store;
    this.acts = acts;
    this.place = -1;
    this.stamp = "";
    this.labels = h("div", { class: "bw-row bw-labels", role: "group", "aria-label": "Labels" });
    this.undo = button({ label: "Undo", text: "↶", title: "Undo (Ctrl+Z)", class: "bw-quiet bw-sign", press: () => store.undo() });
    this.redo = button({ label: "Redo", text: "↷", title: "Redo (Ctrl+Y)", class: "bw-quiet bw-sign", press: () => store.redo() });
    const next =
      store.mode === "sentences"
        ? button({ text: "Next unlabelled", title: "Next sentence without a label", class: "bw-quiet", press: () => store.stepOpen() })
        : button({ text: "Next mark", title: "Next mark (n)", class: "bw-quiet", press: () => store.stepMark(1) });
    this.next = next;
    this.finder = this.makeFinder();
    this.findButton = button({
      text: "Find",
      title: "Find words (/)",
      class: "bw-quiet",
      attrs: { "aria-expanded": "false" },
      press: () => this.openFinder(this.finder.hidden),
    });
    this.options = this.makeOptions();
    this.help = button({ label: "Help", text: "?", title: "Help (?)", class: "bw-quiet bw-sign", press: acts.help });
    this.compareButton = button({ text: "Compare", class: "bw-quiet", press: () => store.compareWith(!store.comparing) });
    this.compareBar = new CompareBar(store);
    this.checkButton = button({ text: "Check", class: "bw-primary", press: once(acts.check) });
    const edit = store.readonly ? [] : [this.undo, this.redo];
    refill(
      node,
      this.labels,
      h("span", { class: "bw-gap" }),
      h("div", { class: "bw-row bw-tools" }, edit, !(store.readonly && store.mode === "sentences") && next, store.mode === "spans" && this.findButton, this.options, this.help),
      this.compareButton,
      !store.readonly && store.model.get("can_check") && this.checkButton,
      this.compareBar.node,
      this.finder,
    );
    this.sync();
  }

  makeFinder() {
    const id = unique("find");
    const input = /** @type {HTMLInputElement} */ (h("input", { type: "search", id, autocomplete: "off", spellcheck: "false" }));
    const told = h("span", { class: "bw-aside" });
    const go = (/** @type {1 | -1} */ way) => {
      const all = find(this.store.text, input.value);
      if (!all.length) {
        told.textContent = input.value.trim() ? "not found" : "";
        if (input.value.trim()) this.store.say("Not found.");
        return;
      }
      this.place = (this.place + way + all.length) % all.length;
      const hit = all[this.place];
      told.textContent = `${this.place + 1} of ${all.length}`;
      this.store.select(hit, { exact: !this.store.snap });
      this.acts.reveal(hit);
    };
    input.addEventListener("input", () => {
      this.place = -1;
      told.textContent = "";
    });
    input.addEventListener("keydown", (event) => {
      if (composing(event)) return;
      if (event.key === "Enter") {
        go(event.shiftKey ? -1 : 1);
        event.preventDefault();
      } else if (event.key === "Escape") {
        this.openFinder(false);
        this.findButton.focus();
        event.preventDefault();
        event.stopPropagation();
      }
    });
    this.input = input;
    return h(
      "div",
      { class: "bw-row bw-finder", role: "search", hidden: true },
      h("label", { for: id }, "Find these words"),
      input,
      button({ label: "Previous place", text: "←", class: "bw-quiet", press: () => go(-1) }),
      button({ label: "Next place", text: "→", class: "bw-quiet", press: () => go(1) }),
      told,
    );
  }

  /** @param {boolean} open */
  openFinder(open) {
    this.finder.hidden = !open;
    this.findButton.setAttribute("aria-expanded", String(open));
    if (!open) return;
    this.input?.focus();
    this.input?.select(); // so that typing replaces what was looked for before
  }

  makeOptions() {
    const { store } = this;
    /**
     * @param {string} words
     * @param {"snap" | "twoClicks" | "moveOn" | "showKey"} name
     */
    const option = (words, name) => {
      const box = /** @type {HTMLInputElement} */ (h("input", { type: "checkbox" }));
      box.checked = store[name];
      box.addEventListener("change", () => {
        store.option({ [name]: box.checked });
        store.say(`${words}: ${box.checked ? "on" : "off"}.`);
      });
      return h("label", { class: "bw-setting" }, box, words);
    };
    const only = h("select", {}, h("option", { value: "" }, "all labels"), store.labels.map((label) => h("option", { value: label.id }, apart(label.name))));
    only.addEventListener("change", () => store.option({ only: /** @type {HTMLSelectElement} */ (only).value }));
    const details = h(
      "details",
      { class: "bw-settings" },
      h("summary", { class: "bw-button bw-quiet" }, "Options"),
      h(
        "div",
        // Focusable, so that a press on its words is not taken for one outside of it.
        { class: "bw-menu", tabindex: "-1" },
        store.mode === "spans" && !store.readonly && option("Select whole words", "snap"),
        store.mode === "spans" && !store.readonly && option("Select by two clicks: start, then end", "twoClicks"),
        store.mode === "sentences" && !store.readonly && option("Go to the next sentence after labelling", "moveOn"),
        store.model.get("can_check") && option("Show the key after a check", "showKey"),
        h("label", { class: "bw-setting" }, "Show ", only),
      ),
    );
    details.addEventListener("toggle", () => {
      // Its right side is the button's; where the bar wraps that may be too far to the left.
      const menu = /** @type {HTMLElement} */ (details.lastElementChild);
      menu.style.translate = "";
      const frame = this.node.getBoundingClientRect();
      const out = frame.left + 6 - menu.getBoundingClientRect().left;
      if (out > 0) menu.style.translate = `${out}px`;
    });
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !(/** @type {HTMLDetailsElement} */ (details).open)) return;
      /** @type {HTMLDetailsElement} */ (details).open = false;
      details.querySelector("summary")?.focus();
      event.preventDefault();
      event.stopPropagation();
    });
    details.addEventListener("focusout", (event) => {
      const to = /** @type {FocusEvent} */ (event).relatedTarget;
      if (to instanceof Node && !details.contains(to)) /** @type {HTMLDetailsElement} */ (details).open = false;
    });
    return details;
  }

  sync() {
    const { store } = this;
    const done =
      store.mode === "sentences"
        ? counts(store.units.map((unit) => ({ label: store.labelOf(unit.id)?.id ?? "" })))
        : counts(store.marks);
    const stamp = JSON.stringify([...done]);
    if (stamp !== this.stamp) {
      this.stamp = stamp;
      const focus = /** @type {HTMLElement | null} */ (document.activeElement);
      const held = this.labels.contains(focus) ? focus?.dataset.label : undefined;
      refill(
        this.labels,
        store.labels.map((label) =>
          pillButton(label, {
            count: done.get(label.id) ?? 0,
            disabled: store.readonly,
            press: () => store.label(label.id, { onward: true }),
          }),
        ),
      );
      if (held) /** @type {HTMLElement} */ (this.labels.querySelector(`[data-label="${CSS.escape(held)}"]`))?.focus();
    }
    // aria-disabled rather than disabled: a button that has the focus must not lose it.
    this.undo.setAttribute("aria-disabled", String(!store.history.canUndo));
    this.redo.setAttribute("aria-disabled", String(!store.history.canRedo));
    const other = store.other();
    this.compareButton.hidden = !other;
    if (other) {
      refill(this.compareButton, other.key ? "Compare with the key" : `Compare with ${apart(other.name)}`);
      this.compareButton.setAttribute("aria-pressed", String(store.comparing));
    }
    this.compareBar.sync();
    const attempts = store.feedback?.attempts ?? 0;
    this.checkButton.textContent = attempts ? "Check again" : "Check";
  }
}
