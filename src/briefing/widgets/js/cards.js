// entry
// Cards to decide on, one below the other: what each is about, its boxes, a decision, the gate that
// decides, a few words why. Deciding saves at once; how far it has got stands above the cards.

import { checkRow, quotation } from "./asked.js";
import { button, fill, h, unique } from "./dom.js";
import { createField } from "./fields.js";
import { latin } from "./latin.js";
import { createRadios } from "./radios.js";
import { Saver } from "./saving.js";
import { createShell } from "./shell.js";
import { createTypist } from "./typing.js";

/**
 * @typedef {{id: string, title: string, quote: string, boxes: {name: string, text: string}[]}} Card
 * @typedef {{decision?: string, gate?: string, reason?: string}} Entered
 * @typedef {Record<string, Entered>} Cards
 */

/**
 * The cards after one part of one changed; cards unknown to the question stay.
 * @param {Cards} cards
 * @param {string} card
 * @param {Entered} part
 * @returns {Cards}
 */
export function decide(cards, card, part) {
  return { ...cards, [card]: { decision: "", gate: "", reason: "", ...cards[card], ...part } };
}

/** What a verdict is about. @param {Entered} entered */
const decidedOn = ({ decision = "", gate = "" }) => JSON.stringify([decision, gate]);

/**
 * @param {import("./saving.js").Model} model
 * @param {HTMLElement} el
 * @param {Saver} saver
 */
function render(model, el, saver) {
  const config = model.get("config");
  const readonly = Boolean(model.get("readonly"));
  /** @type {Card[]} */
  const cards = config.cards;
  /** @type {import("./radios.js").Offered[]} */
  const gates = config.gates;
  const typist = createTypist(saver);
  const shell = createShell({
    el,
    model,
    saver,
    name: "cards",
    keys: (event) => {
      if ((event.ctrlKey || event.metaKey) && latin(event).toLowerCase() === "s") typist.flush();
      return false;
    },
  });
  const entered = (/** @type {string} */ card) => /** @type {Entered} */ (typist.answer().cards?.[card] ?? {});

  /**
   * @param {Card} card
   * @param {number} number
   */
  function createCard(card, number) {
    const titleId = unique("card");
    const state = h("span", { class: "bq-state" });
    const name = card.title || `card ${number}`;
    /** @param {Entered} part @param {boolean} typing */
    const change = (part, typing) => {
      const before = decided();
      const answer = typist.answer();
      const next = { ...answer, cards: decide(answer.cards ?? {}, card.id, part) };
      if (typing) typist.typed(next);
      else typist.now(next);
      if (decided() !== before) shell.say(`${decided()} of ${cards.length} decided.`);
    };
    const decision = createRadios({
      ask: config.asks.decision,
      about: name,
      offered: config.decisions,
      readonly,
      changed: (id) => change({ decision: id }, false),
    });
    const gate = gates.length
      ? createRadios({ ask: config.asks.gate, about: name, offered: gates, readonly, changed: (id) => change({ gate: id }, false) })
      : null;
    const reason = config.asks.reason
      ? createField({
          asked: { id: "reason", name: config.asks.reason, type: "text", options: [], unit: "", most: 0, hint: "" },
          name: `${config.asks.reason} ${name}`,
          limit: config.most_characters,
          readonly,
          left: () => typist.flush(),
          changed: (value, typing) => change({ reason: value }, typing),
        })
      : null;
    const clear = button({
      text: "Clear",
      label: `Clear my decision on ${name}`,
      class: "bw-quiet",
      press: () => {
        change({ decision: "", gate: "" }, false);
        decision.focus();
      },
    });
    const node = h(
      "div",
      { class: "bq-card", role: "group", "aria-labelledby": titleId },
      h(
        "div",
        { class: "bq-card-head" },
        h("span", { id: titleId, class: "bq-card-title", dir: "auto" }, `${number} of ${cards.length}${card.title ? ` · ${card.title}` : ""}`),
        state,
        !readonly && clear,
      ),
      quotation(card.quote),
      card.boxes.length > 0 &&
        h(
          "dl",
          { class: "bq-boxes" },
          card.boxes.map((box) => h("div", {}, h("dt", { dir: "auto" }, box.name), h("dd", { dir: "auto" }, box.text))),
        ),
      decision.node,
      gate?.node,
      reason && h("div", { class: "bq-card-field" }, h(readonly ? "span" : "label", { class: "bq-field-name", for: readonly ? null : reason.control }, config.asks.reason), reason.node),
    );
    let seen = "";
    return {
      card,
      node,
      focus: () => decision.focus(),
      paint() {
        const now = entered(card.id);
        // What was said was about what was decided before.
        const decided = decidedOn(now);
        if (seen && seen !== decided) for (const told of [decision, gate]) told?.tell([]);
        seen = decided;
        decision.set(now.decision ?? "");
        gate?.set(now.gate ?? "");
        if (!typist.waiting() || !reason?.node.contains(document.activeElement)) reason?.set(now.reason ?? "");
        const chosen = config.decisions.find((/** @type {any} */ one) => one.id === now.decision);
        node.classList.toggle("bq-decided", Boolean(now.decision));
        const open = now.decision && gate && !now.gate;
        state.textContent = now.decision ? `${chosen?.name ?? now.decision}${open ? " · still to choose: what decides" : ""}` : "undecided";
        clear.hidden = !now.decision && !now.gate;
      },
      /** @param {import("./asked.js").Item[]} items */
      tell(items) {
        decision.tell(items.filter((item) => item.target === card.id));
        gate?.tell(items.filter((item) => item.target === `${card.id}:gate`));
      },
    };
  }

  const made = cards.map((card, n) => createCard(card, n + 1));
  const decided = () => cards.filter((card) => entered(card.id).decision).length;
  const progress = h("span", { class: "bq-progress" });
  const next = button({
    text: "Next open card",
    class: "bw-quiet",
    press: () => {
      const open = made.find(({ card }) => !entered(card.id).decision || (gates.length && !entered(card.id).gate));
      open?.node.scrollIntoView({ block: "nearest" });
      open?.focus();
    },
  });
  const check = checkRow({
    model,
    saver,
    say: shell.say,
    ready() {
      typist.flush();
      if (decided() > 0) return "";
      made[0].focus();
      return "Decide on a card first, then check.";
    },
    stands: ({ target }, then) => {
      const card = cards.find(({ id }) => target === id || target === `${id}:gate`)?.id ?? "";
      return decidedOn(entered(card)) === decidedOn(then.cards?.[card] ?? {});
    },
    show(feedback) {
      for (const card of made) card.tell(feedback.items);
    },
  });
  function paint() {
    for (const card of made) card.paint();
    progress.textContent = `${decided()} of ${cards.length} decided`;
    const open = made.some(({ card }) => !entered(card.id).decision || (gates.length && !entered(card.id).gate));
    next.hidden = readonly || !open || cards.length < 2;
  }
  paint();
  const unread = saver.read(() => {
    paint();
    for (const card of made) card.tell([]);
    check.forget();
  });
  const unfollow = saver.follow(() => {
    paint();
    check.forget();
  });
  fill(shell.bar, progress, next);
  shell.main.append(
    h(
      "div",
      { class: "bq-body" },
      config.prompt && h("p", { class: "bq-prompt" }, config.prompt),
      made.map((card) => card.node),
      check.node,
    ),
  );
  return () => {
    typist.destroy();
    unread();
    unfollow();
    check.destroy();
    shell.destroy();
  };
}

export default () => {
  /** @type {Saver} */
  let saver;
  return {
    /** @param {{model: import("./saving.js").Model}} given */
    initialize({ model }) {
      saver = new Saver(model, { blank: (answer) => !Object.keys(answer.cards ?? {}).length });
      return () => saver.destroy();
    },
    /** @param {{model: import("./saving.js").Model, el: HTMLElement}} given */
    render({ model, el }) {
      return render(model, el, saver);
    },
  };
};
